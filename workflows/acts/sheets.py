"""Assessment sheets of a supervision, filled in beside its steps."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from supervision.access import policy
from supervision.casefiles.models import Case
from supervision.cases.services import sheets
from supervision.organizations.actors import Actor
from workflows.engine.processes import locked_case


def fill_in_sheet(*, actor: Actor, case: Case, at: dt.datetime, **sheet: Any) -> None:
    """Keep an assessment sheet of a supervision; see `cases.services.sheets.fill_in`."""
    policy.require(actor, "assess", case, on=timezone.localdate(at))
    with locked_case(case) as held:
        sheets.fill_in(actor=actor, case=held, at=at, **sheet)
