"""A conference on a text, for the flows that hold one.

A flow inherits it and leads its last node on: `sign_conference = Conference.sign_conference.Next(...)`.
"""

from __future__ import annotations

from viewflow import this

from supervision.cases.services import conferences
from workflows.engine.nodes import Human, Signature


class Conference:
    """Nodes from the invitation to the signed minutes; each flow gets copies of its own."""

    draft_invitation = Human(conferences.draft_invitation).Next(this.sign_invitation)
    sign_invitation = Signature(conferences.invite, returned=this.draft_invitation).Next(
        this.record_conference
    )
    record_conference = Human(conferences.record_conference).Next(this.sign_conference)
    sign_conference = Signature(conferences.hold_conference, returned=this.record_conference)
