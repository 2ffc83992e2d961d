"""Pairs of units that changed: by how near their words are, and by what stands around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from supervision.legaltext.alignment.side import NONE, Side
from supervision.legaltext.alignment.texts import Index, Weights

CONTEXT = 0.7  # what full context is worth beside the same words
_LEAST = 0.48  # nearness that words alone need
_LESS = 0.24  # how much less is needed with full context
_IN_PLACE = 0.7  # context in which a text that only grew or shrank is known by what is left of it
_HELD_IN_PLACE = 0.4  # what that is worth


class Pairing:
    """Scores pairs of an old and a new unit."""

    def __init__(self, old: Side, new: Side) -> None:
        self.old, self.new = old, new
        self.weights = Weights([*old.terms, *new.terms])
        for side in (old, new):
            side.weight = [self.weights.total(counts) for counts in side.terms]
        self._near: dict[tuple[int, int], float] = {}
        self.seen: dict[tuple[int, int], float] = {}  # what the last search looked at, with scores

    # -- scores --------------------------------------------------------------------------

    def near(self, o: int, n: int) -> float:
        """Return how near the words are, 0 to 1: twice the weight of what both have over that of both."""
        if (o, n) not in self._near:
            self._near[o, n] = self._nearness(o, n)
        return self._near[o, n]

    def _nearness(self, o: int, n: int) -> float:
        old, new = self.old, self.new
        if old.keys[o] == new.keys[n]:
            return 1.0
        total = old.weight[o] + new.weight[n]
        return 2 * self.weights.shared(old.terms[o], new.terms[n]) / total if total else 0.0

    def context(self, o: int, n: int) -> float:
        """Return how well what stands around and inside agrees, 0 to 1."""
        old, new = self.old, self.new
        around = (
            0.45 * self._above(o, n)
            + 0.2 * self._beside(o, n, 1)
            + 0.2 * self._beside(o, n, -1)
            + 0.05 * (old.units[o].number == new.units[n].number)
            + 0.1 * (old.units[o].kind == new.units[n].kind)
        )
        if old.children[o] and new.children[n]:
            return 0.4 * around + 0.6 * self.inside(o, n)
        return around

    def _above(self, o: int, n: int) -> float:
        one, two = self.old.parent[o], self.new.parent[n]
        if one == NONE or two == NONE:
            return float(one == two)
        return float(self.old.mate[one] == two)

    def _beside(self, o: int, n: int, step: int) -> float:
        """Whether the neighbours are a pair; also where something was put in or taken out between."""
        one, two = self.old.beside(o, step), self.new.beside(n, step)
        if one == NONE or two == NONE:
            return 0.8 * (one == two)
        mate = self.old.mate[one]
        if mate == two:
            return 1.0
        if mate != NONE and self.new.parent[mate] == self.new.parent[n]:
            return 0.6 * ((self.new.rank[mate] - self.new.rank[n]) * step > 0)
        return 0.0

    def inside(self, o: int, n: int) -> float:
        """Return the share of what is inside both that is in pairs."""
        both = sum(
            self.new.parent[self.old.mate[c]] == n for c in self.old.children[o] if self.old.mate[c] != NONE
        )
        return 2 * both / (len(self.old.children[o]) + len(self.new.children[n]))

    def score(self, o: int, n: int) -> float:
        """Return the score of a pair; 0 where words and context together are too little."""
        if self.old.order[o] != self.new.order[n]:
            return 0.0
        near, context = self.near(o, n), self.context(o, n)
        if self.old.children[o] and self.new.children[n]:
            near = max(near, (near + self.inside(o, n)) / 2)
        elif context > _IN_PLACE:
            near = max(near, _HELD_IN_PLACE * self.held(o, n))
        if near < _LEAST - _LESS * context:
            return 0.0
        return near + CONTEXT * context

    def held(self, o: int, n: int) -> float:
        """Return the share of the words of the shorter that the longer has."""
        least = min(self.old.weight[o], self.new.weight[n])
        return self.weights.shared(self.old.terms[o], self.new.terms[n]) / least if least else 0.0

    # -- search --------------------------------------------------------------------------

    def candidates(self) -> dict[int, list[int]]:
        """Return for each old unit that is alone the new ones that are alone and share its rare words."""
        index = Index({n: self.new.terms[n] for n in self.new.alone()}, self.weights)
        return {o: index.near(self.old.terms[o]) for o in self.old.alone()}

    def pair(self, by_words: Mapping[int, Sequence[int]], least: float) -> None:
        """Pair what is alone and scores at least so much, the best first."""
        self._choose(self.old.alone(), by_words, least)

    def pair_again(self, by_words: Mapping[int, Sequence[int]], least: float) -> None:
        """Choose all pairs anew that are not fixed, with what stands around them as it is now."""
        loose = [o for o in range(len(self.old.units)) if not self.old.fixed[o]]
        self._choose(loose, by_words, least)

    def _choose(self, olds: Sequence[int], by_words: Mapping[int, Sequence[int]], least: float) -> None:
        old, new, chosen = self.old, self.new, set(olds)
        scored = []
        self.seen = {}
        for o in olds:
            for n in {*by_words.get(o, ()), *self._by_place(o), old.mate[o]} - {NONE}:
                score = self.score(o, n)
                if score:
                    self.seen[o, n] = score
                is_free = new.mate[n] == NONE or (new.mate[n] in chosen and not new.fixed[n])
                if is_free and score >= least:
                    scored.append((-score, o, n))
        for o in olds:
            if old.mate[o] != NONE:
                new.mate[old.mate[o]] = old.mate[o] = NONE
        for _score, o, n in sorted(scored):
            if old.mate[o] == NONE == new.mate[n]:
                old.pair(o, new, n)

    def _by_place(self, o: int) -> Iterator[int]:
        """Yield where `o` would be by what stands around and inside it."""
        old, new = self.old, self.new
        for step in (1, -1):
            beside = old.beside(o, step)
            if beside != NONE and old.mate[beside] != NONE:
                for back in (1, 2):
                    yield new.beside(old.mate[beside], -step * back)
        for child in old.children[o][:8]:
            if old.mate[child] != NONE:
                yield new.parent[old.mate[child]]
        parent = old.parent[o]
        if parent == NONE or old.mate[parent] != NONE:
            siblings = new.inside(NONE if parent == NONE else old.mate[parent])
            yield from siblings[max(0, old.rank[o] - 3) : old.rank[o] + 4]
