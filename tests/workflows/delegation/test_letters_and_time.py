"""Urging and escalation beside the path; more time asked for, granted, refused."""

from __future__ import annotations

import pytest
from viewflow.workflow.models import Process

from supervision.cases.models import Recommendation
from supervision.deadlines.models import Deadline
from supervision.demo.driver import Driver
from supervision.errors import DomainError, InvalidInput, WrongState
from supervision.notices.models import Notice
from tests.stages import CHAIR, OFFICER, PROVINCE, drafter, go, org
from tests.workflows import agreement
from tests.workflows.delegation.acts import (
    FIRST,
    SECOND,
    Start,
    fresh,
    outside_act,
    reply,
    sign_letter,
)
from workflows.models import WorkItem


def test_urging_twice_then_to_the_superior_each_signed_by_someone_else(
    overdue: tuple[Driver, Recommendation],
) -> None:
    driver, row = overdue
    with pytest.raises(WrongState):
        outside_act("urge", driver, 30, by=OFFICER, subject=row, text="Đề nghị trả lời")
    late = (fresh(row).reply_deadline.due_on - driver.first_day).days + 1
    to = org("so-nv-24")
    with pytest.raises(DomainError):
        outside_act("escalate", driver, late, by=OFFICER, subject=row, to=to, text="Đề nghị")
    for ordinal in (1, 2):
        outside_act("urge", driver, late + ordinal, by=OFFICER, subject=row, text="Đề nghị trả lời")
        with pytest.raises(WrongState):
            outside_act("urge", driver, late + ordinal, by=OFFICER, subject=row, text="Lần nữa")
        paper = sign_letter(driver, late + ordinal, subject=row)
        assert paper.kind == "urging_letter" and f"lần {ordinal}" in paper.subject
    outside_act("escalate", driver, late + 5, by=OFFICER, subject=row, to=to, text="Đề nghị xem xét")
    sign_letter(driver, late + 5, subject=row)
    assert [(one.level, one.ordinal) for one in row.urgings.order_by("pk")] == [
        ("urge", 1),
        ("urge", 2),
        ("escalate", 1),
    ]
    assert Notice.objects.filter(organization=row.addressee, kind="recommendation.urged").count() == 2


def test_a_returned_letter_is_mended_and_signed_by_someone_else(
    overdue: tuple[Driver, Recommendation],
) -> None:
    driver, row = overdue
    outside_act("urge", driver, 80, by=OFFICER, subject=row, text="Đề nghị trả lời")
    go(driver, 81, "sign_letter", row, decision="return", reason="Chưa đúng mực")
    assert row.urgings.count() == 0
    with pytest.raises(WrongState):
        outside_act("urge", driver, 82, by=OFFICER, subject=row, text="Kính đề nghị trả lời")
    go(driver, 82, "mend_letter", row, text="Kính đề nghị trả lời")
    sign_letter(driver, 82, subject=row)
    assert row.urgings.count() == 1


def test_a_letter_returned_after_an_earlier_one_was_signed_waits_for_no_signature(
    overdue: tuple[Driver, Recommendation],
) -> None:
    driver, row = overdue
    outside_act("urge", driver, 80, by=OFFICER, subject=row, text="Đề nghị trả lời")
    sign_letter(driver, 81, subject=row)
    outside_act("urge", driver, 90, by=OFFICER, subject=row, text="Đề nghị trả lời ngay")
    go(driver, 91, "sign_letter", row, decision="return", reason="Chưa đúng mực")
    go(driver, 92, "mend_letter", row, decision="drop", reason="Đã trao đổi trực tiếp")
    assert row.urgings.count() == 1
    assert Process.objects.filter(flow_class__endswith="LetterFlow", status="DONE").count() == 2


def test_a_letter_about_a_recommendation_that_was_closed_meanwhile_is_not_sent(
    overdue: tuple[Driver, Recommendation],
) -> None:
    driver, row = overdue
    outside_act("urge", driver, 80, by=OFFICER, subject=row, text="Đề nghị trả lời")
    reply(driver, 81, row, "not_accepted", due_on=None)
    with pytest.raises(WrongState):
        driver.do(82, CHAIR, "sign_letter", row, decision="sign")
    go(driver, 82, "sign_letter", row, decision="return", reason="Đã trả lời")
    assert row.urgings.count() == 0


def test_an_extension_is_asked_for_and_given(overdue: tuple[Driver, Recommendation]) -> None:
    driver, row = overdue
    asked_for = {"subject": row, "reason": "Chờ họp Hội đồng nhân dân"}
    outside_act("request_extension", driver, 30, by=drafter(PROVINCE), to_on=driver.day(70), **asked_for)
    assert fresh(row).reply_deadline.extension_requested_at
    with pytest.raises(DomainError):
        outside_act("request_extension", driver, 31, by=drafter(PROVINCE), to_on=driver.day(71), **asked_for)
    with pytest.raises(WrongState):
        outside_act("grant_extension", driver, 32, by=OFFICER, to_on=driver.day(65), subject=row, reason="X")
    driver.do(32, OFFICER, "decide_extension", row, decision="grant", to_on=driver.day(65), reason="Có lý do")
    asked = row.extension_requests.get()
    assert (asked.outcome, asked.to_on, asked.granted_to_on) == ("granted", driver.day(70), driver.day(65))
    clock = fresh(row).reply_deadline
    assert (clock.due_on, clock.extension_requested_at) == (driver.day(65), None)
    reply(driver, 60, row, "not_accepted", due_on=None)
    assert row.replies.get().is_late is False


def test_an_extension_is_refused_with_reasons_and_may_be_asked_for_again(
    overdue: tuple[Driver, Recommendation],
) -> None:
    driver, row = overdue
    due = fresh(row).reply_deadline.due_on
    for day in (30, 34):
        outside_act(
            "request_extension",
            driver,
            day,
            by=drafter(PROVINCE),
            subject=row,
            to_on=driver.day(90),
            reason="X",
        )
        driver.do(day + 1, OFFICER, "decide_extension", row, decision="refuse", reason="Đã đủ thời gian")
    clock = fresh(row).reply_deadline
    assert (clock.due_on, clock.extension_requested_at) == (due, None)
    assert [one.outcome for one in row.extension_requests.all()] == ["refused", "refused"]
    told = Notice.objects.filter(kind="extension.decided", organization=row.addressee)
    assert told.count() == 2


def test_nobody_decides_on_time_for_an_answer_that_has_come(overdue: tuple[Driver, Recommendation]) -> None:
    driver, row = overdue
    asked = {"subject": row, "to_on": driver.day(90), "reason": "X"}
    outside_act("request_extension", driver, 30, by=drafter(PROVINCE), **asked)
    assert driver.item("decide_extension", row)
    reply(driver, 31, row, "not_accepted", due_on=None)
    assert not WorkItem.objects.filter(step="decide_extension", finished_at=None).exists()
    assert row.extension_requests.get().outcome == "moot"
    agreement.check()


def test_a_request_for_time_whose_clock_was_counted_anew_is_answered_by_that(start: Start) -> None:
    driver = start("asked")
    inquiry = driver.inquiry(FIRST)
    asked = {"subject": inquiry, "to_on": driver.day(-7), "reason": "X"}
    outside_act("request_extension", driver, -19, by=drafter(FIRST), **asked)
    Deadline.objects.filter(pk=inquiry.asked_deadline_id).update(extension_requested_at=None)
    days = {one.pk: driver.day(20) for one in driver.case.inquiries.all()}
    outside_act("reschedule_case", driver, -18, case=driver.case, days=days, reason="Bão")
    assert not WorkItem.objects.filter(form="gia-han", finished_at=None).exists()
    again = {"subject": driver.inquiry(FIRST), "to_on": driver.day(12), "reason": "X"}
    outside_act("request_extension", driver, -17, by=drafter(FIRST), **again)
    assert driver.item("decide_extension", driver.inquiry(FIRST))
    agreement.check()


def test_nobody_asks_for_a_day_that_the_law_does_not_allow(start: Start) -> None:
    driver = start("asked")
    with pytest.raises(InvalidInput) as refused:
        asked = {"subject": driver.inquiry(FIRST), "to_on": driver.day(-6), "reason": "X"}
        outside_act("request_extension", driver, -19, by=drafter(FIRST), **asked)
    assert list(refused.value.errors) == ["to_on"]
    outside_act("request_extension", driver, -19, by=drafter(FIRST), **{**asked, "to_on": driver.day(-7)})
    with pytest.raises(InvalidInput) as refused:
        late = {"decision": "grant", "to_on": driver.day(-6), "reason": "X"}
        driver.do(-18, OFFICER, "decide_extension", driver.inquiry(FIRST), **late)
    assert list(refused.value.errors) == ["to_on"]


def test_a_request_for_time_ends_with_its_inquiry_and_with_its_case(start: Start) -> None:
    driver = start("asked")
    for code in (FIRST, SECOND):
        asked = {"subject": driver.inquiry(code), "to_on": driver.day(-7), "reason": "X"}
        outside_act("request_extension", driver, -19, by=drafter(code), **asked)
    outside_act("withdraw_inquiry", driver, -18, inquiry=driver.inquiry(FIRST), reason="Giải thể")
    assert driver.item("decide_extension").inquiry == driver.inquiry(SECOND)
    outside_act("cancel_case", driver, -17, case=driver.case, reason="Trùng")
    assert not WorkItem.objects.filter(form="gia-han", finished_at=None).exists()
    agreement.check()


def test_the_delegations_own_date_moves_up_to_the_laws_and_no_further(start: Start) -> None:
    driver = start("asked")
    inquiry = driver.inquiry(FIRST)
    with pytest.raises(DomainError):
        outside_act(
            "grant_extension", driver, -15, by=OFFICER, subject=inquiry, to_on=driver.day(-6), reason="X"
        )
    outside_act("grant_extension", driver, -15, by=OFFICER, subject=inquiry, to_on=driver.day(-7), reason="X")
    assert fresh(inquiry).asked_deadline.due_on == driver.day(-7)
    with pytest.raises(DomainError):
        outside_act(
            "request_extension",
            driver,
            -15,
            by=drafter(SECOND),
            subject=inquiry,
            to_on=driver.day(-7),
            reason="Việc của người khác",
        )
