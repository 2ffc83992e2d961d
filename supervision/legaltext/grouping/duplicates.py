"""Folding: remarks that say the same thing in the same words, or in nearly the same, become one saying."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from zlib import crc32

from supervision.language.words import is_sign
from supervision.legaltext.grouping.differing import Variant, differing
from supervision.legaltext.grouping.positions import Positions, positions
from supervision.legaltext.grouping.reading import Reading, fingerprint, read
from supervision.legaltext.grouping.stance import negations

#: Two texts are nearly equal if they have this part of their word pairs in common (Jaccard).
NEAR = 0.6
#: A text is known by this many of its word pairs, and looked for under the least few of them.
_SKETCH, _LOOKED_UNDER = 128, 4
#: Under one word pair no more sayings than this are compared.
_COMPARED = 8


@dataclass(frozen=True, slots=True)
class Said:
    """A remark: its id, the provision it is on ("" for none), its text and the wording it proposes."""

    id: str
    provision: str
    text: str
    wording: str = ""

    @property
    def whole(self) -> str:
        """Text and proposed wording together."""
        return f"{self.text}\n{self.wording}" if self.wording else self.text


@dataclass
class Saying:
    """Remarks of one text or of nearly equal ones; `reading` is that of the first text."""

    reading: Reading
    text: str
    pairs: frozenset[int]
    positions: Positions
    ids: list[str] = field(default_factory=list)
    provisions: Counter[str] = field(default_factory=Counter)
    texts: int = 1
    likeness: float = 1.0  # the least likeness of a text to the first
    variants: list[Variant] = field(default_factory=list)  # the others that say something else than the first

    @property
    def provision(self) -> str:
        """The provision that most of its remarks are on; the first in order among equals."""
        return min(self.provisions, key=lambda provision: (-self.provisions[provision], provision))

    def takes(self, other: Saying) -> float:
        """Return how like the other saying is, 0 where it may not be folded into this one."""
        common = _likeness(self.pairs, other.pairs)
        if common < NEAR or negations(self.reading) != negations(other.reading):
            return 0
        return 0 if self.positions.are_opposed(other.positions) else common

    def add(self, other: Saying, likeness: float) -> None:
        """Fold the other saying into this one."""
        if words := differing(self.text, other.text):
            self.variants.append(Variant(tuple(other.ids), words))
        self.ids += other.ids
        self.provisions += other.provisions
        self.positions.add(other.positions)
        self.texts += other.texts
        self.likeness = min(self.likeness, likeness)


def sayings(remarks: Iterable[Said]) -> list[Saying]:
    """Return the remarks folded, whatever their order; those without a single word are left out."""
    found: list[Saying] = []
    index: dict[int, list[Saying]] = defaultdict(list)
    for equal in _equal(remarks):
        looked_under = sorted(equal.pairs)[:_LOOKED_UNDER]
        like = [(one.takes(equal), -number, one) for number, one in enumerate(_near(index, looked_under))]
        likeness, _, best = max(like, default=(0, 0, equal), key=lambda one: one[:2])
        if likeness:
            best.add(equal, likeness)
            continue
        found.append(equal)
        for pair in looked_under:
            if len(index[pair]) < _COMPARED:
                index[pair].append(equal)
    return found


def _equal(remarks: Iterable[Said]) -> Iterator[Saying]:
    """Yield one saying for each fingerprint, the most frequent first."""
    same: dict[str, list[Said]] = defaultdict(list)
    for remark in remarks:
        same[fingerprint(remark.whole)].append(remark)
    for _, said in sorted(same.items(), key=lambda item: (-len(item[1]), item[0])):
        text = _usual(remark.whole for remark in said)
        reading = read(text)
        if any(not is_sign(word.exact) for word in reading.words):
            ids = sorted(remark.id for remark in said)
            provisions = Counter(remark.provision for remark in said)
            yield Saying(reading, text, _pairs(reading), positions(text, reading), ids, provisions)


def _usual(texts: Iterable[str]) -> str:
    counted = Counter(texts)
    return min(counted, key=lambda text: (-counted[text], text))


def _pairs(reading: Reading) -> frozenset[int]:
    keys = [word.plain for word in reading.words]
    hashes = {crc32(f"{one} {two}".encode()) for one, two in pairwise(["", *keys, ""])}
    return frozenset(sorted(hashes)[:_SKETCH])


def _likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """Return what part two texts have in common: exact, for long ones an estimate."""
    union = sorted(one | other)[:_SKETCH]
    return sum(pair in one and pair in other for pair in union) / len(union)


def _near(index: dict[int, list[Saying]], looked_under: list[int]) -> list[Saying]:
    return list({id(one): one for pair in looked_under for one in index.get(pair, ())}.values())
