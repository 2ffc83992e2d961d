"""Registers that papers rest on, and what waits to be published, are not changed past the acts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError

from supervision.cases.models import Board, BoardMember, Embargo
from supervision.cases.services.embargoes import end_embargoes
from supervision.demo import world
from supervision.demo.driver import Driver
from supervision.publication.models import Publication
from tests.audit.test_held_again import found
from tests.audit.test_plan_rows import sql
from tests.documents.papers import AT
from tests.stages import go

#: What is changed, and whether the guards refuse it or the check finds it.
BOARDS = {
    "its decision": ("cases_board", "decision_number = '99/QĐ'", False),
    "an earlier one": ("cases_board", "decision_number = '99/QĐ', decided_on = '2020-01-01'", True),
    "its project": ("cases_board", "project = 'Công trình khác'", True),
    "its Front": ("cases_board", "front_id = organization_id", True),
    "who sits on it": ("cases_boardmember", "name = 'Người khác'", True),
    "for which place": ("cases_boardmember", "area = 'Thôn khác'", True),
    "since when": ("cases_boardmember", "from_on = '2020-01-01'", True),
    "until when": ("cases_boardmember", "until_on = '2090-01-01'", False),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "change", "is_refused"), BOARDS.values(), ids=BOARDS)
def test_a_board_and_who_sits_on_it_are_as_its_decision_named_them(
    table: str, change: str, is_refused: bool
) -> None:
    world.build(at=AT)
    assert BoardMember.objects.exists() and found(Board, BoardMember) == []
    if is_refused:
        with pytest.raises(IntegrityError):
            sql(f"UPDATE {table} SET {change}")
        return
    sql(f"UPDATE {table} SET {change}")
    assert found(Board, BoardMember)


def test_what_is_to_be_public_later_is_what_was_decided(stage: Callable[[str], Driver]) -> None:
    driver = stage("recommended")
    go(driver, 24, "publish", public_on=driver.day(31))
    for change in ("lead = 'BỊA'", "public_on = '2026-01-01'"):
        with pytest.raises(IntegrityError):
            sql(f"UPDATE cases_embargo SET {change}")
    with pytest.raises(IntegrityError):
        sql("DELETE FROM cases_embargo")
    assert end_embargoes(at=driver.at(31)) == 1
    assert found(Embargo) == []


def test_nothing_becomes_public_that_nobody_decided(stage: Callable[[str], Driver]) -> None:
    driver = stage("recommended")
    by = driver.case.opened_by
    made = Embargo(case=driver.case, public_on=driver.day(25), lead="BỊA", by=by, at=driver.at(24))
    Embargo.objects.bulk_create([made])
    assert end_embargoes(at=driver.at(31)) == 0
    assert not Publication.objects.exists()
    assert found(Embargo) == [f"cases.embargo {made.pk} was sent, and no event holds its words"]
