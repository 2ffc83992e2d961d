"""Spreadsheets of ours that are filled in and sent back: the empty one, and the rows that failed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from supervision.drafts.taking.imports.headings import COLUMNS
from supervision.language.cells import harmless

_WIDTHS = {"text": 60, "wording": 50, "reason": 40, "author": 22, "author_name": 30, "provision": 24}
Row = tuple[Mapping[str, str], Sequence[str]]  # its fields, and what is said beside them


def workbook(
    rows: Iterable[Row] = (), *, beside: Sequence[str] = (), authors: Sequence[str], hints: Sequence[str]
) -> bytes:
    """Return an XLSX file with our columns, `beside` after them, and a second sheet of `hints`.

    The column of authors offers `authors`.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Ý kiến"
    sheet.append([names[0] for names in COLUMNS.values()] + list(beside))
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(_cells(number, row), start=1):
            cell = sheet.cell(number + 1, place, value)
            cell.data_type = "s"  # "=1+1" was typed by somebody and is no formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for place, name in enumerate((*COLUMNS, *beside), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(name, 12)
        head = sheet.cell(1, place)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="E8EEF4")
    sheet.freeze_panes = "A2"
    offered = DataValidation(type="list", formula1=f'"{",".join(authors)}"', allow_blank=True)
    offered.showErrorMessage = False  # a name of a body may stand there as well
    sheet.add_data_validation(offered)
    column = get_column_letter(list(COLUMNS).index("author") + 1)
    offered.add(f"{column}2:{column}5001")
    told = book.create_sheet("Cách ghi")
    told.column_dimensions["A"].width = 110
    for hint in hints:
        told.append([hint])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def delimited(rows: Iterable[Row], *, beside: Sequence[str]) -> bytes:
    """Return the same rows as CSV, marked as UTF-8 for Excel; nothing in it runs as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([names[0] for names in COLUMNS.values()] + list(beside))
    for number, row in enumerate(rows, start=1):
        writer.writerow(harmless(cell) for cell in _cells(number, row))
    return out.getvalue().encode("utf-8-sig")


def _cells(number: int, row: Row) -> list[str]:
    fields, said = row
    return [str(number), *(fields.get(name, "") for name in COLUMNS if name != "number"), *said]
