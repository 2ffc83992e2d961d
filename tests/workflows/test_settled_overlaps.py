"""Overlaps of an annual plan: each settled once, for what was seen, and nothing typed is lost over it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from supervision.audit.refusals import told_as_moved_on
from supervision.cases.models import PlanOverlap
from supervision.demo.driver import Driver
from supervision.errors import InvalidInput, WrongState
from tests.told import tell
from tests.web.test_bad_input import Desk, address, text_of
from workflows.acts import inputs

pytestmark = pytest.mark.django_db
ISSUED, OFFICER = dt.date(2026, 12, 15), "mttq-24.can_bo_1"
FIRST, SECOND = "Một đoàn chung của tỉnh", "Để riêng hai cuộc"


def waiting(driver: Driver) -> PlanOverlap:
    return driver.case.annual_plan.overlaps.filter(decision="").get()


def told_twice(one: PlanOverlap) -> dict[str, Any]:
    """Return a form in which the same overlap is settled in two ways."""
    said = {"overlaps-total": "2", "then": "go_on", "key": "hai-lan"}
    for row, (how, why) in enumerate((("joint", FIRST), ("keep", SECOND))):
        names = {"overlap": one.public_id, "decision": how, "reason": why}
        said |= {f"overlaps-{row}-{name}": value for name, value in names.items()}
    return said


def test_one_overlap_settled_in_two_rows_is_refused_with_all_that_was_typed() -> None:
    driver = tell("plan", ISSUED, until=-44)
    one, here = waiting(driver), address(driver.item("settle_overlaps"))
    with Desk(driver, OFFICER, -43) as desk:
        refused = desk.post(here, **told_twice(one))
    page = text_of(refused)
    assert refused.status_code == 422 and "mỗi chỗ chồng chéo chỉ ghi một dòng" in page
    assert FIRST in page and SECOND in page
    assert waiting(driver) == one


def test_what_the_database_holds_as_decided_is_refused_as_moved_on_and_the_form_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The net below the rules: a service that writes a decided row anew is no page of ours that broke."""
    driver = tell("plan", ISSUED, until=-44)
    one, item = waiting(driver), driver.item("settle_overlaps")
    monkeypatch.setattr(inputs, "name_each_once", lambda *asked: None)
    with Desk(driver, OFFICER, -43) as desk:
        refused = desk.post(address(item), **told_twice(one))
    page = text_of(refused)
    assert refused.status_code == 409 and "không ghi lại được" in page
    assert FIRST in page and SECOND in page
    assert waiting(driver) == one and item.working_copies.get().data["then"] == "go_on"


def test_a_fault_of_ours_is_not_taken_for_a_row_that_moved_on() -> None:
    driver = tell("plan", ISSUED, until=-44)
    one = waiting(driver)
    one.decision = "joint"  # without a reason, without a person
    with pytest.raises(IntegrityError), told_as_moved_on(), transaction.atomic():
        one.save()
    again = PlanOverlap(plan=one.plan, key=one.key, item_number=1, facts=one.facts)
    with pytest.raises(WrongState), told_as_moved_on(), transaction.atomic():
        again.save()


def test_a_proposal_goes_into_one_item() -> None:
    driver = tell("plan", ISSUED, until=-46)
    item = {"form": "S2", "field": "land", "agency": "so-nnmt-24", "period": "q3", "chair": "mttq-24"}
    rows = [{**item, "title": f"Nội dung {n}", "proposals": "1", "fate": "keep"} for n in (1, 2)]
    with pytest.raises(InvalidInput) as refused:
        driver.do(-44, OFFICER, "choose_items", items=rows)
    assert "items-1-proposals" in refused.value.errors
