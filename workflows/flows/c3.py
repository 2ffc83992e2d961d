"""C3, direct dialogue on a draft: plan, dialogue, remarks, document to drafter and issuer (403 Art 18-19)."""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.law.forms.c3 import SPEC
from workflows.engine.base import SupervisionFlow
from workflows.flows.parts.criticism import CriticismMeeting


class CriticismDialogueFlow(CriticismMeeting, SupervisionFlow):
    """Đối thoại trực tiếp về dự thảo"""

    spec = SPEC

    start = flow.StartHandle(this.opened).Next(this.receive_draft)
