"""What every act on a deadline shares: the calendar, the locked row, the date in force."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from supervision.deadlines.algebra import Span, due_after_pauses, moved_exact
from supervision.deadlines.models import DayCorrection, Deadline
from supervision.errors import AlreadyDone, WrongState
from supervision.language.dates import vietnam_day
from supervision.law.calendar import Calendar, Correction
from supervision.law.counting import Derivation
from supervision.law.text import T


def calendar() -> Calendar:
    """Return the national calendar with the corrections officials have entered (one query)."""
    rows = DayCorrection.objects.order_by("day").values_list("day", "is_off", "name", "source")
    return _calendar(tuple(rows))


@lru_cache(maxsize=8)
def _calendar(rows: tuple[tuple[dt.date, bool, str, str], ...]) -> Calendar:
    return Calendar(Correction(day, is_off, T(name, name), source) for day, is_off, name, source in rows)


def locked(deadline: Deadline) -> Deadline:
    """Return the row under lock, inside the caller's transaction.

    AlreadyDone when it was met, WrongState when it was dropped.
    """
    row = Deadline.objects.select_for_update().get(pk=deadline.pk)
    if row.met_on:
        raise AlreadyDone(_("Việc này đã được ghi nhận hoàn thành."))
    if row.dropped_at:
        raise WrongState(_("Hạn này đã bị bỏ."))
    return row


def saved(row: Deadline, given: Deadline) -> Deadline:
    """Save the locked row and bring the caller's copy up to date."""
    row.save()
    given.refresh_from_db()
    return given


def stored(working: Derivation) -> dict[str, Any]:
    """Return the columns that a derivation fills."""
    return {
        "length": working.length,
        "calendar_version": working.calendar,
        "raw_due_on": working.raw_due,
        "first_due_on": working.due,
        "derivation": working.to_json(),
    }


def in_force(row: Deadline, working: Derivation, days: Calendar) -> dt.date:
    """Return the due date of `working` with the pauses and the last extension of `row` in force."""
    spans: list[Span] = [
        (p.from_on, p.until_on)
        for p in row.pauses.filter(superseded_at=None, after_due=False, until_on__isnull=False).order_by(
            "from_on", "pk"
        )
        if p.until_on
    ]
    last = row.extensions.filter(superseded_at=None).order_by("granted_at", "pk").last()
    if last is None:
        return due_after_pauses(working, spans, days)
    granted_on = vietnam_day(last.granted_at)
    return moved_exact(last.to_due_on, [s for s in spans if s[0] >= granted_on], days)


def is_paused(row: Deadline) -> bool:
    """Whether a pause is open, one that began after the due date included."""
    return row.pauses.filter(until_on__isnull=True).exists()


def end_pause(row: Deadline, on: dt.date) -> None:
    """Close the open pause of the locked row, if any; `on` is the first day counted again."""
    stop = row.pauses.filter(until_on__isnull=True).first()
    if stop is None:
        return
    stop.until_on = max(on, stop.from_on)
    stop.save(update_fields=["until_on"])
    row.paused_from_on = None
    row.due_on = in_force(row, row.working, calendar())
