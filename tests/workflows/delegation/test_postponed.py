"""Cases put off, and what their clocks do."""

from __future__ import annotations

import datetime as dt

import pytest

from supervision.audit.models import Event
from supervision.cases.models import Inquiry
from supervision.deadlines.models import Pause
from supervision.demo.driver import Driver
from supervision.errors import DomainError, InvalidInput, WrongState
from supervision.notices.models import Notice
from tests.stages import AGENCIES, CHAIR, OFFICER, entries, go, org
from tests.web.test_bad_input import Desk, text_of
from tests.workflows import agreement
from tests.workflows.delegation.acts import (
    FIRST,
    Start,
    fresh,
    open_steps,
    outside_act,
    sign_letter,
)


def test_a_postponed_case_counts_again_from_its_new_day(stage: Start) -> None:
    """The story of the flood: four weeks later, and a last day on 2 September rolls to the 4th."""
    driver = stage("decided")
    driver.first_day = dt.date(2026, 7, 21)
    (session,) = [{"agency": org(FIRST), "session_on": driver.day(0)}]
    go(driver, -19, "draft_notice", agencies=[session], asked_on=None)
    go(driver, -18, "sign_notice")
    inquiry = driver.inquiry(FIRST)
    assert (inquiry.notice_deadline.due_on, inquiry.notice_deadline.met_on) == (
        driver.day(-15),
        driver.day(-18),
    )
    assert inquiry.report_deadline.due_on == driver.day(-7)
    go(driver, -17, "receive_inquiry", inquiry)
    outside_act("postpone_case", driver, -12, case=driver.case, reason="Mưa lũ")
    sign_letter(driver, -12)
    assert fresh(inquiry).report_deadline.paused_from_on == driver.day(-12)
    with pytest.raises(WrongState):
        outside_act("postpone_case", driver, -11, case=driver.case, reason="Mưa lũ")
    outside_act(
        "reschedule_case",
        driver,
        10,
        case=driver.case,
        days={inquiry.pk: driver.day(28)},
        reason="Nước rút",
    )
    inquiry = fresh(inquiry)
    assert inquiry.session_on == driver.day(28)
    assert inquiry.report_deadline.due_on == driver.day(21)
    assert inquiry.notice_deadline.due_on == driver.day(13) and inquiry.notice_deadline.met_on is None
    sign_letter(driver, 10)
    assert fresh(inquiry).notice_deadline.met_on == driver.day(10)
    go(driver, 20, "draft_response", inquiry)
    go(driver, 20, "approve_response", inquiry)
    assert inquiry.responses.get().is_late is False
    go(driver, 21, "review_response", inquiry)
    assert driver.item("draft_minutes", inquiry).deadline.due_on == driver.day(28)
    go(driver, 28, "draft_minutes", inquiry)
    go(driver, 28, "sign_minutes", inquiry)
    assert fresh(inquiry).result_deadline.due_on == dt.date(2026, 9, 3)
    agreement.check()


def test_a_report_received_before_the_case_was_put_off_stays_valid(start: Start) -> None:
    driver = start("answered")
    outside_act("postpone_case", driver, -3, case=driver.case, reason="Mưa lũ")
    sign_letter(driver, -3)
    inquiry = driver.inquiry(FIRST)
    go(driver, -2, "review_response", inquiry)
    days = {driver.inquiry(code).pk: driver.day(40) for code in AGENCIES}
    with pytest.raises(WrongState):
        driver.do(0, OFFICER, "draft_minutes", inquiry, **entries(driver, "draft_minutes", driver.day(0)))
    outside_act("reschedule_case", driver, 10, case=driver.case, days=days, reason="Nước rút")
    assert fresh(inquiry).report_deadline.met_on == driver.day(-11)
    go(driver, 40, "draft_minutes", inquiry)


def test_a_supplement_clock_that_stood_still_runs_again(start: Start) -> None:
    driver = start("answered")
    inquiry = driver.inquiry(FIRST)
    go(
        driver,
        -10,
        "review_response",
        inquiry,
        decision="supplement",
        points="Số liệu",
        supplement_due_on=driver.day(-2),
    )
    outside_act("postpone_case", driver, -5, case=driver.case, reason="Mưa lũ")
    sign_letter(driver, -5)
    days = {driver.inquiry(code).pk: driver.day(40) for code in AGENCIES}
    outside_act("reschedule_case", driver, 5, case=driver.case, days=days, reason="Nước rút")
    clock = fresh(inquiry).supplement_deadline
    assert clock.paused_from_on is None and clock.due_on == driver.day(8)


def test_a_case_put_off_can_be_cancelled(start: Start) -> None:
    driver = start("asked")
    outside_act("postpone_case", driver, -15, case=driver.case, reason="Mưa lũ")
    sign_letter(driver, -15)
    outside_act("cancel_case", driver, -10, case=driver.case, reason="Không còn cần")
    sign_letter(driver, -9)
    assert open_steps(driver) == []


def test_a_new_day_is_not_in_the_past(start: Start) -> None:
    driver = start("asked")
    days = {driver.inquiry(FIRST).pk: driver.day(-16)}
    with pytest.raises(DomainError):
        outside_act("reschedule_case", driver, -15, case=driver.case, days=days, reason="X")


def held_first(start: Start) -> tuple[Driver, Inquiry, Inquiry]:
    """The first agency was visited on day 0 and its minutes signed; the second's day is 2, the third's 3."""
    driver = start("answered")
    for n, code in enumerate(AGENCIES):
        go(driver, -8 + n, "review_response", driver.inquiry(code))
    first, second = (driver.inquiry(code) for code in AGENCIES[:2])
    go(driver, 0, "draft_minutes", first)
    return driver, first, second


def test_a_session_that_was_held_stays_while_others_are_moved(start: Start) -> None:
    """Its survey is still to come; whoever moves another session leaves its day as it is."""
    driver, first, second = held_first(start)
    for signed in (False, True):
        if signed:
            go(driver, 1, "sign_minutes", first)
        with Desk(driver, CHAIR, 1) as desk:
            page = text_of(desk.get(f"/ho-so/{driver.case.public_id}/hen-lai/"))
            assert second.agency.short_name in page and first.agency.short_name not in page
        with pytest.raises(WrongState, match="đã diễn ra"):
            days = {first.pk: driver.day(40)}
            outside_act("reschedule_case", driver, 1, case=driver.case, days=days, reason="Bão")
    third = driver.inquiry(AGENCIES[2])
    with Desk(driver, CHAIR, 1) as desk:
        typed = {f"day_{second.pk}": f"{driver.day(20):%d/%m/%Y}"}
        typed |= {f"day_{third.pk}": f"{third.session_on:%d/%m/%Y}", "reason": "Bão"}
        assert desk.post(f"/ho-so/{driver.case.public_id}/hen-lai/", **typed).status_code == 302
    assert fresh(second).session_on == driver.day(20)
    moved = Event.objects.filter(action="session.moved")
    assert [event.object_id for event in moved] == [second.pk], "a day that stays is not told as moved"
    agreement.check()


def test_nothing_is_announced_where_no_day_was_changed(start: Start) -> None:
    driver = start("asked")
    days = {one.pk: one.session_on for one in driver.case.inquiries.all()}
    with pytest.raises(InvalidInput, match="Chưa có ngày nào được đổi"):
        outside_act("reschedule_case", driver, -15, case=driver.case, days=days, reason="Bão")


@pytest.mark.parametrize("minutes", ["none", "drafted", "signed"])
def test_a_case_put_off_after_a_session_goes_on_without_holding_it_again(start: Start, minutes: str) -> None:
    driver = start("answered")
    for n, code in enumerate(AGENCIES):
        go(driver, -8 + n, "review_response", driver.inquiry(code))
    first, *others = (driver.inquiry(code) for code in AGENCIES)
    if minutes != "none":
        go(driver, 0, "draft_minutes", first)
    if minutes == "signed":
        go(driver, 1, "sign_minutes", first)
    outside_act("postpone_case", driver, 1, case=driver.case, reason="Mưa lũ")
    told = Notice.objects.filter(kind="session.moved", title__startswith="Buổi làm việc được hoãn")
    to_come = others if minutes != "none" else [first, *others]
    assert {one.organization for one in told} == {one.agency for one in to_come}
    sign_letter(driver, 1)
    with pytest.raises(InvalidInput) as refused:
        outside_act("reschedule_case", driver, 10, case=driver.case, days={}, reason="Nước rút")
    assert set(refused.value.errors) <= {f"day_{one.pk}" for one in others}
    days = {one.pk: driver.day(40) for one in others}
    outside_act("reschedule_case", driver, 10, case=driver.case, days=days, reason="Nước rút")
    sign_letter(driver, 10)
    assert fresh(first).session_on == driver.day(0)
    for step in {"none": ("draft_minutes", "sign_minutes"), "drafted": ("sign_minutes",)}.get(minutes, ()):
        go(driver, 11, step, first)
    go(driver, 12, "survey", first)
    assert not Pause.objects.filter(until_on=None).exists()
    agreement.check()
