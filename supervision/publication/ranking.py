"""The order of what was found: the number, marks as typed, where the words stand, the newest."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from supervision.publication import tokens
from supervision.publication.candidates import Row

#: What a word is worth where it stands best. The body of the text is worth 1; see the vector's A to D.
WRITTEN_IN_TITLE, IN_TITLE, IN_NAMES, IN_TEXT = 8, 6, 4, 1
#: All words in the title side by side, as typed.
TOGETHER = 4


@dataclass(frozen=True)
class Typed:
    """What was typed: folded words, the same with marks, the number it may be."""

    folded: tuple[str, ...]
    written: tuple[str, ...]
    number_key: str

    @classmethod
    def of(cls, text: str, number_key: str) -> Typed:
        """Read `text` without its quotation marks."""
        return cls(tuple(tokens.words(text).split()), tuple(tokens.written(text).split()), number_key)


def order(row: Row, typed: Typed, exact: Set[int]) -> tuple[bool, bool, float]:
    """Return what to sort by, smallest first; `exact` are the rows with all words as typed."""
    return row.number_key != typed.number_key, row.id not in exact, -_weight(row, typed)


def _weight(row: Row, typed: Typed) -> float:
    """Return the worth of the words, on average, from 1 to 12."""
    if not typed.folded:
        return 0
    title, written, names = (f" {text} " for text in (row.title_words, row.title_written, row.name_words))
    same = typed.written if len(typed.written) == len(typed.folded) else typed.folded
    worth = 0
    for folded, as_typed in zip(typed.folded, same, strict=True):
        if f" {as_typed} " in written:
            worth += WRITTEN_IN_TITLE
        elif f" {folded} " in title:
            worth += IN_TITLE
        else:
            worth += IN_NAMES if f" {folded} " in names else IN_TEXT
    return worth / len(typed.folded) + TOGETHER * (f" {' '.join(same)} " in written)
