"""The yearly dialogue with the people (Law 10/2022 Art 32): notice, minutes, promises followed."""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.cases.services import dialogues
from supervision.law.forms.dialogue import SPEC
from workflows.engine.base import SupervisionFlow
from workflows.engine.nodes import Human, Recorded, Signature
from workflows.flows.parts.follow_up import Following


class DialogueFlow(Following, SupervisionFlow):
    """Đối thoại với người dân ở xã"""

    spec = SPEC

    start = flow.StartHandle(this.opened).Next(this.plan_dialogue)
    plan_dialogue = Recorded().Next(this.draft_dialogue_notice)

    draft_dialogue_notice = Human(dialogues.draft_notice).Next(this.sign_dialogue_notice)
    sign_dialogue_notice = Signature(dialogues.announce, returned=this.draft_dialogue_notice).Next(
        this.record_dialogue
    )

    record_dialogue = Human(dialogues.record_dialogue).Next(this.sign_dialogue)
    sign_dialogue = Signature(dialogues.hold, returned=this.record_dialogue).Next(this.draft_recommendations)
