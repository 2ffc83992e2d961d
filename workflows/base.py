"""The base of every flow: one process class, a real lock, titles from the form's declaration."""

from __future__ import annotations

from typing import Any, ClassVar

from viewflow.workflow import flow, lock

from supervision.law.specs import FormSpec
from workflows.models import SupervisionProcess


class SupervisionFlow(flow.Flow):
    """A flow bound to a `FormSpec`; its module lives in `workflows.flows`."""

    spec: ClassVar[FormSpec]
    process_class = SupervisionProcess
    lock_impl = lock.SelectForUpdateLock(nowait=False)

    @classmethod
    def opened(cls, activation: Any, case: Any) -> Any:
        """Start handler: ties the new process to its case."""
        activation.process.artifact = case
        return activation.process


class SideFlow(SupervisionFlow):
    """A small flow beside the case's own, about one inquiry or recommendation of it, or about all."""

    @classmethod
    def opened(cls, activation: Any, case: Any, subject: Any = None) -> Any:
        """Start handler: the process runs beside the case's own, about `subject`."""
        activation.process.artifact = case
        activation.task.seed = subject
        return activation.process
