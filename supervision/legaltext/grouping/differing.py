"""The words in which remarks of one group differ: in a short remark one word may be the whole position."""

from __future__ import annotations

from dataclasses import dataclass

from supervision.language.counting import with_digits
from supervision.language.words import is_sign, words
from supervision.legaltext.grouping.reading import plain, tidy, toned
from supervision.legaltext.grouping.turning import spans

#: Asks politely, names nobody and says nothing else.
_POLITE = frozenset(
    map(plain, "đề nghị kiến xin kính mong tôi chúng em ạ nhé rằng thì là mà các những này dự thảo".split())
)
#: Characters of a remark that are compared; differences of one that are kept, and words of each side.
_COMPARED, _KEPT, _LONGEST = 20_000, 6, 20
#: More differing words than this, and the remarks are in other words altogether.
_FEW = 8

Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """Members that differ in a few words from the one they are set beside: pairs of its words and theirs."""

    members: tuple[str, ...]
    words: Words


def differing(one: str, other: str) -> Words:
    """Return the words in which two remarks differ, those of courtesy aside; nothing where none do."""
    here, there = _tokens(one), _tokens(other)
    spell = plain if _is_ascii(here) or _is_ascii(there) else toned
    found = [
        (here[old], there[new])
        for old, new in spans([spell(word) for word in here], [spell(word) for word in there])
    ]
    told = [run for run in found if not _POLITE.issuperset(plain(word) for side in run for word in side)]
    if not told and one[_COMPARED:] != other[_COMPARED:]:
        told = [(["…"], ["…"])]
    # what stands on both sides tells more than a name that was put in
    told.sort(key=lambda run: not (run[0] and run[1]))
    return tuple((_joined(old), _joined(new)) for old, new in told[:_KEPT])


def are_few(differences: Words) -> bool:
    """Whether so few words differ that the remarks are the same but for them."""
    counted = [sum(len(pair[side].split()) for pair in differences) for side in (0, 1)]
    return 0 < max(counted) <= _FEW


def _tokens(text: str) -> list[str]:
    return words(with_digits(tidy(text[:_COMPARED])))


def _is_ascii(said: list[str]) -> bool:
    return all(word.isascii() for word in said if not is_sign(word))


def _joined(said: list[str]) -> str:
    return " ".join(said[:_LONGEST]) + ("…" if len(said) > _LONGEST else "")
