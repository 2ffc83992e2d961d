"""Cases put off, and what their clocks do."""

from __future__ import annotations

import datetime as dt

import pytest

from supervision.errors import DomainError, WrongState
from tests.stages import AGENCIES, OFFICER, entries, go, org
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
