"""Which reminder of a deadline is due on a day, and which were told: the rule, no sending.

A clock that stands still, is met or dropped reminds nobody. Of several reminders missed in a
row only the nearest to the date is still worth telling; each is told once for each due date, so
that a date that moves is reminded of anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q

from supervision.deadlines.models import Deadline, Reminder
from supervision.language.dates import vietnam_day
from supervision.law.calendar import ONE_DAY
from supervision.law.rules import Direction

#: Stands where reminders have their days before the due date: the date has passed.
PASSED = -1


def reminder_due(deadline: Deadline, offsets: Collection[int], on: dt.date) -> int | None:
    """Return the offset (days before due) to tell on day `on`, `PASSED` when overdue, else None.

    Of the `offsets` reached only the nearest to the date counts, and none as long as the whole
    term: that would remind on the day the work was given.
    """
    stands_still = deadline.paused_from_on is not None and deadline.paused_from_on <= on
    if not deadline.is_running or stands_still:
        return None
    left = (deadline.due_on - on).days
    if left < 0:
        return PASSED
    term = (deadline.due_on - _counted_from(deadline)).days
    return min((days for days in offsets if left <= days < term), default=None)


def is_told(days_before: int, told: Iterable[int]) -> bool:
    """Whether this reminder, or one nearer to the same date, is among those `told` already."""
    return any(one <= days_before for one in told)


def may_be_due(offsets: Iterable[int], on: dt.date) -> Q:
    """Return the filter for deadlines of which one of `offsets` may be untold on day `on`.

    It lets through every deadline with a reminder due, and those whose organization asks for
    none of these offsets: `reminder_due` has the last word.
    """
    ticking = Q(paused_from_on__isnull=True) | Q(paused_from_on__gt=on)
    told = Reminder.objects.filter(deadline=OuterRef("pk"), due_on=OuterRef("due_on"))
    reached = Q()
    for days in {*offsets, PASSED}:
        reached |= Q(due_on__lte=on + days * ONE_DAY) & Q(~Exists(told.filter(days_before__lte=days)))
    widest = on + max({*offsets, PASSED}) * ONE_DAY
    return Q(met_on__isnull=True, dropped_at__isnull=True, due_on__lte=widest) & ticking & reached


def _counted_from(deadline: Deadline) -> dt.date:
    """The day on which the term began to run; what no event starts has the day it was set."""
    if deadline.law_rule.direction in (Direction.BEFORE, Direction.WITHIN):
        return vietnam_day(deadline.created_at)
    return deadline.start_on
