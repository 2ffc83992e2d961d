"""C1, the criticism conference: plan, conference, remarks, document, an answer to each (403 Art 14-15)."""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.law.forms.c1 import SPEC
from workflows.engine.base import SupervisionFlow
from workflows.flows.parts.criticism import CriticismMeeting


class CriticismConferenceFlow(CriticismMeeting, SupervisionFlow):
    """Hội nghị phản biện xã hội"""

    spec = SPEC

    start = flow.StartHandle(this.opened).Next(this.receive_draft)
