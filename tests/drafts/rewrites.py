"""A second version of a text, made by rules, with the truth of where everything went."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from supervision.legaltext.alignment import Change
from supervision.legaltext.alignment.units import units
from supervision.legaltext.outline import Kind, Node, Outline
from supervision.legaltext.outline.tree import give_ids

_LETTERS = "abcdđeghiklmnopqrstuvxy"
_LONG = 14  # words of a provision that may be split
_NOT_EDITED = (Kind.APPENDIX, Kind.FORM)  # paragraphs of theirs may be rows


@dataclass(frozen=True)
class Rates:
    """How often each thing happens, as a share of what it may happen to; `strength` is of a text's words."""

    edited: float = 0.4
    strength: float = 0.4
    moved_within: float = 0.03
    moved_between: float = 0.03
    articles_moved: float = 0.04
    split: float = 0.03
    split_into_points: float = 0.03
    merged: float = 0.03
    inserted: float = 0.05
    articles_inserted: float = 0.04
    dropped: float = 0.05
    articles_dropped: float = 0.03


@dataclass(frozen=True)
class Truth:
    """One row of the answer: `done` names what was done, for figures by operation."""

    change: Change
    old: tuple[str, ...]
    new: tuple[str, ...]
    done: str


@dataclass
class Rewrite:
    """The second version and the truth, which names every unit of both versions once."""

    new: Outline
    truth: list[Truth]


def rewrite(old: Outline, other: Outline, seed: int, rates: Rates | None = None) -> Rewrite:
    """Return a rewrite of `old`; what is new in it is taken from `other`."""
    return _Rewriting(old, other, Random(seed), rates or Rates()).made()


class _Rewriting:
    def __init__(self, old: Outline, other: Outline, rng: Random, rates: Rates) -> None:
        self.old, self.new, self.other = old, deepcopy(old), other
        self.rng, self.rates = rng, rates
        self.words = [word for node in old.walk() for text in node.text for word in text.split()]
        #: From each node of the new version to the old ids that it came from, and what was done to it.
        self.origins = {id(node): [node.id] for node in self.new.walk()}
        self.done = {id(node): "kept" for node in self.new.walk()}
        self.kept: list[Node] = []  # nodes taken out, so that no id() is used twice

    def made(self) -> Rewrite:
        articles = [node for node in self.new.walk() if node.kind is Kind.ARTICLE]
        self._each(self._leaves(), self.rates.split, self._split)
        self._each(self._leaves(Kind.CLAUSE), self.rates.split_into_points, self._split_into_points)
        self._each(self._leaves(), self.rates.merged, self._merge)
        self._each(self._provisions(), self.rates.dropped, self._drop)
        self._each(articles, self.rates.articles_dropped, self._drop)
        self._each(self._provisions(), self.rates.moved_within, self._move_within)
        self._each(self._provisions(), self.rates.moved_between, self._move_between)
        self._each(self._articles(), self.rates.articles_moved, self._move_article)
        self._each(self._provisions(), self.rates.inserted, self._insert)
        self._each(self._articles(), self.rates.articles_inserted, self._insert_article)
        ours = [node for node in self.new.walk() if id(node) in self.origins and node.kind not in _NOT_EDITED]
        self._each(ours, self.rates.edited, self._edit)
        self._renumber()
        return Rewrite(self.new, self._truth())

    # -- choosing ------------------------------------------------------------------------

    def _each(self, nodes: Sequence[Node], rate: float, act: Callable[[Node], None]) -> None:
        for node in nodes:
            if self.rng.random() < rate and any(node is one for one in self.new.walk()):
                act(node)

    def _articles(self) -> list[Node]:
        return [node for node in self.new.walk() if node.kind is Kind.ARTICLE]

    def _provisions(self) -> list[Node]:
        return [node for node in self.new.walk() if node.kind in (Kind.CLAUSE, Kind.POINT)]

    def _leaves(self, *kinds: Kind) -> list[Node]:
        """Clauses and points with nothing in them to which nothing was done yet."""
        found = [node for node in self._provisions() if not node.children and self.done[id(node)] == "kept"]
        return [node for node in found if not kinds or node.kind in kinds]

    def _parent(self, node: Node) -> list[Node]:
        return next(one.children for one in self._holders() if any(node is child for child in one.children))

    def _holders(self) -> Iterator[Node]:
        yield Node(Kind.PART, children=self.new.nodes)
        yield from self.new.walk()

    # -- operations ----------------------------------------------------------------------

    def _split(self, node: Node) -> None:
        parts = self._parts(" ".join(node.text), 2)
        if not parts:
            return
        node.text = [parts[0]]
        second = self._like(node, parts[1], "split")
        _put_after(self._parent(node), node, second)

    def _split_into_points(self, node: Node) -> None:
        parts = self._parts(" ".join(node.text), self.rng.randint(3, 4))
        if parts:
            node.text = [parts[0] + ":"]
            node.children = [self._like(node, part, "split into points", Kind.POINT) for part in parts[1:]]

    def _parts(self, text: str, count: int) -> list[str]:
        """Return `text` cut into about equal parts, preferably at a comma or semicolon; [] if too short."""
        words = text.split()
        if len(words) < _LONG or len(words) < 6 * count:
            return []
        cuts = [0]
        for n in range(1, count):
            wanted = len(words) * n // count
            near = [
                at for at in range(max(wanted - 3, cuts[-1] + 4), wanted + 4) if words[at - 1][-1] in ",;"
            ]
            cuts.append(near[0] if near else wanted)
        return [" ".join(words[start:end]) for start, end in pairwise([*cuts, len(words)])]

    def _like(self, node: Node, text: str, done: str, kind: Kind | None = None) -> Node:
        made = Node(kind or node.kind, text=[text])
        self.origins[id(made)] = self.origins[id(node)]
        self.done[id(made)] = self.done[id(node)] = done
        return made

    def _merge(self, node: Node) -> None:
        siblings = self._parent(node)
        at = _index(siblings, node)
        following = siblings[at + 1 : at + 2]
        if not following or following[0].kind is not node.kind or self.done[id(following[0])] != "kept":
            return
        second = following[0]
        if second.children or not node.text or not second.text:
            return
        node.text = [f"{' '.join(node.text).rstrip('.;')}; {' '.join(second.text)}"]
        self.origins[id(node)] = self.origins[id(node)] + self.origins[id(second)]
        self.done[id(node)] = "merge"
        self._take_out(second)

    def _drop(self, node: Node) -> None:
        if len(self._parent(node)) > 1:
            self._take_out(node)

    def _take_out(self, node: Node) -> None:
        siblings = self._parent(node)
        del siblings[_index(siblings, node)]
        self.kept.append(node)

    def _move_within(self, node: Node) -> None:
        siblings = self._parent(node)
        if len(siblings) > 2:
            self._take_out(node)
            siblings.insert(self.rng.randrange(len(siblings) + 1), node)
            self._mark(node, "move within article")

    def _move_between(self, node: Node) -> None:
        wanted = Kind.ARTICLE if node.kind is Kind.CLAUSE else Kind.CLAUSE
        places = [one.children for one in self.new.walk() if one.kind is wanted and one.children]
        siblings = self._parent(node)
        places = [one for one in places if one is not siblings and one[0].kind is node.kind]
        if len(siblings) > 1 and places:
            self._take_out(node)
            self._put(self.rng.choice(places), node)
            self._mark(node, "move between articles")

    def _move_article(self, node: Node) -> None:
        places = [
            one.children for one in self.new.walk() if one.children and one.children[0].kind is Kind.ARTICLE
        ]
        siblings = self._parent(node)
        places = [one for one in places if one is not siblings] or [siblings]
        if len(siblings) > 1:
            self._take_out(node)
            self._put(self.rng.choice(places), node)
            self._mark(node, "move article")

    def _mark(self, node: Node, done: str) -> None:
        for one in node.walk():
            if self.done[id(one)] == "kept":
                self.done[id(one)] = done

    def _put(self, siblings: list[Node], node: Node) -> None:
        siblings.insert(self.rng.randrange(len(siblings) + 1), node)

    def _insert(self, node: Node) -> None:
        choice = [one for one in self.other.walk() if one.kind in (Kind.CLAUSE, Kind.POINT) and one.text]
        made = Node(node.kind, text=list(self.rng.choice(choice).text))
        self._put(self._parent(node), made)
        self.done[id(made)] = "insert"

    def _insert_article(self, node: Node) -> None:
        made = deepcopy(self.rng.choice([one for one in self.other.walk() if one.kind is Kind.ARTICLE]))
        self._put(self._parent(node), made)
        for one in made.walk():
            self.done[id(one)] = "insert article"

    def _edit(self, node: Node) -> None:
        strength = self.rng.uniform(0.05, self.rates.strength)
        was = (node.title, list(node.text))
        node.title = self._edited(node.title, strength, upper=node.title.isupper())
        node.text = [self._edited(text, strength) for text in node.text]
        if (node.title, node.text) != was and self.done[id(node)] == "kept":
            self.done[id(node)] = "edit"

    def _edited(self, text: str, strength: float, upper: bool = False) -> str:
        words = text.split()
        if len(words) < 3:
            return text
        for _ in range(max(1, round(len(words) * strength))):
            at, way = self.rng.randrange(len(words)), self.rng.random()
            drawn = self.rng.choice(self.words)
            taken = [] if way < 0.3 else [drawn.upper() if upper else drawn]
            words[at : at if way > 0.7 else at + 1] = taken
        return " ".join(words)

    # -- the end -------------------------------------------------------------------------

    def _renumber(self) -> None:
        attached = [node for node in self.new.nodes if node.kind is Kind.ATTACHMENT]
        groups = [[node for top in self.new.nodes if top not in attached for node in top.walk()]]
        for nodes in [*groups, *([*one.walk()] for one in attached)]:
            for number, node in enumerate((one for one in nodes if one.kind is Kind.ARTICLE), 1):
                node.number = str(number)
        for node in self.new.walk():
            for kind, numbers in ((Kind.CLAUSE, range(1, 999)), (Kind.POINT, _LETTERS)):
                inside = (child for child in node.children if child.kind is kind)
                for number, child in zip(numbers, inside, strict=False):
                    child.number = str(number)
        give_ids(self.new)

    def _truth(self) -> list[Truth]:
        texts = {unit.id: same_text(unit.text) for unit in units(self.old)}
        news = {unit.id: same_text(unit.text) for unit in units(self.new)}
        places: dict[tuple[str, ...], list[Node]] = {}
        rows: list[Truth] = []
        for node in self.new.walk():
            origin = tuple(self.origins.get(id(node), ()))
            if origin:
                places.setdefault(origin, []).append(node)
            else:
                rows.append(Truth(Change.NEW, (), (node.id,), self.done[id(node)]))
        for origin, nodes in places.items():
            new = tuple(node.id for node in nodes)
            rows.append(Truth(_change(origin, new, texts, news), origin, new, self.done[id(nodes[0])]))
        found = {one for row in rows for one in row.old}
        rows += [
            Truth(Change.DROPPED, (node.id,), (), "drop") for node in self.old.walk() if node.id not in found
        ]
        return rows + _row_truth(self.old, self.new, rows)


def same_text(text: str) -> str:
    """Return what two texts that say the same have in common."""
    return " ".join(text.casefold().rstrip(".;:, \n").split())


def _change(old: Sequence[str], new: Sequence[str], texts: dict[str, str], news: dict[str, str]) -> Change:
    if len(new) > 1:
        return Change.SPLIT
    if len(old) > 1:
        return Change.MERGED
    is_same, is_here = texts[old[0]] == news[new[0]], old[0] == new[0]
    if is_here:
        return Change.SAME if is_same else Change.REWORDED
    return Change.MOVED if is_same else Change.MOVED_REWORDED


def _row_truth(old: Outline, new: Outline, rows: list[Truth]) -> list[Truth]:
    """Return the truth of rows of tables, which no operation touches: each stays in its table."""
    places = {row.old[0]: row.new[0] for row in rows if row.old and row.new}
    return [
        Truth(Change.SAME if places[unit.parent] == unit.parent else Change.MOVED, (unit.id,),
              (f"{places[unit.parent]}{unit.id.removeprefix(unit.parent)}",), "kept")
        for unit in units(old) if unit.kind is None
    ]  # fmt: skip


def _put_after(siblings: list[Node], node: Node, new: Node) -> None:
    siblings.insert(_index(siblings, node) + 1, new)


def _index(siblings: list[Node], node: Node) -> int:
    return next(n for n, one in enumerate(siblings) if one is node)
