"""What changed in the words of one provision, as pieces to be shown one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

_TOKEN = re.compile(r"\s*(?:\w+(?:[.,/]\w+)*|[^\w\s])")
_SENTENCE = re.compile(r"[^.;:\n]*[.;:\n]*")
_WORD = re.compile(r"\w+(?:[.,/]\w+)*")
#: More comparisons than this are not made: a longer text is compared by sentences, then as a whole.
_MOST = 250_000
_ISLAND = 2  # words that stayed between two changes and only make the change hard to read


class Op(StrEnum):
    """What happened to a piece."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Piece(NamedTuple):
    """Some words of either text."""

    op: Op
    text: str


class Count(NamedTuple):
    """How many words were added and removed."""

    added: int
    removed: int


def words(old: str, new: str) -> list[Piece]:
    """Return `new` with what was removed from `old`, in reading order: removed before added.

    The same and added pieces together are `new` to the letter. A few words that stayed within a larger change
    belong to the change, for people read phrases.
    """
    for pattern in (_TOKEN, _SENTENCE):
        one, two = _cut(pattern, old), _cut(pattern, new)
        before, after = _common_ends(one, two)
        if (len(one) - before - after) * (len(two) - before - after) <= _MOST:
            return _pieces(one, two)
    return [piece for piece in (Piece(Op.REMOVED, old), Piece(Op.ADDED, new)) if piece.text]


def count(pieces: Sequence[Piece]) -> Count:
    """Return how many words were added and removed, to say "thêm 12 từ, bớt 3 từ"."""
    found = {op: sum(len(_WORD.findall(text)) for was, text in pieces if was is op) for op in Op}
    return Count(found[Op.ADDED], found[Op.REMOVED])


def _cut(pattern: re.Pattern[str], text: str) -> list[str]:
    found = [one for one in pattern.findall(text) if one]
    rest = text[sum(map(len, found)) :]  # spaces at the end
    return [*found[:-1], "".join(found[-1:]) + rest] if rest else found


def _common_ends(one: Sequence[str], two: Sequence[str]) -> tuple[int, int]:
    """Return how many tokens both begin with, and how many both end with."""
    shorter = min(len(one), len(two))
    before = next((n for n in range(shorter) if one[n].strip() != two[n].strip()), shorter)
    rest = shorter - before
    after = next((n for n in range(rest) if one[-1 - n].strip() != two[-1 - n].strip()), rest)
    return before, after


def _pieces(one: Sequence[str], two: Sequence[str]) -> list[Piece]:
    pieces: list[Piece] = []
    for is_same, old, new in _joined(list(_runs(one, two))):
        made = [(Op.SAME, new)] if is_same else [(Op.REMOVED, old), (Op.ADDED, new)]
        pieces += [Piece(op, "".join(run)) for op, run in made if run]
    return pieces


Run = tuple[bool, list[str], list[str]]


def _runs(one: Sequence[str], two: Sequence[str]) -> Iterator[Run]:
    """Yield runs that are the same in both and runs that differ, by turns."""
    before, after = _common_ends(one, two)
    here, there = list(one[before : len(one) - after]), list(two[before : len(two) - after])
    if before:
        yield True, list(one[:before]), list(two[:before])
    matcher = SequenceMatcher(None, [t.strip() for t in here], [t.strip() for t in there], autojunk=False)
    a = b = 0
    for found in matcher.get_matching_blocks():
        if found.a > a or found.b > b:
            yield False, here[a : found.a], there[b : found.b]
        a, b = found.a + found.size, found.b + found.size
        if found.size:
            yield True, here[found.a : a], there[found.b : b]
    if after:
        yield True, list(one[len(one) - after :]), list(two[len(two) - after :])


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Put small islands into the changes on both sides of them, where those are larger than the island."""
    made: list[Run] = []
    for n, (is_same, old, new) in enumerate(runs):
        inside = is_same and 0 < n < len(runs) - 1
        if inside and len(new) <= _ISLAND and not made[-1][0]:
            is_same = min(_size(made[-1]), _size(runs[n + 1])) <= len(new)
        if made and made[-1][0] == is_same:
            made[-1][1].extend(old)
            made[-1][2].extend(new)
        else:
            made.append((is_same, list(old), list(new)))
    return made


def _size(run: Run) -> int:
    return max(len(run[1]), len(run[2]))
