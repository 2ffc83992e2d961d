"""A correction or withdrawal of what is published: asked for by one person, signed by another.

One that comes back is work for whoever asked: another request about the same publication ends it.
"""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.cases.services import changes
from supervision.law.forms.change import SPEC
from workflows.engine.base import SideFlow
from workflows.engine.nodes import Human, Signature


class ChangeFlow(SideFlow):
    """Đính chính, thu hồi văn bản đã công bố"""

    spec = SPEC

    start = flow.StartHandle(this.opened).Next(this.sign_change)
    sign_change = Signature(
        changes.carry_out,
        returned=this.mend_change,
        back=changes.come_back,
        service=changes.sign_change,
        paper="any_change",
    ).Next(this.end)
    mend_change = Human(changes.give_up).Next(this.end)
    end = flow.End()
