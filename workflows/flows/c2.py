"""C2, criticism in writing: opinions, remarks, an explanation if needed, document (403 Art 16-17)."""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.cases.services import criticisms
from supervision.law.forms.c2 import SPEC
from workflows.engine.base import SupervisionFlow
from workflows.engine.nodes import Choice, Human, Join
from workflows.flows.parts.consultation import Consulting
from workflows.flows.parts.criticism import Criticizing


class WrittenCriticismFlow(Consulting, Criticizing, SupervisionFlow):
    """Phản biện bằng văn bản"""

    spec = SPEC

    start = flow.StartHandle(this.opened).Next(this.receive_draft)
    receive_draft = Human(criticisms.receive_draft).Next(this.draft_request)
    all_opinions_in = Join().Next(this.compile_remarks)
    compile_remarks = Human(criticisms.compile_remarks).Next(this.asks_explanation)
    asks_explanation = Choice(criticisms.asks_explanation).Then(this.explain).Else(this.draft_criticism)
    explain = Human(criticisms.explain).Next(this.draft_criticism)
