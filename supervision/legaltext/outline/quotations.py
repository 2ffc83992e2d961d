"""Where a quotation that goes over paragraphs ends: it holds no provisions of the text that quotes.

Straight marks, curly ones and Word's mixed pairs are told apart by what stands beside them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from supervision.legaltext.outline.blocks import Block

_LONGEST = 400  # paragraphs
_MARK = re.compile("[“”„«»‹›「」『』\"″‘’]|''|``|'")
_OPENS, _CLOSES = ("“", "„", "«", "‹", "「", "『", "``"), ("”", "»", "›", "」", "』")
#: Apostrophes as well ("K'Ho", 15'): they quote only what they begin, right after "như sau:" or a paragraph.
_SINGLE = ("‘", "’", "'")
#: What may stand before an opening mark, and after a closing one.
_BEFORE = re.compile(r"[\s(\[{/–—“„«‘「\"'-]$")
_AFTER = re.compile(r"[\s.,;:!?)\]}/…–—”»’」\"'-]")
#: The words that announce a quoted provision; it may begin on their line.
_ANNOUNCED = re.compile(r"(?:như sau|sau đây|nội dung|là)\s*:\s*$", re.I)
_LONGEST_LEAD = 20  # characters of such words that are looked at
_ONLY_SIGNS = re.compile(r"^[\W_]*$")


@dataclass(frozen=True)
class Marks:
    """The marks of one paragraph that have no partner in it."""

    opened: int = 0
    closed: int = 0
    begins: bool = False  # with one of those that it leaves open, or right after "như sau:"


def read_marks(text: str) -> Marks:
    """Return the quotation marks of a paragraph that have no partner in it."""
    waiting: list[tuple[int, bool]] = []  # where those stand that are open, and whether they are single
    closed = 0
    for found in _MARK.finditer(text):
        is_single = found[0] in _SINGLE
        is_open = bool(waiting) and (waiting[-1][1] or not is_single)
        turn = (_turn_of_single if is_single else _turn)(text, found, is_open=is_open)
        if turn > 0:
            waiting.append((found.start(), is_single))
        elif turn < 0 and waiting and waiting[-1][1] is is_single:
            waiting.pop()
        elif turn < 0 and not (is_single and waiting):
            closed += 1
    begins = bool(waiting) and _is_announced(text, waiting[0][0])
    return Marks(len(waiting), closed, begins)


def _is_announced(text: str, start: int) -> bool:
    """Whether a paragraph begins at `start`, or the words that announce a quotation end there."""
    before = text[max(0, start - _LONGEST_LEAD) : start]
    return (start == len(before) and not before.strip()) or _ANNOUNCED.search(before) is not None


def _turn_of_single(text: str, found: re.Match[str], *, is_open: bool) -> int:
    """Return 1 for a single mark that opens a quotation, -1 for one that closes it, 0 for an apostrophe."""
    start, end = found.start(), found.end()
    if end < len(text) and not text[end].isspace() and _is_announced(text, start):
        return 1
    if is_open and end < len(text) and _AFTER.match(text[end]):
        return -1
    is_last = len(text) - end < 10 and _ONLY_SIGNS.match(text[end:]) is not None
    return -1 if is_last and start and not text[start - 1].isdigit() and not text[start - 1].isspace() else 0


def _turn(text: str, found: re.Match[str], *, is_open: bool) -> int:
    """Return 1 for a mark that opens, -1 for one that closes, 0 for inches and seconds."""
    start, end, sign = found.start(), found.end(), found[0]
    may_open = not start or _BEFORE.match(text[start - 1]) is not None
    may_close = end == len(text) or _AFTER.match(text[end]) is not None
    if sign not in (*_OPENS, *_CLOSES) and not is_open and start and text[start - 1].isdigit():
        return -1 if _ONLY_SIGNS.match(text[end : end + 10]) and len(text) - end < 10 else 0
    if may_open != may_close:
        return 1 if may_open else -1
    if sign in _OPENS or sign in _CLOSES:
        return 1 if sign in _OPENS else -1
    return -1 if is_open or (start and len(text) - end < 10 and _ONLY_SIGNS.match(text[end:])) else 1


class Quotations:
    """The quotations of a text that go over paragraphs.

    A quotation goes over paragraphs only where one begins with the mark, or with it right after "như sau:",
    and never over a heading, unless it begins with one: an odd mark anywhere else is a slip of typing.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.marks = [Marks() if one.rows else read_marks(one.text) for one in blocks]
        self._headings = [n for n, one in enumerate(blocks) if one.heading]
        self._closing = [n for n, one in enumerate(self.marks) if one.closed]
        self._restarts = [n for n in range(2, len(blocks)) if self._restarts_at(n)]
        self._balanced = dict(self._pairs())

    def end(self, n: int) -> int | None:
        """Return the block that closes what block `n` leaves open, None where nothing is or it never ends.

        Where the closing mark was forgotten it ends before the words that announce the next quotation.
        """
        if not self.marks[n].begins:
            return None
        last = min(len(self.blocks), n + _LONGEST) - 1
        if not self.blocks[n].heading:
            last = min(last, _next(self._headings, n, last + 1) - 1)
        if self._balanced.get(n, last + 1) <= last:
            return self._balanced[n]
        closed = _next(self._closing, n, last + 1)
        restarted = _next(self._restarts, n + 1, last + 1)
        if restarted <= closed:
            return restarted - 2 if n < restarted - 2 and restarted <= last else None
        return closed if closed <= last else None

    def spans(self) -> Iterator[tuple[int, int]]:
        """Yield the first and the last block of each quotation, in order; none is inside another."""
        n = 0
        while n < len(self.blocks):
            end = self.end(n)
            if end is not None:
                yield n, end
                n = end
            n += 1

    def _restarts_at(self, n: int) -> bool:
        """Whether a quotation begins at `n` that the block before announces, itself no quotation."""
        before = self.blocks[n - 1].text.rstrip()
        return self.marks[n].begins and before.endswith(":") and not self.marks[n - 1].begins

    def _pairs(self) -> Iterator[tuple[int, int]]:
        """Yield each block that opens with the block where all that was opened since is closed."""
        waiting: list[tuple[int, int]] = []  # the depth to come back to, deepest first
        depth = 0
        for n, here in enumerate(self.marks):
            depth += here.opened - here.closed
            while waiting and -waiting[0][0] >= depth:
                yield heappop(waiting)[1], n
            if here.begins:
                heappush(waiting, (here.opened - depth, n))


def _next(places: Sequence[int], n: int, default: int) -> int:
    """Return the first place after `n`, `default` where there is none."""
    at = bisect_right(places, n)
    return places[at] if at < len(places) else default
