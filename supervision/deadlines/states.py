"""What a deadline is today, in words; and the same as a filter, so that counts and chips agree.

Nothing here is stored: a dead worker hides no lateness.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from django.db.models import F, Q

from supervision.deadlines.models import Deadline
from supervision.deadlines.rows import calendar
from supervision.language.dates import long_date_en, short_date
from supervision.law.calendar import ONE_DAY, Calendar
from supervision.law.text import T

Kind = Literal["late", "soon", "ok", "extended", "asked", "paused", "met", "met_late", "dropped"]
KINDS: tuple[Kind, ...] = get_args(Kind)
SOON_WORKING_DAYS = 3
#: No run of days off is as long as this, so a date this far away is not soon by any calendar.
_SURELY_FAR = 21 * ONE_DAY

TITLES: dict[Kind, T] = {
    "late": T("Quá hạn", "Overdue"),
    "soon": T("Sắp đến hạn", "Due soon"),
    "ok": T("Đúng hạn", "On time"),
    "extended": T("Đã gia hạn", "Extended"),
    "asked": T("Đã xin gia hạn", "Extension requested"),
    "paused": T("Tạm dừng", "Paused"),
    "met": T("Xong đúng hạn", "Done on time"),
    "met_late": T("Xong muộn", "Done late"),
    "dropped": T("Không còn tính hạn", "No longer counted"),
}


@dataclass(frozen=True)
class DeadlineState:
    """One kind, the words of its chip, the due date to print beside it, the page that tells why."""

    kind: Kind
    words: T
    due_on: dt.date
    public_id: str = ""


def state(deadline: Deadline, today: dt.date, days: Calendar | None = None) -> DeadlineState:
    """Return the state of `deadline` on day `today` (Vietnam time).

    Lists pass `days = services.calendar()` once; without it a near date costs one query.
    """
    kind = _kind(deadline, today, days)
    return DeadlineState(kind, _words(kind, deadline, today), deadline.due_on, deadline.public_id)


def states(deadlines: Iterable[Deadline], today: dt.date) -> list[DeadlineState]:
    """Return the states of many deadlines with one look at the calendar."""
    days = calendar()
    return [state(d, today, days) for d in deadlines]


def where(kind: Kind, today: dt.date, prefix: str = "", days: Calendar | None = None) -> Q:
    """Return the filter for deadlines of `kind` on `today`; `prefix` reaches them from another
    model ("deadline__"). Each deadline answers to exactly one kind, the one `state` gives it.
    """

    def q(**lookups: object) -> Q:
        return Q(**{f"{prefix}{name}": value for name, value in lookups.items()})

    running = q(met_on__isnull=True, dropped_at__isnull=True)
    ticking = running & (q(paused_from_on__isnull=True) | q(paused_from_on__gt=today))
    due = F(f"{prefix}due_on")
    asked = q(extension_requested_at__isnull=False)
    if kind == "dropped":
        return q(dropped_at__isnull=False)
    if kind == "met":
        return q(met_on__lte=due)
    if kind == "met_late":
        return q(met_on__gt=due)
    if kind == "paused":
        return running & q(paused_from_on__lte=today)
    if kind == "late":
        return ticking & q(due_on__lt=today)
    if kind == "asked":
        return ticking & q(due_on__gte=today) & asked
    first_far = _first_far(today, days or calendar())
    waiting = ticking & q(extension_requested_at__isnull=True)
    if kind == "soon":
        return waiting & q(due_on__gte=today, due_on__lt=first_far)
    return waiting & q(due_on__gte=first_far, is_extended=kind == "extended")


def _kind(deadline: Deadline, today: dt.date, days: Calendar | None) -> Kind:
    if deadline.dropped_at:
        return "dropped"
    if deadline.met_on:
        return "met_late" if deadline.met_late else "met"
    if deadline.paused_from_on and deadline.paused_from_on <= today:
        return "paused"
    if deadline.due_on < today:
        return "late"
    if deadline.extension_requested_at:
        return "asked"
    near = deadline.due_on - today < _SURELY_FAR
    if near and deadline.due_on < _first_far(today, days or calendar()):
        return "soon"
    return "extended" if deadline.is_extended else "ok"


def _first_far(today: dt.date, days: Calendar) -> dt.date:
    return days.add_working(today, SOON_WORKING_DAYS + 1)


def _words(kind: Kind, deadline: Deadline, today: dt.date) -> T:
    if kind == "dropped":
        return TITLES[kind]
    if deadline.met_on:
        return _met_words(deadline.met_on, deadline.due_on)
    if kind == "paused" and deadline.paused_from_on:
        since = deadline.paused_from_on
        return T(f"Tạm dừng từ {short_date(since)}", f"Paused since {long_date_en(since)}")
    if kind == "late":
        late = _days((today - deadline.due_on).days)
        if deadline.extension_requested_at:
            return T(f"Quá hạn {late.vi}, đã xin gia hạn", f"{late.en} overdue, extension requested")
        return T(f"Quá hạn {late.vi}", f"{late.en} overdue")
    left = _left(deadline.due_on, today)
    if kind == "soon":
        return T(left.vi[0].upper() + left.vi[1:], left.en[0].upper() + left.en[1:])
    title = TITLES[kind]
    return T(f"{title.vi}, {left.vi}", f"{title.en}, {left.en}")


def _left(due: dt.date, today: dt.date) -> T:
    if due == today:
        return T("hết hạn hôm nay", "due today")
    days = _days((due - today).days)
    return T(f"còn {days.vi}", f"{days.en} left")


def _met_words(met_on: dt.date, due: dt.date) -> T:
    day, day_en = short_date(met_on), long_date_en(met_on)
    if met_on <= due:
        return T(f"Xong đúng hạn ngày {day}", f"Done on time on {day_en}")
    late = _days((met_on - due).days)
    return T(f"Xong ngày {day}, muộn {late.vi}", f"Done on {day_en}, {late.en} late")


def _days(number: int) -> T:
    return T(f"{number} ngày", "1 day" if number == 1 else f"{number} days")
