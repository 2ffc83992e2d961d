"""Agencies withdrawn, cases cancelled."""

from __future__ import annotations

import pytest

from supervision.casefiles.models import Case
from supervision.cases.models import Inquiry
from supervision.documents.models import Document
from supervision.documents.tasks import sign_now
from supervision.errors import InvalidInput, NotAllowed, WrongState
from supervision.notices.models import Notice
from tests.stages import AGENCIES, CHAIR, OFFICER, go
from tests.workflows.delegation.acts import (
    FIRST,
    SECOND,
    THIRD,
    Start,
    fresh,
    open_steps,
    outside_act,
    sign_letter,
)
from workflows.models import WorkItem


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
