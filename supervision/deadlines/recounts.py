"""Counting anew: a session day that moved, a calendar that was mended. Nothing moves silently."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.audit.services import ActorLike
from supervision.deadlines.models import DayCorrection, Deadline, Recount
from supervision.deadlines.rows import (
    Move,
    calendar,
    counted_anew,
    end_pause,
    follow_calendar,
    locked,
    move_by,
    saved,
)
from supervision.errors import InvalidInput, WrongState
from supervision.language.dates import vietnam_day
from supervision.law.calendar import Calendar
from supervision.law.counting import recount
from supervision.law.text import T


@transaction.atomic
def restart(deadline: Deadline, *, start_on: dt.date, start_label: T, at: dt.datetime) -> Deadline:
    """Count the same term from another day, as when a session day moved; keep the old count.

    Earlier extensions and pauses stay on record and count no more; an open pause ends.
    WrongState for a fixed day, or when it no longer runs.
    """
    row = locked(deadline)
    if row.length is None:
        raise WrongState(_("Hạn này là một ngày ấn định, không tính lại từ mốc khác được."))
    end_pause(row, vietnam_day(at))
    row.pauses.filter(superseded_at=None).update(superseded_at=at)
    row.extensions.filter(superseded_at=None).update(superseded_at=at)
    working = recount(row.working, calendar(), start_on)
    counted_anew(row, Recount.Cause.START_MOVED, working, working.due, at)
    row.start_on, row.start_label_vi, row.start_label_en = start_on, start_label.vi, start_label.en
    row.is_extended, row.extension_requested_at = False, None
    return saved(row, deadline)


def recheck(*, at: dt.datetime, apply: bool = False, actor: ActorLike | None = None) -> list[Move]:
    """List the running deadlines that the calendar now in force would move.

    With `apply`, move them: each move is one recount with both dates and one audit event.
    Without it, nothing changes. Telling the people concerned is the caller's part.
    """
    days = calendar()
    moves = []
    for row in Deadline.objects.running().exclude(calendar_version=days.version).order_by("pk"):
        move = _apply(row, days, at, actor) if apply else move_by(row, days)
        if move:
            moves.append(move)
    return moves


@transaction.atomic
def correct_day(
    *,
    day: dt.date,
    is_off: bool,
    name: str,
    source: str,
    at: dt.datetime,
    actor: ActorLike | None = None,
) -> DayCorrection:
    """Enter or replace a correction of the calendar; no date moves before `recheck` is applied.

    InvalidInput when the name or the source (the paper that says so) is missing.
    """
    errors: dict[str, list[object]] = {}
    if not name.strip():
        errors["name"] = [_("Hãy ghi tên ngày nghỉ hoặc ngày làm bù.")]
    if not source.strip():
        errors["source"] = [_("Hãy ghi văn bản làm căn cứ.")]
    if errors:
        raise InvalidInput(errors)
    values = {"is_off": is_off, "name": name.strip(), "source": source.strip(), "created_at": at}
    row, _created = DayCorrection.objects.update_or_create(day=day, defaults=values)
    facts = {"day": day.isoformat(), "is_off": is_off, "name": row.name, "source": row.source}
    audit.record(action="calendar.corrected", actor=actor, obj=row, at=at, data=facts)
    return row


@transaction.atomic
def _apply(row: Deadline, days: Calendar, at: dt.datetime, actor: ActorLike | None) -> Move | None:
    fresh = Deadline.objects.running().select_for_update().filter(pk=row.pk).first()
    if fresh is None:  # met or dropped meanwhile
        return None
    move = follow_calendar(fresh, days, at=at, actor=actor)
    fresh.save()
    return move
