"""Tables that only put text side by side: their cells are read one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from supervision.legaltext.outline import Block, marks
from supervision.legaltext.outline.joining import BLANK

Cell = Sequence[Block]
_NATION = re.compile(r"^CỘNG\s+HÒA\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA|^CỘNG\s+HOÀ\s+XÃ", re.I)


def unfolded(rows: Sequence[Sequence[Cell]]) -> list[Block]:
    """Return what stands in a table: rows of text, or, where it only lays out a page, its cells in order.

    Such are one row or one column, the head of a paper with the nation's name, the signature beside the
    list of copies.
    """
    texts = tuple(tuple(_text(cell) for cell in row) for row in rows)
    if len(rows) == 1 or all(len(row) <= 1 for row in rows) or _is_head_or_foot(rows):
        return [BLANK, *(block for row in rows for cell in row for block in (*cell, BLANK))]
    return [BLANK, Block("", rows=tuple(row for row in texts if any(row))), BLANK]


def _is_head_or_foot(rows: Sequence[Sequence[Cell]]) -> bool:
    lines = (block.text for row in rows for cell in row for block in cell)
    return any(_NATION.match(line) or marks.CLOSING.match(line) for line in lines)


def _text(cell: Cell) -> str:
    """Return the paragraphs of a cell, one a line; a table inside it a row a line."""
    lines = []
    for block in cell:
        lines += [" ".join(filter(None, row)).replace("\n", " ") for row in block.rows] or [block.text]
    return "\n".join(filter(None, lines))
