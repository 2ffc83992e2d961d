"""Lines on pages as paragraphs; page numbers, running heads and footnotes are left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median, mode

from supervision.legaltext.outline import Block, marks
from supervision.legaltext.outline.joining import BLANK, DRAWN, RULE

_PAGE_NUMBER = re.compile(
    r"^[-–—\s]*(?:trang\s*)?(?:\d{1,4}(?:\s*(?:/|trên)\s*\d{1,4})?|[ivxl]{1,6})[-–—\s]*$", re.I
)
_CONTENTS = re.compile(r"(?:\.{5,}|…{2,}|(?:\. ){5,})\s*\d{1,4}$")
_CUT = re.compile(r"\w[-/]$")  # "154/2026/NĐ-" and "CP" on the next line
_FOOTNOTE = re.compile(r"^\d{1,3}\s?\D")
#: After these a number at the beginning of a line is that of a provision referred to.
_REFERS = re.compile(
    r"(?:\b(?:khoản|điểm|điều|mục|chương|phần|số|thứ|ngày|tháng|và|hoặc|đến)(?:\s+\w{1,4})?|,)$", re.I
)
_EDGE = 2  # how many lines from a page's edge a running head may stand
_RUNS = 0.3  # on this share of the pages


@dataclass(frozen=True)
class Line:
    """A line of text with its place, in points from the lower left corner of its page."""

    text: str = ""
    left: float = 0
    right: float = 0
    bottom: float = 0
    top: float = 0
    first: float = 0  # width of the first word
    page: int = 0
    page_width: float = 0
    is_column: bool = False  # others stand beside it

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 0.1)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def with_more(self, after: Line) -> Line:
        """Return this line with what stands close to its right."""
        gap = " " if after.left - self.right > 0.12 * self.height else ""
        return replace(self, text=f"{self.text}{gap}{after.text}", right=max(self.right, after.right))

    def on(self, page: int, width: float, *, is_column: bool) -> Line:
        """Return this line on a page."""
        return replace(self, page=page, page_width=width, is_column=is_column)


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[Block]:
    """Return the text of pages, a block for each paragraph, a blank where the pages leave one."""
    lines = [line for page in _without_heads(pages) for line in page if not _CONTENTS.search(line.text[-60:])]
    layouts: dict[int, _Layout] = {}
    for width in {round(line.page_width) for line in lines}:
        layouts[width] = _Layout([line for line in lines if round(line.page_width) == width])
    return list(_blocks(lines, layouts))


def _blocks(lines: Sequence[Line], layouts: dict[int, _Layout]) -> Iterator[Block]:
    open_: list[Line] = []
    for line in lines:
        layout = layouts[round(line.page_width)]
        if open_ and not layout.goes_on(open_, line):
            yield _block(open_)
            if layout.is_apart(open_[-1], line):
                yield BLANK
            open_ = []
        open_.append(line)
    if open_:
        yield _block(open_)


def _block(lines: Sequence[Line]) -> Block:
    parts = [lines[0].text]
    for before, line in pairwise(lines):
        is_cut = _CUT.search(before.text[-2:])
        parts += ["" if is_cut else " ", line.text]
    text = "".join(parts)
    return DRAWN if RULE.match(text) else Block(text)


class _Layout:
    """How the text of a document is set: its edges, its leading, whether paragraphs begin indented."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.left = _left(lines)
        self.right = _right(lines, self.left)
        steps = [_step(before, after) for before, after in pairwise(lines)]
        self.step = mode([round(step, 1) for step in steps if 0.5 < step < 3] or [1.2])
        outdents = [
            before.left - after.left > 0.5 * after.height
            for before, after in pairwise(lines)
            if marks.begins(before.text) and not marks.begins(after.text) and after.page == before.page
        ]
        self.is_indented = 2 * sum(outdents) > len(outdents)

    def goes_on(self, before: Sequence[Line], line: Line) -> bool:
        """Whether a line goes on with the paragraph of the lines `before`."""
        last = before[-1]
        if self.is_apart(last, line) or self._had_room(last, line):
            return False
        if last.text.isupper() != line.text.isupper() and " " in line.text:  # a word alone may be a name
            return False
        if marks.begins(line.text) and not _REFERS.search(last.text):
            return False
        indent = line.left - self.left
        if self.is_indented and not self._is_centered(line):
            return indent < 0.8 * line.height
        return True

    def is_apart(self, before: Line, line: Line) -> bool:
        """Whether more than the usual leading is between two lines of a page, or they are of columns."""
        if before.is_column or line.is_column:
            return True
        if before.page != line.page:
            return False
        return not 0.4 < _step(before, line) < self.step + 0.25

    def _had_room(self, before: Line, line: Line) -> bool:
        """Whether the first word would have stood on the line before, had it not ended a paragraph."""
        room = self.right - before.right
        if self._is_centered(before):
            room = self.right - self.left - (before.right - before.left)
        slack = 0.2 if Block(before.text).is_closed else 1.5
        return room > line.first + slack * line.height

    def _is_centered(self, line: Line) -> bool:
        indent, rest = line.left - self.left, self.right - line.right
        return indent > 2 * line.height and abs(indent - rest) < 0.6 * line.height


def _left(lines: Sequence[Line]) -> float:
    """Return where full lines begin: the leftmost place where many do."""
    begun = Counter(round(line.left / 2) for line in lines)
    enough = min(0.1 * len(lines), max(begun.values()))
    return min(2 * at for at, count in begun.items() if count >= enough)


def _right(lines: Sequence[Line], left: float) -> float:
    """Return where full lines end: where many do, else, with ragged or short lines, by the page's margins."""
    width = lines[0].page_width
    ended = Counter(round(line.right / 2) for line in lines if line.right > 0.7 * width)
    often = [2 * at for at, count in ended.items() if count >= max(3, 0.1 * len(lines))]
    rights = sorted(line.right for line in lines)
    return max(often, default=max(width - left, rights[int(0.95 * (len(rights) - 1))]))


def _step(before: Line, after: Line) -> float:
    """Return how far down a line stands, in heights of its letters; a large number for another page."""
    return (
        (before.middle - after.middle) / max(before.height, after.height) if before.page == after.page else 99
    )


def _without_heads(pages: Sequence[Sequence[Line]]) -> Iterator[list[Line]]:
    """Yield the pages without page numbers, what many pages repeat at an edge, and footnotes."""
    seen = Counter(key for page in pages for key in {_key(line) for line in _at_edges(page)})
    often = {key for key, count in seen.items() if count >= max(2, _RUNS * len(pages))}
    usual = median(line.height for page in pages for line in page)
    for page in pages:
        edges = [line for line in _at_edges(page) if not marks.begins(line.text)]
        numbers = [line for line in (*page[:1], *page[-1:]) if _PAGE_NUMBER.match(line.text)]
        heads = [line for line in edges if _key(line) in often]
        yield _without_footnotes([line for line in page if line not in (*numbers, *heads)], usual)


def _at_edges(page: Sequence[Line]) -> Sequence[Line]:
    return [*page[:_EDGE], *page[max(_EDGE, len(page) - _EDGE) :]]


def _key(line: Line) -> tuple[str, int]:
    """Return what is the same of a running head on every page: its words, numbers aside, and its height."""
    return re.sub(r"\d+", "#", line.text), round(line.top / 4)


def _without_footnotes(page: list[Line], usual: float) -> list[Line]:
    """Leave out small lines at the foot of a page from the first that begins with a number."""
    small = len(page)
    while small and page[small - 1].height < 0.87 * usual:
        small -= 1
    notes = (n for n in range(small, len(page)) if _FOOTNOTE.match(page[n].text))
    return page[: next(notes, len(page))]
