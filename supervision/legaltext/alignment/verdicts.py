"""Pairs, splits and merges as matches: which change each is, what speaks for it, what is doubtful."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from supervision.legaltext.alignment.matches import Change, Doubt, Match
from supervision.legaltext.alignment.pairing import Pairing
from supervision.legaltext.alignment.side import NONE, Side

_FEW = 0.45  # nearness below which a pair is doubtful
_CLOSE = 0.1  # by how much less than the best a rival may score
_SHOWN = 5  # shared terms


class Verdicts:
    """Makes the matches of a finished search."""

    def __init__(
        self,
        pairing: Pairing,
        splits: Mapping[int, Sequence[int]],
        merges: Mapping[int, Sequence[int]],
        by_reference: Collection[int],
    ) -> None:
        self.pairing, self.old, self.new = pairing, pairing.old, pairing.new
        self.splits, self.merges, self.by_reference = splits, merges, by_reference
        self.rivals = self._rivals()
        self.in_order = _in_order(self.old, self.new)

    def matches(self) -> list[Match]:
        """Return all matches in the order of the new version; the dropped follow what stood before them."""
        dropped: dict[int, list[Match]] = defaultdict(list)
        after = NONE
        for o, unit in enumerate(self.old.units):
            if self.old.mate[o] == NONE:
                dropped[after].append(Match(Change.DROPPED, (unit.id,), ()))
            else:
                after = o
        found = [*dropped[NONE]]
        for n, unit in enumerate(self.new.units):
            o = self.new.mate[n]
            if o == NONE:
                found.append(Match(Change.NEW, (), (unit.id,)))
                continue
            olds = sorted(self.merges.get(n, [o]))
            news = sorted(self.splits.get(o, [n]))
            if news[0] == n:
                found.append(self._match(olds, news))
            if news[-1] == n:
                found += [match for one in olds for match in dropped[one]]
        return found

    def _match(self, olds: Sequence[int], news: Sequence[int]) -> Match:
        old, new, weights = self.old, self.new, self.pairing.weights
        one, two = _together(old, olds), _together(new, news)
        both = weights.shared(one, two)
        of_old, of_new = (both / (weights.total(terms) or 1) for terms in (one, two))
        total = weights.total(one) + weights.total(two)
        is_pair = len(olds) == len(news) == 1
        is_same = is_pair and old.keys[olds[0]] == new.keys[news[0]]
        score = 1.0 if is_same else 2 * both / total if total else 0.0
        return Match(
            change=self._change(olds, news, is_same),
            old=tuple(old.units[o].id for o in olds),
            new=tuple(new.units[n].id for n in news),
            score=round(score, 3),
            doubts=tuple(self._doubts(olds, news, score)),
            shared=self._shared(one, two),
            of_old=round(of_old, 3),
            of_new=round(of_new, 3),
            is_renumbered=is_pair
            and olds[0] in self.in_order
            and old.units[olds[0]].id != new.units[news[0]].id,
        )

    def _change(self, olds: Sequence[int], news: Sequence[int], is_same: bool) -> Change:
        if len(news) > 1:
            return Change.SPLIT
        if len(olds) > 1:
            return Change.MERGED
        if self.old.units[olds[0]].id == self.new.units[news[0]].id:
            return Change.SAME if is_same else Change.REWORDED
        return Change.MOVED if is_same else Change.MOVED_REWORDED

    def _doubts(self, olds: Sequence[int], news: Sequence[int], score: float) -> list[Doubt]:
        if score == 1.0:
            return []
        found = []
        if score < _FEW:
            found.append(Doubt.FEW_WORDS)
        if len(olds) == len(news) == 1 and self._has_rival(olds[0], news[0]):
            found.append(Doubt.RIVAL)
        if news[0] in self.by_reference:
            found.append(Doubt.REFERENCE)
        return found

    def _has_rival(self, o: int, n: int) -> bool:
        best = self.pairing.score(o, n)
        others = [score for score, pair in self.rivals[o, NONE] + self.rivals[NONE, n] if pair != (o, n)]
        return max(others, default=0.0) > best - _CLOSE

    def _rivals(self) -> dict[tuple[int, int], list[tuple[float, tuple[int, int]]]]:
        """Return the pairs that the last search saw, by each side."""
        found: dict[tuple[int, int], list[tuple[float, tuple[int, int]]]] = defaultdict(list)
        for (o, n), score in self.pairing.seen.items():
            found[o, NONE].append((score, (o, n)))
            found[NONE, n].append((score, (o, n)))
        return found

    def _shared(self, one: Counter[str], two: Counter[str]) -> tuple[str, ...]:
        both = sorted(one.keys() & two.keys(), key=lambda term: (-self.pairing.weights.of[term], term))
        pairs = [term for term in both if " " in term]
        return tuple((pairs or both)[:_SHOWN])


def _together(side: Side, places: Sequence[int]) -> Counter[str]:
    if len(places) == 1:
        return side.terms[places[0]]
    return sum((side.terms[place] for place in places), Counter[str]())


def _in_order(old: Side, new: Side) -> set[int]:
    """Return the old units that stand in the same as before, and in the same order: the most that can."""
    found: set[int] = set()
    for parent in (NONE, *range(len(old.units))):
        mate = NONE if parent == NONE else old.mate[parent]
        if parent != NONE and mate == NONE:
            continue
        stayed = [o for o in old.inside(parent) if old.mate[o] != NONE and new.parent[old.mate[o]] == mate]
        found.update(_longest_rising(stayed, [new.rank[old.mate[o]] for o in stayed]))
    return found


def _longest_rising(places: Sequence[int], ranks: Sequence[int]) -> list[int]:
    """Return the longest part of `places` whose ranks rise."""
    ends: list[int] = []  # the least rank that ends a rising run of each length
    at: list[int] = []
    before: list[int] = []
    for n, rank in enumerate(ranks):
        length = bisect_left(ends, rank)
        ends[length : length + 1] = [rank]
        at[length : length + 1] = [n]
        before.append(at[length - 1] if length else NONE)
    found, n = [], at[-1] if at else NONE
    while n != NONE:
        found.append(places[n])
        n = before[n]
    return found
