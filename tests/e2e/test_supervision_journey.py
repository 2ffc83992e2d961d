"""The whole path of a supervision delegation in a browser without JavaScript, every page kept and checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.path import whole_path
from tests.e2e.walk import Walk


@pytest.mark.tier("all")
def test_a_supervision_from_plan_to_verified_recommendation_without_a_script(
    walk: Walk, tmp_path: Path
) -> None:
    told = whole_path(walk, tmp_path)
    assert told.case and told.case.state == "closed"
    assert walk.store
    assert walk.broken == []
    assert walk.store.problems() == []
