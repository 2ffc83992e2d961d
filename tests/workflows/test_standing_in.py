"""Someone is away: a colleague does the work on those days, never the signing, and it comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from supervision.access import policy
from supervision.audit.models import Event
from supervision.cases.models import Consultation
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.errors import AlreadyDone, DomainError, InvalidInput, NotAllowed
from supervision.notices.models import Notice
from supervision.notices.services import notices_of
from supervision.organizations.actors import Actor
from supervision.organizations.models import Duty, Mandate, Organization, Substitution
from supervision.organizations.substitutions import end_absence, record_absence
from tests.owner import guards_off
from tests.stages import (
    AGENCIES,
    CHAIR,
    CLERK,
    DEPUTY,
    OFFICER,
    OFFICER_2,
    a_second,
    drafter,
    entries,
    go,
    leader,
    org,
)
from tests.web.test_bad_input import Desk, address, text_of
from tests.workflows import agreement
from workflows.inbox import work_items
from workflows.models import WorkItem
from workflows.sweeps import reminders

Start = Callable[[str], Driver]
FIRST = AGENCIES[0]


def away(
    driver: Driver, absent: Any, substitute: Any, first: int, last: int, on: int | None = None
) -> Substitution:
    """Record that `absent` is away from day `first` until day `last`, on the first of them."""
    absent, substitute = (actor(one) if isinstance(one, str) else one for one in (absent, substitute))
    return record_absence(
        absent=absent.mandate,
        substitute=substitute.mandate,
        from_on=driver.day(first),
        until_on=driver.day(last),
        by=absent,
        at=driver.at(first if on is None else on),
    )


def do(driver: Driver, day: int, who: Any, step: str, subject: Any = None) -> None:
    driver.do(day, who, step, subject, **entries(driver, step, driver.day(day), subject))


def test_a_substitute_does_what_the_absent_one_holds_and_both_are_named(stage: Start) -> None:
    driver = stage("opened")
    work_items.take(driver.item("draft_plan"), actor=actor(OFFICER), at=driver.at(-33))
    away(driver, OFFICER, OFFICER_2, -32, -30)
    item = driver.item("draft_plan")
    assert not policy.can(actor(CLERK), "act", item, on=driver.day(-31))
    assert not policy.can(actor(OFFICER_2), "act", item, on=driver.day(-29)), "the day after it is as before"
    do(driver, -31, OFFICER_2, "draft_plan")
    item.refresh_from_db()
    assert (item.finished_by, item.acted_for) == (actor(OFFICER_2).mandate, actor(OFFICER).mandate)
    event = Event.objects.filter(action="plan.drafted").get()
    assert event.actor_label.endswith(f", thay mặt {actor(OFFICER).user.display_name}")
    agreement.check()


def test_whoever_is_away_reads_and_does_nothing_until_back(stage: Start) -> None:
    driver = stage("opened")
    work_items.take(driver.item("draft_plan"), actor=actor(OFFICER), at=driver.at(-33))
    row = away(driver, OFFICER, OFFICER_2, -32, -30)
    with pytest.raises(NotAllowed, match="vắng mặt đến hết ngày"):
        do(driver, -30, OFFICER, "draft_plan")
    with pytest.raises(NotAllowed, match="vắng mặt đến hết ngày"):
        work_items.give_back(driver.item("draft_plan"), actor=actor(OFFICER), reason="Bận", at=driver.at(-30))
    assert policy.can(actor(OFFICER), "act", driver.item("draft_plan"), on=driver.day(-29))
    end_absence(row=row, by=actor(OFFICER), at=driver.at(-30))
    with pytest.raises(AlreadyDone):
        end_absence(row=row, by=actor(OFFICER), at=driver.at(-30))
    do(driver, -30, OFFICER, "draft_plan")


def test_work_on_offer_to_the_absent_ones_duty_is_done_and_not_kept(stage: Start) -> None:
    driver = stage("opened")
    away(driver, OFFICER, DEPUTY, -33, -30)
    item = driver.item("draft_plan")
    assert policy.can(actor(DEPUTY), "act", item, on=driver.day(-32))
    with pytest.raises(NotAllowed, match="không nhận giữ"):
        work_items.take(item, actor=actor(DEPUTY), at=driver.at(-32))
    do(driver, -32, DEPUTY, "draft_plan")
    item.refresh_from_db()
    assert item.acted_for == actor(OFFICER).mandate
    with pytest.raises(NotAllowed, match="Bạn là người soạn"):
        do(driver, -31, DEPUTY, "sign_plan")


def test_a_deputy_signs_for_an_absent_head_in_the_own_name(stage: Start) -> None:
    driver = stage("opened")
    go(driver, -30, "draft_plan")
    work_items.take(driver.item("sign_plan"), actor=actor(CHAIR), at=driver.at(-30))
    away(driver, CHAIR, DEPUTY, -29, -27)
    item = driver.item("sign_plan")
    paper = driver.sign(-29, DEPUTY, "sign_plan")
    assert paper.context["signature"]["lines"] == ["TM. BAN THƯỜNG TRỰC", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    item.refresh_from_db()
    assert (paper.capacity, paper.authorization, item.acted_for) == ("TM_KT", None, None)


def test_the_head_of_a_delegation_is_not_replaced_in_signing(stage: Start) -> None:
    driver = stage("decided")
    go(driver, -22, "draft_notice")
    held = driver.item("sign_notice").mandate
    away(driver, Actor.of(held), DEPUTY, -21, -19)
    assert not policy.can(actor(DEPUTY), "act", driver.item("sign_notice"), on=driver.day(-20))


def test_nobody_approves_through_another_what_they_drafted(stage: Start) -> None:
    driver = stage("asked")
    inquiry = driver.inquiry(FIRST)
    go(driver, -19, "receive_inquiry", inquiry)
    go(driver, -18, "draft_response", inquiry)
    first, second = actor(leader(FIRST)), a_second(FIRST, Duty.LEADER)
    inquiry.responses.update(drafted_by=first.mandate)
    work_items.take(driver.item("approve_response", inquiry), actor=first, at=driver.at(-18))
    away(driver, first, second, -17, -15)
    with pytest.raises(NotAllowed, match="không tự duyệt"):
        do(driver, -17, second, "approve_response", inquiry)


def now_as(mandate: int, **facts: Any) -> None:
    """Make another mandate of one, as no act does: what it drafted could then be approved in it."""
    with guards_off():
        Mandate.objects.filter(pk=mandate).update(**facts)


def test_nobody_approves_what_was_drafted_in_their_place(stage: Start) -> None:
    driver = stage("asked")
    inquiry = driver.inquiry(FIRST)
    go(driver, -19, "receive_inquiry", inquiry)
    drafted, chief = actor(drafter(FIRST)), a_second(FIRST, Duty.LEADER)
    work_items.take(driver.item("draft_response", inquiry), actor=drafted, at=driver.at(-19))
    away(driver, drafted, actor(leader(FIRST)), -18, -17)
    do(driver, -18, leader(FIRST), "draft_response", inquiry)
    now_as(drafted.mandate.pk, duty=Duty.LEADER)
    with pytest.raises(NotAllowed, match="soạn thay mặt bạn"):
        do(driver, -15, actor_again(drafted.mandate.pk), "approve_response", inquiry)
    do(driver, -15, chief, "approve_response", inquiry)


def test_another_paper_drafted_in_the_own_name_changes_nothing_about_the_first(stage: Start) -> None:
    """Who drafted for whom is kept with the paper: the same substitute may draft much about one case."""
    driver = stage("opened")
    work_items.take(driver.item("draft_plan"), actor=actor(OFFICER), at=driver.at(-33))
    away(driver, OFFICER, OFFICER_2, -33, -32)
    do(driver, -32, OFFICER_2, "draft_plan")
    item = driver.item("sign_plan")
    paper = item.document
    assert (paper.drafted_by, paper.drafted_for) == (actor(OFFICER_2).mandate, actor(OFFICER).mandate)
    done = WorkItem.objects.get(case=driver.case, step="draft_plan")
    WorkItem.objects.filter(pk=done.pk).update(acted_for=None)  # as a later one in the own name is
    now_as(paper.drafted_for_id, duty=Duty.SIGNER)
    with pytest.raises(NotAllowed, match="soạn thay mặt bạn"):
        driver.do(-31, actor_again(paper.drafted_for_id), "sign_plan", decision="sign")


def test_a_deadline_is_not_told_to_a_substitute_who_may_not_do_the_work(stage: Start) -> None:
    driver = stage("opened")
    go(driver, -30, "draft_plan")
    item, drafted = driver.item("sign_plan"), WorkItem.objects.get(case=driver.case, step="draft_plan")
    clock = item.deadline or drafted.deadline
    due = (clock.due_on - driver.day(0)).days
    away(driver, OFFICER, OFFICER_2, due - 5, due + 5, on=-30)
    told = Notice.objects.filter(kind__startswith="deadline.", mandate=actor(OFFICER_2).mandate)
    held = {"mandate": actor(OFFICER).mandate, "deadline": clock}
    for duties, count in (("|signer|chair|", 0), ("|officer|", 1)):
        WorkItem.objects.filter(pk=item.pk).update(duties=duties, **held)
        reminders.Reminder.objects.all().delete()
        assert reminders.remind(at=driver.at(due - 1)) == 1
        assert told.count() == count


def actor_again(pk: int) -> Actor:
    return Actor.of(Mandate.objects.select_related("user", "organization").get(pk=pk))


@pytest.mark.parametrize(
    ("substitute", "first", "last", "field"),
    [
        (CLERK, -32, -30, "substitute"),
        ("phn-24.can_bo", -32, -30, "substitute"),
        (OFFICER, -32, -30, "substitute"),
        (OFFICER_2, -32, -33, "until_on"),
        (OFFICER_2, -34, -30, "from_on"),
    ],
)
def test_an_absence_that_does_not_fit_is_refused_with_its_field(
    stage: Start, substitute: str, first: int, last: int, field: str
) -> None:
    driver = stage("opened")
    with pytest.raises(InvalidInput) as refused:
        away(driver, OFFICER, substitute, first, last, on=-33)
    assert field in refused.value.errors


def test_absences_make_no_chains_and_no_overlaps(stage: Start) -> None:
    driver = stage("opened")
    away(driver, OFFICER, OFFICER_2, -32, -30, on=-33)
    for absent, substitute in ((OFFICER, DEPUTY), (OFFICER_2, DEPUTY)):
        with pytest.raises(InvalidInput):
            away(driver, absent, substitute, -31, -29, on=-33)
    with pytest.raises(DomainError, match="đang vắng"):
        work_items.assign(
            driver.item("draft_plan"),
            to=actor(OFFICER).mandate,
            actor=actor(CHAIR),
            reason="",
            at=driver.at(-31),
        )


def test_the_inbox_and_the_page_of_absences_say_for_whom(stage: Start) -> None:
    driver = stage("opened")
    work_items.take(driver.item("draft_plan"), actor=actor(OFFICER), at=driver.at(-33))
    with Desk(driver, OFFICER, -32) as desk:
        wrong = desk.post(
            "/vang-mat/", substitute=actor(OFFICER_2).mandate.public_id, from_on="1/1/2020", until_on=""
        )
        assert wrong.status_code == 422 and 'value="2020"' in text_of(wrong)
        assert "Cả tổ chức đọc được." in text_of(wrong)
        day = f"{driver.day(-32):%d/%m/%Y}"
        done = desk.post(
            "/vang-mat/",
            substitute=actor(OFFICER_2).mandate.public_id,
            from_on=day,
            until_on=day,
            reason="Họp",
        )
        assert done.status_code == 302
        assert Notice.objects.get(kind="substitution.recorded").mandate == actor(OFFICER_2).mandate
        assert "đang được ghi vắng mặt" in text_of(desk.get(address(driver.item("draft_plan"))))
    with Desk(driver, OFFICER_2, -32) as desk:
        assert f"thay mặt {actor(OFFICER).user.display_name}" in text_of(
            desk.get("/viec-cua-toi/?nhom=cua-toi")
        )
        assert "<strong>thay mặt" in text_of(desk.get(address(driver.item("draft_plan"))))
        row = Substitution.objects.get()
        assert desk.post(f"/vang-mat/{row.public_id}/ket-thuc/").status_code == 403
    with Desk(driver, CHAIR, -32) as desk:
        assert desk.post(f"/vang-mat/{row.public_id}/ket-thuc/").status_code == 302


# -- leaving office ----------------------------------------------------------------------


def released(driver: Driver, item: WorkItem, mandate: Mandate) -> WorkItem:
    Mandate.objects.filter(pk=mandate.pk).update(until_on=driver.day(-18))
    assert work_items.release_lapsed(on=driver.day(-17), at=driver.at(-17)) == 1
    return WorkItem.objects.get(pk=item.pk)


def asked_in_person(driver: Driver, expert: Mandate, body: Organization) -> WorkItem:
    """An opinion that was asked of an expert by name, as work in the expert's hands."""
    asked = Consultation.objects.create(
        case=driver.case, number=1, organization=body, person=expert, question="?", due_on=driver.day(0)
    )
    item = driver.item("draft_plan")
    facts = {"form": "phan-bien-bang-van-ban", "step": "give_opinion", "consultation": asked, "named": True}
    WorkItem.objects.filter(pk=item.pk).update(
        **facts, mandate=expert, organization=body, taken_at=driver.at(-33), duties="|officer|signer|chair|"
    )
    return item


def test_work_of_an_expert_who_left_is_offered_to_the_heads_who_are_told(stage: Start) -> None:
    driver = stage("opened")
    expert = actor("mttq-24.chuyen_gia_1").mandate
    item = asked_in_person(driver, expert, org("mttq-24"))
    item = released(driver, item, expert)
    assert item.mandate is None
    assert policy.can(actor(CHAIR), "act", item, on=driver.day(-17))
    assert not policy.can(actor("mttq-24.chuyen_gia_2"), "act", item, on=driver.day(-17))
    assert Notice.objects.filter(kind="task.released", organization=org("mttq-24")).count() == 1


def test_in_a_council_of_experts_work_of_one_who_left_waits_and_the_council_is_told(stage: Start) -> None:
    """A body without a head on file: no colleague reads or answers what was asked of another in person."""
    driver = stage("opened")
    expert = actor("mttq-24.chuyen_gia_1").mandate
    colleague = a_second("mttq-24-24m11", Duty.EXPERT)
    clerk = a_second("mttq-24-24m11", Duty.CLERK)
    here: Organization = colleague.organization
    Mandate.objects.filter(organization=here).exclude(pk__in=(colleague.mandate.pk, clerk.mandate.pk)).update(
        until_on=driver.day(-40)
    )
    now_as(expert.pk, organization=here)
    item = released(driver, asked_in_person(driver, expert, here), expert)
    for action in ("view", "act"):
        assert not policy.can(colleague, action, item, on=driver.day(-17))
    assert not policy.can(clerk, "act", item, on=driver.day(-17))
    assert Notice.objects.get(kind="task.without_holder", organization=here) in notices_of(clerk.mandate)


def test_days_are_kept_in_order_by_the_database(stage: Start) -> None:
    driver = stage("opened")
    row = away(driver, OFFICER, OFFICER_2, -32, -30)
    for wrong in (
        {"until_on": row.from_on - dt.timedelta(1)},
        {"substitute": row.absent},
        {"ended_at": driver.at(-31)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Substitution.objects.filter(pk=row.pk).update(**wrong)
