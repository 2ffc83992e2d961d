"""What others were asked to do stands still while a case does, and they are told when it is over."""

from __future__ import annotations

import datetime as dt

import pytest

from supervision.audit import contents
from supervision.cases.models import PeopleDialogue, Recommendation
from supervision.demo import world
from supervision.demo.driver import Driver
from supervision.notices.models import Notice
from tests.told import tell as tell_story
from tests.workflows import agreement
from workflows.acts import extensions, steering
from workflows.models import WorkItem

pytestmark = pytest.mark.django_db
CHAIR, OFFICER = "mttq-24.chu_tich", "mttq-24.can_bo_1"


def tell(name: str, until: int) -> Driver:
    return tell_story(name, dt.date(2026, 3, 24), until=until)


def cancel(driver: Driver, day: int, chair: str = CHAIR) -> None:
    steering.cancel_case(actor=world.actor(chair), case=driver.case, reason="Trùng.", at=driver.at(day))
    agreement.check()
    assert list(contents.troubles()) == []


def put_off(driver: Driver, first: int, last: int, by: str = CHAIR) -> None:
    """Postpone the case on a day and take it up again on another."""
    chair = world.actor(by)
    steering.postpone_case(actor=chair, case=driver.case, reason="Bão.", at=driver.at(first))
    agreement.check()
    driver.case.refresh_from_db()
    steering.reschedule_case(actor=chair, case=driver.case, days={}, reason="Hết bão.", at=driver.at(last))
    agreement.check()
    assert list(contents.troubles()) == []


def told(kind: str) -> set[tuple[str, str]]:
    rows = Notice.objects.filter(kind=kind).select_related("organization", "mandate__user")
    return {(one.organization.code, one.mandate.user.display_name if one.mandate else "") for one in rows}


def test_whoever_is_asked_for_an_opinion_has_the_days_of_a_postponement_more() -> None:
    driver = tell("s1", -18)
    items = list(WorkItem.objects.filter(step="give_opinion", finished_at=None).select_related("deadline"))
    before = {item.pk: item.deadline.due_on for item in items}
    put_off(driver, -17, -7)
    for item in items:
        item.deadline.refresh_from_db()
        assert item.deadline.is_running and not item.deadline.pauses.filter(until_on=None).exists()
        assert item.deadline.due_on >= before[item.pk] + dt.timedelta(days=10)


@pytest.mark.parametrize(("story", "signed"), [("s3a", -8), ("s3b", -48)])
def test_a_board_s_case_is_put_off_before_the_clock_of_its_minutes_begins(story: str, signed: int) -> None:
    """Five working days after the last day of the supervision, and not one of them lost before it.

    D is Tue 24/03/2026; the last day is Fri 27/03 in s3a, D itself in s3b. Taken up again on Wed 01/04
    (D+8), the days are 1, 2, 3, Mon 6 and Tue 7 April.
    """
    driver = tell(story, signed)
    item = WorkItem.objects.select_related("deadline").get(step="draft_board_minutes", finished_at=None)
    clock = item.deadline
    assert clock and clock.rule == "S3_MINUTES" and clock.start_on > driver.day(signed + 1)
    due = clock.due_on
    chair = f"{driver.case.lead.code}.chu_tich"
    put_off(driver, signed + 1, signed + 2, by=chair)
    clock.refresh_from_db()
    assert clock.due_on == due
    put_off(driver, signed + 2, 8, by=chair)
    clock.refresh_from_db()
    assert clock.due_on == dt.date(2026, 4, 7)


def test_a_decision_on_more_time_waits_while_the_case_is_put_off() -> None:
    driver = tell("s4", 33)
    recommendation = Recommendation.objects.select_related("case", "addressee").get()
    agency, to_on = world.actor("so-yt-24.dau_moi"), driver.day(90)
    extensions.request_extension(
        actor=agency, subject=recommendation, to_on=to_on, reason="Cần thêm", at=driver.at(33)
    )
    clock = driver.item("decide_extension").deadline
    due_on = clock.due_on
    put_off(driver, 33, 43)
    clock.refresh_from_db()
    assert clock.is_running and not clock.pauses.filter(until_on=None).exists()
    assert clock.due_on > due_on


def test_the_days_for_drafting_the_recommendations_wait_while_the_case_is_put_off() -> None:
    driver = tell("s2a", 17)
    clock = driver.item("draft_recommendations").deadline
    assert clock.rule == "S_RECOMMEND"
    due_on = clock.due_on
    put_off(driver, 18, 25)
    clock.refresh_from_db()
    assert clock.is_running and clock.due_on > due_on


def test_the_days_for_drafting_the_recommendations_end_with_the_case() -> None:
    driver = tell("s2a", 17)
    clock = driver.item("draft_recommendations").deadline
    cancel(driver, 18)
    clock.refresh_from_db()
    assert not clock.is_running


def test_the_year_of_a_dialogue_ends_with_its_case_whichever_step_stood_open() -> None:
    driver = tell("dialogue", -14)
    clock = PeopleDialogue.objects.get(case=driver.case).deadline
    assert driver.item("sign_dialogue_notice").deadline != clock and clock.is_running
    cancel(driver, -13, chair="mttq-24-24m01.chu_tich")
    clock.refresh_from_db()
    assert not clock.is_running


def test_who_was_asked_and_has_not_spoken_is_told_that_nobody_waits_any_more() -> None:
    driver = tell("s1", -18)
    steering.stop_waiting(actor=world.actor(OFFICER), case=driver.case, at=driver.at(-7))
    silent = driver.case.consultations.filter(state="silent").select_related("organization", "person__user")
    assert told("consultation.ended") == {
        (one.organization.code, one.person.user.display_name if one.person else "") for one in silent
    }
    assert len(silent) == 2


def test_who_is_asked_is_told_when_the_case_is_cancelled() -> None:
    cancel(tell("s1", -18), -7)
    assert len(told("consultation.ended")) == 2 and not told("conference.called_off")


def test_who_was_invited_is_told_when_the_conference_will_not_be_held() -> None:
    driver = tell("s1", -5)
    invited = told("conference.invited")
    cancel(driver, -3)
    assert told("conference.called_off") == invited != set()


def test_a_conference_that_was_held_is_not_called_off() -> None:
    cancel(tell("s1", 1), 2)
    assert not told("conference.called_off")
