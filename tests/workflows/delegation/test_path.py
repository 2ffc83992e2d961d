"""The straight path of a delegation and its loops."""

from __future__ import annotations

import datetime as dt

import pytest
from viewflow.workflow.models import Process

from supervision.audit.models import Event
from supervision.casefiles.models import Case
from supervision.cases.models import Inquiry
from supervision.demo.world import actor
from supervision.documents.models import Document
from supervision.errors import InvalidInput, NotAllowed
from supervision.organizations.actors import Actor
from supervision.organizations.models import Duty, Mandate
from tests.stages import CHAIR, CLERK, DEPUTY, OFFICER, go, leader
from tests.workflows.delegation.acts import (
    FIRST,
    Start,
    fresh,
    open_steps,
)


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
    assert driver.case.papers.filter(document__kind="plan").count() == 2


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
