"""The yearly dialogue with the people (Law 10/2022 Art 32): notice, minutes, promises followed."""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.cases.services import dialogues, papers
from supervision.law.forms.dialogue import SPEC
from workflows.engine.base import SupervisionFlow
from workflows.engine.nodes import AwaitSignature, Choice, Human, Recorded, Sign
from workflows.flows.parts.follow_up import Following


class DialogueFlow(Following, SupervisionFlow):
    """Đối thoại với người dân ở xã"""

    spec = SPEC

    start = flow.StartHandle(this.opened).Next(this.plan_dialogue)
    plan_dialogue = Recorded().Next(this.draft_dialogue_notice)

    draft_dialogue_notice = Human(dialogues.draft_notice).Next(this.sign_dialogue_notice)
    sign_dialogue_notice = Sign().Next(this.notice_goes_on)
    notice_goes_on = (
        Choice(papers.is_being_signed("sign_dialogue_notice"))
        .Then(this.await_notice)
        .Else(this.draft_dialogue_notice)
    )
    await_notice = AwaitSignature(papers.paper("sign_dialogue_notice"), then=dialogues.announce).Next(
        this.record_dialogue
    )

    record_dialogue = Human(dialogues.record_dialogue).Next(this.sign_dialogue)
    sign_dialogue = Sign().Next(this.dialogue_goes_on)
    dialogue_goes_on = (
        Choice(papers.is_being_signed("sign_dialogue")).Then(this.await_dialogue).Else(this.record_dialogue)
    )
    await_dialogue = AwaitSignature(papers.paper("sign_dialogue"), then=dialogues.hold).Next(
        this.draft_recommendations
    )
