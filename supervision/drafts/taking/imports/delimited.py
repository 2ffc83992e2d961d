"""A CSV file as rows of cells, whatever separates them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from supervision.drafts.taking.imports.headings import columns_of
from supervision.drafts.taking.imports.limits import HEADING_WITHIN, MAX_CHARACTERS, Refused
from supervision.drafts.taking.imports.table import Line
from supervision.language.cells import as_typed

_SEPARATORS = ",;\t|"


def lines_of(text: str) -> list[Line]:
    """Return the rows that are not blank, numbered as a spreadsheet numbers them.

    The separator is the one that shows most headings. Raises Refused: "quotes" for a quotation mark
    that is never closed, "long" for more than may be taken in.
    """
    if len(text) > MAX_CHARACTERS:
        raise Refused("long")
    csv.field_size_limit(MAX_CHARACTERS)
    separator = max(_SEPARATORS, key=lambda one: _headings(text, one))
    try:
        return [line for line in _lines(text, separator) if line.cells]
    except csv.Error:
        raise Refused("quotes") from None


def _lines(text: str, separator: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    for number, cells in enumerate(reader, start=1):
        yield Line(number, {place: as_typed(cell) for place, cell in enumerate(cells) if cell.strip()})


def _headings(text: str, separator: str) -> int:
    best = 0
    try:
        for line in _lines(text, separator):
            if line.number > HEADING_WITHIN:
                break
            best = max(best, len(columns_of(line.cells)))
    except csv.Error:
        pass  # not this separator; if none will do, reading says so
    return best
