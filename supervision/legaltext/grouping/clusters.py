"""Which sayings belong together: average linkage, so that a chain of neighbours does not join everything."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush

from supervision.legaltext.grouping.duplicates import Saying
from supervision.legaltext.grouping.positions import Positions
from supervision.legaltext.grouping.similarity import Vector, product

#: Two clusters join while their sayings are on average this alike, and none stays that resembles the most
#: typical one less.
JOINS = 0.38
#: What being on the same provision adds to the likeness of two sayings.
SAME_PROVISION = 0.1
#: How many of its features lead from a saying to others, to how many along each, and how many of those count.
_LEADS, _ALONG, _NEIGHBOURS = 24, 24, 16


@dataclass
class Cluster:
    """Sayings, by their places in the list, with sums that give the average likeness to another cluster."""

    members: list[int]
    total: Vector
    provisions: Counter[str]
    positions: Positions
    neighbours: set[int] = field(default_factory=set)

    def likeness(self, other: Cluster) -> float:
        """Return the average likeness of their sayings, 0 where some of them want opposite things."""
        if self.positions.are_opposed(other.positions):
            return 0
        few, many = sorted((self.provisions, other.provisions), key=len)
        together = sum(count * many[provision] for provision, count in few.items() if provision)
        return (product(self.total, other.total) + SAME_PROVISION * together) / (
            len(self.members) * len(other.members)
        )

    def take(self, other: Cluster) -> None:
        """Add the sayings of another cluster to this one."""
        self.members += other.members
        for feature, weight in other.total.items():
            self.total[feature] = self.total.get(feature, 0) + weight
        self.provisions += other.provisions
        self.positions.add(other.positions)


def clusters(found: list[Saying], vectors: list[Vector]) -> list[list[int]]:
    """Return the places of sayings that belong together, the most typical of each cluster first."""
    return clusters_and_parted(found, vectors)[0]


def clusters_and_parted(
    found: list[Saying], vectors: list[Vector]
) -> tuple[list[list[int]], list[tuple[int, int]]]:
    """Return the clusters, and the pairs that are alike enough to join but for wanting different things."""
    joining = _Joining(found, vectors)
    joined = joining.run()
    return [_around_the_typical(cluster, vectors, found) for cluster in joined], joining.parted


class _Joining:
    """The two closest clusters join, again and again."""

    def __init__(self, found: list[Saying], vectors: list[Vector]) -> None:
        self.alive = {
            place: Cluster([place], dict(vector), Counter([saying.provision]), saying.positions.copy())
            for place, (saying, vector) in enumerate(zip(found, vectors, strict=True))
        }
        self.next = len(found)
        self.queue: list[tuple[float, int, int]] = []
        self.parted: list[tuple[int, int]] = []
        for one, other in _neighbours(vectors):
            alike = likeness(found, vectors, one, other)
            if alike < JOINS:
                continue
            if found[one].positions.are_opposed(found[other].positions):
                self.parted.append((one, other))
            else:
                self._link(one, other, alike)

    def run(self) -> list[Cluster]:
        """Join until no two clusters are alike enough."""
        while self.queue:
            _, one, other = heappop(self.queue)
            if one in self.alive and other in self.alive:
                self._join(one, other)
        return list(self.alive.values())

    def _join(self, one: int, other: int) -> None:
        few, many = sorted(
            (self.alive.pop(one), self.alive.pop(other)), key=lambda cluster: len(cluster.total)
        )
        many.take(few)
        around = (many.neighbours | few.neighbours) - {one, other}
        for place in around:
            self.alive[place].neighbours -= {one, other}
        new = self.next
        self.next += 1
        self.alive[new] = many
        many.neighbours = set()
        for place in sorted(around):
            alike = many.likeness(self.alive[place])
            if alike >= JOINS:
                self._link(place, new, alike)

    def _link(self, one: int, other: int, alike: float) -> None:
        self.alive[one].neighbours.add(other)
        self.alive[other].neighbours.add(one)
        heappush(self.queue, (-alike, one, other))


def _neighbours(vectors: list[Vector]) -> Iterator[tuple[int, int]]:
    """Yield pairs of places that share features that tell much, each pair once, in order."""
    leads = [dict(list(vector.items())[:_LEADS]) for vector in vectors]
    places: dict[str, list[int]] = defaultdict(list)
    for place, led in enumerate(leads):
        for feature in led:
            places[feature].append(place)
    pairs = set()
    for place, led in enumerate(leads):
        likely: dict[int, float] = defaultdict(float)
        shared: Counter[int] = Counter()
        for feature, weight in led.items():
            for other in _beside(places[feature], place):
                likely[other] += weight * leads[other][feature]
                shared[other] += 1
        several = (other for other in likely if shared[other] > 1)  # one syllable in common says nothing
        closest = sorted(several, key=lambda other: (-likely[other], other))[:_NEIGHBOURS]
        pairs |= {(min(place, other), max(place, other)) for other in closest}
    yield from sorted(pairs)


def _beside(places: list[int], place: int) -> list[int]:
    """Return the others in the list; in a long list those next to the place, as in a ring."""
    if len(places) <= _ALONG + 1:
        return [other for other in places if other != place]
    at = bisect_left(places, place)
    half = _ALONG // 2
    return [places[(at + step) % len(places)] for step in range(-half, half + 1) if step]


def _around_the_typical(cluster: Cluster, vectors: list[Vector], found: list[Saying]) -> list[int]:
    """Return the typical member and those that resemble it enough, the closest first."""
    typical = min(cluster.members, key=lambda place: (-product(vectors[place], cluster.total), place))

    def closeness(place: int) -> float:
        return likeness(found, vectors, typical, place)

    others = [place for place in cluster.members if place != typical and closeness(place) >= JOINS]
    return [typical, *sorted(others, key=lambda place: (-closeness(place), place))]


def likeness(found: list[Saying], vectors: list[Vector], one: int, other: int) -> float:
    """Return how alike two sayings are, the provision they are on counted in."""
    is_same = found[one].provision and found[one].provision == found[other].provision
    return product(vectors[one], vectors[other]) + (SAME_PROVISION if is_same else 0)
