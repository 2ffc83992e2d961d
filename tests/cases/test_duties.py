"""A rename, a merger and a split with open duties: each reaches its heir, and nothing moves unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from supervision.access import policy
from supervision.audit.models import Event
from supervision.casefiles.models import Case
from supervision.cases.models import Inquiry, Recommendation
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.documents.models import Document
from supervision.errors import WrongState
from supervision.files.services import store
from supervision.organizations.actors import Actor
from supervision.organizations.models import Organization
from supervision.organizations.services import add_organization
from supervision.organizations.successions import (
    SuccessionReport,
    assign_heir,
    organizations_asking,
    pending_duties,
    succeed,
)
from tests.files.samples import pdf
from tests.organizations.makers import a_mandate
from tests.owner import guards_off
from tests.stages import AGENCIES, CHAIR, HEAD, OFFICER, PROVINCE, drafter, entries, go, org
from tests.workflows import agreement
from workflows.inbox import work_items
from workflows.models import WorkItem

Start = Callable[[str], Driver]
FIRST, SECOND, THIRD = AGENCIES
#: Everybody of the demonstration has a mandate from this day on; the new bodies start later.
DAY = -14


def a_body(driver: Driver, like: str, code: str, name: str) -> Organization:
    old = org(like)
    return add_organization(
        code=code,
        kind=old.kind,
        level=old.level,
        territory=old.territory,
        name=name,
        superior=old.superior,
        symbol=old.symbol,
        deciding_body=old.deciding_body,
        valid_from=driver.day(DAY),
    )


def become(
    driver: Driver, how: str, old: list[str], new: list[Organization], day: int = DAY
) -> SuccessionReport:
    return succeed(
        how=how,
        predecessors=[org(code) for code in old],
        successors=new,
        effective_on=driver.day(DAY),
        decision_number="12/NQ-HĐND",
        decision_on=driver.day(DAY - 1),
        by=None,
        at=driver.at(day),
    )


def of(code: str, duty: str, driver: Driver) -> Actor:
    return Actor.of(a_mandate(code, duty, from_on=driver.day(DAY)))


def moves() -> list[str]:
    moved = Event.objects.filter(action="duty.moved").order_by("pk")
    return list(moved.values_list("words__data__role", flat=True))


def test_a_renamed_agency_answers_under_its_new_name(stage: Start) -> None:
    driver = stage("asked")
    go(driver, -19, "receive_inquiry", driver.inquiry(FIRST))
    file = store(SimpleUploadedFile("a.pdf", pdf()), by=actor(drafter(FIRST)).mandate, at=driver.at(-18))
    go(driver, -18, "draft_response", driver.inquiry(FIRST), files=[file])
    go(driver, -18, "approve_response", driver.inquiry(FIRST), decision="return", reason="Thiếu")
    work_items.take(
        driver.item("draft_response", driver.inquiry(FIRST)),
        actor=actor(drafter(FIRST)),
        at=driver.at(-18),
    )
    new = a_body(driver, FIRST, "so-mt-24", "Sở Môi trường tỉnh Bắc Ninh")
    report = become(driver, "rename", [FIRST], [new])
    inquiry = driver.inquiry("so-mt-24")
    assert [moved.duty.role for moved in report.moved] == moves() == ["agency"]
    assert inquiry.inherited_from == org(FIRST)
    item = driver.item("draft_response", inquiry)
    assert (item.organization, item.mandate) == (new, None)
    assert item.deadline == inquiry.asked_deadline, "the clock goes on as it ran"
    responder, leader = of("so-mt-24", "agency_responder", driver), of("so-mt-24", "agency_leader", driver)
    old = actor(drafter(FIRST))
    assert not policy.can(old, "view", inquiry, on=driver.day(-13))
    driver.do(-12, responder, "draft_response", inquiry, **entries(driver, "draft_response", driver.day(-12)))
    driver.do(-11, leader, "approve_response", inquiry, decision="send")
    assert [row.is_late for row in inquiry.responses.order_by("version")] == [None, False]
    assert policy.can(leader, "view", file, on=driver.day(-11))
    notice = Document.objects.get(kind="notice")
    assert policy.can(responder, "view", notice, on=driver.day(-11)), "it reads what its predecessor got"
    agreement.check()


def test_two_agencies_that_merge_answer_both_requests(stage: Start) -> None:
    driver = stage("asked")
    new = a_body(driver, SECOND, "ubnd-24-moi", "Ủy ban nhân dân xã Mẫu Mới")
    report = become(driver, "merger", [SECOND, THIRD], [new])
    assert sorted(str(moved.duty.obj) for moved in report.moved if moved.duty.role == "agency") == [
        f"{driver.case.code}/2",
        f"{driver.case.code}/3",
    ]
    responder = of("ubnd-24-moi", "agency_responder", driver)
    for inquiry in driver.case.inquiries.filter(agency=new):
        driver.do(-12, responder, "receive_inquiry", inquiry)
    assert driver.case.inquiries.filter(agency=new, state=Inquiry.State.RECEIVED).count() == 2
    agreement.check()


def test_a_split_asks_for_the_heir_of_each_and_moves_nothing_by_itself(stage: Start) -> None:
    driver = stage("recommended")
    with guards_off():
        Recommendation.objects.filter(number__in=(1, 2)).update(addressee=org(PROVINCE))
    WorkItem.objects.filter(step="receive_recommendation").update(organization=org(PROVINCE))
    heirs = [
        a_body(driver, PROVINCE, "ubnd-24-a", "Ủy ban nhân dân tỉnh A"),
        a_body(driver, PROVINCE, "ubnd-24-b", "Ủy ban nhân dân tỉnh B"),
    ]
    report = become(driver, "split", [PROVINCE], heirs, day=25)
    asking = [duty for duty in report.asking if duty.role == "addressee"]
    assert not report.moved and len(asking) == 2
    assert org(PROVINCE) in organizations_asking()
    for duty, heir in zip(asking, heirs, strict=True):
        assign_heir(duty=duty, heir=heir, by=None, at=driver.at(26))
    assert {row.addressee.code for row in driver.case.recommendations.all()} == {"ubnd-24-a", "ubnd-24-b"}
    items = WorkItem.objects.filter(step="receive_recommendation")
    assert all(item.organization == item.recommendation.addressee for item in items)
    assert [duty for duty in pending_duties(org(PROVINCE)) if duty.role != "superior"] == []
    assert moves() == ["addressee", "addressee"]
    agreement.check()


def test_a_renamed_chairing_body_goes_on_with_its_cases(stage: Start) -> None:
    driver = stage("reported")
    go(driver, 17, "examine")
    go(driver, 19, "draft_recommendations")
    new = a_body(driver, "mttq-24", "mttq-24-moi", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Mới")
    become(driver, "rename", ["mttq-24"], [new], day=20)
    case = Case.objects.select_related("lead").get(pk=driver.case.pk)
    assert case.lead == new and case.code.startswith("GS-MTTQ-24-"), "its number stays"
    item = driver.item("sign_recommendations")
    assert item.organization == new
    chair, officer = of("mttq-24-moi", "chair", driver), of("mttq-24-moi", "officer", driver)
    with pytest.raises(WrongState):
        driver.do(21, chair, "sign_recommendations", decision="sign")
    driver.do(21, chair, "sign_recommendations", decision="return", reason="Soạn lại theo tên mới")
    driver.do(
        22, officer, "draft_recommendations", **entries(driver, "draft_recommendations", driver.day(22))
    )
    paper = driver.item("sign_recommendations").document
    assert paper.organization == new
    earlier = Document.objects.filter(organization=org("mttq-24"), state=Document.State.SIGNED).first()
    assert policy.can(officer, "view", earlier, on=driver.day(22))
    assert not policy.can(actor(OFFICER), "view", case, on=driver.day(22))
    agreement.check()


def test_named_work_of_people_of_the_old_body_goes_to_the_new_heads(stage: Start) -> None:
    driver = stage("met")
    go(driver, 4, "survey", driver.inquiry(FIRST))
    new = a_body(driver, "mttq-24", "mttq-24-moi", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Mới")
    become(driver, "rename", ["mttq-24"], [new], day=5)
    item = driver.item("survey", driver.inquiry(SECOND))
    assert (item.organization, item.named, item.mandate) == (new, False, None)
    chair = of("mttq-24-moi", "chair", driver)
    for code in (SECOND, THIRD):
        driver.do(6, chair, "survey", driver.inquiry(code), needed="no")
    following = driver.item("draft_result")
    assert following.organization == new and policy.can(chair, "act", following, on=driver.day(6))
    assert not policy.can(actor(HEAD), "act", following, on=driver.day(6))
    agreement.check()


def test_what_is_finished_is_no_duty_any_more(stage: Start) -> None:
    driver = stage("met")
    go(driver, 4, "survey", driver.inquiry(FIRST))
    new = a_body(driver, FIRST, "so-mt-24", "Sở Môi trường tỉnh Bắc Ninh")
    report = become(driver, "rename", [FIRST], [new], day=5)
    assert report.moved == ()
    assert driver.inquiry(FIRST).agency == org(FIRST), "what was done stays with the name that did it"


def test_the_old_signers_stay_on_what_they_signed(stage: Start) -> None:
    driver = stage("recommended")
    new = a_body(driver, "mttq-24", "mttq-24-moi", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Mới")
    become(driver, "rename", ["mttq-24"], [new], day=23)
    signed = Document.objects.get(kind="recommendation_document")
    assert (signed.organization, signed.signer) == (org("mttq-24"), actor(CHAIR).mandate)
    clerk: Any = of("mttq-24-moi", "clerk", driver)
    driver.do(24, clerk, "publish", lead="Tóm tắt", checked=True)
    agreement.check()
