"""Overlap of plans and cases: what counts, what does not, with which reasons, and at what cost."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from supervision.casefiles.models import Case
from supervision.cases import plan_clocks
from supervision.cases.models import AnnualPlan, PlanItem, PlannedCase, PlanOverlap, StudiedText
from supervision.cases.services import plan_overlaps
from supervision.cases.services.plan_overlaps import Entry, overlaps
from supervision.cases.services.shared_words import shared_words
from supervision.deadlines import services as deadlines
from supervision.demo import world
from supervision.law.planning import PERIODS
from supervision.law.rules import RULES
from supervision.organizations.models import Organization
from tests.owner import guards_off

#: Periods of two things and whether their months meet.
MEET = [
    ("q1", "q1", True),
    ("q1", "q2", False),
    ("q2", "h1", True),
    ("q3", "h1", False),
    ("m03", "q1", True),
    ("m03", "q2", False),
    ("m12", "y", True),
    ("h1", "h2", False),
]


def entry(agency: int, field: str, period: str, key: str = "x") -> Entry:
    months = PERIODS[period]
    return Entry(key, key, "", agency, "", field, months.first, months.last)


@pytest.mark.parametrize(
    ("same_agency", "same_field", "periods"), list(itertools.product([True, False], [True, False], MEET))
)
def test_only_the_same_body_field_and_months_overlap(
    same_agency: bool, same_field: bool, periods: tuple[str, str, bool]
) -> None:
    first, second, meet = periods
    one = entry(1, "land", first)
    other = entry(1 if same_agency else 2, "land" if same_field else "health", second)
    assert overlaps(one, other) is overlaps(other, one) is (same_agency and same_field and meet)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (
            "Việc bảo vệ môi trường tại khu dân cư",
            "Thu gom, phân loại chất thải tại khu dân cư",
            ["tại khu dân cư"],
        ),
        ("Cấp nước sạch nông thôn", "CẤP NUOC SACH o nong thon", ["Cấp nước sạch nông thôn"]),
        ("Giám sát việc thực hiện quy định của tỉnh", "Giám sát việc thực hiện của xã", []),
        ("Hỗ trợ nhà ở", "Thu gom chất thải", []),
    ],
)
def test_shared_words_are_runs_and_common_words_alone_are_none(one: str, other: str, said: list[str]) -> None:
    assert shared_words(one, other) == said


# -- in the database ---------------------------------------------------------------------


def org(code: str) -> Organization:
    return Organization.objects.get(code=code)


def a_case(lead: str, form: str = "ke-hoach-nam", **values: Any) -> Case:
    mandate = world.actor("mttq-24.can_bo_1").mandate
    number = Case.objects.count() + 1
    return Case.objects.create(
        code=f"X-{number:03d}",
        form=form,
        grounds="Thử",
        lead=org(lead),
        opened_by=mandate,
        opened_at=timezone.make_aware(dt.datetime(2026, 10, 6, 9)),
        **{"title": "Thử", "field": "other", **values},
    )


def a_plan(lead: str, year: int = 2027) -> AnnualPlan:
    clock = deadlines.set_deadline(
        rule="PLAN_Q4",
        start_on=dt.date(year - 1, 10, 1),
        start_label=RULES["PLAN_Q4"].starts,
        at=timezone.now(),
    )
    return AnnualPlan.objects.create(
        case=a_case(lead), organization=org(lead), year=year, deadline=clock, gathers=False
    )


def an_item(plan: AnnualPlan, title: str, agency: str, field: str = "land", period: str = "q3") -> PlanItem:
    plan.last_number += 1
    plan.save(update_fields=["last_number"])
    months = PERIODS[period]
    return PlanItem.objects.create(
        plan=plan,
        number=plan.last_number,
        title=title,
        form="S2",
        field=field,
        agency=org(agency),
        period=period,
        first_month=months.first,
        last_month=months.last,
        chair=plan.organization,
    )


@pytest.fixture
def plan() -> AnnualPlan:
    world.build(at=timezone.now())
    return a_plan("mttq-24")


pytestmark = pytest.mark.django_db


def found(plan: AnnualPlan) -> list[tuple[int, str]]:
    return sorted((one.item_number, one.other.label) for one in plan_overlaps.find(plan))


def test_two_items_of_one_plan(plan: AnnualPlan) -> None:
    an_item(plan, "Bảo vệ môi trường tại khu dân cư", "so-nnmt-24")
    an_item(plan, "Thu gom chất thải tại khu dân cư", "so-nnmt-24", period="m09")
    an_item(plan, "Thu gom chất thải tại khu dân cư", "so-nnmt-24", period="q4")
    assert found(plan) == [(1, "KH-02, cùng kế hoạch")]
    facts = plan_overlaps.find(plan)[0].facts
    assert facts["months"] == [9, 9] and facts["words"] == ["tại khu dân cư"]


@pytest.mark.parametrize("lead", ["phn-24", "mttq", "mttq-24-24m01", "cd-24"])
def test_plans_of_other_levels_and_organizations(plan: AnnualPlan, lead: str) -> None:
    an_item(plan, "Cấp nước sạch nông thôn", "ubnd-24-24m01", field="water")
    other = a_plan(lead)
    an_item(other, "Nước sạch", "ubnd-24-24m01", field="water", period="h2")
    an_item(other, "Nước sạch", "ubnd-24-24m01", field="water", period="h1")
    short = org(lead).short_name
    assert found(plan) == [(1, f"KH-01, kế hoạch 2027 của {short}")]


def test_another_year_a_dropped_item_and_a_cancelled_plan_are_none(plan: AnnualPlan) -> None:
    an_item(plan, "A", "so-nnmt-24")
    an_item(a_plan("phn-24", 2028), "B", "so-nnmt-24")
    dropped = an_item(a_plan("cd-24"), "C", "so-nnmt-24")
    PlanItem.objects.filter(pk=dropped.pk).update(state=PlanItem.State.DROPPED)
    given_up = a_plan("hnd-24")
    an_item(given_up, "D", "so-nnmt-24")
    plan_clocks.give_up(given_up.case, at=timezone.now())
    assert found(plan) == []


def study(agency: str, **values: Any) -> Case:
    case = a_case("cd-24", form="nghien-cuu-van-ban", field="land", **values)
    mandate = case.opened_by
    StudiedText.objects.create(
        case=case, title="Quyết định", owner=org(agency), chosen_by=mandate, chosen_at=case.opened_at
    )
    return case


def test_open_cases_about_the_same_body_and_field(plan: AnnualPlan) -> None:
    an_item(plan, "A", "so-nnmt-24")
    open_one = study("so-nnmt-24")
    study("so-yt-24")
    study("so-nnmt-24", state="closed", ended_at=timezone.now())
    assert [label for _number, label in found(plan)] == [
        f"hồ sơ {open_one.code} của {open_one.lead.short_name}, đang mở từ 06/10/2026"
    ]


def test_the_case_that_carries_an_item_out_does_not_overlap_with_it(plan: AnnualPlan) -> None:
    item = an_item(plan, "A", "so-nnmt-24")
    PlannedCase.objects.create(case=study("so-nnmt-24"), item=item)
    assert found(plan) == []
    an_item(plan, "B", "so-nnmt-24", period="m07")
    assert [number for number, _label in found(plan)] == [1, 2], "with the other item both do"


def settle(plan: AnnualPlan) -> PlanOverlap:
    plan_overlaps.record(plan)
    row = plan_overlaps.undecided(plan).get()
    said = {"decision": "joint", "reason": "Cùng về rác thải.", "actor": world.actor("mttq-24.can_bo_1")}
    plan_overlaps.decide(plan=plan, overlap=row, at=timezone.now(), **said)
    plan_overlaps.record(plan)
    assert not plan_overlaps.undecided(plan).exists() and not plan_overlaps.unsettled(plan)
    return row


@pytest.mark.parametrize(
    "change", [{"title": "Việc thu hồi đất làm khu công nghiệp"}, {"form": "S1"}, {"chair": "phn-24"}]
)
def test_other_words_of_an_item_are_asked_about_again(plan: AnnualPlan, change: dict[str, Any]) -> None:
    first, second = an_item(plan, "A", "so-nnmt-24"), an_item(plan, "B", "so-nnmt-24")
    old = settle(plan)
    now = {name: org(value) if name == "chair" else value for name, value in change.items()}
    PlanItem.objects.filter(pk=second.pk).update(**now)
    assert [one.item_number for one in plan_overlaps.unsettled(plan)] == [first.number]
    plan_overlaps.record(plan)
    assert plan_overlaps.undecided(plan).get() != old
    before = {name: getattr(second, name) for name in change}
    PlanItem.objects.filter(pk=second.pk).update(**before)
    plan_overlaps.record(plan)
    assert not plan_overlaps.undecided(plan).exists(), "back to what was seen and decided"


def test_a_case_of_another_name_is_asked_about_again(plan: AnnualPlan) -> None:
    an_item(plan, "A", "so-nnmt-24")
    case = study("so-nnmt-24")
    settle(plan)
    with guards_off():
        Case.objects.filter(pk=case.pk).update(title="Quyết định khác")
    assert len(plan_overlaps.unsettled(plan)) == 1


def test_what_was_settled_before_more_was_shown_stays_settled(plan: AnnualPlan) -> None:
    an_item(plan, "A", "so-nnmt-24")
    an_item(plan, "B", "so-nnmt-24")
    plan_overlaps.record(plan)
    row = plan_overlaps.undecided(plan).get()
    row.facts.pop("how")
    row.key = plan_overlaps.find(plan)[0].things
    row.save()
    said = {"decision": "keep", "reason": "Khác nhau.", "actor": world.actor("mttq-24.can_bo_1")}
    plan_overlaps.decide(plan=plan, overlap=row, at=timezone.now(), **said)
    plan_overlaps.record(plan)
    assert not plan_overlaps.undecided(plan).exists() and not plan_overlaps.unsettled(plan)


def test_a_decision_stands_for_exactly_what_was_seen(plan: AnnualPlan) -> None:
    first = an_item(plan, "A", "so-nnmt-24")
    an_item(plan, "B", "so-nnmt-24")
    plan_overlaps.record(plan)
    row = plan_overlaps.undecided(plan).get()
    plan_overlaps.decide(
        plan=plan,
        overlap=row,
        decision="keep",
        reason="Nội dung khác nhau.",
        actor=world.actor("mttq-24.can_bo_1"),
        at=timezone.now(),
    )
    plan_overlaps.record(plan)
    assert not plan_overlaps.undecided(plan).exists()
    PlanItem.objects.filter(pk=first.pk).update(period="h2", first_month=7, last_month=12)
    plan_overlaps.record(plan)
    assert plan_overlaps.undecided(plan).count() == 1, "other months are another question"
    assert plan.overlaps.exclude(decision="").get().reason == "Nội dung khác nhau."


def test_the_number_of_queries_does_not_grow(plan: AnnualPlan) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            plan_overlaps.find(plan)
        return len(seen)

    an_item(plan, "A", "so-nnmt-24")
    study("so-nnmt-24")
    few = cost()
    other = a_plan("phn-24")
    for number in range(20):
        an_item(plan, f"Mục {number}", "so-nnmt-24")
        an_item(other, f"Mục {number}", "so-nnmt-24")
        study("so-nnmt-24")
    assert cost() == few <= 5
