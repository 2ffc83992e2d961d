"""Cells of a CSV file that no spreadsheet runs when it opens the file, and what was typed in them."""

from __future__ import annotations

import re

#: What a spreadsheet takes for a formula, in half and full width, also behind blanks (OWASP, "CSV
#: injection"); with the marks before it, so that a mark that somebody typed is told from ours.
_LIVE = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[ \u00a0]*[\t\r\n])")


def harmless(cell: str) -> str:
    """Return a cell that is text to every spreadsheet: with a mark before what would be a formula."""
    return f"'{cell}" if _LIVE.match(cell) else cell


def as_typed(cell: str) -> str:
    """Return a cell without the mark that `harmless` set."""
    return cell[1:] if cell.startswith("'") and _LIVE.match(cell) else cell
