"""What persons said of pairs, put into the matches that were found: no word is lost, no provision."""

from __future__ import annotations

from typing import Any

import pytest

from supervision.drafts.versions.pairs import Settling, Word
from supervision.legaltext.alignment import units
from supervision.legaltext.outline.lines import from_lines

OLD = "Điều 1. Thu\n1. Thu phí một lần.\n2. Nộp ở xã.\n3. Hộ nghèo được giảm."
NEW = "Điều 1. Thu\n1. Thu phí một lần.\n2. Nộp ở tỉnh.\n3. Hộ nghèo được giảm.\n4. Nộp qua mạng."
ONE, TWO, THREE, FOUR = (f"dieu-1-khoan-{n}" for n in range(1, 5))
BY = {"decided_by_id": 7, "decided_at": None}


def match(change: str, old: list[str], new: list[str], **more: Any) -> dict[str, Any]:
    return {"change": change, "old": old, "new": new, "doubts": ["few_words"], "shared": [], **more}


def settled(found: list[dict[str, Any]], *words: tuple[str, str, bool]) -> list[tuple[Any, ...]]:
    was, now = ({unit.id: unit for unit in units(from_lines(text.splitlines(), ""))} for text in (OLD, NEW))
    rows = Settling(found, was, now).settle(Word(*word, BY) for word in words)
    for side in ("old", "new"):
        assert sorted(one for row in rows for one in row[side]) == sorted(
            one for row in found for one in row[side]
        )
    return [(str(row["change"]), row["old"], row["new"], "decided_by_id" in row) for row in rows]


FOUND = [
    match("same", [ONE], [ONE]),
    match("split", [TWO], [TWO, FOUR]),
    match("dropped", [THREE], []),
    match("new", [], [THREE]),
]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([(ONE, ONE, False)], [("dropped", [ONE], [], True), ("new", [], [ONE], True)]),
        ([(TWO, FOUR, False)], [("reworded", [TWO], [TWO], False), ("new", [], [FOUR], True)]),
        (
            [(TWO, TWO, False), (TWO, FOUR, False)],
            [("dropped", [TWO], [], True), ("new", [], [TWO], True), ("new", [], [FOUR], True)],
        ),
        ([(THREE, THREE, True)], [("same", [THREE], [THREE], True)]),
        (
            [(THREE, FOUR, True)],
            [("moved_reworded", [THREE], [FOUR], True), ("reworded", [TWO], [TWO], False)],
        ),
        ([(TWO, TWO, True)], [("reworded", [TWO], [TWO], True), ("new", [], [FOUR], False)]),
        ([(TWO, TWO, True), (TWO, FOUR, True)], [("split", [TWO], [TWO, FOUR], True)]),
        (
            [(TWO, TWO, True), (ONE, TWO, True)],
            [("merged", [ONE, TWO], [TWO], True), ("new", [], [ONE], False)],
        ),
        ([("dieu-9", ONE, True), (ONE, "dieu-9", False)], []),
    ],
)  # fmt: skip
def test_what_a_person_said_stands_whatever_was_found(
    words: list[tuple[str, str, bool]], expected: list[tuple[Any, ...]]
) -> None:
    found = settled(FOUND, *words)
    assert [one for one in expected if one not in found] == [], found


def test_a_merger_of_which_one_was_refused_is_still_that_of_the_others() -> None:
    found = settled([match("merged", [ONE, TWO, THREE], [ONE])], (TWO, ONE, False))
    assert ("merged", [ONE, THREE], [ONE], False) in found
    assert ("dropped", [TWO], [], True) in found
