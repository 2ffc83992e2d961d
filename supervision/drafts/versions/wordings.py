"""A wording and a provision, sentence by sentence: whether the one stands in the other, what is around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from supervision.language.counting import with_digits
from supervision.language.folding import nfc
from supervision.language.words import is_sign, with_signs, words
from supervision.legaltext.alignment.texts import pairs
from supervision.legaltext.grouping.turning import DENY, TURNS, Run, choose_otherwise, runs, turning

_SENTENCE_END = re.compile(r"[.;:!?](?!\d)|\n")
#: What a line begins with and nobody means as words: "> ", "a)", "Điều 5", "2".
_LETTER = re.compile(r"^\W*[a-zđ]\)\s*")
_ONLY_NUMBER = re.compile(r"^(?:(?:điều|khoản) )?\d+[a-zđ]?$|^[a-zđ]$")
#: Say nothing: with or without them a sentence is the same.
_EMPTY = frozenset(("các", "những", "thì", "là", "mà", "việc", "rằng"))
#: Deny the words right after them; `_REACH` words on they still may.
NOT = frozenset(("không", "chưa", "chẳng", "đừng", "chớ", "cấm", "trừ", "miễn"))
_REACH = 4
#: A sentence with fewer words than this may stand in a text by chance.
_FEWEST = 4


@dataclass(frozen=True)
class Sentence:
    """Words without those that say nothing, and the sign that ends them."""

    words: tuple[str, ...]
    end: str = ""


class Text:
    """The words of a text, its sentences, and the pairs of words that it denies or says plainly."""

    def __init__(self, text: str) -> None:
        counted = with_signs(with_digits(nfc(text)))
        self.words = words(counted)
        self.sentences = tuple(_sentences(counted))
        self.denied: set[str] = set()
        self.plain: set[str] = set()
        self.near_denied: set[str] = set()  # a denial stands within reach
        for sentence in _SENTENCE_END.split(counted):
            said = words(sentence)
            for at, (one, two) in enumerate(pairwise(said)):
                if one not in NOT:
                    before = said[max(0, at - _REACH) : at]
                    (self.denied if NOT & {*before[-1:]} else self.plain).add(f"{one} {two}")
                    if NOT & {*before}:
                        self.near_denied.add(f"{one} {two}")

    @cached_property
    def pairs(self) -> set[str]:
        """The pairs of neighbouring words."""
        return set(pairs(self.words))

    def is_reversed_in(self, other: Text) -> bool:
        """Whether words of this text are in another, denied in the one and not in the other."""
        return bool((self.denied & other.plain) - other.denied or (self.plain & other.denied) - other.plain)

    def may_be_reversed_in(self, other: Text) -> bool:
        """Whether a denial that is in one of both may reach over words that both have."""
        both = self.pairs & other.pairs
        return bool(both & (self.near_denied ^ other.near_denied))

    def place_in(self, other: Text) -> int | None:
        """Return from which sentence on this text stands in another, None where it does not."""
        wanted = [one.words for one in self.sentences]
        there = [one.words for one in other.sentences]
        starts = range(len(there) - len(wanted) + 1) if wanted else ()
        return next((at for at in starts if there[at : at + len(wanted)] == wanted), None)

    def around_in(self, other: Text, at: int, known: Text) -> list[Run]:
        """Return what is new beside this text in another and may turn it round, `at` as `place_in` has it.

        `known` is what the provision said before: who proposed a wording knew that.
        """
        end = at + len(self.sentences)
        knew = {one.words for one in known.sentences}
        found: list[Run] = []
        for n, sentence in enumerate(other.sentences):
            is_lead = n == at - 1 and sentence.end == ":"
            is_rest = n == end and other.sentences[n - 1].end == ":"
            is_new = not at <= n < end and sentence.words not in knew
            if is_new and (is_lead or is_rest or DENY & {*sentence.words}):
                found.append(((), sentence.words))
        return found

    def differences(self, other: Text) -> list[Run]:
        """Return what differs between this text and those sentences of another that have words of it."""
        beside: list[str] = []
        for sentence in other.sentences:
            if self.pairs & {*pairs(sentence.words)}:
                beside += sentence.words
        return runs([word for one in self.sentences for word in one.words], beside)

    def wholly_in(self, other: Text, known: Text) -> list[str]:
        """Return the sentences of this text that another has, and that `known` had not."""
        there, knew = ({one.words for one in text.sentences} for text in (other, known))
        return [
            " ".join(one.words)
            for one in self.sentences
            if len(one.words) >= _FEWEST and one.words in there and one.words not in knew
        ]


def may_turn(differing: Sequence[Run]) -> bool:
    """Whether words that differ can turn one wording into the contrary of the other."""
    return any(
        bool(TURNS & {*here}) != bool(TURNS & {*there})
        or {*filter(is_sign, here)} != {*filter(is_sign, there)}
        or choose_otherwise(here, there)
        for here, there in differing
    )


def grants(wish: Text, text: Text, come: set[str]) -> bool:
    """Whether the sentences of both that have the pairs `come` turn the same way and choose the same."""
    said = [one.words for one in wish.sentences if come & {*pairs(one.words)}]
    issued = [one.words for one in text.sentences if come & {*pairs(one.words)}]
    asked, given = ([word for words in found for word in words] for found in (said, issued))
    return turning(asked) == turning(given) and not choose_otherwise(asked, given)


def _sentences(text: str) -> Iterator[Sentence]:
    start = 0
    for found in [*_SENTENCE_END.finditer(text), None]:
        part = text[start : found.start() if found else len(text)]
        said = words(_LETTER.sub("", part))
        if said and not _ONLY_NUMBER.match(" ".join(said)):
            telling = [word for word in said if word not in _EMPTY] or said
            end = found[0] if found else ""
            yield Sentence((*telling, *(end if end == "?" else "")), end)
        start = found.end() if found else start
