"""The clock that a calendar year sets: once a year, whenever in it the case was opened."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from supervision.casefiles.models import Case
from supervision.cases.models import PeopleDialogue
from supervision.deadlines import services as deadlines
from supervision.deadlines.models import Deadline
from supervision.law.rules import RULES


def year_clock(case: Case, *, at: dt.datetime) -> Deadline:
    """Return the clock of the yearly dialogue: the year in which the case was opened ends it."""
    found = PeopleDialogue.objects.filter(case=case).select_related("deadline").first()
    if found is None:
        deadline = deadlines.set_deadline(
            rule="GD_DIALOGUE",
            start_on=dt.date(timezone.localdate(case.opened_at).year, 1, 1),
            start_label=RULES["GD_DIALOGUE"].starts,
            at=at,
        )
        found = PeopleDialogue.objects.create(case=case, deadline=deadline)
    return found.deadline
