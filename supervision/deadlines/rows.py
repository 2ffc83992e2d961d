"""What every act on a deadline shares: the calendar, the locked row, the date in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.audit.services import ActorLike
from supervision.deadlines.algebra import Span, due_after_pauses, moved_exact, told_after_pauses
from supervision.deadlines.models import DayCorrection, Deadline, Recount
from supervision.errors import AlreadyDone, WrongState
from supervision.language.dates import VIETNAM, vietnam_day
from supervision.law.calendar import Calendar, Correction
from supervision.law.counting import Derivation, DerivationStep, recount
from supervision.law.text import T


class Move(NamedTuple):
    """A deadline whose date differs by the calendar now in force."""

    deadline: Deadline
    old: dt.date
    new: dt.date


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
    spans, granted = _moving(row)
    return due_after_pauses(working, spans, days) if granted is None else moved_exact(granted, spans, days)


def bring_into_force(row: Deadline, working: Derivation, days: Calendar) -> None:
    """Put the date in force into the row, not yet saved, with the steps by which pauses moved it."""
    spans, granted = _moving(row)
    row.due_on = in_force(row, working, days)
    told_as_moved(row, told_after_pauses(working, spans, days, granted))


def told_as_moved(row: Deadline, steps: Sequence[DerivationStep]) -> None:
    """Keep in the row, not yet saved, how its date was moved, step by step."""
    row.moved = [asdict(step) for step in steps]


def _moving(row: Deadline) -> tuple[list[Span], dt.date | None]:
    """Return the pauses that move the date, in order, and the day of the last extension, if there is one."""
    closed = row.pauses.filter(superseded_at=None, after_due=False, until_on__isnull=False)
    spans: list[Span] = [(p.from_on, p.until_on) for p in closed.order_by("from_on", "pk") if p.until_on]
    last = row.extensions.filter(superseded_at=None).order_by("granted_at", "pk").last()
    if last is None:
        return spans, None
    granted_on = vietnam_day(last.granted_at)
    return [span for span in spans if span[0] >= granted_on], last.to_due_on


def is_paused(row: Deadline) -> bool:
    """Whether a pause is open, one that began after the due date included."""
    return row.pauses.filter(until_on__isnull=True).exists()


def end_pause(row: Deadline, on: dt.date) -> None:
    """Close the open pause of the locked row, if any; `on` is the first day counted again.

    What is counted on from here is counted by the calendar now in force; a correction that was
    not applied yet is, and leaves its own record.
    """
    stop = row.pauses.filter(until_on__isnull=True).first()
    if stop is None:
        return
    days = calendar()
    follow_calendar(row, days, at=dt.datetime.combine(on, dt.time(), VIETNAM))
    stop.until_on = max(on, stop.from_on)
    stop.save(update_fields=["until_on"])
    row.paused_from_on = None
    bring_into_force(row, row.working, days)


def move_by(row: Deadline, days: Calendar) -> Move | None:
    """Return how `days` would move the date, None when it stands."""
    new = in_force(row, recount(row.working, days), days)
    return Move(row, row.due_on, new) if new != row.due_on else None


def follow_calendar(
    row: Deadline, days: Calendar, *, at: dt.datetime, actor: ActorLike | None = None
) -> Move | None:
    """Count the locked row by `days`, not yet saved; a date that moves is put on record."""
    if row.calendar_version == days.version:
        return None
    move, working = move_by(row, days), recount(row.working, days)
    if move is None:
        _take(row, working)
        bring_into_force(row, working, days)
        return None
    corrections = _that_moved(row, working, days)
    counted_anew(row, Recount.Cause.CALENDAR, working, move.new, at, corrections)
    bring_into_force(row, working, days)
    dates = {"from": move.old.isoformat(), "to": move.new.isoformat()}
    audit.record(action="deadline.moved", actor=actor, obj=row, at=at, data=dates)
    return move


def counted_anew(
    row: Deadline,
    cause: Recount.Cause,
    working: Derivation,
    due: dt.date,
    at: dt.datetime,
    corrections: Sequence[DayCorrection] = (),
) -> None:
    """Put the new count into the row, not yet saved, and the old one on record."""
    Recount.objects.create(
        deadline=row,
        cause=cause,
        old_start_on=row.start_on,
        new_start_on=working.start,
        old_due_on=row.due_on,
        new_due_on=due,
        old_derivation=row.derivation,
        corrections=[
            {"day": one.day.isoformat(), "is_off": one.is_off, "name": one.name, "source": one.source}
            for one in corrections
        ],
        at=at,
    )
    _take(row, working)
    row.due_on, row.moved = due, []


def _that_moved(row: Deadline, working: Derivation, days: Calendar) -> list[DayCorrection]:
    """Return the corrections entered since the last count without which the new date would be another.

    Where only several together move it, all of them that lie in its time.
    """
    last = row.recounts.order_by("pk").last()
    new = in_force(row, working, days)
    ends = (working.start, row.start_on, row.due_on, new)
    entered = list(
        DayCorrection.objects.filter(
            created_at__gte=last.at if last else row.created_at, day__range=(min(ends), max(ends))
        ).order_by("day")
    )
    moving = []
    for one in entered:
        without = days.without(one.day)
        if in_force(row, recount(working, without), without) != new:
            moving.append(one)
    return moving or entered


def _take(row: Deadline, working: Derivation) -> None:
    for name, value in stored(working).items():
        setattr(row, name, value)
