"""A table too long to be printed at once: piece by piece, then put together; each in a sandbox child."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from supervision.files.sandbox import Sandbox

#: A piece of 100 rows takes 2 to 5 s, putting 10,000 rows together 2 s.
printer = Sandbox("supervision.documents.printing", seconds=60, writes=64 * 1024**2)


@dataclass(frozen=True)
class Piece:
    """Some pages of a table; `next_row` is the number of the row that the next piece begins with, if any."""

    pdf: bytes
    pages: int
    next_row: int | None


def print_piece(
    heading: dict[str, Any], rows: Sequence[dict[str, Any]], *, first_page: int, closing: str
) -> Piece:
    """Print numbered rows of the table of remarks as pages from `first_page` on; the heading on page 1.

    `closing` is the sentence below the last row of all, "" in a piece that is not the last. A table that
    is one piece becomes an archival, tagged PDF. Raises `files.sandbox.Failed`.
    """
    context = {"h": heading, "rows": rows, "first_page": first_page, "closing": closing}
    with translation.override("vi"):
        html = render_to_string("documents/remark_table.html", context)
    if first_page == 1 and closing:
        result = printer.run("print_paper", html, {}, {}, None)
    else:
        result = printer.run("print_piece", html, bool(closing))
    return Piece(result["pdf"], result["pages"], result.get("next") or None)


def join_pieces(pieces: Sequence[Path], out: Path, *, title: str) -> None:
    """Put the pages of `pieces` together in the file `out`; raises `files.sandbox.Failed`."""
    printer.run("join_pieces", [str(piece) for piece in pieces], str(out), title)
