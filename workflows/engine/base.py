"""The base of every flow: one process class, a real lock, titles from the form's declaration."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from viewflow.workflow import flow, lock

from supervision.law.specs import FormSpec
from workflows.engine.nodes import Signature
from workflows.engine.versions import pin, require_pinned, version_of
from workflows.models import SupervisionProcess


class SupervisionFlow(flow.Flow):
    """A flow bound to a `FormSpec`; its module lives in `workflows.flows`."""

    spec: ClassVar[FormSpec]
    process_class = SupervisionProcess
    lock_impl = lock.SelectForUpdateLock(nowait=False)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Give the flow the nodes of each signature that it declares or inherits."""
        signatures = {
            name: one
            for base in reversed(cls.__mro__)
            for name, one in vars(base).items()
            if isinstance(one, Signature)
        }
        for name, one in signatures.items():
            for node_name, node in one.nodes(name).items():
                setattr(cls, node_name, node)
        super().__init_subclass__(**kwargs)

    @classmethod
    @contextmanager
    def lock(cls, process_pk: int) -> Iterator[None]:
        """Hold a process; WrongState when it stands under another version than the one that runs."""
        with cls.unpinned_lock(process_pk):
            require_pinned(cls, process_pk)
            yield

    @classmethod
    def unpinned_lock(cls, process_pk: int) -> Any:
        """Hold a process of whatever version, to move it to this one."""
        return super().lock(process_pk)

    @classmethod
    def opened(cls, activation: Any, case: Any) -> Any:
        """Start handler: ties the new process to its case, and to the flow as it is now."""
        activation.process.artifact = case
        pin(activation.process, version_of(cls))
        return activation.process


class SideFlow(SupervisionFlow):
    """A small flow beside the case's own, about one inquiry or recommendation of it, or about all."""

    @classmethod
    def opened(cls, activation: Any, case: Any, subject: Any = None) -> Any:
        """Start handler: the process runs beside the case's own, about `subject`."""
        activation.task.seed = subject
        return super().opened(activation, case)
