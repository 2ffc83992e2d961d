"""Splits and merges: several units of one version that together say what one of the other said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from supervision.legaltext.alignment.pairing import CONTEXT, Pairing
from supervision.legaltext.alignment.side import NONE, Side
from supervision.legaltext.alignment.texts import Index

_TOGETHER = 0.45  # how near a whole and its parts together must be
_BETTER = 0.08  # by how much nearer they must be than the nearest part alone
_TOGETHER_CUT = 0.35  # how near they must be where each part begins with words of the whole
_WORSE = 0.05  # by how much less near than the nearest part alone they may be then
_HELD = 0.3  # share of one more part's words that the whole must have and no other part
_HELD_APART = 0.8  # the same where it stands away from the others
_GAIN_APART = 0.1  # by how much the whole must then be nearer to its parts with this one
_BESIDE = 0.5  # what standing beside the other parts is worth
_LOOSE = 0.6  # a pair that is not nearer than this may be undone for a better part
_SURER = 0.1  # by how much a part must score more than the best pair that it breaks
_LEAST_WORDS = 3
_LEAST_WORDS_APART = 8
_HOLDERS = 6  # wholes that are looked at for each of a group
_MANY = 12  # parts of one whole


class Shares:
    """Wholes among the units of `one`, with their parts among those of `many`."""

    def __init__(self, pairing: Pairing, one: Side, many: Side) -> None:
        self.pairing, self.weights = pairing, pairing.weights
        self.one, self.many = one, many
        self.parts: dict[int, list[int]] = {}
        longs = (n for n, length in enumerate(one.lengths) if length > _LEAST_WORDS and _is_provision(one, n))
        self.wholes = {n: one.terms[n] for n in longs}
        self.index = Index(self.wholes, self.weights)
        self._near_part: dict[int, list[int]] = {}
        self.best_of_one: dict[int, list[tuple[float, int]]] = {}
        self.best_of_many: dict[int, list[tuple[float, int]]] = {}

    def find(self) -> None:
        """Look for wholes and parts among the units that are alone or in a weak pair, the surest first."""
        self._see_rivals()
        loose = [m for m in range(len(self.many.units)) if self._is_loose(self.many, m)]
        self._find_groups(loose)
        self._find_parts(loose)
        for n, parts in self.parts.items():
            self.one.fixed[n] = True
            for part in parts:
                self.many.fixed[part] = True

    # -- what may be taken ---------------------------------------------------------------

    def _see_rivals(self) -> None:
        """Note the pairs that stand and those that the search for pairs saw, from both sides."""
        self.best_of_one, self.best_of_many = defaultdict(list), defaultdict(list)
        of_one = [0.0 if b == NONE else self._score(a, b) for a, b in enumerate(self.one.mate)]
        of_many = [0.0 if a == NONE else of_one[a] for a in self.many.mate]
        for (o, n), score in self.pairing.seen.items():
            a, b = (o, n) if self.one is self.pairing.old else (n, o)
            if not self.one.fixed[a] and not self.many.fixed[b]:
                if score >= of_many[b]:
                    self.best_of_one[a].append((score, b))
                if score >= of_one[a]:
                    self.best_of_many[b].append((score, a))
        for a, b in enumerate(self.one.mate):
            if b != NONE and not self.one.fixed[a]:
                self.best_of_one[a].append((of_one[a], b))
                self.best_of_many[b].append((of_one[a], a))

    def _is_loose(self, side: Side, n: int) -> bool:
        if side.fixed[n] or not _is_provision(side, n):
            return False
        mate = side.mate[n]
        if mate == NONE:
            return True
        return (self._near(n, mate) if side is self.one else self._near(mate, n)) < _LOOSE

    def _near(self, n: int, m: int) -> float:
        return self.pairing.near(n, m) if self.one is self.pairing.old else self.pairing.near(m, n)

    def _context(self, n: int, m: int) -> float:
        return self.pairing.context(n, m) if self.one is self.pairing.old else self.pairing.context(m, n)

    def _score(self, n: int, m: int) -> float:
        return self.pairing.score(n, m) if self.one is self.pairing.old else self.pairing.score(m, n)

    # -- groups: neighbours that together are near a whole -------------------------------

    def _find_groups(self, loose: Sequence[int]) -> None:
        scored = []
        free = {m for m in loose if len(self.many.terms[m]) >= _LEAST_WORDS}
        for m in loose:
            for group in self._groups(m, free):
                for n in {*self._holders(group), *self._mates(group)} - {NONE}:
                    if score := self._group_score(n, group):
                        scored.append((-score, n, group))
        for _score, n, group in sorted(scored):
            is_free = n not in self.parts and not any(self._is_part(m) for m in group)
            if is_free and not self.one.fixed[n]:
                self.take(n, group)

    def _groups(self, m: int, free: set[int]) -> Iterator[tuple[int, ...]]:
        """Yield `m` with its points, and with one or two that follow."""
        inside = self.many.children[m]
        if m not in free:
            return
        if inside:
            if len(inside) < _MANY and free.issuperset(inside):
                yield (m, *inside)
            return
        following = [self.many.beside(m, step) for step in (1, 2)]
        if following[0] in free and not self.many.children[following[0]]:
            yield (m, following[0])
            if following[1] in free and not self.many.children[following[1]]:
                yield (m, *following)

    def _holders(self, group: Sequence[int]) -> Iterator[int]:
        for m in group:
            yield from self._wholes_near(m)[:_HOLDERS]

    def _wholes_near(self, m: int) -> list[int]:
        """Return the wholes that share rare words with a part; asked again in each pass."""
        if m not in self._near_part:
            self._near_part[m] = self.index.near(self.many.terms[m])
        return self._near_part[m]

    def _mates(self, group: Sequence[int]) -> Iterator[int]:
        for m in group:
            yield self.many.mate[m]
        before = self.many.beside(group[0], -1)
        if before != NONE and self.many.mate[before] != NONE:
            yield self.one.beside(self.many.mate[before], 1)

    def _group_score(self, n: int, group: Sequence[int]) -> float:
        if n not in self.wholes or not self._is_loose(self.one, n) or self.one.children[n]:
            return 0.0
        if self._at_most(n, group) < _TOGETHER_CUT:
            return 0.0
        near, best = self.alike(n, group), max(self._near(n, m) for m in group)
        is_near = near >= max(_TOGETHER, best + _BETTER)
        if not is_near and (near <= max(_TOGETHER_CUT, best - _WORSE) or not self._is_cut(n, group)):
            return 0.0
        score = near + CONTEXT * max(self._context(n, m) for m in group)
        rivals = [value for value, m in self.best_of_one[n] if m not in group]
        rivals += [value for m in group for value, other in self.best_of_many[m] if other != n]
        return score if score > max(rivals, default=0.0) else 0.0

    def _is_cut(self, n: int, group: Sequence[int]) -> bool:
        """Whether each of a group begins with words of `n`, and with others than the rest of it."""
        openings = {tuple(self.many.openings[m]) for m in group}
        return len(openings) == len(group) and all(self._begins_in(m, self.one.terms[n]) for m in group)

    def _begins_in(self, m: int, left: Mapping[str, int]) -> bool:
        """Whether the first words of a part are among those left of a whole: it was cut there."""
        opening = self.many.openings[m]
        return bool(opening) and all(left.get(pair) for pair in opening)

    # -- parts: one more beside those that are known -------------------------------------

    def _find_parts(self, loose: Sequence[int]) -> None:
        scored = []
        for m in loose:
            if not self._is_part(m):
                for n in {*self._wholes_near(m), *self._around(m)} - {NONE}:
                    if score := self._part_score(n, m):
                        scored.append((-score, n, m))
        for _score, n, m in sorted(scored):
            if not self._is_part(m) and self._part_score(n, m):
                self.take(n, (*self._parts_of(n), m))

    def _around(self, m: int) -> Iterator[int]:
        """Yield the mates of what stands before, after, around and inside a part."""
        around = [self.many.beside(m, step) for step in (-2, -1, 1, 2)]
        for one in (*around, self.many.parent[m], *self.many.children[m][:1]):
            if one != NONE:
                yield self.many.mate[one]

    def _part_score(self, n: int, m: int) -> float:
        """Return how sure it is that `m` is one more part of `n`; 0 where it is none."""
        one, many = self.one, self.many
        parts = self._parts_of(n)
        if not parts or m in parts or len(parts) >= _MANY or n not in self.wholes:
            return 0.0
        if one.fixed[n] and n not in self.parts:
            return 0.0
        if many.children[m] and not {*many.children[m]} & {*parts}:
            return 0.0
        is_beside = any(self._is_beside(m, part) for part in parts)
        needed = max((value for value, other in self.best_of_many[m] if other != n), default=0.0) + _SURER
        at_most = self._shared(n, m) / (many.weight[m] or 1)
        if at_most + _BESIDE * is_beside < needed:
            return 0.0
        score = self._held(n, m, parts, is_beside) + _BESIDE * is_beside
        return score if score > max(needed, _BESIDE * is_beside) else 0.0

    def _held(self, n: int, m: int, parts: Sequence[int], is_beside: bool) -> float:
        """Return the share of the words of `m` that `n` has and no other part; 0 where that is too little.

        Beside the other parts it is enough that `m` begins with words that they left.
        """
        whole, terms = self.one.terms[n], self.many.terms[m]
        if self.many.lengths[m] < (_LEAST_WORDS if is_beside else _LEAST_WORDS_APART):
            return 0.0
        said = self.many.terms[parts[0]] if len(parts) == 1 else self._said(parts)
        left = {term: whole[term] - said[term] for term in terms if whole[term] > said[term]}
        more = self.weights.shared(left, terms)
        held = more / (self.many.weight[m] or 1)
        if is_beside and self._begins_in(m, left):
            return max(held, _HELD)
        before = self.weights.shared(whole, said)
        total = self.one.weight[n] + sum(self.many.weight[part] for part in parts)
        gain = 2 * (before + more) / (total + self.many.weight[m]) - 2 * before / total
        least, least_gain = (_HELD, 0.0) if is_beside else (_HELD_APART, _GAIN_APART)
        return held if held > least and gain > least_gain else 0.0

    def _is_beside(self, m: int, part: int) -> bool:
        many = self.many
        if many.parent[m] == part or many.parent[part] == m:
            return True
        return many.parent[m] == many.parent[part] and abs(many.rank[m] - many.rank[part]) <= 2

    # -- words and taking ----------------------------------------------------------------

    def _parts_of(self, n: int) -> list[int]:
        mate = self.one.mate[n]
        return self.parts.get(n) or ([mate] if mate != NONE else [])

    def _is_part(self, m: int) -> bool:
        return self.many.mate[m] != NONE and self.many.mate[m] in self.parts

    def _shared(self, n: int, m: int) -> float:
        """Return the weight of what a whole and one part share."""
        return self._near(n, m) * (self.one.weight[n] + self.many.weight[m]) / 2

    def _at_most(self, n: int, parts: Sequence[int]) -> float:
        """Return how near `n` can be to `parts` together, from how near it is to each."""
        total = self.one.weight[n] + sum(self.many.weight[part] for part in parts)
        return 2 * sum(self._shared(n, part) for part in parts) / total if total else 0.0

    def _said(self, parts: Sequence[int]) -> Counter[str]:
        said: Counter[str] = Counter()
        for part in parts:
            said.update(self.many.terms[part])
        return said

    def alike(self, n: int, parts: Sequence[int]) -> float:
        """Return how near `n` is to `parts` taken together, 0 to 1."""
        total = self.one.weight[n] + sum(self.many.weight[part] for part in parts)
        return 2 * self.weights.shared(self.one.terms[n], self._said(parts)) / total if total else 0.0

    def take(self, n: int, parts: Sequence[int]) -> None:
        """Make `parts` those of the whole `n`; the pairs that they were in are undone."""
        one, many = self.one, self.many
        if one.mate[n] != NONE:
            many.mate[one.mate[n]] = NONE
        for m in parts:
            if many.mate[m] != NONE:
                one.mate[many.mate[m]] = NONE
            many.mate[m] = n
        one.mate[n] = parts[0]
        self.parts[n] = list(parts)


def _is_provision(side: Side, n: int) -> bool:
    """Whether a unit may be split or merged: a clause, a point, or an article that holds nothing else."""
    return side.order[n] == "provision" or (side.order[n] == "article" and not side.children[n])
