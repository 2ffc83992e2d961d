"""How much of an alignment is right, by what was done to the text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from supervision.legaltext.alignment import Alignment, Change, Match, align, follow
from supervision.legaltext.outline import Outline
from tests.drafts.rewrites import Rates, Rewrite, Truth, rewrite, same_text

#: Which of two units that say the same went where cannot be known; then only the words count.
_ALIKE = {Change.MOVED: Change.SAME, Change.MOVED_REWORDED: Change.REWORDED}


@dataclass
class Figures:
    """Units that are in exactly the right match with the right kind, and remarks that are at their clause."""

    right: Counter[str] = field(default_factory=Counter)  # by what was done
    total: Counter[str] = field(default_factory=Counter)
    excused: int = 0  # right only because texts that say the same are not told apart
    followed: int = 0
    remarks: int = 0

    def add(self, other: Figures) -> None:
        self.right.update(other.right)
        self.total.update(other.total)
        self.excused += other.excused
        self.followed += other.followed
        self.remarks += other.remarks

    @property
    def units(self) -> float:
        return sum(self.right.values()) / sum(self.total.values())

    @property
    def remarks_followed(self) -> float:
        return self.followed / self.remarks

    def share(self, done: str) -> float:
        return self.right[done] / self.total[done]


def measured(old: Outline, other: Outline, seeds: range, rates: Rates | None = None) -> Figures:
    """Return the figures of rewrites of `old`, one for each seed."""
    found = Figures()
    for seed in seeds:
        made = rewrite(old, other, seed, rates)
        found.add(compared(made, align(old, made.new)))
    return found


def compared(made: Rewrite, found: Alignment) -> Figures:
    """Return the figures of one alignment: each old unit counts once, and each that is new."""
    figures = Figures()
    said = _Said(found)
    for truth in made.truth:
        for id in truth.old or truth.new:
            match = (found.by_old if truth.old else found.by_new)[id]
            is_exact = said.is_exact(truth, match)
            is_right = is_exact or said.is_alike(truth, match)
            figures.total[truth.done] += 1
            figures.right[truth.done] += is_right
            figures.excused += is_right and not is_exact
            if truth.old:
                figures.remarks += 1
                figures.followed += said.new(follow(found, id)) == said.new(truth.new)
    return figures


class _Said:
    """What the units of both versions say, for comparing by words."""

    def __init__(self, found: Alignment) -> None:
        self._old = {unit.id: same_text(unit.text) for unit in found.old}
        self._new = {unit.id: same_text(unit.text) for unit in found.new}

    def old(self, ids: tuple[str, ...]) -> list[str]:
        return sorted(self._old[id] for id in ids)

    def new(self, ids: tuple[str, ...] | list[str]) -> list[str]:
        return sorted(self._new[id] for id in ids)

    @staticmethod
    def is_exact(truth: Truth, match: Match) -> bool:
        same_ids = {*truth.old} == {*match.old} and {*truth.new} == {*match.new}
        return same_ids and match.change is truth.change

    def is_alike(self, truth: Truth, match: Match) -> bool:
        same = self.old(truth.old) == self.old(match.old) and self.new(truth.new) == self.new(match.new)
        return same and _ALIKE.get(truth.change, truth.change) == _ALIKE.get(match.change, match.change)
