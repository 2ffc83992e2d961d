"""Every clock of a delegation names the event it runs from, its day, and who set it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from supervision.cases import clocks, selectors
from supervision.cases.models import Inquiry, Recommendation
from supervision.cases.services.opening import open_case
from supervision.deadlines.explain import explain
from supervision.deadlines.models import Deadline
from supervision.deadlines.states import state
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.errors import DomainError, InvalidInput
from supervision.law.basis import Practice, law
from supervision.law.forms.s2 import SPEC
from supervision.organizations.services import set_term
from tests.stages import AGENCIES, CHAIR, OFFICER, entries, go, org
from workflows.acts import steering, urging

FIRST = AGENCIES[0]
Start = Callable[[str], Driver]


def told(deadline: Deadline) -> dict[str, tuple[str, str]]:
    return {row.label.vi: (row.value.vi, row.note.vi if row.note else "") for row in explain(deadline)}


def recommended(stage: Start, number: int = 1) -> tuple[Driver, Recommendation]:
    driver = stage("recommended")
    go(driver, 25, "receive_recommendation", driver.recommendation(number))
    return driver, driver.recommendation(number)


def reply(driver: Driver, day: int, row: Recommendation, verdict: str, due_on: dt.date | None) -> None:
    go(driver, day, "draft_reply", row, verdict=verdict, reason="Lý do", due_on=due_on)
    go(driver, day, "approve_reply", row)


def fresh(row: Recommendation) -> Recommendation:
    return Recommendation.objects.get(pk=row.pk)


# -- answering again, carrying out -------------------------------------------------------


def test_answering_again_rests_on_the_article_of_answering(stage: Start) -> None:
    driver, row = recommended(stage)
    reply(driver, 28, row, "partly_accepted", driver.day(60))
    go(driver, 30, "assess_reply", row, verdict="rejected", text="Chưa rõ", again_on=driver.day(40))
    clock = driver.item("draft_reply", row).deadline
    assert (clock.rule, clock.start_on, clock.due_on) == ("S_REPLY_AGAIN", driver.day(30), driver.day(40))
    rows = told(clock)
    assert rows["Quy định"][0] == "Trả lời lại kiến nghị"
    assert rows["Quy định"][1].startswith("Luật Mặt trận Tổ quốc Việt Nam, khoản 6 Điều 29; ngày do ")
    assert rows["Sự việc"][0].startswith("ngày Mặt trận đánh giá trả lời chưa đạt: ")
    assert state(clock, driver.day(41)).kind == "late"
    urging.urge(actor=actor(OFFICER), at=driver.at(42), subject=fresh(row), text="Đề nghị trả lời lại")


def test_a_promised_day_is_the_agency_s_and_stays_even_when_it_has_passed(stage: Start) -> None:
    driver, row = recommended(stage)
    reply(driver, 28, row, "accepted", driver.day(29))
    go(driver, 31, "assess_reply", row)
    clock = fresh(row).action_deadline
    assert (clock.start_on, clock.due_on) == (driver.day(28), driver.day(29))
    assert clock.set_by == row.addressee.short_name
    assert state(clock, driver.day(31)).kind == "late"


def test_a_day_the_front_asked_for_is_not_called_the_agency_s(stage: Start) -> None:
    driver, row = recommended(stage)
    assert row.action_asked_on and row.sent_at
    reply(driver, 28, row, "not_accepted", None)
    go(driver, 31, "assess_reply", row, verdict="satisfied")
    clock = fresh(row).action_deadline
    assert clock.due_on == row.action_asked_on
    assert clock.set_by == driver.case.lead.short_name
    assert driver.at(0).astimezone().date() < clock.start_on < driver.day(25)


def test_the_agency_s_word_ends_no_clock_and_the_front_s_time_makes_nobody_late(stage: Start) -> None:
    driver, row = recommended(stage)
    reply(driver, 28, row, "accepted", driver.day(40))
    go(driver, 30, "assess_reply", row)
    go(driver, 40, "report_carrying_out", row)
    verify = driver.item("verify", row).deadline
    assert (verify.rule, verify.start_on) == ("S_VERIFY", driver.day(40))
    assert told(verify)["Sự việc"][0].startswith("ngày cơ quan báo việc thực hiện: ")
    clock = fresh(row).action_deadline
    assert (clock.met_on, state(clock, driver.day(44)).kind) == (None, "paused")
    go(driver, 44, "verify", row, outcome="not_yet")
    clock = fresh(row).action_deadline
    assert (clock.due_on, state(clock, driver.day(44)).kind) == (driver.day(40), "late"), (
        "asking gives no day"
    )
    go(driver, 50, "report_carrying_out", row)
    go(driver, 55, "verify", row)
    clock = fresh(row).action_deadline
    assert (clock.met_on, clock.due_on, clock.met_late) == (driver.day(50), driver.day(40), True)


def test_verified_later_than_promised_but_done_in_time_is_in_time(stage: Start) -> None:
    driver, row = recommended(stage)
    reply(driver, 28, row, "accepted", driver.day(40))
    go(driver, 30, "assess_reply", row)
    go(driver, 39, "report_carrying_out", row)
    go(driver, 46, "verify", row)
    clock = fresh(row).action_deadline
    assert (clock.met_on, clock.due_on, clock.met_late) == (driver.day(39), driver.day(40), False)


# -- the notice, the session, the recommendations ----------------------------------------


def test_the_delegation_s_own_date_runs_from_the_day_the_notice_was_sent(stage: Start) -> None:
    driver = stage("decided")
    go(driver, -22, "draft_notice")
    inquiry = driver.inquiry(FIRST)
    assert inquiry.asked_deadline is None and inquiry.asked_on == driver.day(-11)
    go(driver, -20, "sign_notice")
    clock = Inquiry.objects.get(pk=inquiry.pk).asked_deadline
    assert (clock.start_on, clock.due_on) == (driver.day(-20), driver.day(-11))


def test_the_session_s_clock_runs_from_the_day_the_session_was_announced(stage: Start) -> None:
    driver = stage("answered")
    inquiry = driver.inquiry(FIRST)
    go(driver, -9, "review_response", inquiry)
    clock = driver.item("draft_minutes", inquiry).deadline
    assert (clock.start_on, clock.due_on) == (driver.day(-20), inquiry.session_on)
    assert clock.set_by == f"Đoàn giám sát, {driver.case.lead.short_name}"
    days = {one.pk: driver.day(20) for one in selectors.open_inquiries(driver.case)}
    steering.reschedule_case(actor=actor(CHAIR), at=driver.at(-3), case=driver.case, days=days, reason="Bão")
    clock = driver.item("draft_minutes", inquiry).deadline
    assert (clock.start_on, clock.due_on) == (driver.day(-3), driver.day(20))
    assert clock.set_by == driver.case.lead.short_name


def test_a_session_whose_day_has_passed_is_late_and_not_moved_to_today(stage: Start) -> None:
    driver = stage("answered")
    inquiry = driver.inquiry(FIRST)
    go(driver, 5, "review_response", inquiry)
    clock = driver.item("draft_minutes", inquiry).deadline
    assert clock.due_on == inquiry.session_on < driver.day(5)


def test_the_days_to_recommend_run_from_the_report_s_own_date(stage: Start) -> None:
    driver = stage("reported")
    report = selectors.signed_paper(driver.case, "result_report")
    assert report is not None and report.issued_on is not None
    step = SPEC.step("draft_recommendations")
    clock = clocks.deadline_for(step, driver.case, None, at=driver.at(90))
    assert clock is not None and clock.start_on == report.issued_on < driver.day(90)


@pytest.mark.parametrize("offset", range(7))
def test_the_day_offered_for_a_session_is_the_first_that_is_accepted(stage: Start, offset: int) -> None:
    driver = stage("decided")
    day = -22 + offset
    near = entries(driver, "draft_notice", driver.day(day), None)
    for row in near["agencies"]:
        row["session_on"] = driver.day(day + 10)
    with pytest.raises(InvalidInput) as refused:
        driver.do(day, OFFICER, "draft_notice", None, **near)
    words = str(refused.value.errors["agencies-0-session_on"][0])
    assert words.startswith("Thông báo phải gửi trước ngày làm việc ít nhất 15 ngày")
    offered = next(d for n in range(40) if f"{(d := driver.day(day + n)):%d/%m/%Y}" in words)
    assert selectors.day_of("S2_NOTICE", offered) >= driver.day(day)
    assert selectors.day_of("S2_NOTICE", offered - dt.timedelta(days=1)) < driver.day(day)


# -- whose number, whose rule ------------------------------------------------------------


def test_a_number_is_said_to_be_of_whoever_set_it(stage: Start) -> None:
    driver, row = recommended(stage)
    lead = driver.case.lead
    signed = selectors.outcome_paper(driver.case)
    assert signed and f"theo văn bản số {signed.number_text}" in told(row.reply_deadline)["Quy định"][1]
    clock = selectors.start_open_term("S_REPLY", driver.case, at=driver.at(25))
    assert clock.by_default, "no paper states this one"
    words = f"số mặc định của phần mềm, {lead.short_name} chưa đặt riêng"
    assert words in told(clock)["Quy định"][1]
    set_term(organization=lead.superior, key="reply_days", value=20, by=None, at=driver.at(26))
    clock = selectors.start_open_term("S_REPLY", driver.case, at=driver.at(27))
    assert (clock.length, clock.set_by, clock.by_default) == (20, lead.superior.short_name, False)
    set_term(organization=lead, key="reply_days", value=10, by=None, at=driver.at(28))
    clock = selectors.start_open_term("S_REPLY", driver.case, at=driver.at(29))
    assert (clock.length, clock.set_by, clock.by_default) == (10, lead.short_name, False)


def test_refusals_rest_on_what_was_read_and_call_practice_practice(stage: Start) -> None:
    driver, row = recommended(stage)
    with pytest.raises(DomainError) as refused:
        urging.escalate(
            actor=actor(OFFICER),
            at=driver.at(80),
            subject=row,
            to=org("so-nv-24"),
            text="Đề nghị xem xét",
        )
    assert isinstance(refused.value.basis, Practice)
    assert "luật không quy định" in refused.value.basis.label.vi
    with pytest.raises(DomainError) as refused:
        open_case(
            actor=actor(OFFICER),
            spec=SPEC,
            title="X",
            field="land",
            grounds="X",
            at=row.received_at,
            lead=row.addressee,
        )
    assert refused.value.basis == law(26)
