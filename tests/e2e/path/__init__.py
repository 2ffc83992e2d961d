"""The whole path of a supervision delegation (S2), told once: from the plan to the closed case."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.path.onward import answer, carry_out, publish, recommend, result
from tests.e2e.path.outward import decision, notice, plan, reports, sessions
from tests.e2e.path.words import Told, prepare
from tests.e2e.walk import Walk

__all__ = ["Told", "whole_path"]


def whole_path(walk: Walk, folder: Path) -> Told:
    """Walk the path from the first to the last step."""
    prepare(walk)
    told = Told()
    plan(walk, told)
    decision(walk, told)
    notice(walk, told)
    reports(walk, told, folder)
    sessions(walk, told, folder)
    result(walk, told)
    recommend(walk, told)
    publish(walk, told, folder)
    answer(walk, told)
    carry_out(walk, told, folder)
    return told
