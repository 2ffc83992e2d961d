"""What became of each unit: the matches, and where a remark on a unit goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from supervision.legaltext.alignment.units import Unit


class Change(StrEnum):
    """What became of a unit.

    Moved means that people now cite it by another number, for whatever reason: an article was put in before
    it (`Match.is_renumbered` tells) or it stands elsewhere. A chapter is no part of the citation, so an
    article that keeps its number in another chapter is the same. Case, spaces and the last sign do not count.
    """

    SAME = "same"
    REWORDED = "reworded"
    MOVED = "moved"
    MOVED_REWORDED = "moved_reworded"
    SPLIT = "split"
    MERGED = "merged"
    DROPPED = "dropped"
    NEW = "new"


class Doubt(StrEnum):
    """Why a person must look at a match before it counts."""

    FEW_WORDS = "few_words"  # little of the words is shared: it rests on where the unit stands
    RIVAL = "rival"  # another unit is nearly as near
    REFERENCE = "reference"  # it rests on one clause referring to the other


@dataclass(frozen=True)
class Match:
    """Ids of the old and of the new units that belong together, and what speaks for it.

    `score` is how near the words are, 0 to 1. `shared` are the rarest pairs of words (or words) that both
    have; `of_old` and `of_new` the shares of each side's words that the other has. `is_renumbered` is set
    where a unit has another number only because something before it came or went.
    """

    change: Change
    old: tuple[str, ...]
    new: tuple[str, ...]
    score: float = 0.0
    doubts: tuple[Doubt, ...] = ()
    shared: tuple[str, ...] = ()
    of_old: float = 0.0
    of_new: float = 0.0
    is_renumbered: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Whether a person must confirm it."""
        return bool(self.doubts)


@dataclass(frozen=True)
class Alignment:
    """All matches in the order of the new version; what was dropped comes after what stood before it."""

    old: Sequence[Unit]
    new: Sequence[Unit]
    matches: Sequence[Match]

    @cached_property
    def by_old(self) -> dict[str, Match]:
        """The match of each old unit."""
        return {one: match for match in self.matches for one in match.old}

    @cached_property
    def by_new(self) -> dict[str, Match]:
        """The match of each new unit."""
        return {one: match for match in self.matches for one in match.new}

    @cached_property
    def inside(self) -> dict[str, list[str]]:
        """The ids right inside each old unit."""
        found: dict[str, list[str]] = {}
        for unit in self.old:
            found.setdefault(unit.parent, []).append(unit.id)
        return found


def follow(alignment: Alignment, id: str) -> list[str]:
    """Return the ids of new units to which a remark on the old unit `id` goes, none where all was dropped.

    A heading that was dropped while some of what it held stands elsewhere is followed there.
    Raises KeyError for an id that the old version does not have.
    """
    match = alignment.by_old[id]
    if match.new:
        return list(match.new)
    places = (place for child in alignment.inside.get(id, ()) for place in follow(alignment, child))
    return list(dict.fromkeys(places))
