"""Passages that are hidden in what is published of a case, and shown again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from supervision.access import policy
from supervision.casefiles.models import Case
from supervision.cases.models import Redaction
from supervision.cases.services import redactions
from supervision.organizations.actors import Actor
from workflows.engine.processes import locked_case


def redact(*, actor: Actor, case: Case, phrases: Sequence[str], reason: str, at: dt.datetime) -> None:
    """Hide passages in what is published of a case; see `cases.services.redactions`."""
    policy.require(actor, "redact", case, on=timezone.localdate(at))
    with locked_case(case) as held:
        redactions.add(actor=actor, case=held, phrases=phrases, reason=reason, at=at)


def show_again(*, actor: Actor, case: Case, redaction: Redaction, at: dt.datetime) -> None:
    """Hide a passage no more."""
    policy.require(actor, "redact", case, on=timezone.localdate(at))
    with locked_case(case) as held:
        redactions.remove(actor=actor, case=held, redaction=redaction, at=at)
