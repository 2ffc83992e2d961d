"""A plan that was issued is changed by its signed versions alone; the guards are in place."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from supervision.cases import plan_clocks
from supervision.cases.models import AnnualPlan, ItemWording, PlanItem, PlannedCase, PlanProposal
from supervision.cases.services import annual_plans
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.law.registry import specs
from supervision.organizations.models import Organization
from tests.audit.test_held_again import forged, found
from tests.cases.test_plan_overlaps import a_plan, an_item
from tests.owner import guards_off
from tests.stages import OFFICER
from tests.told import tell
from tests.workflows.test_changes import withdraw
from workflows.acts import act

pytestmark = pytest.mark.django_db
ISSUED = dt.date(2026, 12, 15)


def sql(statement: str, *params: Any) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)
        return int(cursor.rowcount)


@pytest.fixture(scope="module")
def told(stays: None) -> Driver:
    """A plan that was issued, published and amended."""
    return tell("plan", ISSUED, until=230)


@pytest.fixture
def plan(told: Driver) -> AnnualPlan:
    return AnnualPlan.objects.get(case=told.case)


def check_items() -> list[str]:
    return found(AnnualPlan, PlanItem, ItemWording)


def test_a_plan_keeps_its_body_and_its_year_and_counts_on(plan: AnnualPlan) -> None:
    other = Organization.objects.get(code="phn-24").pk
    for change in (
        "year = 2031", f"organization_id = {other}", "issued_at = '2020-01-01'", "issued_at = NULL",
        "gathers = true", "last_number = 1",
    ):  # fmt: skip
        with pytest.raises(IntegrityError):
            sql(f"UPDATE cases_annualplan SET {change} WHERE id = %s", plan.pk)
    sql("UPDATE cases_annualplan SET given_up_at = '2027-01-01', last_number = 99 WHERE id = %s", plan.pk)
    assert check_items() == [f"cases.annualplan {plan.pk} is not what was sent"]


@pytest.mark.parametrize(
    "change",
    [
        *("title = 'MỤC BỊA'", "form = 'S1'", "field = 'health'", "period = 'q4'", "first_month = 1"),
        *("last_month = 12", "reason = 'BỊA'", "dropped_on = '2027-01-01'", "number = 77"),
        *("state = 'dropped'", "state = 'draft'", "agency_id = {other}", "chair_id = {other}"),
        *("amends_id = {item}", "plan_id = 0"),
    ],
)
def test_what_was_issued_of_an_item_is_changed_by_no_line_of_sql(plan: AnnualPlan, change: str) -> None:
    first, second = plan.items.filter(state="in_force").order_by("number")[:2]
    other = Organization.objects.get(code="phn-24").pk
    with pytest.raises(IntegrityError):
        sql(f"UPDATE cases_planitem SET {change.format(other=other, item=second.pk)} WHERE id = %s", first.pk)
    with pytest.raises(IntegrityError):
        sql("DELETE FROM cases_planitem WHERE id = %s", first.pk)
    assert check_items() == []


def test_a_wording_written_past_the_acts_is_found_with_what_it_made_of_its_item(plan: AnnualPlan) -> None:
    row = ItemWording.objects.filter(item__plan=plan, item__state="in_force").order_by("pk")[0]
    row.pk, row.title = None, "MỤC BỊA"
    ItemWording.objects.bulk_create([row])
    sql("UPDATE cases_planitem SET title = 'MỤC BỊA' WHERE id = %s", row.item_id)
    assert check_items() == [
        f"cases.planitem {row.item_id} is not what was sent",
        f"cases.itemwording {row.pk} was sent, and no event holds its words",
    ]


def test_an_earlier_wording_is_no_way_back(plan: AnnualPlan) -> None:
    """KH-04 was dropped by the amendment: what it said before stands on record, and is not the newest."""
    item = plan.items.get(number=4)
    assert list(item.wordings.order_by("pk").values_list("state", flat=True)) == ["in_force", "dropped"]
    with pytest.raises(IntegrityError):
        sql("UPDATE cases_planitem SET state = 'in_force' WHERE id = %s", item.pk)
    with transaction.atomic(), guards_off():
        sql("UPDATE cases_planitem SET state = 'in_force', dropped_on = NULL WHERE id = %s", item.pk)
    forged(item)
    assert check_items() == [f"cases.planitem {item.pk} is not what was sent"]


def test_an_amendment_and_its_withdrawal_change_items_and_nothing_is_wrong(told: Driver) -> None:
    plan = AnnualPlan.objects.get(case=told.case)
    assert check_items() == []
    withdraw(copy.deepcopy(told), plan.versions.order_by("number")[1].publication, 231)
    assert plan.items.get(number=4).state == "in_force"
    assert plan.items.get(number=6).state == "dropped"
    said = plan.items.get(number=4).wordings.order_by("pk").values_list("state", "version__number")
    assert list(said) == [("in_force", 1), ("dropped", 2), ("in_force", 1)]
    assert plan.items.get(number=1).wordings.count() == 1, "what stays as it is has no other wording"
    assert check_items() == []


def test_a_plan_that_is_made_can_still_be_changed_and_given_up(told: Driver) -> None:
    plan = a_plan("phn-24")
    item = an_item(plan, "Một nội dung", "so-yt-24")
    assert sql("UPDATE cases_planitem SET title = 'Khác' WHERE id = %s", item.pk) == 1
    assert sql("DELETE FROM cases_planitem WHERE id = %s", item.pk) == 1
    plan_clocks.give_up(plan.case, at=told.at(231))


def test_why_a_proposal_was_left_out_stays_once_it_is_said_and_the_plan_issued(plan: AnnualPlan) -> None:
    first, second = plan.proposals.filter(left_out_reason="").order_by("number")[:2]
    change = "UPDATE cases_planproposal SET left_out_reason = 'Khác' WHERE id = %s"
    assert sql(change, first.pk) == 1, "an amendment may say it first"
    assert found(PlanProposal) == [f"cases.planproposal {first.pk} is not what was sent"], "no event holds it"
    annual_plans._leave_out(plan.proposals.filter(pk=second.pk), "Trùng mục khác")
    for proposal in (first, second):
        with pytest.raises(IntegrityError):
            sql("UPDATE cases_planproposal SET left_out_reason = 'Lại khác' WHERE id = %s", proposal.pk)


def test_which_item_a_case_carries_out_never_changes(plan: AnnualPlan, told: Driver) -> None:
    first, second = plan.items.filter(state="in_force", chair=plan.organization).order_by("number")[:2]
    data = {"title": first.title, "field": first.field, "grounds": "Kế hoạch năm", "annual_item": first}
    slug = next(spec.slug for spec in specs().values() if spec.planned_as == first.form)
    case = act.open_case(actor=actor(OFFICER), form=slug, data=data, at=told.at(231))
    for change in (f"item_id = {second.pk}", "is_called_off = true"):  # the case goes on
        with pytest.raises(IntegrityError):
            sql(f"UPDATE cases_plannedcase SET {change} WHERE case_id = %s", case.pk)
    with transaction.atomic(), guards_off():
        sql("UPDATE cases_plannedcase SET item_id = %s WHERE case_id = %s", second.pk, case.pk)
    assert found(PlannedCase) == [f"cases.plannedcase {case.pk} is not what was sent"]
