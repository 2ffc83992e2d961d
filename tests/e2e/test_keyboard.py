"""The whole path by keyboard alone, without JavaScript: Tab, Enter, Space, arrows. File choosers aside.

The same acts are done on both databases in `test_supervision_journey`; keys do not know which one it is.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.hands import Keyboard
from tests.e2e.path import whole_path
from tests.e2e.walk import Walk


@pytest.mark.tier("prove")
def test_a_supervision_from_plan_to_verified_recommendation_by_keyboard_alone(
    keyboard_walk: Walk, tmp_path: Path
) -> None:
    told = whole_path(keyboard_walk, tmp_path)
    assert told.case and told.case.state == "closed"
    hands = keyboard_walk.hands
    assert isinstance(hands, Keyboard)
    assert hands.stops > 1000  # it was walked, not jumped
    assert sorted(hands.faint) == []  # every stop was seen: a mark of 3 px or more, inside the window
