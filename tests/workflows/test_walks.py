"""Random walks through every form: whoever does whatever may be done, and tries what may not.

Every form that can be opened is walked as it is declared; a new one needs no change here. After
each act tables and tasks agree, and what is refused is refused in plain words. Walks begin at
the opening of a case or well within it. `make test-all` takes 48 walks, `make prove` 300;
`WALKS=10000 WALKS_STEPS=50` takes more and longer ones, `WALKS_SEED=7` others, `WALKS_SHRINK=1` looks
for the shortest that fails (minutes).
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from supervision.demo import world
from tests import one_line
from tests.conftest import point_to
from tests.workflows import agreement
from tests.workflows.walker import BEGINS, Walk
from workflows.engine.case_migration import judge, running
from workflows.engine.registry import flows_by_slug

WALKS = int(os.environ.get("WALKS", "48"))
SEED = int(os.environ.get("WALKS_SEED", "403"))
SHRINK = bool(os.environ.get("WALKS_SHRINK"))
STEPS = int(os.environ.get("WALKS_STEPS", "10"))
FORMS = sorted(slug for slug, flow_class in flows_by_slug().items() if flow_class.spec.opening)
#: How many acts of the straight kind were done before the walks begin.
HEAD_STARTS = (0, 15, 35, 60)
CORNERS = [(form, acts) for form in FORMS for acts in HEAD_STARTS]
#: In the quick tier each form is walked from one of its beginnings, another one than its neighbour's.
QUICK = {(form, HEAD_STARTS[number % len(HEAD_STARTS)]) for number, form in enumerate(FORMS)}
KINDS = ("work",) * 8 + ("worker",) * 4 + ("steer",) * 2 + ("overreach", "hand_over")


class Walks(RuleBasedStateMachine):
    """Acts of all kinds in any order; whatever a walk does is undone when it ends."""

    def __init__(self, walk: Walk) -> None:
        super().__init__()
        self.walk = walk.copied()
        self.undo = transaction.atomic()
        self.undo.__enter__()

    @rule(kind=st.sampled_from(KINDS), die=st.integers(0, 2**32 - 1))
    def somebody_acts(self, kind: str, die: int) -> None:
        self.walk.step(kind, random.Random(die))

    @invariant()
    def tables_and_tasks_agree(self) -> None:
        agreement.check()

    def teardown(self) -> None:
        """Where the walk ended, the tokens in the database stand as they may stand on the graph."""
        try:
            assert [str(one) for slug, process in running() if (one := judge(slug, process)).troubles] == []
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)


@pytest.fixture(scope="module")
def peopled(prepared: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database of its own with the people of the demonstration."""
    with django_db_blocker.unblock():
        name = prepared.copy()
        before = point_to(name)
        world.build(at=BEGINS)
        yield
        point_to(before)
        prepared.drop(name)


@pytest.fixture
def walk(peopled: None, django_db_blocker: Any) -> Iterator[Callable[[str, int], Walk]]:
    """`walk(form, acts)` opens a case and does so many acts of its ordinary course; undone in the end."""

    def begun(form: str, acts: int) -> Walk:
        walk, die = Walk(form), random.Random(f"{form} {acts}")
        walk.open(die)
        for _act in range(acts):
            walk.step("work", die)
            walk.worker(die)
            if walk.has_ended():
                break
        agreement.check()
        assert one_line.broken() == [], "a line that somebody typed in two is kept as one"
        return walk

    with django_db_blocker.unblock(), transaction.atomic():
        yield begun
        transaction.set_rollback(True)


@pytest.mark.xdist_group("walks")  # their world is built once, not by each worker
@pytest.mark.parametrize(
    ("form", "acts"),
    [pytest.param(*one, marks=pytest.mark.tier("test" if one in QUICK else "all")) for one in CORNERS],
)
def test_walks(walk: Callable[[str, int], Walk], form: str, acts: int) -> None:
    begun = walk(form, acts)
    run_state_machine_as_test(
        hypothesis.seed(SEED)(lambda: Walks(begun)),
        settings=hypothesis.settings(
            max_examples=-(-WALKS // len(CORNERS)),
            stateful_step_count=STEPS,
            database=None,
            phases=[Phase.generate, Phase.shrink] if SHRINK else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
