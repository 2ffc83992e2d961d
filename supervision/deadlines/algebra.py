"""Where a due date lies after pauses and extensions; equals a walk day by day.

Paused days are not counted. A due date moved by a pause rolls off days off, and never lies
inside a pause. An extension sets its exact day; only later pauses move it. A date counted
back from a session day is not moved by pauses: only a new session day moves it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from supervision.law.calendar import ONE_DAY, Calendar
from supervision.law.counting import Derivation
from supervision.law.rules import Direction, Unit

Span = tuple[dt.date, dt.date]  # first day not counted, first day counted again


def due_after_pauses(derivation: Derivation, pauses: Sequence[Span], calendar: Calendar) -> dt.date:
    """Return the due date of `derivation` with `pauses` (in order, apart from each other)."""
    if derivation.direction is Direction.BEFORE:
        return derivation.due
    if derivation.direction is Direction.FIXED:
        return moved_exact(derivation.raw_due, pauses, calendar)
    spans = _clipped(pauses, derivation.start + ONE_DAY)  # the start day is not counted anyway
    if derivation.unit is Unit.WORKING:
        return _working_walk(derivation.start, derivation.length or 1, spans, calendar)
    return _rolled(_shifted(derivation.raw_due, spans), spans, calendar)


def moved_exact(day: dt.date, pauses: Sequence[Span], calendar: Calendar) -> dt.date:
    """Return `day` itself, or, when pauses move it, the working day it moves to."""
    shifted = _shifted(day, pauses)
    return day if shifted == day else _rolled(shifted, pauses, calendar)


def _clipped(pauses: Sequence[Span], first: dt.date) -> list[Span]:
    return [(max(a, first), b) for a, b in pauses if b > max(a, first)]


def _shifted(day: dt.date, pauses: Sequence[Span]) -> dt.date:
    for begin, end in pauses:
        if begin <= day:
            day += end - begin
    return day


def _rolled(day: dt.date, pauses: Sequence[Span], calendar: Calendar) -> dt.date:
    while calendar.is_off(day) or _paused(day, pauses):
        day += ONE_DAY
    return day


def _working_walk(start: dt.date, length: int, pauses: Sequence[Span], calendar: Calendar) -> dt.date:
    day, left = start, length
    while left:
        day += ONE_DAY
        left -= not (calendar.is_off(day) or _paused(day, pauses))
    return day


def _paused(day: dt.date, pauses: Sequence[Span]) -> bool:
    return any(begin <= day < end for begin, end in pauses)
