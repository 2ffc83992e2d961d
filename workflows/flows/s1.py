"""S1, the study of a document: report, opinions and conference when needed, recommendations (403 Art 4-5)."""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.cases.services import studies
from supervision.law.forms.s1 import SPEC
from workflows.engine.base import SupervisionFlow
from workflows.engine.nodes import Choice, Human, Join, Recorded, Signature
from workflows.flows.parts.conference import Conference
from workflows.flows.parts.consultation import Consulting
from workflows.flows.parts.follow_up import Following


class StudyFlow(Consulting, Conference, Following, SupervisionFlow):
    """Nghiên cứu, xem xét văn bản"""

    spec = SPEC

    start = flow.StartHandle(this.opened).Next(this.choose_text)
    choose_text = Human(studies.choose_text).Next(this.draft_study)

    draft_study = Human(studies.draft_study).Next(this.sign_study)
    sign_study = Signature(studies.submit_study, returned=this.draft_study).Next(this.asks_experts)

    # opinions, a conference, both or neither
    asks_experts = (
        Choice(studies.goes("experts", "both")).Then(this.draft_request).Else(this.opinions_compiled)
    )
    all_opinions_in = Join().Next(this.compile_opinions)
    compile_opinions = Recorded().Next(this.opinions_compiled)
    opinions_compiled = (
        Choice(studies.goes("conference", "both"))
        .Then(this.draft_invitation)
        .Else(this.draft_recommendations)
    )
    sign_conference = Conference.sign_conference.Next(this.draft_recommendations)
