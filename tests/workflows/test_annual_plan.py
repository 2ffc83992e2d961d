"""The annual plan: agreed before it is issued, amended by consent, carried out by cases, told in public."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.db.models.signals import pre_save
from django.test import Client
from django.utils import timezone

from supervision.access.policy import Hidden
from supervision.casefiles.models import Case
from supervision.cases.models import AnnualPlan, PlanItem, PlannedCase
from supervision.cases.services import opening as openings
from supervision.cases.services import plan_progress
from supervision.cases.services.plan_agreements import bodies_of
from supervision.cases.services.plans import of_the_year
from supervision.demo import script
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.errors import DomainError, InvalidInput, NotAllowed, WrongState
from supervision.language.dates import long_date
from supervision.law.planning import PLAN_FORMS
from supervision.law.registry import specs
from supervision.law.specs import FormSpec
from supervision.organizations.models import Organization
from supervision.publication.models import PlanLine, PublishedPlan
from tests.cases.test_plan_overlaps import a_plan, an_item
from tests.markup import html_of
from tests.test_words import known_data, leaks_in_english
from tests.told import tell
from tests.web.test_limits import client_of, queries
from tests.workflows import agreement
from tests.workflows.test_stories import kinds
from workflows.acts import act, plans, steering

pytestmark = pytest.mark.django_db
ISSUED = dt.date(2026, 12, 15)
OFFICER, CHAIR = "mttq-24.can_bo_1", "mttq-24.chu_tich"


def plan_of(driver: Driver) -> AnnualPlan:
    return AnnualPlan.objects.select_related("deadline").get(case=driver.case)


def test_the_story_of_a_plan_runs_to_its_end() -> None:
    """Two proposals of members, one overlap decided, three agreements, one amendment with a new version."""
    driver = tell("plan", ISSUED)
    plan = plan_of(driver)
    assert driver.case.state == Case.State.CLOSED
    assert kinds(driver.case) == [
        "invitation",
        "conference_minutes",
        "exchange_letter",
        "annual_plan",
        "exchange_letter",
        "annual_plan",
    ]
    assert (plan.deadline.due_on, plan.deadline.met_on) == (dt.date(2026, 12, 31), ISSUED)
    members = plan.proposals.filter(source="member").values_list("organization__code", flat=True)
    assert set(members) == {"phn-24", "cd-24"}
    first, second = plan.versions.order_by("number")
    assert len(first.rows) == 5 and first.changes == []
    assert [(one["code"], one["what"]) for one in second.changes] == [
        ("KH-04", "dropped"),
        ("KH-06", "added"),
    ]
    assert [one["position"] for one in first.agreed] == ["agreed", "with_remarks", "agreed"]
    assert "KH-04" in first.document.context["tables"][0]["rows"][3], "the old version stays as it was"
    dropped = plan.items.get(number=4)
    assert dropped.state == PlanItem.State.DROPPED and dropped.reason
    assert not plan.items.filter(amends__isnull=False).exists()
    states = {line.data["code"]: line.state for line in PlanLine.objects.order_by("pk")}
    assert states == {f"KH-{n:02d}": "dropped" if n == 4 else "not_begun" for n in range(1, 7)}
    assert PublishedPlan.objects.count() == 2


def test_no_plan_without_every_agreement() -> None:
    """403 Art 3(3): silence is no agreement, and nobody may stop waiting for it."""
    driver = tell("plan", ISSUED, until=-22)
    waiting = driver.consultation("ubnd-24")
    assert not driver.case.work_items.filter(step="draft_annual_plan").exists()
    with pytest.raises(WrongState):
        steering.stop_waiting(actor=actor(OFFICER), case=driver.case, at=driver.at(-21))
    paper = {"position": "agreed", "files": []}
    with pytest.raises(InvalidInput) as refused:
        plans.record_agreement(actor=actor(OFFICER), consultation=waiting, data=paper, at=driver.at(-20))
    assert set(refused.value.errors) == {"number_text", "dated_on"}
    for who, error in (("mttq-24.van_thu", NotAllowed), ("ubnd-24.lanh_dao", Hidden)):
        with pytest.raises(error):
            plans.record_agreement(actor=actor(who), consultation=waiting, data=paper, at=driver.at(-20))
    driver.do(-20, "ubnd-24.lanh_dao", "agree", waiting, position="not_agreed", remarks="Trùng thanh tra.")
    agreement.check()
    assert driver.item("choose_items"), "whoever disagrees sends the plan back to its items"


def test_a_draft_that_met_no_agreement_is_changed_and_sent_to_every_body_again() -> None:
    driver = tell("plan", ISSUED, until=-22)
    driver.do(
        -20, "ubnd-24.lanh_dao", "agree", driver.consultation("ubnd-24"), position="not_agreed", remarks="X"
    )
    items = next(one.data for one in script.read("plan") if one.act == "choose_items")["items"][:3]
    rows = [script._value(driver, "items", row) for row in items]
    rows = [{"number": f"KH-0{number}", **row} for number, row in enumerate(rows, start=1)]
    driver.do(-19, OFFICER, "choose_items", items=rows)
    assert not driver.case.work_items.filter(step="settle_overlaps", finished_at=None).exists(), (
        "decided before"
    )
    driver.do(-18, OFFICER, "draft_exchange", question="Đề nghị cho ý kiến lại.", due_on=driver.day(-8))
    driver.sign(-17, CHAIR, "sign_exchange")
    asked = driver.case.work_items.filter(step="agree", finished_at=None)
    assert set(asked.values_list("organization__code", flat=True)) == {"qh-24", "hdnd-24", "ubnd-24"}
    assert plan_of(driver).agreements.count() == 6, "what was said of the first draft stays"


def test_the_clock_of_quarter_iv_explains_itself_and_late_is_shown_not_blocked() -> None:
    driver = tell("plan", ISSUED + dt.timedelta(days=35), until=0)
    plan = plan_of(driver)
    assert plan.year == 2027 and plan.deadline.met_late
    assert "Nghị quyết liên tịch 403" in plan.deadline.law_rule.basis[0].label.vi
    assert plan.issued_at is not None


def test_one_plan_a_year() -> None:
    driver = tell("plan", ISSUED, until=-70)
    data = {"title": "Kế hoạch nữa", "year": "next", "grounds": "X"}
    with pytest.raises(InvalidInput) as refused:
        act.open_case(actor=actor(OFFICER), form="ke-hoach-nam", data=data, at=driver.at(-69))
    assert set(refused.value.errors) == {"year"}
    plan = plan_of(driver)
    with pytest.raises(IntegrityError), transaction.atomic():  # whatever wrote it
        a_plan(plan.organization.code, plan.year)
    steering.cancel_case(actor=actor(CHAIR), case=driver.case, reason="Lập lại.", at=driver.at(-68))
    agreement.check()
    assert plan_of(driver).deadline.dropped_at

    def comes_first(**_sent: Any) -> None:
        pre_save.disconnect(comes_first, sender=AnnualPlan)
        a_plan(plan.organization.code, plan.year)

    pre_save.connect(comes_first, sender=AnnualPlan)  # after it was looked whether there is one
    with pytest.raises(InvalidInput) as refused:
        act.open_case(actor=actor(OFFICER), form="ke-hoach-nam", data=data, at=driver.at(-67))
    assert set(refused.value.errors) == {"year"}
    assert act.open_case(actor=actor(OFFICER), form="ke-hoach-nam", data=data, at=driver.at(-67))


def test_members_propose_until_the_consultation_and_only_at_their_own_place() -> None:
    driver = tell("plan", ISSUED, until=-64)
    data = {"title": "X", "form": "S2", "field": "land", "grounds": "Y"}
    for who, error in (("mttq-24-24m01.can_bo", Hidden), ("so-nnmt-24.dau_moi", Hidden)):
        with pytest.raises(error):
            plans.propose(actor=actor(who), plan=plan_of(driver), data=data, at=driver.at(-60))
    with pytest.raises(InvalidInput):
        plans.propose(actor=actor("hnd-24.can_bo"), plan=plan_of(driver), data={}, at=driver.at(-60))
    driver.do(-50, OFFICER, "gather")
    with pytest.raises(WrongState):
        plans.propose(actor=actor("hnd-24.can_bo"), plan=plan_of(driver), data=data, at=driver.at(-49))


def opening(driver: Driver, item: PlanItem, who: str, offset: int) -> Case:
    data = {"title": item.title, "field": item.field, "grounds": "Kế hoạch năm", "annual_item": item}
    return act.open_case(actor=actor(who), form="doan-giam-sat", data=data, at=driver.at(offset))


def test_cases_are_opened_from_items_by_whoever_chairs_them_and_the_plan_knows() -> None:
    driver = tell("plan", ISSUED, until=1)
    first, third = (plan_of(driver).items.get(number=number) for number in (1, 3))
    with pytest.raises(DomainError, match="chủ trì"):
        opening(driver, third, OFFICER, 100)  # chaired by the Women's Union
    case = opening(driver, first, OFFICER, 110)
    with pytest.raises(InvalidInput, match="Đã có hồ sơ"):
        opening(driver, first, OFFICER, 111)
    with pytest.raises(WrongState):
        open_as(specs()["doan-giam-sat"], first, driver.at(111))
    with pytest.raises(IntegrityError), transaction.atomic():  # whatever wrote it
        second = Case.objects.create(
            code="GS-2", form=case.form, title="X", field="land", grounds="Y", lead=case.lead,
            opened_by=case.opened_by, opened_at=driver.at(111),
        )  # fmt: skip
        PlannedCase.objects.create(case=second, item=first)
    newest = PlanLine.objects.filter(number=1).latest("pk")
    assert newest.state == "running" and newest.data["case_code"] == "", "a case is named once it is public"
    totals = plan_progress.totals(plan_progress.progress_of(plan_of(driver)), dt.date(2027, 10, 1))
    assert totals == {"not_begun": 4, "running": 1, "done": 0, "dropped": 0, "late": 4, "all": 5}
    steering.cancel_case(actor=actor(CHAIR), case=case, reason="Hoãn sang quý sau.", at=driver.at(120))
    assert PlanLine.objects.filter(number=1).latest("pk").state == "not_begun"
    assert opening(driver, first, OFFICER, 121).planned.item == first


def test_an_item_that_was_issued_is_changed_only_with_a_reason() -> None:
    driver = tell("plan", ISSUED, until=203)
    item = plan_of(driver).items.get(number=1)
    row = {
        "number": "KH-01",
        "title": item.title,
        "form": item.form,
        "field": item.field,
        "agency": item.agency,
        "period": "q4",
        "chair": item.chair,
        "fate": "keep",
    }
    with pytest.raises(InvalidInput) as refused:
        driver.do(204, OFFICER, "choose_items", items=[row])
    assert set(refused.value.errors) == {"items-0-reason"}
    with pytest.raises(InvalidInput):
        driver.do(204, OFFICER, "choose_items", items=[row | {"number": "KH-77", "reason": "X"}])
    driver.do(204, OFFICER, "choose_items", items=[row | {"reason": "Mưa lũ."}])
    item.refresh_from_db()
    assert item.period == "q2", "until the amendment is issued the plan stays as it is"


def test_whom_a_plan_is_agreed_with_at_each_level() -> None:
    driver = tell("plan", ISSUED, until=-70)
    data = {"title": "Kế hoạch của Hội", "year": "next", "grounds": "X"}
    at = driver.at(-60)
    case = act.open_case(actor=actor("phn-24.can_bo"), form="ke-hoach-nam", data=data, at=at)
    on = timezone.localdate(at)
    centre = AnnualPlan(organization=Organization.objects.get(code="mttq"))
    commune = AnnualPlan(organization=Organization.objects.get(code="mttq-24-24m01"))
    assert [body.code for body in bodies_of(centre, on)] == ["qh", "chinh-phu"]
    assert [body.code for body in bodies_of(commune, on)] == ["hdnd-24-24m01", "ubnd-24-24m01"]
    Organization.objects.filter(code="hdnd-24-24m01").update(valid_until=dt.date(2026, 1, 1))
    with pytest.raises(DomainError):
        bodies_of(commune, on)
    assert [body.code for body in bodies_of(case.annual_plan, on)] == ["mttq-24"]
    assert [body.code for body in bodies_of(plan_of(driver), on)] == ["qh-24", "hdnd-24", "ubnd-24"]


def test_the_pages_cost_as_little_and_show_what_each_may_see() -> None:
    driver = tell("plan", ISSUED, until=1)
    plan = plan_of(driver)
    first = plan.items.get(number=1)
    opening(driver, first, OFFICER, 2)
    with time_machine.travel(driver.at(3), tick=True):
        for who in (OFFICER, CHAIR, "phn-24.can_bo"):
            alone = queries(client_of(who), "/ke-hoach-nam/")
            queries(client_of(who), f"/ke-hoach-nam/{plan.public_id}/")
            if who != "phn-24.can_bo":
                queries(client_of(who), f"/ho-so/{driver.case.public_id}/")
        for code in ("phn-24", "cd-24", "hnd-24"):
            an_item(a_plan(code), "Một nội dung", "so-yt-24")
        assert queries(client_of(OFFICER), "/ke-hoach-nam/") == alone, "more plans cost no more"
        inside = html_of(client_of("phn-24.can_bo").get(f"/ke-hoach-nam/{plan.public_id}/"))
        outsider = html_of(client_of("so-yt-24.dau_moi").get(f"/ke-hoach-nam/{plan.public_id}/"))
        assert "Chồng chéo" in inside and "47 phản ánh" in inside
        assert "Chồng chéo" not in outsider and "47 phản ánh" not in outsider and first.title in outsider
        item = client_of(OFFICER).get(f"/ke-hoach-nam/muc/{plan.items.get(number=2).public_id}/")
        assert "Mở hồ sơ từ mục này" in html_of(item)
        public = html_of(Client().get("/ke-hoach/2027/mttq-24/"))
        assert "KH-05" in public and "Đang thực hiện" in public
        assert Client().get("/ke-hoach/2026/mttq-24/").status_code == 404
        assert "Kế hoạch" in html_of(Client().get("/ke-hoach/"))


def test_english_pages_mark_what_is_vietnamese() -> None:
    driver = tell("plan", ISSUED, until=-44)
    plan, data = plan_of(driver), known_data()
    item, first = driver.item("settle_overlaps"), plan.items.get(number=2)
    addresses = (
        "/en/ke-hoach-nam/",
        f"/en/ke-hoach-nam/{plan.public_id}/",
        f"/en/ke-hoach-nam/muc/{first.public_id}/",
        f"/en/viec-cua-toi/{item.public_id}/",
    )
    with time_machine.travel(driver.at(-43), tick=True):
        for address in addresses:
            page = client_of(OFFICER).get(address)
            assert page.status_code == 200
            assert not leaks_in_english(html_of(page), data), address


def test_a_case_is_opened_from_the_page_of_its_item() -> None:
    driver = tell("plan", ISSUED, until=1)
    item = plan_of(driver).items.get(number=1)
    with time_machine.travel(driver.at(3), tick=True):
        client = client_of(OFFICER)
        address = f"/ho-so/mo/?hinh-thuc=doan-giam-sat&muc={item.public_id}"
        page = html_of(client.get(address))
        assert item.title in page and "KH-01, 2027" in page
        sent = {
            "title": item.title,
            "field": item.field,
            "annual_item": item.public_id,
            "grounds": "X",
            "key": "k",
        }
        assert client.post(address, sent).status_code == 302
        assert Case.objects.get(planned__item=item).title == item.title
        assert client.get("/ho-so/mo/?hinh-thuc=doan-giam-sat&muc=khong-co").status_code == 404


def test_an_item_is_chosen_from_the_plans_in_force_and_never_typed() -> None:
    """KH-99, which does not exist, was once printed in a signed paper."""
    driver = tell("plan", ISSUED, until=1)
    first, third = (plan_of(driver).items.get(number=number) for number in (1, 3))
    with time_machine.travel(driver.at(3), tick=True):
        client, address = client_of(OFFICER), "/ho-so/mo/?hinh-thuc=doan-giam-sat"
        page = html_of(client.get(address))
        offered = re.findall(r'<option value="([^"]*)"', page[page.index('name="annual_item"') :])
        assert offered[0] == "" and "Không theo kế hoạch năm" in page
        mine = plan_of(driver).items.filter(chair=first.chair).order_by("number")
        assert offered[1:] == [item.public_id for item in mine]
        sent = {"title": "X", "field": "land", "grounds": "Y", "key": "k"}
        for typed in ("KH-99", third.public_id):  # what is not there, and what another body chairs
            refused = client.post(address, {**sent, "annual_item": typed})
            assert refused.status_code == 422 and 'value="X"' in html_of(refused)
        for typed in ("KH-99", "KH-01"):
            with pytest.raises(InvalidInput):
                data = {**sent, "annual_item": typed}
                act.open_case(actor=actor(OFFICER), form="doan-giam-sat", data=data, at=driver.at(3))
        assert not Case.objects.filter(form="doan-giam-sat").exists()
        women = html_of(client_of("phn-24.can_bo").get(address))
        assert third.public_id in women and first.public_id not in women
        assert client.post(address, {**sent, "annual_item": first.public_id}).status_code == 302
        assert first.public_id not in html_of(client.get(address)), "it has its case"


def open_as(spec: FormSpec, item: PlanItem, at: dt.datetime) -> Case:
    """Open a case by the service, without any form."""
    return openings.open_case(
        actor=actor(OFFICER), spec=spec, title="X", grounds="Y", at=at, annual_item=item
    )


def test_an_item_is_opened_only_in_the_form_that_it_is_planned_in() -> None:
    """A delegation's item was once spent by a criticism, whose signed papers then rested on it."""
    driver = tell("plan", ISSUED, until=1)
    first = plan_of(driver).items.get(number=1)
    data = {"title": "X", "field": "land", "grounds": "Y", "annual_item": first}
    for form in ("hoi-nghi-phan-bien", "gop-y"):
        with pytest.raises(InvalidInput, match="hình thức “Giám sát: tổ chức đoàn”"):
            act.open_case(actor=actor(OFFICER), form=form, data=data, at=driver.at(3))
    for form, spec in specs().items():
        if form != "doan-giam-sat":
            with pytest.raises(DomainError):
                open_as(spec, first, driver.at(3))
    assert not first.cases.exists()


def test_what_the_address_names_is_where_the_form_begins_and_nothing_more() -> None:
    driver = tell("plan", ISSUED, until=1)
    first, second = (plan_of(driver).items.get(number=number) for number in (1, 2))
    sent = {"title": "X", "field": "land", "grounds": "Đột xuất", "annual_item": ""}
    with time_machine.travel(driver.at(3), tick=True):
        client, address = client_of(OFFICER), f"/ho-so/mo/?hinh-thuc=doan-giam-sat&muc={first.public_id}"
        assert client.post(address, {**sent, "key": "a"}).status_code == 302
        assert not PlannedCase.objects.filter(case__grounds="Đột xuất").exists(), (
            "an empty choice is a choice"
        )
        assert client.post(address, {**sent, "annual_item": second.public_id, "key": "b"}).status_code == 302
        assert second.cases.exists() and not first.cases.exists()
        other = f"/ho-so/mo/?hinh-thuc=hoi-nghi-phan-bien&muc={first.public_id}"
        page = html_of(client.get(other))
        assert "Giám sát: tổ chức đoàn" in page and f'value="{first.public_id}"' not in page
        wrong = client.post(other, {**sent, "annual_item": first.public_id, "key": "c"})
        assert wrong.status_code == 422 and "hình thức “Giám sát: tổ chức đoàn”" in html_of(wrong)
        choose = html_of(client.get(f"/ho-so/mo/?muc={first.public_id}"))
        assert re.findall(r"hinh-thuc=([a-z-]+)&amp;muc=", choose) == ["doan-giam-sat"]
        item = html_of(client.get(f"/ke-hoach-nam/muc/{first.public_id}/"))
        assert f"hinh-thuc=doan-giam-sat&amp;muc={first.public_id}" in item


def test_an_item_of_a_year_far_off_is_not_opened() -> None:
    driver = tell("plan", ISSUED, until=1)
    first, late = plan_of(driver).items.get(number=1), dt.datetime(2033, 5, 5, 3, tzinfo=dt.UTC)
    with pytest.raises(WrongState, match="2027"):
        open_as(specs()["doan-giam-sat"], first, late)
    with time_machine.travel(late, tick=True):
        client, address = client_of(OFFICER), f"/ho-so/mo/?hinh-thuc=doan-giam-sat&muc={first.public_id}"
        assert "chỉ mở hồ sơ từ mục của năm nay" in html_of(client.get(address))
        item = html_of(client.get(f"/ke-hoach-nam/muc/{first.public_id}/"))
        assert "Mở hồ sơ từ mục này" not in item and "chỉ mở hồ sơ từ mục của năm nay" in item
        sent = {"title": "X", "field": "land", "grounds": "Y", "annual_item": first.public_id, "key": "k"}
        assert client.post(address, sent).status_code == 422


def test_every_form_of_a_plan_has_a_form_of_cases_that_carries_it_out() -> None:
    planned = {spec.planned_as for spec in specs().values() if spec.planned_as}
    assert planned == {code for code, _title in PLAN_FORMS}
    for spec in specs().values():
        asks = any(field.name == "annual_item" for field in spec.opening)
        assert asks == bool(spec.planned_as), spec.slug


def test_a_plan_of_a_delegation_cites_the_annual_plan_from_its_row() -> None:
    driver = tell("plan", ISSUED, until=1)
    first = plan_of(driver).items.get(number=1)
    case = opening(driver, first, OFFICER, 110)
    issued = plan_of(driver).versions.get(number=1).document
    assert of_the_year(case) == [
        f"Căn cứ Kế hoạch số {issued.number_text} {long_date(issued.issued_on)} của "
        f"{issued.organization.deciding_body} về giám sát, phản biện xã hội năm {first.plan.year}, mục KH-01"
    ]
    outside = Case.objects.get(pk=plan_of(driver).case.pk)
    assert of_the_year(outside) == []
