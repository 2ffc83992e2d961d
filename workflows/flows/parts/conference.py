"""A conference on a text, for the flows that hold one.

A flow inherits it and says in `await_conference` where it goes on: `minutes_signed().Next(...)`.
"""

from __future__ import annotations

from viewflow import this

from supervision.cases.services import conferences, papers
from workflows.engine.nodes import AwaitSignature, Choice, Human, Sign


class Conference:
    """Nodes from the invitation to the signed minutes; each flow gets copies of its own."""

    draft_invitation = Human(conferences.draft_invitation).Next(this.sign_invitation)
    sign_invitation = Sign().Next(this.invitation_goes_on)
    invitation_goes_on = (
        Choice(papers.is_being_signed("sign_invitation"))
        .Then(this.await_invitation)
        .Else(this.draft_invitation)
    )
    await_invitation = AwaitSignature(papers.paper("sign_invitation"), then=conferences.invite).Next(
        this.record_conference
    )
    record_conference = Human(conferences.record_conference).Next(this.sign_conference)
    sign_conference = Sign().Next(this.conference_goes_on)
    conference_goes_on = (
        Choice(papers.is_being_signed("sign_conference"))
        .Then(this.await_conference)
        .Else(this.record_conference)
    )


def minutes_signed() -> AwaitSignature:
    """Return the wait for the signature on the minutes; once it is there, the conference is on record."""
    return AwaitSignature(papers.paper("sign_conference"), then=conferences.hold_conference)
