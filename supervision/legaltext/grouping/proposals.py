"""Proposals: groups of remarks that may be answered together, with the words that speak for each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from supervision.legaltext.grouping.clusters import clusters_and_parted, likeness
from supervision.legaltext.grouping.differing import Variant, are_few, differing
from supervision.legaltext.grouping.duplicates import Said, Saying, sayings
from supervision.legaltext.grouping.reading import Reading, Word
from supervision.legaltext.grouping.similarity import Vector, vectors

#: How many that were kept out are told.
_APART = 5
#: How many phrases explain a proposal, how long one is at most, and how many sayings are asked for them.
_PHRASES, _LONG, _ASKED = 6, 8, 50


class Kind(StrEnum):
    """How much the remarks of a proposal have in common."""

    NEAR_EQUAL = "near_equal"  # one text, or one with small changes
    RELATED = "related"  # other words, the same ask


@dataclass(frozen=True, slots=True)
class Apart:
    """Remarks that resemble those of a proposal and want something else; see `positions.Difference`."""

    members: tuple[str, ...]
    kind: str
    here: tuple[str, ...]
    there: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Remarks that a person may confirm as a group.

    `members` are their ids in order, `typical` the id of the one that stands for them best, `texts` how many
    different texts they are, `shared` what more than half of the texts have in common, the rarest first, as
    written. `score` (0 to 1) puts proposals in order of certainty: how like the typical one the others are.
    `apart` are the nearest of the remarks that were kept out for wanting something else, `differing` the
    members that are the same as another but for a few words, with those words.
    """

    kind: Kind
    members: tuple[str, ...]
    typical: str
    texts: int
    shared: tuple[str, ...]
    score: float
    apart: tuple[Apart, ...] = ()
    differing: tuple[Variant, ...] = ()


def propose(remarks: Iterable[Said]) -> list[Proposal]:
    """Return groups of remarks on one draft that seem to ask for the same thing, the largest first.

    No remark is in two groups. The order of the remarks does not matter. Raises ValueError for an id that
    comes twice.
    """
    given = list(remarks)
    if len({remark.id for remark in given}) < len(given):
        raise ValueError("an id comes twice")
    found = sayings(given)
    weighed = vectors([saying.reading for saying in found])
    used = Counter(key for saying in found for key in {word.plain for word in saying.reading.words})
    joined, parted = clusters_and_parted(found, weighed)
    beside: dict[int, list[int]] = defaultdict(list)
    for one, other in parted:
        beside[one].append(other)
        beside[other].append(one)
    made = [
        replace(_proposal(found, weighed, used, places), apart=tuple(_apart(found, places, beside)))
        for places in joined
    ]
    return sorted(
        (proposal for proposal in made if len(proposal.members) > 1),
        key=lambda proposal: (-len(proposal.members), proposal.members),
    )


def _proposal(found: list[Saying], weighed: list[Vector], used: Counter[str], places: list[int]) -> Proposal:
    group = [found[place] for place in places]
    typical = group[0]
    if len(group) == 1:
        kind, score = Kind.NEAR_EQUAL, typical.likeness
    else:
        kind = Kind.RELATED
        alike = [likeness(found, weighed, places[0], place) for place in places[1:]]
        score = min(1.0, sum(alike) / len(alike))
    return Proposal(
        kind,
        tuple(sorted(one for saying in group for one in saying.ids)),
        min(typical.ids),
        sum(saying.texts for saying in group),
        tuple(_shared([saying.reading for saying in group[:_ASKED]], used)),
        round(score, 3),
        differing=tuple(_variants(group)),
    )


def _variants(group: list[Saying]) -> Iterator[Variant]:
    """Yield those that differ in a few words from the first of their saying, or from the typical one."""
    for saying in group:
        yield from saying.variants
        words = differing(group[0].text, saying.text) if saying is not group[0] else ()
        if are_few(words):
            yield Variant(tuple(saying.ids), words)


def _apart(found: list[Saying], places: list[int], beside: dict[int, list[int]]) -> Iterator[Apart]:
    """Yield what was kept out of a cluster, each with the first thing that it wants otherwise."""
    seen = set(places)
    for place in places:
        for other in beside.get(place, ()):
            if other in seen or len(seen) - len(places) == _APART:
                continue
            seen.add(other)
            difference = found[place].positions.differences(found[other].positions)[0]
            yield Apart(
                tuple(sorted(found[other].ids)), difference.about[0], difference.here, difference.there
            )


def _shared(readings: list[Reading], used: Counter[str]) -> list[str]:
    """Return phrases that most readings share, in the spelling of the first with diacritics."""
    counted = Counter(key for reading in readings for key in {word.plain for word in reading.words})
    common = {key for key, count in counted.items() if 2 * count > len(readings)}
    spelled = next((reading for reading in readings if reading.is_marked), readings[0])
    phrases: dict[str, int] = {}
    for run in _runs(spelled, common):
        rarest = min(used[word.plain] for word in run if not word.says_little)
        phrases.setdefault(" ".join(word.written for word in run), rarest)
    return sorted(phrases, key=lambda phrase: (phrases[phrase], -len(phrase), phrase))[:_PHRASES]


def _runs(reading: Reading, common: set[str]) -> Iterator[list[Word]]:
    """Yield stretches of common words that neither begin nor end with one that says little."""
    for clause in reading.clauses:
        run: list[Word] = []
        for word in [*clause, None]:
            if word and word.plain in common and len(run) < _LONG:
                run.append(word)
                continue
            if trimmed := _trimmed(run):
                yield trimmed
            run = [word] if word and word.plain in common else []


def _trimmed(run: list[Word]) -> list[Word]:
    telling = [at for at, word in enumerate(run) if not word.says_little]
    return run[telling[0] : telling[-1] + 1] if telling else []
