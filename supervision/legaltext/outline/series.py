"""Where the numbers of a text stand: one which nothing follows is not the first of a series."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from supervision.legaltext.outline import marks
from supervision.legaltext.outline.blocks import Block
from supervision.legaltext.outline.nodes import Kind

_READS = (marks.article, marks.lettered, marks.heading)


class Series:
    """The blocks of a text that begin like an article, a part with a letter or a heading."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._at: dict[tuple[Kind, int], list[int]] = defaultdict(list)
        self._articles: list[int] = []
        for n, block in enumerate(blocks):
            for mark in filter(None, (reads(block.text) for reads in _READS)):
                self._at[mark.kind, marks.rank(mark)].append(n)
                if mark.kind is Kind.ARTICLE:
                    self._articles.append(n)

    def goes_on(self, kind: Kind, n: int) -> bool:
        """Whether after the first of a kind at block `n` the second comes, no article being between."""
        seconds = self._at[kind, 2]
        second = bisect_left(seconds, n)
        if second == len(seconds):
            return False
        article = bisect_left(self._articles, n + 1)
        return article == len(self._articles) or seconds[second] < self._articles[article]

    def begins(self, start: int = 0, end: int | None = None) -> int | None:
        """Return the first block from `start` on that begins a text without articles, None for none."""
        kinds = (Kind.PART, Kind.HEADING)
        firsts = (n for kind in kinds for n in self._at[kind, 1] if self.goes_on(kind, n))
        return min((n for n in firsts if n >= start and (end is None or n < end)), default=None)
