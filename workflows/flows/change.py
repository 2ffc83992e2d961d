"""A correction or withdrawal of what is published: asked for by one person, signed by another.

One that comes back is work for whoever asked: another request about the same publication ends it.
"""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.cases.services import changes, papers
from supervision.law.forms.change import SPEC
from workflows.engine.base import SideFlow
from workflows.engine.nodes import AwaitSignature, Choice, Human


class ChangeFlow(SideFlow):
    """Đính chính, thu hồi văn bản đã công bố"""

    spec = SPEC

    start = flow.StartHandle(this.opened).Next(this.sign_change)
    sign_change = Human(changes.sign_change).Next(this.change_goes_on)
    change_goes_on = (
        Choice(papers.is_being_signed("any_change")).Then(this.await_change).Else(this.mend_change)
    )
    await_change = AwaitSignature(
        papers.paper("any_change"), then=changes.carry_out, back=changes.come_back
    ).Next(this.end)
    mend_change = Human(changes.give_up).Next(this.end)
    end = flow.End()
