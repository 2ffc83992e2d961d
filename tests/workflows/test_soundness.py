"""No flow can lose work, double it or come to a place without a way out; proved on the graph alone."""

from __future__ import annotations

import random
from typing import Any

import pytest
from viewflow import this
from viewflow.workflow import flow

from supervision.law.specs import Party
from workflows.engine.base import SupervisionFlow
from workflows.engine.nodes import Human
from workflows.engine.registry import flows_by_slug
from workflows.engine.soundness import DONE, START, Game, unsound

FLOWS = sorted(flows_by_slug().items())
WALKS, STEPS, SEED = 10_000, 50, 20261125


@pytest.mark.parametrize("branches", [1, 2, 3])
@pytest.mark.parametrize(("slug", "flow_class"), FLOWS)
def test_every_flow_is_sound(slug: str, flow_class: Any, branches: int) -> None:
    assert unsound(flow_class, branches) == []


def test_ten_thousand_walks_with_many_branches_never_strand_or_double_work() -> None:
    """Longer than the whole space can be listed: up to five agencies or recommendations at once."""
    chance = random.Random(SEED)
    games = [Game(flow_class, branches=5) for _slug, flow_class in FLOWS]
    ended = 0
    for number in range(WALKS):
        game, marking = games[number % len(games)], START
        for _step in range(STEPS):
            ways = list(game.moves(marking))
            assert ways, f"walk {number}: nobody can do anything at {marking}"
            marking = chance.choice(ways)
            assert len(set(marking)) == len(marking), f"walk {number}: the same work twice at {marking}"
            if marking == DONE:
                ended += 1
                break
    assert ended > WALKS // 20


@pytest.mark.parametrize(("slug", "flow_class"), FLOWS)
def test_every_human_step_has_a_reason_somebody_who_may_and_a_way_out(slug: str, flow_class: Any) -> None:
    for node in flow_class.instance.nodes():
        if isinstance(node, Human):
            named = node.step.party in (
                Party.HEAD,
                Party.SECRETARY,
                Party.REPRESENTATIVE,
                Party.OF_PAPER,
            )
            assert node.step.basis and (node.step.duties or named) and list(node._outgoing()), node.name


def flow_of(**nodes: Any) -> Any:
    return type("BadFlow", (SupervisionFlow,), {"__module__": __name__, **nodes})


def test_a_branch_that_forgets_its_join_is_found() -> None:
    bad = flow_of(
        start=flow.StartHandle(SupervisionFlow.opened).Next(this.both),
        both=flow.Split().Next(this.one).Next(this.two),
        one=flow.Function(lambda activation: None).Next(this.meet),
        two=flow.Function(lambda activation: None).Next(this.end),
        meet=flow.Join().Next(this.end),
        end=flow.End(),
    )
    assert any("work is left" in one for one in unsound(bad))


def test_a_step_that_leads_only_to_itself_is_found() -> None:
    bad = flow_of(
        start=flow.StartHandle(SupervisionFlow.opened).Next(this.choose),
        choose=flow.If(lambda activation: True).Then(this.again).Else(this.end),
        again=flow.Function(lambda activation: None).Next(this.again),
        end=flow.End(),
    )
    assert any("no way to the end" in one for one in unsound(bad))
