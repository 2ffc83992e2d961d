"""S4, joining a competent body's supervision: representative, report, own recommendations (403 Art 12-13)."""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.cases.services import representation
from supervision.law.forms.s4 import SPEC
from workflows.engine.base import SupervisionFlow
from workflows.engine.nodes import Choice, Human, Recorded, Signature
from workflows.flows.parts.follow_up import Following


class RepresentationFlow(Following, SupervisionFlow):
    """Tham gia giám sát với cơ quan có thẩm quyền"""

    spec = SPEC

    start = flow.StartHandle(this.opened).Next(this.draft_appointment)
    draft_appointment = Human(representation.draft_appointment).Next(this.sign_appointment)
    sign_appointment = Signature(representation.appoint, returned=this.draft_appointment).Next(this.take_part)
    take_part = Recorded().Next(this.propose)
    propose = Recorded().Next(this.report_to_leaders)
    report_to_leaders = Recorded().Next(this.consider)
    consider = Recorded().Next(this.recommends)
    recommends = Choice(representation.recommends).Then(this.draft_recommendations).Else(this.close_case)
