"""Is a flow sound? Its tokens are played out on the graph alone, without a database.

A marking says which nodes hold work and on whose behalf: a token is the path of splits that it
came through, as Viewflow keeps it, so that a join knows what it waits for.
"""

from __future__ import annotations

from collections.abc import Iterator

from viewflow.workflow import flow

from workflows.engine.base import SupervisionFlow
from workflows.engine.nodes import ForEach

Token = tuple[int, ...]
Marking = tuple[tuple[str, Token], ...]
START: Marking = (("start", ()),)
DONE: Marking = ()


class Game:
    """The token game of one flow; a split over items makes one to `branches` branches."""

    def __init__(self, flow_class: type[SupervisionFlow], branches: int = 2) -> None:
        self.branches = branches
        self.nodes = {node.name: node for node in flow_class.instance.nodes()}
        self.after = {name: [e.dst.name for e in node._outgoing()] for name, node in self.nodes.items()}

    def moves(self, marking: Marking) -> Iterator[Marking]:
        """Yield every marking that one more step leads to."""
        for place in dict.fromkeys(marking):
            yield from self._from(marking, place)

    def _from(self, marking: Marking, place: tuple[str, Token]) -> Iterator[Marking]:
        (name, token), node = place, self.nodes[place[0]]
        if isinstance(node, flow.Join):
            yield from self._joined(marking, name, token)
            return
        rest = list(marking)
        rest.remove(place)
        if isinstance(node, flow.End):
            yield _marking(rest)
        elif isinstance(node, ForEach):
            for count in range(1, self.branches + 1):
                yield _marking([*rest, *((self.after[name][0], (*token, n)) for n in range(count))])
        elif isinstance(node, flow.Split):
            yield _marking([*rest, *((one, (*token, n)) for n, one in enumerate(self.after[name]))])
        else:
            for one in self.after[name]:
                yield _marking([*rest, (one, token)])

    def _joined(self, marking: Marking, name: str, token: Token) -> Iterator[Marking]:
        """A join moves on once nothing of the split before it is under way anywhere else."""
        split = token[:-1]
        of_split = [
            place for place in marking if token and place[1][: len(split)] == split and place[1] != split
        ]
        if token and any(place[0] != name for place in of_split):
            return
        rest = [place for place in marking if place not in (of_split or [(name, token)])]
        yield _marking([*rest, *((one, split) for one in self.after[name])])


def _marking(places: list[tuple[str, Token]]) -> Marking:
    return tuple(sorted(places))


def reached_from_the_start(game: Game) -> dict[Marking, set[Marking]]:
    """Return every marking that the flow comes to, with those just before it."""
    before: dict[Marking, set[Marking]] = {START: set()}
    waiting = [START]
    while waiting:
        marking = waiting.pop()
        for following in game.moves(marking):
            if following not in before:
                before[following] = set()
                waiting.append(following)
            before[following].add(marking)
    return before


def unsound(flow_class: type[SupervisionFlow], branches: int = 2) -> list[str]:
    """Return what is wrong with a flow; empty when it is sound.

    Sound: every node can hold work; from wherever work stands the end can be reached; the end is
    reached with nothing left behind; no token is ever there twice.
    """
    game = Game(flow_class, branches)
    before = reached_from_the_start(game)
    return [*_dead(game, before), *_left_behind(game, before), *_stuck(before)]


def _dead(game: Game, seen: dict[Marking, set[Marking]]) -> list[str]:
    alive = {name for marking in seen for name, _token in marking}
    return [f"{name} is never reached" for name in sorted(set(game.nodes) - alive)]


def _left_behind(game: Game, seen: dict[Marking, set[Marking]]) -> list[str]:
    ends = {name for name, node in game.nodes.items() if isinstance(node, flow.End)}
    wrong = [
        f"work is left when the end is reached: {m}" for m in seen if len(m) > 1 and ends & {n for n, _ in m}
    ]
    return wrong + [f"the same work twice: {m}" for m in seen if len(set(m)) != len(m)]


def _stuck(before: dict[Marking, set[Marking]]) -> list[str]:
    reaching, waiting = {DONE}, [DONE]
    while waiting:
        for marking in before.get(waiting.pop(), set()) - reaching:
            reaching.add(marking)
            waiting.append(marking)
    return [f"no way to the end from {marking}" for marking in before if marking not in reaching]
