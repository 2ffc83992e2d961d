"""Cells of our CSV files: none is a formula to a spreadsheet, and each comes back as it was typed."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.language.cells import as_typed, harmless

LIVE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t1",
    "\r1",
    "\n1",
    "  \t1",
    " =1+1",
    "\u00a0=1",
    "\u200b=1",
    '"=1+1',
]
WIDE = ["＝1＋1", "＋1", "－1", "＠A1", "\u3000=cmd|' /C calc'!A0"]
MARKED = ["'=1+1", "''\t1"]
#: Where another machine's list separator, or a line's end, makes a cell begin in the middle of ours.
WITHIN = {
    "x;=cmd|'/C calc'!A0": "x;'=cmd|'/C calc'!A0",
    'Đồng ý.\n=HYPERLINK("http://10.0.0.1";"x")': 'Đồng ý.\n\'=HYPERLINK("http://10.0.0.1";"x")',
    "x\t=1+1": "x\t'=1+1",
    "x; \u200b@SUM(1)": "x;' \u200b@SUM(1)",
    'x;"=1+1': "x;'\"=1+1",
    "x\r\n＝1": "x\r\n'＝1",
    "\t=1+1": "'\t'=1+1",
    "=1;=2\n=3": "'=1;'=2\n'=3",
    "x;'=1": "x;''=1",
}


@pytest.mark.parametrize("cell", [*LIVE, *WIDE, *MARKED])
def test_no_formula_goes_out_live(cell: str) -> None:
    assert harmless(cell) == f"'{cell}" and as_typed(harmless(cell)) == cell


@pytest.mark.parametrize("cell", WITHIN)
def test_nor_does_one_within_a_cell_where_another_separator_begins_a_new_one(cell: str) -> None:
    assert harmless(cell) == WITHIN[cell] and as_typed(harmless(cell)) == cell


@pytest.mark.parametrize(
    "cell", ["Điều 3", "Điều 3; khoản 2\nĐiểm a", "a; b=c", "x,=1", "", "'ngoặc'", "3-4", "a=b", "'", "1"]
)
def test_ordinary_text_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell and as_typed(cell) == cell


@given(st.text(alphabet="'\"=+-@＝; \t\r\n\u200ba3", max_size=8))
def test_what_goes_out_comes_back(cell: str) -> None:
    assert as_typed(harmless(cell)) == cell
    assert harmless(cell).lstrip()[:1] not in tuple("=+-@＝")


@given(st.lists(st.text(alphabet="'\"=-@,; \t\na3", max_size=8), min_size=1, max_size=3))
def test_no_list_separator_of_a_machine_makes_a_formula(cells: list[str]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(["1", *map(harmless, cells)])
    for separator in (",", ";", "\t"):
        read = csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=separator)
        assert not [cell for line in read for cell in line if re.match(r'[\s"]*[=+\-@]', cell)]
