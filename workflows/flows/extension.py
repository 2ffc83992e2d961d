"""A request for more time: one decision, beside the case's own course."""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.cases.services import extensions
from supervision.law.forms.extension import SPEC
from workflows.engine.base import SideFlow
from workflows.engine.nodes import Human


class ExtensionFlow(SideFlow):
    """Đề nghị gia hạn"""

    spec = SPEC

    start = flow.StartHandle(this.opened).Next(this.decide_extension)
    decide_extension = Human(extensions.decide_extension).Next(this.end)
    end = flow.End()
