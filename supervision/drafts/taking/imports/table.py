"""Rows of cells as remarks: the heading found, what is merged carried down, totals and the like left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from supervision.drafts.taking.imports.headings import columns_of
from supervision.drafts.taking.imports.letters import has_old_letters, plain
from supervision.drafts.taking.imports.limits import HEADING_WITHIN
from supervision.language.folding import fold

_CITING = ("provision", "article", "clause", "point")
_TOTAL = re.compile(r"(tong|cong)( cong| so)?( (y kien|gop y|phieu|dong))?[\W\d]*")
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2}|[a-z])\)?", re.I)
#: What stands below a table: who signed it, where it goes.
_FOOT = re.compile(
    r"nguoi (lap|tong hop|ghi)( bieu| bang| phieu)?( \(.*\))?|noi nhan ?:.*|(tm|kt)\..{0,60}"
    r"|([^,]{0,40}, )?ngay .{1,8} thang .{1,8} nam .{1,6}"
)


@dataclass
class Line:
    """A row of a sheet as it is counted there; `cells` by column, what is blank left out."""

    number: int
    cells: dict[int, str] = field(default_factory=dict)
    above: dict[int, str] = field(default_factory=dict)  # merged with a cell of a row above
    odd: dict[int, str] = field(default_factory=dict)  # "date" or "formula": it is not what was typed
    is_wide: bool = False  # its one cell goes across columns, as the name of a group does


def rows_of(lines: Sequence[Line], sheet: str = "") -> dict[str, Any] | None:
    """Return {"rows", "skipped"} of a sheet, None where no row is a heading with a column for remarks.

    A row has `number`, `sheet`, `fields` and `problem` ("date", "formula", "old-letters" or "").
    """
    heading, columns = _heading(lines)
    if heading is None:
        return None
    rows: list[dict[str, Any]] = []
    skipped: list[dict[str, Any]] = []
    for line in lines:
        if line.number <= heading or not line.cells:
            continue
        why = _why_skipped(line, columns, is_first=not rows and not skipped)
        if why:
            skipped.append({"number": line.number, "sheet": sheet, "why": why})
        elif why is None:
            rows.append(_row(line, columns, sheet))
    return {"rows": rows, "skipped": skipped}


def _heading(lines: Iterable[Line]) -> tuple[int | None, dict[str, int]]:
    """Return the number of the row that names most columns and where they stand; of equals the first."""
    best: tuple[int | None, dict[str, int]] = (None, {})
    for line in lines:
        if line.number > HEADING_WITHIN:
            break
        columns = columns_of({**line.above, **line.cells})
        if "text" in columns and len(columns) > len(best[1]):
            best = line.number, columns
    return best


def _why_skipped(line: Line, columns: Mapping[str, int], *, is_first: bool) -> str | None:
    """Return why a row is no remark ("" for one that is blank but for its number), None for a remark."""
    said = {name: line.cells[place] for name, place in columns.items() if place in line.cells}
    first = fold(line.cells[min(line.cells)])
    text = said.get("text", "")
    if line.is_wide and len(line.cells) == 1 and not text:
        return "group"
    if _TOTAL.fullmatch(first) and (not text or text.strip(" .,").isdigit() or fold(text) == first):
        return "total"
    if is_first and text and all(_COLUMN_NUMBER.fullmatch(cell.strip()) for cell in line.cells.values()):
        return "numbers"
    if len(line.cells) <= 2 and all(_FOOT.fullmatch(fold(cell)) for cell in line.cells.values()):
        return "foot"
    if said.keys() <= {"number"}:
        return "outside" if line.cells.keys() - set(columns.values()) else ""
    return None


def _row(line: Line, columns: Mapping[str, int], sheet: str) -> dict[str, Any]:
    fields = {}
    for name, place in columns.items():
        # A remark or its wording that is merged over rows was made once; only whose and of what is carried.
        carried = "" if name in ("text", "wording", "reason", "slip") else line.above.get(place, "")
        fields[name] = plain(line.cells.get(place, carried))
    fields.pop("number", None)
    problem = _problem(line, columns, fields)
    return {"number": line.number, "sheet": sheet, "fields": fields, "problem": problem}


def _problem(line: Line, columns: Mapping[str, int], fields: Mapping[str, str]) -> str:
    odd = {name: line.odd[place] for name, place in columns.items() if place in line.odd}
    if "formula" in odd.values():
        return "formula"
    if any(odd.get(name) == "date" for name in _CITING):
        return "date"
    return "old-letters" if has_old_letters(fields.values()) else ""
