"""Acts on a case beside its steps that move no task: an assessment sheet, a new day of submission."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from supervision.access import policy
from supervision.cases.models import Case, Criticism
from supervision.cases.services import criticisms, sheets
from supervision.organizations.actors import Actor
from workflows.outside import given, locked


def fill_in_sheet(*, actor: Actor, case: Case, at: dt.datetime, **sheet: Any) -> None:
    """Keep an assessment sheet of a supervision; see `cases.services.sheets.fill_in`."""
    policy.require(actor, "assess", case, on=timezone.localdate(at))
    with transaction.atomic():
        case = Case.objects.select_for_update(of=("self",)).select_related("lead").get(pk=case.pk)
        sheets.fill_in(actor=actor, case=case, at=at, **sheet)


def move_submission(
    *, actor: Actor, criticism: Criticism, to_on: dt.date, reason: str, at: dt.datetime
) -> None:
    """Record that the drafting agency submits its draft on another day; the 15 days count from it."""
    policy.require(actor, "extend", criticism, on=timezone.localdate(at))
    with locked(criticism) as row:
        criticisms.move_submission(actor=actor, criticism=row, to_on=to_on, reason=given(reason), at=at)
