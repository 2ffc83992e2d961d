"""Cells of our CSV files: none is a formula to a spreadsheet, and each comes back as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.language.cells import as_typed, harmless

LIVE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1", "\n=1", "  \t1", " =1+1", "\u00a0=1"]
WIDE = ["＝1＋1", "＋1", "－1", "＠A1", "\u3000=cmd|' /C calc'!A0"]
MARKED = ["'=1+1", "''\t=1"]


@pytest.mark.parametrize("cell", [*LIVE, *WIDE, *MARKED])
def test_no_formula_goes_out_live(cell: str) -> None:
    assert harmless(cell) == f"'{cell}" and as_typed(harmless(cell)) == cell


@pytest.mark.parametrize("cell", ["Điều 3", "", "'ngoặc'", "3-4", "a=b", "'", "1"])
def test_ordinary_text_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell and as_typed(cell) == cell


@given(st.text(alphabet="'=+-@＝ \t\r\na3", max_size=8))
def test_what_goes_out_comes_back(cell: str) -> None:
    assert as_typed(harmless(cell)) == cell
    assert harmless(cell).lstrip()[:1] not in tuple("=+-@＝")
