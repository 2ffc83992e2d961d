"""Leading a branch of a flow on, or back, without its step being done (ADR 0016)."""

from __future__ import annotations

from typing import Any

from supervision.organizations.actors import Actor


def leave_branch(task: Any, actor: Actor, to: Any) -> None:
    """End the task and hand its token to the node `to`: an outcome, not a cancellation."""
    activation = task.flow_task.activation_class(task)
    activation.assign(actor.user)
    activation.start(None)
    activation.complete()
    activation._activate_next({to._create(activation, task.token)})


def lead_back(task: Any, to: Any) -> None:
    """Cancel a waiting task and hand its token back to the node `to`, which opens anew."""
    activation = task.flow_task.activation_class(task)
    activation.cancel()
    activation._activate_next({to._create(activation, task.token)})
