"""A clock stopped by hand: by a head, with a reason all sides read; never the days of the law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine

from supervision.access import policy
from supervision.audit.models import Event
from supervision.cases.models import Recommendation
from supervision.cases.services.pauses import is_stopped_by_hand
from supervision.deadlines import services
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.errors import DomainError, WrongState
from supervision.language.dates import vietnam_day
from supervision.notices.models import Notice
from supervision.portal import present
from supervision.publication.models import FollowUp
from tests.markup import html_of
from tests.stages import AGENCIES, CHAIR, OFFICER, PROVINCE, go, leader
from tests.web.test_limits import client_of
from workflows.acts import extensions, pauses, steering

Start = Callable[[str], Driver]
WHY = "Vụ việc đang chờ Tòa án nhân dân giải quyết"


@pytest.fixture
def received(stage: Start) -> tuple[Driver, Recommendation]:
    driver = stage("recommended")
    go(driver, 22, "publish")
    row = driver.recommendation(2)
    go(driver, 25, "receive_recommendation", row)
    return driver, Recommendation.objects.get(pk=row.pk)


def pause(driver: Driver, row: Recommendation, day: int, by: str = CHAIR) -> None:
    pauses.pause_clock(actor=actor(by), deadline=row.reply_deadline, reason=WHY, at=driver.at(day))


def test_the_days_of_a_pause_are_taken_off_and_every_side_reads_why(
    received: tuple[Driver, Recommendation],
) -> None:
    driver, row = received
    clock, due = row.reply_deadline, row.reply_deadline.due_on
    head, agency = client_of(CHAIR), client_of(leader(PROVINCE))
    with time_machine.travel(driver.at(30), tick=True):
        assert f"/han/{clock.public_id}/tam-dung/" in html_of(head.get(f"/kien-nghi/{row.public_id}/"))
        sent = head.post(f"/han/{clock.public_id}/tam-dung/", {"reason": WHY})
        assert sent.status_code == 302
        for client in (head, agency):
            page = html_of(client.get(f"/han/{clock.public_id}/"))
            assert WHY in page and "luật không quy định" in page and "đang tạm dừng từ" in page
            assert "Hạn tạm thời chưa xác định" in page and "lùi thêm số ngày đã tạm dừng" in page
        assert "gia-han/" not in html_of(head.get(f"/kien-nghi/{row.public_id}/"))
        assert "Tạm dừng hạn của" in html_of(head.get(f"/ho-so/{driver.case.public_id}/"))
    stopped = FollowUp.objects.order_by("pk").last()
    assert stopped and (stopped.state, stopped.due_on) == ("paused", None) and WHY in str(stopped.data)
    with time_machine.travel(driver.at(40), tick=True):
        assert head.post(f"/han/{clock.public_id}/chay-lai/").status_code == 302
    clock.refresh_from_db()
    assert clock.due_on >= due + (driver.day(40) - driver.day(30))
    running = FollowUp.objects.order_by("pk").last()
    assert running and (running.state, running.due_on) == ("waiting", clock.due_on)
    kinds = Notice.objects.filter(organization__code=PROVINCE, kind__startswith="clock.")
    assert list(kinds.order_by("pk").values_list("kind", flat=True)) == ["clock.paused", "clock.resumed"]


def test_a_head_alone_stops_a_clock_and_never_without_a_reason(
    received: tuple[Driver, Recommendation],
) -> None:
    driver, row = received
    for who in (OFFICER, leader(PROVINCE)):
        with pytest.raises((policy.Hidden, DomainError)):
            pause(driver, row, 30, by=who)
    with time_machine.travel(driver.at(30), tick=True):
        refused = client_of(CHAIR).post(f"/han/{row.reply_deadline.public_id}/tam-dung/", {"reason": " "})
    assert refused.status_code == 422
    assert not row.reply_deadline.pauses.exists()


def test_what_has_passed_or_stands_still_is_not_stopped_and_what_runs_is_not_restarted(
    received: tuple[Driver, Recommendation],
) -> None:
    driver, row = received
    clock = row.reply_deadline
    with pytest.raises(WrongState, match="không do người tạm dừng"):
        pauses.resume_clock(actor=actor(CHAIR), deadline=clock, at=driver.at(30))
    pause(driver, row, 30)
    with pytest.raises(WrongState, match="đang tạm dừng"):
        pause(driver, row, 31)
    pauses.resume_clock(actor=actor(CHAIR), deadline=clock, at=driver.at(32))
    late = (clock.due_on - driver.first_day).days + 1
    with pytest.raises(WrongState, match="không xóa được việc chậm"):
        pause(driver, row, late)


def test_days_that_the_law_sets_are_not_stopped_by_hand(stage: Start) -> None:
    driver = stage("asked")
    inquiry = driver.inquiry(AGENCIES[0])
    services.drop(inquiry.asked_deadline, at=driver.at(-19))
    act = {"actor": actor(CHAIR), "deadline": inquiry.report_deadline, "reason": WHY, "at": driver.at(-18)}
    with pytest.raises(WrongState, match="do luật quy định"):
        pauses.pause_clock(**act)
    with time_machine.travel(driver.at(-18), tick=True):
        page = html_of(client_of(CHAIR).get(f"/han/{inquiry.report_deadline.public_id}/"))
    assert "luật không nêu việc tạm dừng" in page and "tam-dung/" not in page


def test_a_pause_of_the_procedure_takes_the_place_of_one_by_hand(
    received: tuple[Driver, Recommendation],
) -> None:
    driver, row = received
    pause(driver, row, 30)
    go(driver, 33, "draft_reply", row, verdict="reconsider", text="Xin xem lại", reason="Đã làm", due_on=None)
    go(driver, 34, "approve_reply", row)
    stops = list(row.reply_deadline.pauses.order_by("pk").values_list("by_hand", "until_on"))
    assert stops == [(True, driver.day(34)), (False, None)]
    with pytest.raises(WrongState, match="theo quy trình"):
        pauses.resume_clock(actor=actor(CHAIR), deadline=row.reply_deadline, at=driver.at(35))
    go(driver, 36, "hold_dialogue", row)
    go(driver, 37, "decide_reconsideration", row)
    row.reply_deadline.refresh_from_db()
    assert row.reply_deadline.paused_from_on is None


def test_more_time_is_not_given_while_the_clock_stands_still(received: tuple[Driver, Recommendation]) -> None:
    driver, row = received
    pause(driver, row, 30)
    with pytest.raises(WrongState, match="cho chạy lại trước khi gia hạn"):
        extensions.grant_extension(
            actor=actor(CHAIR), subject=row, to_on=driver.day(90), reason="Bão", at=driver.at(31)
        )


def test_an_answer_that_comes_while_the_clock_stands_still_is_not_late(
    received: tuple[Driver, Recommendation],
) -> None:
    driver, row = received
    pause(driver, row, 30)
    after = (row.reply_deadline.due_on - driver.first_day).days + 3
    go(driver, after, "draft_reply", row)
    go(driver, after, "approve_reply", row)
    reply = row.replies.get()
    event = Event.objects.filter(action="reply.submitted").get()
    assert (reply.is_late, event.data["late"]) == (False, False)
    row.reply_deadline.refresh_from_db()
    assert reply.submitted_at and row.reply_deadline.due_on > vietnam_day(reply.submitted_at)


def test_a_supplement_and_a_moved_session_keep_to_the_pause_of_their_clock(stage: Start) -> None:
    driver = stage("answered")
    inquiry = driver.inquiry(AGENCIES[0])
    go(
        driver,
        -9,
        "review_response",
        inquiry,
        decision="supplement",
        points="Số liệu",
        supplement_due_on=driver.day(-6),
    )
    clock = driver.inquiry(AGENCIES[0]).supplement_deadline
    assert clock
    pauses.pause_clock(actor=actor(CHAIR), deadline=clock, reason=WHY, at=driver.at(-8))
    days = {one.pk: one.session_on + dt.timedelta(days=1) for one in driver.case.inquiries.all()}
    steering.reschedule_case(
        actor=actor(CHAIR), case=driver.case, days=days, reason="Đổi lịch", at=driver.at(-7)
    )
    assert is_stopped_by_hand(clock), "a moved session lets no clock run that a head stopped"
    go(driver, -4, "draft_response", inquiry)
    go(driver, -4, "approve_response", inquiry)
    assert inquiry.responses.order_by("-version")[0].is_late is False


def test_a_pause_of_the_carrying_out_outlives_a_report_in_part_and_is_told_as_what_it_is(
    received: tuple[Driver, Recommendation],
) -> None:
    driver, row = received
    go(driver, 28, "draft_reply", row)
    go(driver, 28, "approve_reply", row)
    go(driver, 30, "assess_reply", row)
    row.refresh_from_db()
    clock, due = row.action_deadline, row.action_deadline.due_on
    pauses.pause_clock(actor=actor(CHAIR), deadline=clock, reason=WHY, at=driver.at(35))
    follow = FollowUp.objects.order_by("pk").last()
    assert follow and (follow.state, follow.due_on) == ("doing", None) and WHY in str(follow.data)
    assert "Thời hạn thực hiện đang tạm dừng." in present.foot(follow, driver.day(36))
    go(driver, 40, "report_carrying_out", row, extent="part")
    go(driver, 42, "verify", row, outcome="not_yet")
    assert is_stopped_by_hand(clock), "what a head stopped a head lets run"
    pauses.resume_clock(actor=actor(CHAIR), deadline=clock, at=driver.at(45))
    clock.refresh_from_db()
    assert clock.due_on >= due + (driver.day(45) - driver.day(35))
