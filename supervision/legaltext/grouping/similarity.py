"""How like two sayings are: the words and word pairs in common, each worth the more the fewer use it."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise

from supervision.legaltext.grouping.reading import Reading, Word, restored

Vector = dict[str, float]

#: What a word is worth, what two neighbours add to their words, and two of which one says little.
_WORD, _PAIR, _LOOSE_PAIR = 1.0, 0.4, 0.2
#: The features that a vector keeps, the heaviest.
_KEPT = 120


def features(reading: Reading) -> Vector:
    """Return the words and neighbours that say something, with what each is worth by its kind."""
    found: Vector = {}
    for clause in reading.clauses:
        telling = [word for word in clause if not word.says_little]
        found |= {word.exact: _WORD for word in telling}
        for one, two in [*pairwise(telling), *pairwise(clause)]:
            if worth := _worth(one, two):
                found[f"{one.plain} {two.plain}"] = worth
    return found


def vectors(readings: list[Reading]) -> list[Vector]:
    """Return for each saying its features that another one shares, by rarity; no vector is longer than 1."""
    found = [features(reading) for reading in restored(readings)]
    used = Counter(feature for one in found for feature in one)
    return [_weighed(one, used, len(found)) for one in found]


def product(one: Vector, other: Vector) -> float:
    """Return the likeness of two vectors, or of sums of them."""
    if len(one) > len(other):
        one, other = other, one
    return math.fsum(weight * other[feature] for feature, weight in one.items() if feature in other)


def _worth(one: Word, two: Word) -> float:
    if one.says_little and two.says_little:
        return 0
    return _LOOSE_PAIR if one.says_little or two.says_little else _PAIR


def _weighed(found: Vector, used: Counter[str], total: int) -> Vector:
    weights = {feature: worth * math.log(1 + total / (1 + used[feature])) for feature, worth in found.items()}
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
    shared = sorted((-weight, feature) for feature, weight in weights.items() if used[feature] > 1)
    return {feature: -weight / length for weight, feature in shared[:_KEPT]}
