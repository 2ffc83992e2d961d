"""Cells of a CSV file that no spreadsheet runs when it opens the file, and what was typed in them.

A spreadsheet cuts lines at the list separator of its machine, a semicolon or a tab where the comma is the
decimal sign, and knows no quotes that stand within a cell as it sees it. So a cell of ours has to be text
from its beginning, and behind each semicolon, tab and end of a line in it.
"""

from __future__ import annotations

import re

_CUTS = r"\t\r\n;"
_BEGINS = rf"(?<![^{_CUTS}])"
#: What a spreadsheet takes for a formula, in half and full width, also behind blanks, signs that are not seen
#: and quotes (OWASP, "CSV injection"); with the marks before it, so that a mark that somebody typed is told
#: from ours.
_LIVE = r"""'*(?:[^\S\t\r\n]|["\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff])*[=+\-@＝＋－＠]"""
_CUT_FIRST = r"'*[ \u00a0]*[\t\r\n]"
_UNMARKED = re.compile(rf"{_BEGINS}(?={_LIVE})|\A(?={_CUT_FIRST})")
_MARKED = re.compile(rf"{_BEGINS}'(?={_LIVE})|\A'(?={_CUT_FIRST})")


def harmless(cell: str) -> str:
    """Return a cell that is text to every spreadsheet: with a mark before what would be a formula."""
    return _UNMARKED.sub("'", cell)


def as_typed(cell: str) -> str:
    """Return a cell without the marks that `harmless` set."""
    return _MARKED.sub("", cell)
