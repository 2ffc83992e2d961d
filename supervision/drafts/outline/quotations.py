"""Where a quotation that goes over paragraphs ends: it holds no provisions of the text that quotes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, islice

from supervision.drafts.outline.blocks import Block

_LONGEST = 400  # paragraphs


class Quotations:
    """The quotation marks of each block of a text."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._opened = [one.text.count("“") - one.text.count("”") for one in blocks]
        self._is_odd = [one.text.count('"') % 2 == 1 for one in blocks]

    def end(self, n: int) -> int | None:
        """Return the block that closes what block `n` leaves open, None where nothing is or it never ends."""
        later = range(n + 1, min(len(self._opened), n + _LONGEST))
        if self._opened[n] > 0:
            depths = accumulate((self._opened[one] for one in later), initial=self._opened[n])
            closed = zip(later, islice(depths, 1, None), strict=True)
            return next((one for one, depth in closed if depth <= 0), None)
        if self._is_odd[n]:
            return next((one for one in later if self._is_odd[one]), None)
        return None
