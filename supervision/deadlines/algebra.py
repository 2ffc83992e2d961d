"""Where a due date lies after pauses and extensions; equals a walk day by day.

Paused days are not counted. A due date moved by a pause rolls off days off, and never lies
inside a pause. An extension sets its exact day; only later pauses move it. A date counted
back from a session day is not moved by pauses: only a new session day moves it; a period of the
law ends on its own day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from supervision.law.calendar import ONE_DAY, Calendar
from supervision.law.counting import Derivation, DerivationStep, date_words, undecided_step
from supervision.law.rules import Direction, Unit
from supervision.law.text import T
from supervision.law.working import exchanged_step

Span = tuple[dt.date, dt.date]  # first day not counted, first day counted again


def due_after_pauses(derivation: Derivation, pauses: Sequence[Span], calendar: Calendar) -> dt.date:
    """Return the due date of `derivation` with `pauses` (in order, apart from each other)."""
    if derivation.direction in (Direction.BEFORE, Direction.WITHIN):
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


def told_after_pauses(
    derivation: Derivation, pauses: Sequence[Span], calendar: Calendar, granted: dt.date | None = None
) -> list[DerivationStep]:
    """Return in words how `pauses` move the date; empty where they do not.

    `granted` is the day of the last extension, where there is one: its day then moves, not the rule's.
    A date moved into a year whose days off are an estimate says so, where the count did not.
    """
    moved = _moved(derivation, pauses, calendar, granted)
    if granted is not None:
        due = moved_exact(granted, pauses, calendar)
    else:
        due = due_after_pauses(derivation, pauses, calendar)
    if moved or granted is not None:
        said = undecided_step(due, due, stays=not moved)
        moved += [step for step in said if step not in derivation.steps]
    return moved


def _moved(
    derivation: Derivation, pauses: Sequence[Span], calendar: Calendar, granted: dt.date | None
) -> list[DerivationStep]:
    if granted is not None:
        return _told_shift(granted, pauses, calendar)
    if derivation.direction in (Direction.BEFORE, Direction.WITHIN):
        return []
    if derivation.direction is Direction.FIXED:
        return _told_shift(derivation.raw_due, pauses, calendar)
    spans = _clipped(pauses, derivation.start + ONE_DAY)
    if derivation.unit is Unit.WORKING:
        return _told_walk(derivation, spans, calendar)
    return _told_shift(derivation.raw_due, spans, calendar)


def _told_shift(first: dt.date, pauses: Sequence[Span], calendar: Calendar) -> list[DerivationStep]:
    counted = _counting(first, pauses)
    if not counted:
        stays = _rolled(first, pauses, calendar) == calendar.on_or_after(first)
        return [] if stays else _told_roll(first, pauses, calendar)
    day = _shifted(first, pauses)
    begins, reached = date_words(first), date_words(day)
    vi, en = ("".join(f" + {days} {word}" for days in counted) for word in ("ngày", "days"))
    return [
        DerivationStep(
            T("Cộng ngày tạm dừng", "Days of the pause added"),
            T(f"{begins.vi}{vi} = {reached.vi}", f"{begins.en}{en} = {reached.en}"),
        ),
        *_told_roll(day, pauses, calendar),
        *exchanged_step([_rolled(day, pauses, calendar)], calendar),
    ]


def _counting(day: dt.date, pauses: Sequence[Span]) -> list[int]:
    """Return the days of each pause that moves `day`: those that begin before the date they move."""
    counted = []
    for begin, end in pauses:
        if begin <= day and end > begin:
            counted.append((end - begin).days)
            day += end - begin
    return counted


def _told_roll(day: dt.date, pauses: Sequence[Span], calendar: Calendar) -> list[DerivationStep]:
    due = _rolled(day, pauses, calendar)
    if due == day:
        return []
    skipped = [_why_skipped(day + n * ONE_DAY, calendar) for n in range((due - day).days)]
    vi, en, target = ", ".join(x.vi for x in skipped), ", ".join(x.en for x in skipped), date_words(due)
    return [
        DerivationStep(
            T("Chuyển ngày sau tạm dừng", "Moved after the pause"),
            T(
                f"ngày ấy trúng ngày nghỉ: {vi}; chuyển sang ngày làm việc tiếp theo, {target.vi}",
                f"that day is a day off: {en}; moved to the next working day, {target.en}",
            ),
        )
    ]


def _told_walk(derivation: Derivation, pauses: Sequence[Span], calendar: Calendar) -> list[DerivationStep]:
    """Working days are counted on past each pause, so every day left out is named."""
    length = derivation.length or 1
    due = _working_walk(derivation.start, length, pauses, calendar)
    if due == derivation.due:
        return []
    begins, target = date_words(derivation.due), date_words(due)
    inside = [derivation.due + n * ONE_DAY for n in range(1, (due - derivation.due).days)]
    off = [_why_skipped(day, calendar) for day in inside if calendar.is_off(day)]
    tail = T(f"; bỏ qua {', '.join(x.vi for x in off)}", f"; leaving out {', '.join(x.en for x in off)}")
    return [
        DerivationStep(
            T("Đếm tiếp sau tạm dừng", "Counted on after the pause"),
            T(
                f"ngày tạm dừng không đếm, nên từ {begins.vi} đếm tiếp cho đủ {length} ngày làm việc"
                f"{tail.vi if off else ''}; đến {target.vi}",
                f"days of the pause are not counted, so from {begins.en} counting goes on to {length} "
                f"working days{tail.en if off else ''}; up to {target.en}",
            ),
        ),
        *exchanged_step([*inside, due], calendar),
    ]


def _why_skipped(day: dt.date, calendar: Calendar) -> T:
    reason = calendar.off(day) or T("đang tạm dừng", "paused")
    return T(f"{day:%d/%m/%Y} ({reason.vi})", f"{day:%d/%m/%Y} ({reason.en})")


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
