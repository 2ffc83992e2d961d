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
