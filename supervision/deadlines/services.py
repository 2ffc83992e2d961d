"""What can happen to a deadline. Each act locks the row; none knows what the deadline is for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from supervision.deadlines.algebra import told_after_pauses
from supervision.deadlines.models import Deadline, Extension, Pause
from supervision.deadlines.recounts import correct_day, recheck, restart
from supervision.deadlines.rows import (
    Move,
    calendar,
    end_pause,
    is_paused,
    locked,
    saved,
    stored,
    told_as_moved,
)
from supervision.errors import AlreadyDone, InvalidInput, WrongState
from supervision.language.dates import vietnam_day
from supervision.law.counting import derive
from supervision.law.rules import RULES, Direction, Unit
from supervision.law.text import T
from supervision.organizations.models import Mandate

__all__ = [
    "Move",
    "Paper",
    "calendar",
    "correct_day",
    "decline_extension",
    "drop",
    "extend",
    "meet",
    "meet_if_running",
    "pause",
    "recheck",
    "request_extension",
    "restart",
    "resume",
    "set_deadline",
]


@dataclass(frozen=True)
class Paper:
    """A signed paper that states a time: its number, its date, the body that issued it."""

    number: str
    on: dt.date
    by: str

    def columns(self) -> dict[str, Any]:
        """Return what a deadline keeps of it."""
        return {"paper_number": self.number, "paper_on": self.on, "paper_by": self.by}


def set_deadline(
    *,
    rule: str,
    start_on: dt.date,
    start_label: T,
    at: dt.datetime,
    length: int | None = None,
    set_by: str = "",
    by_default: bool = False,
    fixed_on: dt.date | None = None,
    unit: Unit | None = None,
    paper: Paper | None = None,
) -> Deadline:
    """Start the clock of `rule` (a code) from `start_on` and store the date with its working.

    `length`, `unit` and `fixed_on` are only for terms no statute sets, and then `set_by` names the
    organization that set them; `by_default` says that it set no number, so the product's
    own counts. `paper` is the signed paper that states the number or the day: then it is nobody's
    default. ValueError when these do not fit the rule.
    """
    law_rule = RULES[rule]
    if law_rule.by_law == bool(set_by):
        raise ValueError(f"{rule}: set_by names the organization exactly when no statute sets the days")
    if by_default and (not law_rule.term or paper):
        raise ValueError(f"{rule}: only an open term that no paper states has a default")
    if law_rule.by_law and paper:
        raise ValueError(f"{rule}: the law sets the number of days")
    working = derive(law_rule, start_on, calendar(), length, fixed_on, unit)
    return Deadline.objects.create(
        rule=rule,
        start_on=working.start,
        start_label_vi=start_label.vi,
        start_label_en=start_label.en,
        set_by=set_by,
        by_default=by_default,
        **(paper.columns() if paper else {}),
        created_at=at,
        due_on=working.due,
        **stored(working),
    )


@transaction.atomic
def meet(deadline: Deadline, *, on: dt.date, at: dt.datetime) -> Deadline:
    """Record that it was done on day `on`; late or not is then fixed, and never blocks.

    An open pause ends on that day. AlreadyDone when met before, WrongState when dropped.
    """
    row = locked(deadline)
    end_pause(row, on)
    row.met_on, row.met_at, row.extension_requested_at = on, at, None
    return saved(row, deadline)


def meet_if_running(deadline: Deadline | None, *, on: dt.date, at: dt.datetime) -> bool:
    """Meet the clock if there is one and it runs; return whether it was met now, and late.

    The days of an open pause are taken off first: what comes while the clock stands still is in time.
    """
    if deadline is None or not deadline.is_running:
        return False
    return meet(deadline, on=on, at=at).met_late


@transaction.atomic
def drop(deadline: Deadline, *, at: dt.datetime) -> Deadline:
    """Stop the clock for good: what it asked for was withdrawn or cancelled.

    AlreadyDone when met, WrongState when dropped before.
    """
    row = locked(deadline)
    end_pause(row, vietnam_day(at))
    row.dropped_at, row.extension_requested_at = at, None
    return saved(row, deadline)


@transaction.atomic
def request_extension(deadline: Deadline, *, at: dt.datetime) -> Deadline:
    """Record that more time was asked for, before or after the due date.

    AlreadyDone when a request waits for its answer; WrongState when no longer running.
    """
    row = locked(deadline)
    if row.extension_requested_at:
        raise AlreadyDone(_("Đã có đề nghị gia hạn đang chờ trả lời."))
    row.extension_requested_at = at
    return saved(row, deadline)


@transaction.atomic
def decline_extension(deadline: Deadline, *, at: dt.datetime) -> Deadline:
    """Answer a request for more time with no: the date stays. WrongState when none waits."""
    row = locked(deadline)
    if row.extension_requested_at is None or row.extension_requested_at > at:
        raise WrongState(_("Không có đề nghị gia hạn nào đang chờ trả lời."))
    row.extension_requested_at = None
    return saved(row, deadline)


@transaction.atomic
def extend(
    deadline: Deadline,
    *,
    to_on: dt.date,
    reason: str,
    by: Mandate,
    at: dt.datetime,
    document_number: str = "",
) -> Extension:
    """Set a later day, exactly as the paper says; lateness ends at once.

    InvalidInput when the day is not later or the reason is missing, WrongState when paused
    or no longer running.
    """
    row = locked(deadline)
    errors: dict[str, list[object]] = {}
    if to_on <= row.due_on:
        errors["to_on"] = [_("Hạn mới phải sau hạn đang có.")]
    if not reason.strip():
        errors["reason"] = [_("Hãy ghi lý do gia hạn.")]
    if errors:
        raise InvalidInput(errors)
    if is_paused(row):
        raise WrongState(_("Hạn đang tạm dừng; hãy cho chạy lại trước khi gia hạn."))
    extension = Extension.objects.create(
        deadline=row,
        from_due_on=row.due_on,
        to_due_on=to_on,
        reason=reason.strip(),
        document_number=document_number,
        granted_by=by,
        granted_at=at,
    )
    row.due_on, row.is_extended, row.extension_requested_at = to_on, True, None
    told_as_moved(row, told_after_pauses(row.working, [], calendar(), to_on))
    saved(row, deadline)
    return extension


@transaction.atomic
def pause(deadline: Deadline, *, from_on: dt.date, reason: str, by: Mandate, by_hand: bool = False) -> Pause:
    """Let the clock stand still from day `from_on` on (that day is not counted).

    Past the due date the pause is put on record but lateness goes on: only an extension ends
    it. A date counted back from a session day may stand still any time. A pause of the procedure
    takes the place of one `by_hand`. WrongState when paused otherwise or no longer running;
    InvalidInput when the reason is missing or the day lies before what was counted or granted.
    """
    row = locked(deadline)
    if not by_hand and row.pauses.filter(until_on__isnull=True, by_hand=True).exists():
        end_pause(row, from_on)
    if is_paused(row):
        raise WrongState(_("Hạn này đang tạm dừng."))
    errors: dict[str, list[object]] = {}
    if from_on < _earliest_pause(row):
        errors["from_on"] = [_("Ngày tạm dừng nằm trước lần tạm dừng hoặc gia hạn gần nhất.")]
    if not reason.strip():
        errors["reason"] = [_("Hãy ghi lý do tạm dừng.")]
    if errors:
        raise InvalidInput(errors)
    after_due = from_on > row.due_on and row.working.direction is not Direction.BEFORE
    stop = Pause.objects.create(
        deadline=row, from_on=from_on, reason=reason.strip(), by=by, by_hand=by_hand, after_due=after_due
    )
    if not after_due:
        row.paused_from_on = from_on
    saved(row, deadline)
    return stop


@transaction.atomic
def resume(deadline: Deadline, *, on: dt.date) -> Deadline:
    """Let the clock run again: `on` is the first day counted. The due date moves by the pause.

    WrongState when not paused, InvalidInput when `on` lies before the pause.
    """
    row = locked(deadline)
    stop = row.pauses.filter(until_on__isnull=True).first()
    if stop is None:
        raise WrongState(_("Hạn này không tạm dừng."))
    if on < stop.from_on:
        raise InvalidInput({"on": [_("Ngày chạy lại phải từ ngày tạm dừng trở đi.")]})
    end_pause(row, on)
    return saved(row, deadline)


def _earliest_pause(row: Deadline) -> dt.date:
    """The first day a pause may begin: nothing already counted or granted is reopened.

    Before the day that it is counted from nothing is counted, so a clock may stand still from before.
    """
    days = [p.until_on for p in row.pauses.filter(superseded_at=None) if p.until_on]
    days += [vietnam_day(e.granted_at) for e in row.extensions.filter(superseded_at=None)]
    return max(days, default=dt.date.min)
