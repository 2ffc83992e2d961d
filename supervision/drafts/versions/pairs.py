"""What persons said of pairs of provisions, put into the matches that were found; plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from supervision.legaltext.alignment import Change, Unit
from supervision.legaltext.alignment.texts import key

Row = dict[str, Any]


@dataclass(frozen=True)
class Word:
    """Whether two provisions belong together; `decided` is what a match keeps of who said so."""

    old: str
    new: str
    belongs: bool
    decided: Row


class Settling:
    """The matches between two texts, of which each provision is in exactly one, as persons corrected them.

    `was` and `now` are the units of both texts by their ids. Words on provisions that are gone do not count.
    """

    def __init__(
        self, found: Iterable[Mapping[str, Any]], was: Mapping[str, Unit], now: Mapping[str, Unit]
    ) -> None:
        self.rows: list[Row] = [dict(one) for one in found]
        self.was, self.now = was, now

    def settle(self, words: Iterable[Word]) -> list[Row]:
        """Return the matches with `words` put into them, in the order in which they were found."""
        words = [word for word in words if word.old in self.was and word.new in self.now]
        refused = {(word.old, word.new): word for word in words if not word.belongs}
        self.rows = [part for row in self.rows for part in self._without(row, refused)]
        for joined in _joined(word for word in words if word.belongs):
            self._join(joined)
        return self.rows

    def _without(self, row: Row, refused: Mapping[tuple[str, str], Word]) -> Iterator[Row]:
        """Yield what is left of a match when those leave it of whom a person said that they do not belong."""
        against = [
            refused[pair] for old in row["old"] for new in row["new"] if (pair := (old, new)) in refused
        ]
        if not against:
            yield row
            return
        decided, is_split = against[0].decided, len(row["new"]) > 1
        olds = [] if is_split else [word.old for word in against]
        news = [word.new for word in against] if is_split else []
        for part in self._rest(row, olds, news):
            yield part if part["old"] and part["new"] else part | decided
        yield from (_one(Change.DROPPED, old=[old]) | decided for old in olds)
        yield from (_one(Change.NEW, new=[new]) | decided for new in news)

    def _join(self, words: Sequence[Word]) -> None:
        olds = [one for one in self.was if any(word.old == one for word in words)]
        news = [one for one in self.now if any(word.new == one for word in words)]
        decided = words[-1].decided
        rows: list[Row] = []
        joined = _one(self._change(olds, news), old=olds, new=news) | decided
        for row in self.rows:
            if row["old"] == olds and row["new"] == news:
                joined = row | decided
            if news[0] in row["new"]:
                rows.append(joined)
            rows += self._rest(row, olds, news)
        self.rows = rows

    def _rest(self, row: Row, olds: Iterable[str], news: Iterable[str]) -> Iterator[Row]:
        """Yield a match without some of its provisions; nothing when none are left."""
        old = [one for one in row["old"] if one not in olds]
        new = [one for one in row["new"] if one not in news]
        if (old, new) == (row["old"], row["new"]):
            yield row
        elif old and new:
            yield row | {"old": old, "new": new, "change": self._change(old, new)}
        else:
            yield from (_one(Change.DROPPED, old=[one]) for one in old)
            yield from (_one(Change.NEW, new=[one]) for one in new)

    def _change(self, old: Sequence[str], new: Sequence[str]) -> str:
        if len(new) > 1:
            return Change.SPLIT
        if len(old) > 1:
            return Change.MERGED
        is_same = key(self.was[old[0]].text) == key(self.now[new[0]].text)
        if old == new:
            return Change.SAME if is_same else Change.REWORDED
        return Change.MOVED if is_same else Change.MOVED_REWORDED


def _one(change: str, *, old: Sequence[str] = (), new: Sequence[str] = ()) -> Row:
    return {"change": change, "old": list(old), "new": list(new), "doubts": [], "shared": []}


def _joined(words: Iterable[Word]) -> list[list[Word]]:
    """Return the words in parts that have no provision in common."""
    parts: list[list[Word]] = []
    for word in words:
        touching = [part for part in parts if any(word.old == one.old or word.new == one.new for one in part)]
        parts = [part for part in parts if part not in touching]
        parts.append([*(one for part in touching for one in part), word])
    return parts
