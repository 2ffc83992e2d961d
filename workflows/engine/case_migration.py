"""Cases carried from one version of their flow to the next: judged first, moved in one transaction, proved.

What is proved is that the case then stands as a case of the new version may stand: the new flow
is sound, and its own course from the start comes to the same marking. From there the end is
reached, nothing is lost and nothing is doubled.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from viewflow.workflow.context import Context
from viewflow.workflow.models import Task
from viewflow.workflow.nodes.obsolete import ObsoleteActivation
from viewflow.workflow.status import PROCESS, STATUS

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from workflows.engine.nodes import AwaitSignature, ForEach, Sign
from workflows.engine.registry import flows_by_slug
from workflows.engine.soundness import Game, Marking, reached_from_the_start, unsound
from workflows.engine.versions import pin, pinned, recorded, version_of
from workflows.inbox import work_items
from workflows.models import SupervisionProcess, WorkItem

Renames = dict[str, str]
_ENDED = [STATUS.DONE, STATUS.CANCELED, STATUS.REVIVED]


class CannotMove(Exception):
    """A case that cannot be carried over; `troubles` says why, one sentence each."""

    def __init__(self, troubles: list[str]) -> None:
        super().__init__("; ".join(troubles))
        self.troubles = troubles


@dataclass
class Verdict:
    """What a move would do to one running process, and what stands in its way."""

    process: SupervisionProcess
    case: Case
    slug: str
    version: int
    newest: int
    moves: Renames = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)

    @property
    def is_behind(self) -> bool:
        return self.version != self.newest

    def __str__(self) -> str:
        state = "; ".join(self.troubles) or ", ".join(f"{a} -> {b}" for a, b in self.moves.items()) or "fits"
        return f"{self.case.code} {self.slug} {self.version} -> {self.newest}: {state}"


def running(slug: str | None = None) -> Iterator[tuple[str, SupervisionProcess]]:
    """Yield (form, process) for everything that has not ended, letters and requests included."""
    for one, flow_class in sorted(flows_by_slug().items()):
        if slug in (None, one):
            rows = SupervisionProcess.objects.filter(flow_class=flow_class, status=PROCESS.NEW)
            for process in rows.order_by("pk"):
                yield one, process


def judge(slug: str, process: SupervisionProcess, renames: Renames | None = None) -> Verdict:
    """Return whether the process can run under the flow as it is now, its steps renamed so."""
    flow_class = flows_by_slug()[slug]
    case: Any = process.artifact
    verdict = Verdict(process, case, slug, pinned(process), version_of(flow_class))
    nodes = {node.name: node for node in flow_class.instance.nodes()}
    standing = _open_tasks(process)
    for task in standing:
        name = _name(task)
        target = (renames or {}).get(name, name)
        if target not in nodes:
            verdict.troubles.append(f"work is open at {target}, which the flow no longer has")
        elif target != name:
            verdict.moves[name] = target
            verdict.troubles += _misfit(verdict, task, nodes[target])
    if not verdict.troubles:
        verdict.troubles += _unprovable(flow_class, _marking(standing, verdict.moves, nodes))
    return verdict


def _open_tasks(process: SupervisionProcess) -> list[Any]:
    return list(Task.objects.filter(process=process).exclude(status__in=_ENDED).order_by("pk"))


def _name(task: Any) -> str:
    return str(task.flow_task.name)


def _misfit(verdict: Verdict, task: Any, target: Any) -> list[str]:
    """Say why the work of one task cannot go on at `target`: only people's work changes its kind."""
    name = _name(task)
    item = WorkItem.objects.filter(task=task).first()
    if isinstance(target, AwaitSignature):
        return [] if task.flow_task_type == target.task_type else [f"{name} does not wait for a signature"]
    if item is None:
        return [f"{name} is no step of a person, so its work cannot go to {target.name}"]
    signs = isinstance(target, Sign)
    if signs != (item.document_id is not None) or (signs and item.document.kind != target.step.document):
        return [f"{name} and {target.name} do not sign the same paper"]
    return []


@dataclass(frozen=True)
class _Branch:
    split: int  # the task of the split
    number: int
    of_items: bool


_Place = tuple[str, tuple[_Branch, ...]]


def _marking(standing: list[Any], moves: Renames, nodes: dict[str, Any]) -> list[_Place]:
    """Return where the tokens stand; a join holds one for each branch that has come to it."""
    places = []
    for task in standing:
        name = moves.get(_name(task), _name(task))
        came = (
            list(task.previous.exclude(status=STATUS.CANCELED)) if task.flow_task_type == "JOIN" else [task]
        )
        places += [(name, _branches(one.token, nodes)) for one in came]
    return places


def _branches(token: Any, nodes: dict[str, Any]) -> tuple[_Branch, ...]:
    found = []
    for part in token.token.split("/")[1:]:
        split, _underscore, number = part.partition("_")
        name = _name(Task.objects.get(pk=int(split)))
        found.append(_Branch(int(split), int(number) - 1, isinstance(nodes.get(name), ForEach)))
    return tuple(found)


def _unprovable(flow_class: Any, places: list[_Place]) -> list[str]:
    """Return why the end cannot be proved to be reached from `places`; empty when it is proved.

    Branches over items do not see each other but at their join, which waits for all: what holds
    for each two of them holds for all.
    """
    if faults := _faults(flow_class):
        return [f"the flow itself is not sound: {faults[0]}"]
    for some in _two_of_each(places):
        marking = _canonical(some)
        if marking not in _possible(flow_class):
            names = ", ".join(sorted({name for name, _token in marking}))
            return [f"the flow never comes to where this case stands: {names}"]
    return []


@functools.cache
def _faults(flow_class: Any) -> list[str]:
    return unsound(flow_class)


@functools.cache
def _possible(flow_class: Any) -> set[Marking]:
    return set(reached_from_the_start(Game(flow_class)))


def _two_of_each(places: list[_Place]) -> Iterator[list[_Place]]:
    numbers: dict[int, set[int]] = {}
    for _name, path in places:
        for one in path:
            if one.of_items:
                numbers.setdefault(one.split, set()).add(one.number)
    many = next((split for split, found in numbers.items() if len(found) > 2), None)
    if many is None:
        yield places
        return
    for pair in itertools.combinations(sorted(numbers[many]), 2):
        kept = [p for p in places if all(one.split != many or one.number in pair for one in p[1])]
        yield from _two_of_each(kept)


def _canonical(places: list[_Place]) -> Marking:
    """Number the branches over items from nought, as the token game does."""
    ranks: dict[int, list[int]] = {}
    for one in sorted({one for _name, path in places for one in path}, key=lambda one: one.number):
        ranks.setdefault(one.split, []).append(one.number)
    return tuple(
        sorted(
            (
                name,
                tuple(ranks[one.split].index(one.number) if one.of_items else one.number for one in path),
            )
            for name, path in places
        )
    )


def move(slug: str, process: SupervisionProcess, renames: Renames, *, at: dt.datetime) -> Verdict:
    """Carry one process over, in one transaction with its lock held, and prove how it stands after.

    Raises CannotMove, having changed nothing, when it does not fit or cannot be proved.
    """
    flow_class = flows_by_slug()[slug]
    with transaction.atomic(), flow_class.unpinned_lock(process.pk):
        process = SupervisionProcess.objects.get(pk=process.pk)
        verdict = judge(slug, process, renames)
        if verdict.troubles:
            raise CannotMove(verdict.troubles)
        pin(process, verdict.newest)
        process.save(update_fields=["data"])
        with Context(at=at):
            for task in _open_tasks(process):
                if _name(task) in verdict.moves:
                    _carry(verdict, task, flow_class.instance.node(verdict.moves[_name(task)]), at)
        _prove(slug, SupervisionProcess.objects.get(pk=process.pk))
        audit.record(
            action="flow.moved",
            actor=None,
            obj=verdict.case,
            thread=verdict.case,
            at=at,
            data={"form": slug, "from": verdict.version, "to": verdict.newest, "steps": verdict.moves},
        )
    return verdict


def _prove(slug: str, process: SupervisionProcess) -> None:
    """Raise CannotMove unless the marking is possible and tasks and inbox name the same work."""
    troubles = judge(slug, process).troubles
    tasks = {task.pk: _name(task) for task in _open_tasks(process) if task.flow_task_type == "HUMAN"}
    items = dict(WorkItem.objects.filter(process=process, finished_at=None).values_list("task", "step"))
    if tasks != items:
        troubles.append("tasks and inbox disagree")
    if troubles:
        raise CannotMove(troubles)


def _carry(verdict: Verdict, task: Any, node: Any, at: dt.datetime) -> None:
    """Rename a step that is new under its name; work of a removed one goes on at another of the flow."""
    old = _name(task)
    before = recorded().get(verdict.slug, [])[: verdict.version]
    if not before or node.name not in before[-1]:
        Task.objects.filter(pk=task.pk).update(flow_task=node, flow_task_type=node.task_type)
        for item in WorkItem.objects.filter(process=verdict.process, step=old):
            work_items.rename(item, node.step, on=timezone.localdate(at))
        return
    item = WorkItem.objects.select_related("deadline").get(task=task)
    work_items.drop_own_clock(item, at)
    work_items.close_item(item, outcome=WorkItem.Outcome.CANCELLED, by=None, at=at)
    task.status, task.finished = STATUS.DONE, at
    task.save(update_fields=["status", "finished"])
    left = ObsoleteActivation(task)
    left._activate_next({node._create(left, task.token)})
