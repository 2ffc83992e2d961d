"""The list of promises and the tests it names; the generated table; what long commands print."""

from __future__ import annotations

import ast
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.databases import ROOT
from tests.e2e import starred

pytestmark = pytest.mark.tier("all")

MARKS = [f"P{n}" for n in range(1, 15)] + [f"F{n}" for n in range(1, 7)] + ["A1", "A2", "A3", "R1", "R2"]


def test_all_twenty_five_promises_are_listed() -> None:
    assert [promise.mark for promise in starred.PROMISES] == MARKS
    assert len(MARKS) == 25
    assert all(promise.tests for promise in starred.PROMISES)


@pytest.mark.parametrize("promise", starred.PROMISES, ids=lambda promise: promise.mark)
def test_every_test_named_exists(promise: starred.Promise) -> None:
    for name in promise.tests:
        path, _, function = name.partition("::")
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert function in functions, f"{promise.mark}: {name} does not exist"


def test_the_table_in_the_docs_is_the_one_generated() -> None:
    kept = ROOT / "docs" / "reference" / "starred.md"
    assert kept.read_text(encoding="utf-8") == starred.table(), "run: python -m tests.e2e.starred"


@pytest.mark.django_db
def test_long_commands_say_how_far_they_are_without_a_terminal(tmp_path: Path, monkeypatch: Any) -> None:
    """Plain lines, one for each share of the work; none when asked to be quiet."""
    from supervision.demo import seeding

    def made(*, progress: Any = None, **options: Any) -> seeding.Seeded:
        for done in range(1, 41):
            if progress:
                progress(done, 40)
        return seeding.Seeded(cases=4, acts=40, signed=2)

    monkeypatch.setattr(seeding, "seed_demo", made)
    said, quiet = io.StringIO(), io.StringIO()
    call_command("seed_demo", stdout=said)
    call_command("seed_demo", "--quiet", stdout=quiet)
    lines = said.getvalue().splitlines()
    assert len(lines) == 11
    assert lines[4] == "sample cases: 20 of 40 acts"
    assert "4 cases, 40 acts, 2 signed papers" in lines[-1]
    assert quiet.getvalue() == ""
