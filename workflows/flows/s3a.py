"""S3, the People's Inspection Board: whoever reported is told the result (403 Art 11(1))."""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.cases.services import settlements
from supervision.law.forms.s3a import SPEC
from workflows.engine.base import SupervisionFlow
from workflows.engine.nodes import Human, Recorded
from workflows.flows.parts.board import Boarding
from workflows.flows.parts.follow_up import Following


class InspectionFlow(Boarding, Following, SupervisionFlow):
    """Giám sát của Ban Thanh tra nhân dân"""

    spec = SPEC

    start = flow.StartHandle(this.opened).Next(this.post_programme)
    judge_settlement = Human(settlements.judge_settlement).Next(this.tell_reflectors)
    tell_reflectors = Recorded().Next(this.settled)
