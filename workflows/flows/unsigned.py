"""A paper that could not be signed, settled by its signer or its drafter, beside the case's own course."""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.law.forms.unsigned import SPEC
from workflows.acts import unsigned
from workflows.engine.base import SideFlow
from workflows.engine.nodes import Human


class UnsignedFlow(SideFlow):
    """Văn bản chưa ký được"""

    spec = SPEC

    start = flow.StartHandle(this.opened).Next(this.settle_unsigned)
    settle_unsigned = Human(unsigned.settle).Next(this.end)
    end = flow.End()
