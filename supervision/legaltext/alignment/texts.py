"""How near two texts are, by words and pairs of words of which the rare ones weigh more."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from heapq import nlargest
from itertools import pairwise
from math import log

from supervision.language.folding import nfc

_WORD = re.compile(r"\d+(?:[.,/]\d+)*|\w+")
_END = " .;:,…/|"
#: A term that stands in more units than this leads to no candidate, else the search would be quadratic.
_COMMON = 40
_RAREST = 40  # terms of one unit that are looked up
_CANDIDATES = 12
_LIGHTEST = 0.1  # what a term weighs that every unit has


def key(text: str) -> str:
    """Return what two texts that say the same have in common: case, spaces and the last sign do not count."""
    return " ".join(nfc(text).casefold().split()).rstrip(_END)


def tokens(text: str) -> list[str]:
    """Return the words of a text in small letters; a number with its points is one."""
    return _WORD.findall(nfc(text).casefold())


def pairs(said: Sequence[str]) -> list[str]:
    """Return the pairs of neighbours."""
    return [f"{one} {two}" for one, two in pairwise(said)]


def terms(said: Sequence[str]) -> Counter[str]:
    """Return how often each word and each pair of neighbours comes."""
    return Counter([*said, *pairs(said)])


class Weights:
    """What each term weighs: the logarithm of how rare it is among all units of both versions."""

    def __init__(self, documents: Sequence[Mapping[str, int]]) -> None:
        units_with = Counter(term for document in documents for term in document)
        total = len(documents) + 1
        self.of = {term: log(total / count) + _LIGHTEST for term, count in units_with.items()}

    def total(self, counts: Mapping[str, int]) -> float:
        """Return the weight of all terms."""
        of = self.of
        return sum(count * of[term] for term, count in counts.items())

    def shared(self, one: Mapping[str, int], two: Mapping[str, int]) -> float:
        """Return the weight of what both have."""
        if len(two) < len(one):
            one, two = two, one
        of, total = self.of, 0.0
        for term, count in one.items():
            if other := two.get(term):
                total += (count if count < other else other) * of[term]
        return total


class Index:
    """From rare terms to the units that have them."""

    def __init__(self, documents: Mapping[int, Mapping[str, int]], weights: Weights) -> None:
        self._of = weights.of
        self._where: dict[str, list[int]] = defaultdict(list)
        for n, document in documents.items():
            for term in document:
                where = self._where[term]
                if len(where) <= _COMMON:
                    where.append(n)

    def near(self, counts: Mapping[str, int], limit: int = _CANDIDATES) -> list[int]:
        """Return the units that share most of the rarest terms, the nearest first."""
        score: dict[int, float] = defaultdict(float)
        for term in sorted(counts, key=self._of.__getitem__, reverse=True)[:_RAREST]:
            where = self._where.get(term, ())
            if len(where) <= _COMMON:
                for n in where:
                    score[n] += self._of[term]
        return nlargest(limit, score, key=lambda n: (score[n], -n))
