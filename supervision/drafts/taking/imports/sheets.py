"""The sheets of an XLSX file as rows of cells, as a person sees them in Excel."""

from __future__ import annotations

import datetime as dt
import io
import re
from bisect import bisect_left, bisect_right
from typing import Any

import openpyxl

from supervision.drafts.taking.imports.limits import MAX_COLUMNS
from supervision.drafts.taking.imports.table import Line

#: How the format writes a sign that XML does not take: "_x000D_" is a break of a line.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def sheets_of(data: bytes) -> tuple[list[tuple[str, list[Line], int]], list[str]]:
    """Return (name, rows, number of hidden rows with something in them) of each sheet, and hidden sheets.

    Formulas give the value that was last shown. The file was inspected before.
    """
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    return [(sheet.title, *_lines(sheet)) for sheet in seen], hidden


def _lines(sheet: Any) -> tuple[list[Line], int]:
    lines: dict[int, Line] = {}
    # `iter_rows` makes a cell for every gap: one stray value in the last row of the sheet would do.
    for (number, place), cell in sheet._cells.items():
        if cell.value is None or place > MAX_COLUMNS:
            continue
        words, odd = _shown(cell)
        if not words.strip():
            continue
        line = lines.setdefault(number, Line(number))
        line.cells[place] = words
        if odd:
            line.odd[place] = odd
    hidden = {number for number, row in sheet.row_dimensions.items() if row.hidden}
    _carry(sheet, lines)
    return [lines[number] for number in sorted(lines)], len(hidden & lines.keys())


def _carry(sheet: Any, lines: dict[int, Line]) -> None:
    """Give every row what is merged down to it; mark those whose one cell goes across."""
    numbers = sorted(lines)
    for area in sheet.merged_cells.ranges:
        top = lines.get(area.min_row)
        if top is None or area.min_col not in top.cells:
            continue
        top.is_wide = top.is_wide or area.max_col > area.min_col
        below = numbers[bisect_right(numbers, area.min_row) : bisect_left(numbers, area.max_row + 1)]
        for number in below:
            lines[number].above[area.min_col] = top.cells[area.min_col]


def _shown(cell: Any) -> tuple[str, str]:
    """Return a cell's value in words, and whether it is a "date" or the error of a "formula"."""
    value = cell.value
    if cell.data_type == "e":
        return str(value), "formula"
    if isinstance(value, dt.date):
        return f"{value.day:02}/{value.month:02}/{value.year}", "date"
    if isinstance(value, dt.time | dt.timedelta):
        return str(value), "date"
    if isinstance(value, float):
        return f"{value:.15g}".replace(".", ","), ""
    return _ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), str(value)), ""
