"""A withdrawn plan stands nowhere: nothing is opened from it, nothing amends it, its year is free again."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from supervision.cases import choices
from supervision.cases.models import AnnualPlan
from supervision.cases.services import plan_progress
from supervision.demo import script
from supervision.demo.clock import Clock
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.documents.models import Document
from supervision.errors import InvalidInput, WrongState
from supervision.law.registry import specs
from supervision.publication.log.checking import troubles
from supervision.publication.models import PlanLine
from tests.told import tell
from tests.web.test_bad_input import text_of
from tests.web.test_limits import client_of
from tests.worker import complete_unprinted
from tests.workflows import agreement
from tests.workflows.test_annual_plan import CHAIR, ISSUED, OFFICER, opening, plan_of
from tests.workflows.test_changes import withdraw
from workflows.acts import changes, steering
from workflows.models import WorkItem

pytestmark = pytest.mark.django_db
BODIES = ("qh-24", "hdnd-24", "ubnd-24")
WHY = "Ghi nhầm số liệu"  # what `withdraw` says
SIGNER = "Chủ tịch mẫu 1"
AGAIN = dt.date(2027, 3, 30)  # day 0 of the plan that takes its place


@pytest.fixture
def gone() -> Driver:
    """A plan whose only version, just published, is withdrawn."""
    driver = tell("plan", ISSUED, until=3)
    withdraw(driver, plan_of(driver).versions.get().publication, 7)
    return driver


def test_the_inside_says_by_whom_when_and_why_and_nothing_is_opened_or_amended(gone: Driver) -> None:
    plan = plan_of(gone)
    item, work = plan.items.get(number=1), gone.item("follow_plan")
    pages = {
        "plan": f"/ke-hoach-nam/{plan.public_id}/",
        "item": f"/ke-hoach-nam/muc/{item.public_id}/",
        "work": f"/viec-cua-toi/{work.public_id}/",
    }
    with time_machine.travel(gone.at(9), tick=True):
        client = client_of(OFFICER)
        said = {name: text_of(client.get(address)) for name, address in pages.items()}
        listed = text_of(client.get("/ke-hoach-nam/"))
    for name, words in said.items():
        assert all(one in words for one in ("đã thu hồi", WHY, "22/12/2026", SIGNER)), name
    assert "Mở hồ sơ từ mục này" not in said["item"] and "chưa thực hiện" not in said["plan"]
    assert "Đã thu hồi" in listed and "Xong đúng hạn" not in listed and "chưa thực hiện" not in listed
    for spec in specs().values():
        assert not choices.annual_items(spec, actor(OFFICER), gone.day(9)).exists(), spec.slug
    with pytest.raises(InvalidInput, match="thu hồi"):
        opening(gone, item, OFFICER, 9)
    with pytest.raises(InvalidInput) as refused:
        gone.do(9, OFFICER, "follow_plan", decision="amend", reason="X")
    assert set(refused.value.errors) == {"decision"}
    gone.do(9, OFFICER, "follow_plan", decision="end", reason="Đã thu hồi.")
    agreement.check()
    assert steps(gone) == ["close_plan"]


def anew(until: int) -> Driver:
    """Tell the story once more, in the year of the plan itself, for that very year."""
    driver = Driver(AGAIN, seed="again", clock=Clock(), worker=complete_unprinted)
    for told in sorted(script.read("plan"), key=lambda one: one.day):
        if told.act == "open":
            told = replace(told, data={**told.data, "year": "this"})
        if told.day <= until:
            script.perform(driver, told)
    driver.case.refresh_from_db()
    return driver


def test_its_year_is_free_for_another_plan_which_has_the_public_page_of_the_year(gone: Driver) -> None:
    old = plan_of(gone)
    again = anew(-70)
    with pytest.raises(InvalidInput):  # one plan a year, again
        anew(-70)
    with pytest.raises(IntegrityError), transaction.atomic():  # whatever wrote it
        AnnualPlan.objects.filter(pk=old.pk).update(given_up_at=None)
    steering.cancel_case(actor=actor(CHAIR), case=again.case, reason="Lập lại.", at=again.at(-69))
    again = anew(3)
    new = plan_of(again)
    assert (new.year, new.organization) == (old.year, old.organization)
    assert not plan_progress.is_withdrawn(new) and plan_progress.is_withdrawn(old)
    page = Client().get(f"/ke-hoach/{new.year}/mttq-24/")
    assert page.status_code == 200
    signed = text_of(page).split("Văn bản đã ký")[1]
    assert signed.count("Kế hoạch ban hành lần đầu") == 2 and "Điều chỉnh lần" not in signed
    assert "Đã thu hồi" not in text_of(Client().get("/ke-hoach/"))
    assert opening(again, new.items.get(number=1), OFFICER, 20)
    assert PlanLine.objects.filter(number=1).latest("pk").state == "running"
    assert list(troubles()) == []


@pytest.fixture
def amending() -> tuple[Driver, Any]:
    """A second amendment, of KH-01 alone, whose items are chosen; with the publication of the first."""
    driver = tell("plan", ISSUED, until=213)
    first = plan_of(driver).versions.get(number=2).publication
    driver.do(260, OFFICER, "follow_plan", decision="amend", reason="Mưa lũ.")
    driver.do(261, OFFICER, "choose_items", items=[kept(plan_of(driver))])
    return driver, first


@pytest.fixture
def agreed(amending: tuple[Driver, Any]) -> tuple[Driver, Any]:
    """The same, once all have agreed to it."""
    exchange(amending[0], 262)
    return amending


def exchange(driver: Driver, day: int) -> None:
    driver.do(day, OFFICER, "draft_exchange", question="Đề nghị thống nhất.", due_on=driver.day(day + 12))
    driver.sign(day + 1, CHAIR, "sign_exchange")
    for body in BODIES:
        driver.do(day + 2, f"{body}.lanh_dao", "agree", driver.consultation(body), position="agreed")


def drafted(driver: Driver, day: int) -> None:
    words = {"purpose": "P", "requirements": "R", "assignment": "A", "changes": "Mưa lũ."}
    driver.do(day, OFFICER, "draft_annual_plan", **words)


@pytest.mark.parametrize("until", ["agreed", "drafted"])
def test_whatever_was_agreed_to_is_what_is_printed(agreed: tuple[Driver, Any], until: str) -> None:
    """The first amendment is withdrawn once the bodies agreed to the second: they agreed to other items."""
    driver, first = agreed
    if until == "drafted":
        drafted(driver, 265)
    withdraw(driver, first, 266)
    agreement.check()
    assert steps(driver) == ["choose_items"], "the items are asked about anew"
    driver.do(268, OFFICER, "choose_items", items=[kept(plan_of(driver))])
    exchange(driver, 269)
    drafted(driver, 272)
    driver.sign(273, CHAIR, "sign_annual_plan")
    paper = Document.objects.filter(kind="annual_plan").latest("pk")
    letter = Document.objects.filter(kind="exchange_letter").latest("pk")
    printed = [row[0] for row in paper.context["tables"][0]["rows"]]
    assert printed == re.findall(r"- (KH-\d\d)", letter.context["body"])
    assert "KH-04" in printed and "KH-06" not in printed and len(paper.context["agreements"]) == 3


def test_whoever_is_asked_reads_what_was_sent_and_a_stale_letter_is_not_signed(
    amending: tuple[Driver, Any],
) -> None:
    """A letter whose items have changed is not signed; bodies read the one they got, and are asked anew."""
    driver, first = amending
    asked = {"question": "Đề nghị thống nhất.", "due_on": driver.day(280)}
    driver.do(262, OFFICER, "draft_exchange", **asked)
    letter = driver.item("sign_exchange").document
    letter.context["body"] = letter.context["body"].replace("KH-06", "KH-66")  # as if an item had gone since
    letter.save(update_fields=["context"])
    with pytest.raises(WrongState, match="soạn lại"):
        driver.sign(263, CHAIR, "sign_exchange")
    driver.do(263, CHAIR, "sign_exchange", decision="return", reason="Các mục đã đổi.")
    driver.do(264, OFFICER, "draft_exchange", **asked)
    driver.sign(265, CHAIR, "sign_exchange")
    driver.do(266, "qh-24.lanh_dao", "agree", driver.consultation("qh-24"), position="agreed")
    withdraw(driver, first, 267)
    row = driver.consultation("hdnd-24")
    with time_machine.travel(driver.at(268), tick=True):
        shown = text_of(
            client_of("hdnd-24.lanh_dao").get(f"/viec-cua-toi/{driver.item('agree', row).public_id}/")
        )
    assert "KH-06" in shown and "KH-04" not in shown, "the letter, not what the items have become"
    for body in BODIES[1:]:
        driver.do(268, f"{body}.lanh_dao", "agree", driver.consultation(body), position="agreed")
    agreement.check()
    assert steps(driver) == ["choose_items"]
    with time_machine.travel(driver.at(269), tick=True):
        shown = text_of(client_of(OFFICER).get(f"/viec-cua-toi/{driver.item('choose_items').public_id}/"))
        public = text_of(Client().get("/ke-hoach/2027/mttq-24/"))
    assert "Phải trao đổi, thống nhất lại" in shown
    assert "bản nào cũng đọc được" not in public and "bản đã thu hồi chỉ còn số" in public


def test_an_amendment_and_the_withdrawal_of_what_it_amends_are_not_signed_at_once(
    agreed: tuple[Driver, Any],
) -> None:
    driver, first = agreed
    drafted(driver, 265)
    asks = {"case": driver.case, "publication": first, "kind": "withdraw", "data": {"reason": WHY}}
    changes.ask(actor=actor("mttq-24.van_thu"), key="w", at=driver.at(266), **asks)
    sign = {"decision": "sign"}
    with transaction.atomic():
        driver.do(267, CHAIR, "sign_annual_plan", **sign)
        with pytest.raises(WrongState, match="đang được ký"):
            driver.do(267, CHAIR, "sign_change", **sign)
        transaction.set_rollback(True)
    driver.do(268, CHAIR, "sign_change", **sign)
    with pytest.raises(WrongState, match="đang được ký"):
        driver.do(268, CHAIR, "sign_annual_plan", **sign)


def test_calling_off_the_case_of_an_issued_plan_frees_no_year_until_it_is_withdrawn() -> None:
    driver = tell("plan", ISSUED, until=3)
    steering.cancel_case(actor=actor(CHAIR), case=driver.case, reason="Thôi.", at=driver.at(4))
    plan = plan_of(driver)
    assert plan.given_up_at is None and not plan_progress.is_withdrawn(plan), "it is in force all the same"
    withdraw(driver, plan.versions.get().publication, 5)
    assert plan_of(driver).given_up_at is not None


def kept(plan: AnnualPlan) -> dict[str, Any]:
    item = plan.items.get(number=1, amends=None)
    row = {name: getattr(item, name) for name in ("title", "form", "field", "agency", "chair")}
    return {**row, "number": "KH-01", "period": "q4", "fate": "keep", "reason": "Mưa lũ."}


def steps(driver: Driver) -> list[str]:
    return list(WorkItem.objects.filter(case=driver.case, finished_at=None).values_list("step", flat=True))
