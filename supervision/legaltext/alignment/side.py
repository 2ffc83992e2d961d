"""One version as arrays, and which of its units was paired with which of the other.

Lists and places instead of objects: one search asks for neighbours and mates a million times.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from supervision.legaltext.alignment.texts import key, pairs, terms, tokens
from supervision.legaltext.alignment.units import Unit
from supervision.legaltext.outline import Kind

NONE = -1
_OPENING = 3  # words
#: Only what is of one order can be a pair: no clause became a chapter.
_ORDERS = {
    Kind.ARTICLE: "article",
    Kind.CLAUSE: "provision",
    Kind.POINT: "provision",
    Kind.ITEM: "provision",
    Kind.TABLE: "table",
    None: "row",
}


class Side:
    """The units of one version, each known by its place; `mate` is the unit of the other, NONE for none.

    What is `fixed` no later pass takes apart. `openings` are the first words, as pairs.
    """

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self.keys = [key(unit.text) for unit in units]
        said = [tokens(unit.text) for unit in units]
        self.terms: list[Counter[str]] = [terms(one) for one in said]
        self.lengths = [len(one) for one in said]
        self.openings = [pairs(one[:_OPENING]) if len(one) >= _OPENING else [] for one in said]
        self.order = [_ORDERS.get(unit.kind, "heading") for unit in units]
        self.weight: list[float] = []
        self.mate = [NONE] * len(units)
        self.fixed = [False] * len(units)
        self.parent = [NONE] * len(units)
        self.children: list[list[int]] = [[] for _ in units]
        self.top: list[int] = []
        self.siblings: list[list[int]] = []  # of each, itself among them
        self.rank = [0] * len(units)  # the place among those that stand in the same
        self._stand_in()

    def _stand_in(self) -> None:
        places: dict[str, int] = {}
        for n, unit in enumerate(self.units):
            self.parent[n] = places.get(unit.parent, NONE)
            self.siblings.append(self.inside(self.parent[n]))
            self.rank[n] = len(self.siblings[n])
            self.siblings[n].append(n)
            places[unit.id] = n

    def inside(self, parent: int) -> list[int]:
        """Return what stands in `parent`; at the top for NONE."""
        return self.top if parent == NONE else self.children[parent]

    def pair(self, n: int, other: Side, m: int) -> None:
        """Make `n` and the unit `m` of the other version a pair."""
        self.mate[n], other.mate[m] = m, n

    def beside(self, n: int, step: int) -> int:
        """Return the sibling `step` places on, NONE beyond the ends."""
        siblings, place = self.siblings[n], self.rank[n] + step
        return siblings[place] if 0 <= place < len(siblings) else NONE

    def alone(self) -> list[int]:
        """Return the units without a mate."""
        return [n for n, mate in enumerate(self.mate) if mate == NONE]
