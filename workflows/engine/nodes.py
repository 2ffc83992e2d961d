"""Our kinds of node: a human step, one branch per item, a wait for a signature, an exclusive choice."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from typing import Any

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.activation import Activation
from viewflow.workflow.nodes.handle import HandleActivation
from viewflow.workflow.nodes.if_gate import IfActivation
from viewflow.workflow.nodes.join import JoinActivation
from viewflow.workflow.nodes.split import SplitActivation
from viewflow.workflow.nodes.view import ViewActivation
from viewflow.workflow.token import Token

from supervision.cases.services import papers, records
from workflows.inbox import work_items

Service = Callable[..., Any]


def _carried(prev_activation: Any, seed: Any) -> Any:
    """Within a branch the inquiry or recommendation travels along; a join drops it."""
    if seed is not None or prev_activation is None or prev_activation.type == "join":
        return seed
    return prev_activation.task.seed


class HumanActivation(ViewActivation):
    @classmethod
    def create(
        cls, flow_task: Any, prev_activation: Any, token: Any, data: Any = None, seed: Any = None
    ) -> Any:
        seed = _carried(prev_activation, seed)
        activation = super().create(flow_task, prev_activation, token, data=data, seed=seed)
        work_items.open_item(activation.task, flow_task.step, flow_task.flow_class.spec.slug)
        return activation


class Human(flow.View):
    """A step that a person does: offered through WorkItem, done through `workflows.acts.act`.

    `service` is a cases service called as
    `service(actor=, case=, subject=, data=, at=)`; it may return files that it sent, for the receipt.
    """

    activation_class = HumanActivation

    def __init__(self, service: Service | None) -> None:
        super().__init__(view=None)
        self.service = service

    @property
    def step(self) -> Any:
        return self.flow_class.spec.step(self.name)

    def _ready(self) -> None:
        super()._ready()
        self.task_title = self.step.title.vi
        self.task_description = self.step.hint.vi


class Sign(Human):
    """A step in which someone other than the drafter signs the paper it names, or returns it.

    `ready(case=, document=)` raises where the paper may not be signed as things stand by now.
    """

    def __init__(self, ready: Service | None = None) -> None:
        super().__init__(service=None)
        self.ready = ready

    def _ready(self) -> None:
        super()._ready()
        self.service = papers.sign_or_return(self.step, ready=self.ready)


class Recorded(Human):
    """A step whose entries are kept as they were entered; it needs no service of its own."""

    def __init__(self) -> None:
        super().__init__(service=None)

    def _ready(self) -> None:
        super()._ready()
        self.service = records.record_step(self.step)


class ForEachActivation(SplitActivation):
    @Activation.status.super()
    def activate(self) -> None:
        self.next_tasks = [(self.flow_task._branch, item) for item in self.flow_task._items(self)]

    @Activation.status.super()
    def create_next(self) -> Iterable[Any]:
        tokens = Token.split_token_source(self.task.token, self.task.pk)
        for node, item in self.next_tasks:
            yield node._create(prev_activation=self, token=next(tokens), seed=item)


class ForEach(flow.Split):
    """One branch per item (inquiry, recommendation); the item is the seed of every task in it."""

    activation_class = ForEachActivation

    def __init__(self, items: Callable[[Any], Iterable[Any]]) -> None:
        super().__init__()
        self._items = items

    @property
    def _branch(self) -> Any:
        return self._activate_next[0][0]

    def _resolve(self, instance: Any) -> None:
        super()._resolve(instance)
        self._branch._multi_instance = True


class ChoiceActivation(IfActivation):
    @classmethod
    def create(
        cls, flow_task: Any, prev_activation: Any, token: Any, data: Any = None, seed: Any = None
    ) -> Any:
        seed = _carried(prev_activation, seed)
        return super().create(flow_task, prev_activation, token, data=data, seed=seed)


class Choice(flow.If):
    """An exclusive choice that reads the case; `cond(case, subject)` returns a bool."""

    activation_class = ChoiceActivation

    def __init__(self, cond: Callable[[Any, Any], bool]) -> None:
        super().__init__(lambda activation: cond(activation.process.artifact, activation.task.seed))


class AwaitActivation(HandleActivation):
    @classmethod
    def create(
        cls, flow_task: Any, prev_activation: Any, token: Any, data: Any = None, seed: Any = None
    ) -> Any:
        seed = _carried(prev_activation, seed)
        activation = super().create(flow_task, prev_activation, token, data=data, seed=seed)
        document = flow_task.paper(activation.process.artifact, seed)
        activation.task.external_task_id = f"document:{document.pk}"
        activation.task.save(update_fields=["external_task_id"])
        return activation


class AwaitSignature(flow.Handle):
    """Waits until the worker has signed the paper, then runs `then(case=, subject=, document=, at=)`.

    A paper taken back unsigned goes to the other branch of the choice before. Where no step follows there,
    `back(actor=, case=, subject=, reason=, at=)` closes what the paper was for.
    """

    activation_class = AwaitActivation

    def __init__(
        self, paper: Callable[[Any, Any], Any], then: Service | None = None, back: Service | None = None
    ) -> None:
        super().__init__(self._signed)
        self.paper = paper
        self.then = then
        self.back = back

    def _signed(self, activation: Any, document: Any, at: Any) -> None:
        if self.then is not None:
            self.then(
                case=activation.process.artifact, subject=activation.task.seed, document=document, at=at
            )


class Signature:
    """A paper on its way to its signature: three nodes of each flow that declares or inherits it as `sign_x`.

    `sign_x` is the step of whoever signs or returns it, `x_goes_on` leads on where it is being signed and to
    `returned` else, `await_x` waits for the worker and then runs `then` (see `AwaitSignature`, also for
    `back`). `ready` is `Sign`'s; a step with a `service` of its own names the `paper` that it is about.
    """

    def __init__(
        self,
        then: Service | None = None,
        *,
        returned: Any,
        ready: Service | None = None,
        back: Service | None = None,
        service: Service | None = None,
        paper: str = "",
    ) -> None:
        self.then, self.returned, self.ready, self.back = then, returned, ready, back
        self.service, self.paper = service, paper
        self.next: Any = None

    def Next(self, node: Any) -> Signature:
        """Return the same signature, led on to `node` once the paper is signed."""
        led = copy.copy(self)
        led.next = node
        return led

    def nodes(self, name: str) -> dict[str, Any]:
        """Return the three nodes by their names; ValueError for a name that is not `sign_x`."""
        if not name.startswith("sign_") or self.next is None:
            raise ValueError(f"{name}: a signature is named sign_x and leads somewhere")
        what = name.removeprefix("sign_")
        goes_on, wait, paper = f"{what}_goes_on", f"await_{what}", self.paper or name
        step = Human(self.service) if self.service else Sign(self.ready)
        choice = Choice(papers.is_being_signed(paper))
        return {
            name: step.Next(getattr(this, goes_on)),
            goes_on: choice.Then(getattr(this, wait)).Else(self.returned),
            wait: AwaitSignature(papers.paper(paper), self.then, self.back).Next(self.next),
        }


class PlainJoinActivation(JoinActivation):
    @classmethod
    def create(
        cls, flow_task: Any, prev_activation: Any, token: Any, data: Any = None, seed: Any = None
    ) -> Any:
        return super().create(flow_task, prev_activation, token, data=data, seed=None)


class Join(flow.Join):
    """Waits for all branches of the split before it."""

    activation_class = PlainJoinActivation
