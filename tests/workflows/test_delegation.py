"""A delegation on every road it may take; after each act rows, tasks and states tell one story."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from viewflow.workflow.models import Process

from supervision.audit.models import Event
from supervision.cases.models import Case, Inquiry, Recommendation
from supervision.deadlines.models import Deadline
from supervision.documents.models import Document
from supervision.documents.tasks import sign_now
from supervision.errors import DomainError, InvalidInput, NotAllowed, WrongState
from supervision.notices.models import Notice
from supervision.organizations.actors import Actor
from supervision.organizations.models import Duty, Mandate
from supervision.web.demo.driver import Driver
from supervision.web.demo.world import actor
from tests.stages import AGENCIES, CHAIR, CLERK, DEPUTY, OFFICER, PROVINCE, drafter, entries, go, leader, org
from tests.workflows import agreement
from workflows import outside, urging
from workflows.models import WorkItem

FIRST, SECOND, THIRD = AGENCIES
Start = Callable[[str], Driver]


@pytest.fixture
def start(stage: Start, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """A copy of a stage in which every act of the driver is followed by the check of agreement."""
    do = Driver.do

    def checked(self: Driver, *args: Any, **kwargs: Any) -> Any:
        done = do(self, *args, **kwargs)
        agreement.check()
        return done

    monkeypatch.setattr(Driver, "do", checked)
    yield stage
    agreement.check()


def open_steps(driver: Driver) -> list[str]:
    items = WorkItem.objects.filter(case=driver.case, finished_at__isnull=True)
    return sorted(items.values_list("step", flat=True))


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def outside_act(name: str, driver: Driver, day: int, by: str = CHAIR, **data: Any) -> None:
    getattr(urging if name in ("urge", "escalate") else outside, name)(
        actor=actor(by), at=driver.at(day), **data
    )
    agreement.check()


def sign_letter(driver: Driver, day: int, by: str = DEPUTY, subject: Any = None) -> Document:
    return driver.sign(day, by, "sign_letter", subject)


# -- the straight path and its loops ----------------------------------------------------


def test_the_whole_path_ends_with_two_recommendations_closed(start: Start) -> None:
    driver = start("recommended")
    go(driver, 24, "publish")
    for number in (1, 2):
        row = driver.recommendation(number)
        for day, step in enumerate(
            "receive_recommendation draft_reply approve_reply assess_reply report_carrying_out verify "
            "close_recommendation".split()
        ):
            go(driver, 25 + day, step, row)
        assert fresh(row).closed_as == "verified"
    go(driver, 60, "close_case")
    case = fresh(driver.case)
    assert (case.state, case.outcome) == (Case.State.CLOSED, "Hoàn thành")
    assert Process.objects.get().status == "DONE"


def test_a_returned_plan_is_mended_and_only_the_signed_one_takes_a_number(start: Start) -> None:
    driver = start("opened")
    go(driver, -30, "draft_plan")
    first = driver.item("sign_plan").document
    go(driver, -29, "sign_plan", decision="return", reason="Thiếu thời hạn")
    assert open_steps(driver) == ["draft_plan"]
    assert fresh(first).state == Document.State.ABANDONED and fresh(first).number is None
    go(driver, -28, "draft_plan", purpose="Mục đích rõ hơn")
    go(driver, -27, "sign_plan")
    signed = Document.objects.get(state=Document.State.SIGNED)
    assert signed.number == 1 and signed.context["purpose"] == "Mục đích rõ hơn"
    assert driver.case.delegation_plans.count() == 2


def test_a_return_needs_its_reason(start: Start) -> None:
    driver = start("opened")
    go(driver, -30, "draft_plan")
    with pytest.raises(InvalidInput) as refused:
        driver.do(-29, CHAIR, "sign_plan", decision="return", reason=" ")
    assert list(refused.value.errors) == ["reason"]


def test_the_drafter_cannot_sign_even_under_another_mandate(start: Start) -> None:
    driver = start("opened")
    officer = actor(OFFICER)
    signer = Actor.of(
        Mandate.objects.create(
            user=officer.user,
            organization=officer.organization,
            duty=Duty.SIGNER,
            title="Phó Chủ tịch",
            from_on=dt.date(2026, 1, 1),
            decision_number="9/QĐ",
            decision_on=dt.date(2026, 1, 1),
        )
    )
    go(driver, -30, "draft_plan")
    with pytest.raises(NotAllowed):
        driver.do(-29, signer, "sign_plan", decision="sign")
    assert open_steps(driver) == ["sign_plan"]
    assert driver.item("sign_plan").document.state == Document.State.PREPARED


def test_a_leader_cannot_send_the_report_they_wrote(start: Start) -> None:
    driver = start("asked")
    inquiry = driver.inquiry(FIRST)
    go(driver, -19, "receive_inquiry", inquiry)
    driver.do(-18, leader(FIRST), "draft_response", inquiry, summary="Tự soạn")
    with pytest.raises(NotAllowed):
        driver.do(-17, leader(FIRST), "approve_response", inquiry, decision="send")
    assert fresh(inquiry).state == Inquiry.State.RECEIVED


def test_a_leader_returns_the_report_and_the_words_of_both_versions_stay(start: Start) -> None:
    driver = start("asked")
    inquiry = driver.inquiry(FIRST)
    go(driver, -19, "receive_inquiry", inquiry)
    go(driver, -18, "draft_response", inquiry, summary="Bản một")
    go(driver, -17, "approve_response", inquiry, decision="return", reason="Thiếu số liệu")
    go(driver, -16, "draft_response", inquiry, summary="Bản hai")
    go(driver, -15, "approve_response", inquiry)
    first, second = inquiry.responses.order_by("version")
    assert (first.summary, first.returned_reason, first.submitted_at) == ("Bản một", "Thiếu số liệu", None)
    assert second.submitted_at and second.is_late is False


def test_a_supplement_has_its_own_clock_and_the_first_report_stands(start: Start) -> None:
    driver = start("asked")
    inquiry = driver.inquiry(FIRST)
    go(driver, -19, "receive_inquiry", inquiry)
    go(driver, -12, "draft_response", inquiry)
    go(driver, -12, "approve_response", inquiry)
    go(
        driver,
        -10,
        "review_response",
        inquiry,
        decision="supplement",
        points="- Số hồ sơ quá hạn\n- Nguyên nhân",
        supplement_due_on=driver.day(-4),
    )
    assert inquiry.supplement_requests.get().points == ["Số hồ sơ quá hạn", "Nguyên nhân"]
    assert driver.item("draft_response", inquiry).deadline == fresh(inquiry).supplement_deadline
    assert fresh(fresh(inquiry).report_deadline).met_on == driver.day(-12)
    go(driver, -5, "draft_response", inquiry, summary="Bổ sung")
    go(driver, -3, "approve_response", inquiry)
    assert [row.is_late for row in inquiry.responses.order_by("version")] == [False, True]
    go(driver, -2, "review_response", inquiry)
    assert fresh(inquiry).state == Inquiry.State.ACCEPTED


def test_a_late_report_is_recorded_and_never_refused(start: Start) -> None:
    driver = start("asked")
    inquiry = driver.inquiry(FIRST)
    go(driver, -19, "receive_inquiry", inquiry)
    go(driver, -2, "draft_response", inquiry)
    go(driver, -1, "approve_response", inquiry)
    assert inquiry.responses.get().is_late is True
    assert open_steps(driver).count("review_response") == 1


def test_a_case_without_recommendations_is_published_and_closed(start: Start) -> None:
    driver = start("reported")
    go(driver, 17, "examine", conference="yes", held_on=driver.day(17))
    go(driver, 19, "draft_recommendations", recommendations=[])
    go(driver, 21, "sign_recommendations")
    assert open_steps(driver) == ["publish"]
    go(driver, 24, "publish")
    go(driver, 25, "close_case")
    assert fresh(driver.case).state == Case.State.CLOSED


def test_a_survey_is_kept_with_its_day(start: Start) -> None:
    driver = start("met")
    inquiry = driver.inquiry(FIRST)
    with pytest.raises(InvalidInput):
        driver.do(4, OFFICER, "survey", inquiry, needed="yes", held_on=driver.day(9), notes="X")
    go(driver, 5, "survey", inquiry, needed="yes", held_on=driver.day(4), notes="Ba hộ được hỏi")
    assert inquiry.surveys.get().notes == "Ba hộ được hỏi"


# -- recommendations ---------------------------------------------------------------------


@pytest.fixture
def replying(start: Start) -> tuple[Driver, Recommendation]:
    driver = start("recommended")
    row = driver.recommendation(1)
    go(driver, 25, "receive_recommendation", row)
    return driver, row


def reply(driver: Driver, day: int, row: Recommendation, verdict: str, **other: Any) -> None:
    go(driver, day, "draft_reply", row, verdict=verdict, reason="Lý do", **other)
    go(driver, day, "approve_reply", row)


@pytest.mark.parametrize("decision", ["upheld", "amended", "withdrawn"])
def test_reconsideration_stops_the_clock_and_ends_in_a_decision(
    replying: tuple[Driver, Recommendation], decision: str
) -> None:
    driver, row = replying
    due = fresh(row).reply_deadline.due_on
    reply(driver, 28, row, "reconsider")
    assert fresh(row).reply_deadline.paused_from_on == driver.day(28)
    go(driver, 31, "hold_dialogue", row)
    new_text = "Nội dung mới" if decision == "amended" else ""
    go(driver, 35, "decide_reconsideration", row, decision=decision, new_text=new_text)
    row = fresh(row)
    kept = row.reconsiderations.get()
    assert kept.old_text == "Rà soát hồ sơ" and kept.decision == decision
    if decision == "withdrawn":
        assert (row.state, row.closed_as) == (Recommendation.State.WITHDRAWN, "withdrawn")
        assert not row.reply_deadline.is_running
        return
    assert row.text == ("Nội dung mới" if decision == "amended" else "Rà soát hồ sơ")
    assert row.reply_deadline.due_on == due + dt.timedelta(days=7)
    reply(driver, 38, row, "accepted", due_on=driver.day(70))
    assert fresh(row).state == Recommendation.State.REPLIED


def test_a_rejected_reply_is_given_again(replying: tuple[Driver, Recommendation]) -> None:
    driver, row = replying
    reply(driver, 28, row, "partly_accepted", due_on=driver.day(60))
    go(driver, 30, "assess_reply", row, verdict="rejected", text="Chưa rõ việc", again_on=driver.day(40))
    assert fresh(row).state == Recommendation.State.REPLY_REJECTED
    assert driver.item("draft_reply", row).deadline.due_on == driver.day(40)
    reply(driver, 42, row, "accepted", due_on=driver.day(60))
    assert [one.is_late for one in row.replies.order_by("version")] == [False, True]
    go(driver, 44, "assess_reply", row)
    assert fresh(row).state == Recommendation.State.IMPLEMENTING
    assert [one.verdict for one in row.assessments.order_by("pk")] == ["rejected", "satisfied"]


def test_well_founded_reasons_close_it_but_not_what_was_accepted(
    replying: tuple[Driver, Recommendation],
) -> None:
    driver, row = replying
    reply(driver, 28, row, "accepted", due_on=driver.day(60))
    with pytest.raises(InvalidInput):
        driver.do(30, OFFICER, "assess_reply", row, verdict="explanation_satisfied", text="X")
    second = driver.recommendation(2)
    go(driver, 30, "receive_recommendation", second)
    reply(driver, 31, second, "not_accepted", due_on=None)
    go(driver, 33, "assess_reply", second, verdict="explanation_satisfied")
    go(driver, 34, "close_recommendation", second)
    assert (fresh(second).state, fresh(second).closed_as) == ("closed", "satisfied")


def test_what_is_partly_done_is_followed_until_it_is_done(replying: tuple[Driver, Recommendation]) -> None:
    driver, row = replying
    reply(driver, 28, row, "accepted", due_on=driver.day(60))
    go(driver, 30, "assess_reply", row)
    go(driver, 50, "report_carrying_out", row, extent="part")
    assert fresh(row).action_deadline.is_running
    go(driver, 52, "verify", row, outcome="not_yet")
    go(driver, 62, "report_carrying_out", row)
    assert fresh(row).action_deadline.is_running, "the agency's word alone does not end it"
    go(driver, 63, "verify", row)
    assert fresh(row).action_deadline.met_on == driver.day(62)
    go(driver, 64, "close_recommendation", row)
    assert row.carrying_outs.count() == row.verifications.count() == 2


def test_the_case_does_not_close_while_a_recommendation_is_open(start: Start) -> None:
    driver = start("recommended")
    go(driver, 24, "publish")
    assert "close_case" not in open_steps(driver)


# -- agencies withdrawn, cases cancelled -------------------------------------------------


def test_an_agency_is_withdrawn_and_the_others_go_on(start: Start) -> None:
    driver = start("asked")
    inquiry = driver.inquiry(FIRST)
    outside_act("withdraw_inquiry", driver, -15, inquiry=inquiry, reason="Trùng thanh tra")
    assert fresh(inquiry).state == Inquiry.State.WITHDRAWN
    assert open_steps(driver) == ["receive_inquiry", "receive_inquiry"]
    assert Notice.objects.filter(organization=inquiry.agency, kind="inquiry.withdrawn").exists()
    with pytest.raises(WrongState):
        outside_act("withdraw_inquiry", driver, -14, inquiry=inquiry, reason="Lần nữa")


def test_withdrawing_the_last_open_branch_lets_the_join_go_on(start: Start) -> None:
    driver = start("met")
    go(driver, 4, "survey", driver.inquiry(FIRST))
    go(driver, 4, "survey", driver.inquiry(SECOND))
    outside_act("withdraw_inquiry", driver, 5, inquiry=driver.inquiry(THIRD), reason="Giải thể")
    assert open_steps(driver) == ["draft_result"]
    assert driver.item("draft_result").deadline.rule == "S2_RESULT"


def test_when_every_agency_is_withdrawn_the_case_only_closes(start: Start) -> None:
    driver = start("asked")
    for code in AGENCIES:
        outside_act("withdraw_inquiry", driver, -15, inquiry=driver.inquiry(code), reason="Thay đổi")
    assert open_steps(driver) == ["close_case"]
    go(driver, -14, "close_case")
    assert fresh(driver.case).state == Case.State.CLOSED


def test_an_agency_withdrawn_while_its_minutes_wait_for_the_head_leaves_no_paper_behind(
    start: Start,
) -> None:
    driver = start("answered")
    inquiry = driver.inquiry(FIRST)
    go(driver, -9, "review_response", inquiry)
    go(driver, 0, "draft_minutes", inquiry)
    outside_act("withdraw_inquiry", driver, 1, inquiry=inquiry, reason="Giải thể")


def test_an_agency_that_is_done_is_not_withdrawn(start: Start) -> None:
    driver = start("met")
    go(driver, 4, "survey", driver.inquiry(FIRST))
    with pytest.raises(WrongState) as refused:
        outside_act("withdraw_inquiry", driver, 5, inquiry=driver.inquiry(FIRST), reason="Muộn")
    assert "kết thúc" in str(refused.value.message)


@pytest.mark.parametrize("stage_name", ["opened", "planned", "decided", "asked", "met", "reported"])
def test_a_case_is_cancelled_at_any_step_before_its_recommendations(start: Start, stage_name: str) -> None:
    driver = start(stage_name)
    outside_act("cancel_case", driver, 15, case=driver.case, reason="Trùng nội dung")
    assert fresh(driver.case).state == Case.State.CANCELLED
    sent = stage_name in ("asked", "met", "reported")
    assert open_steps(driver) == (["sign_letter"] if sent else [])
    if sent:
        paper = sign_letter(driver, 16)
        assert paper.kind == "announcement" and paper.number_text
        assert set(paper.case_link.addressees.values_list("code", flat=True)) == {*AGENCIES, "mttq"}
    assert open_steps(driver) == []
    with pytest.raises(WrongState):
        outside_act("cancel_case", driver, 17, case=driver.case, reason="Lần nữa")


@pytest.mark.parametrize("step", ["sign_plan", "sign_decision", "sign_notice", "sign_result"])
def test_a_case_cancelled_while_a_paper_waits_for_its_signer_gives_the_paper_up(
    start: Start, step: str
) -> None:
    before = {
        "sign_plan": "opened",
        "sign_decision": "planned",
        "sign_notice": "decided",
        "sign_result": "met",
    }
    driver = start(before[step])
    if step == "sign_result":
        for code in AGENCIES:
            go(driver, 4, "survey", driver.inquiry(code))
    go(driver, 5 if step == "sign_result" else -22, step.replace("sign", "draft"))
    paper = driver.item(step).document
    outside_act("cancel_case", driver, 6, case=driver.case, reason="Trùng nội dung")
    assert fresh(paper).state == Document.State.ABANDONED


def test_a_case_is_not_cancelled_while_the_worker_signs(start: Start) -> None:
    driver = start("opened")
    go(driver, -30, "draft_plan")
    driver.do(-29, CHAIR, "sign_plan", decision="sign")
    with pytest.raises(WrongState):
        outside_act("cancel_case", driver, -28, case=driver.case, reason="Trùng")
    paper = Document.objects.get(state=Document.State.SIGNING)
    sign_now(paper.pk, at=driver.at(-28))
    outside_act("cancel_case", driver, -28, case=driver.case, reason="Trùng")


def test_a_paper_whose_signing_got_stuck_is_given_up_with_its_case(start: Start) -> None:
    driver = start("opened")
    go(driver, -30, "draft_plan")
    driver.do(-29, CHAIR, "sign_plan", decision="sign")
    Document.objects.update(state=Document.State.STUCK)
    outside_act("cancel_case", driver, -28, case=driver.case, reason="Trùng")
    plan = Document.objects.get(kind="plan")
    assert (plan.state, plan.number) == (Document.State.ABANDONED, 1), "its number is not given again"
    assert not WorkItem.objects.exclude(form="letter").filter(finished_at=None).exists()


def test_issued_recommendations_are_followed_not_cancelled(start: Start) -> None:
    driver = start("recommended")
    with pytest.raises(WrongState):
        outside_act("cancel_case", driver, 25, case=driver.case, reason="Muộn")


def test_steering_is_for_the_heads_and_needs_a_reason(start: Start) -> None:
    driver = start("asked")
    for name, data in (
        ("cancel_case", {"case": driver.case}),
        ("postpone_case", {"case": driver.case}),
        ("withdraw_inquiry", {"inquiry": driver.inquiry(FIRST)}),
    ):
        with pytest.raises(NotAllowed):
            outside_act(name, driver, -15, by=OFFICER, reason="X", **data)
        with pytest.raises(InvalidInput):
            outside_act(name, driver, -15, reason="  ", **data)
    assert fresh(driver.case).state == Case.State.RUNNING


# -- postponed ---------------------------------------------------------------------------


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


# -- letters and extensions --------------------------------------------------------------


@pytest.fixture
def overdue(replying: tuple[Driver, Recommendation]) -> tuple[Driver, Recommendation]:
    """The second recommendation was acknowledged and never answered."""
    driver, _first = replying
    row = driver.recommendation(2)
    go(driver, 25, "receive_recommendation", row)
    return driver, row


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


def test_a_returned_letter_is_given_up_and_another_may_be_written(
    overdue: tuple[Driver, Recommendation],
) -> None:
    driver, row = overdue
    outside_act("urge", driver, 80, by=OFFICER, subject=row, text="Đề nghị trả lời")
    go(driver, 81, "sign_letter", row, decision="return", reason="Chưa đúng mực")
    assert row.urgings.count() == 0
    outside_act("urge", driver, 82, by=OFFICER, subject=row, text="Kính đề nghị trả lời")
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


def test_every_act_is_one_event_with_its_actor(start: Start) -> None:
    driver = start("recommended")
    before = Event.objects.count()
    driver.do(24, CLERK, "publish", lead="Tóm tắt", checked=True)
    events = list(Event.objects.order_by("pk")[before:])
    assert {event.action for event in events} == {"conclusion.published", "publication.published"}
    assert {event.actor_mandate_id for event in events} == {actor(CLERK).mandate.pk}


def test_a_deputy_signs_for_the_chair(start: Start) -> None:
    driver = start("opened")
    go(driver, -30, "draft_plan")
    paper = driver.sign(-29, DEPUTY, "sign_plan")
    assert any("KT." in line or "TM." in line for line in paper.context["signature"]["lines"])
