"""A letter in a case: prepared by one person, signed or returned by another, then sent."""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.cases.services import letters, papers
from supervision.law.forms.letter import SPEC
from workflows.base import SideFlow
from workflows.nodes import AwaitSignature, Choice, Human


class LetterFlow(SideFlow):
    """Công văn, thông báo trong hồ sơ"""

    spec = SPEC

    start = flow.StartHandle(this.opened).Next(this.sign_letter)
    sign_letter = Human(letters.sign_letter).Next(this.letter_goes_on)
    letter_goes_on = Choice(papers.is_being_signed("any_letter")).Then(this.await_letter).Else(this.end)
    await_letter = AwaitSignature(papers.paper("any_letter"), then=letters.send_letter).Next(this.end)
    end = flow.End()
