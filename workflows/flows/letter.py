"""A letter in a case: prepared by one person, signed by another or returned to be mended, then sent."""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.cases.services import letters
from supervision.law.forms.letter import SPEC
from workflows.engine.base import SideFlow
from workflows.engine.nodes import Choice, Human, Signature


class LetterFlow(SideFlow):
    """Công văn, thông báo trong hồ sơ"""

    spec = SPEC

    start = flow.StartHandle(this.opened).Next(this.sign_letter)
    sign_letter = Signature(
        letters.send_letter, returned=this.letter_stays, service=letters.sign_letter, paper="any_letter"
    ).Next(this.end)
    # Returned: mended and offered again; given up by whoever mends it, or because nothing is late any more.
    letter_stays = Choice(letters.is_in_hand).Then(this.mend_letter).Else(this.end)
    mend_letter = Human(letters.mend_letter).Next(this.letter_comes_again)
    letter_comes_again = Choice(letters.is_in_hand).Then(this.sign_letter).Else(this.end)
    end = flow.End()
