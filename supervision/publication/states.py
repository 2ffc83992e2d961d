"""Where a recommendation stands, in the words of its chip; lateness is computed when read."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from supervision.deadlines.services import calendar
from supervision.deadlines.states import SOON_WORKING_DAYS
from supervision.law.calendar import Calendar
from supervision.law.text import T
from supervision.publication.vocabulary import OWED, State

Kind = Literal["late", "soon", "ok", "extended", "paused", "info", "done", "closed"]


class Follows(Protocol):
    """What a chip needs of a `FollowUp`."""

    state: str
    due_on: dt.date | None
    first_due_on: dt.date | None


@dataclass(frozen=True)
class Said:
    """Kind (colour and icon) and words of a chip."""

    kind: Kind
    words: T


FIXED: dict[str, Said] = {
    State.PAUSED: Said("paused", T("Tạm dừng", "Paused")),
    State.EXPLAINED: Said(
        "info", T("Giải trình có cơ sở, chờ kết thúc", "Reasons well founded, to be closed")
    ),
    State.VERIFIED: Said("done", T("Đã xác minh", "Verified")),
    State.CLOSED: Said("closed", T("Đã kết thúc theo quyết định", "Closed by decision")),
}
#: A criticism ends when every remark has its answer.
ALL_ANSWERED = Said("done", T("Đã trả lời đủ", "All remarks answered"))
OPEN: dict[str, T] = {
    State.WAITING: T("Chờ trả lời", "Awaiting a reply"),
    State.RETURNED: T("Chờ trả lời lại", "Awaiting a new reply"),
    State.ANSWERED: T("Đang đánh giá", "Being assessed"),
    State.DOING: T("Đang thực hiện", "Being carried out"),
    State.REPORTED: T("Cơ quan đã báo thực hiện, chờ xác minh", "Reported on, awaiting verification"),
}
LATE: dict[str, T] = {
    State.WAITING: T("Quá hạn trả lời", "Reply overdue by"),
    State.RETURNED: T("Quá hạn trả lời lại", "New reply overdue by"),
    State.ANSWERED: T("Mặt trận quá hạn đánh giá", "The Front's assessment overdue by"),
    State.DOING: T("Quá hạn thực hiện", "Carrying out overdue by"),
    State.REPORTED: T("Mặt trận quá hạn xác minh", "The Front's verification overdue by"),
}
#: Short words for "4 kiến nghị: 1 đã xác minh, 1 quá hạn trả lời", in this order.
SHORT: tuple[tuple[str, T], ...] = (
    ("late", T("quá hạn trả lời", "with an overdue reply")),
    ("doing_late", T("quá hạn thực hiện", "overdue in being carried out")),
    ("extended", T("đã gia hạn", "extended")),
    ("owed", T("chờ trả lời", "awaiting a reply")),
    ("answered", T("đang đánh giá", "being assessed")),
    ("doing", T("đang thực hiện", "being carried out")),
    ("reported", T("chờ xác minh", "awaiting verification")),
    ("explained", T("có giải trình đạt, chờ kết thúc", "with well-founded reasons, to be closed")),
    ("paused", T("tạm dừng", "paused")),
    ("verified", T("đã xác minh", "verified")),
    ("closed", T("đã kết thúc", "closed")),
)


def days(number: int) -> T:
    """Return "6 ngày", "6 days"."""
    return T(f"{number} ngày", "1 day" if number == 1 else f"{number} days")


def said(follow: Follows, today: dt.date, working: Calendar | None = None) -> Said:
    """Return the chip of one recommendation on day `today`; lists pass the calendar once."""
    if follow.state in FIXED:
        return FIXED[follow.state]
    due = follow.due_on
    if due is None:
        return Said("info", OPEN[follow.state])
    if due < today:
        late = days((today - due).days)
        words = LATE[follow.state]
        return Said("late", T(f"{words.vi} {late.vi}", f"{words.en} {late.en}"))
    if follow.state not in OWED:
        return Said("info", OPEN[follow.state])
    return _running(follow, due, today, working or calendar())


def _running(follow: Follows, due: dt.date, today: dt.date, working: Calendar) -> Said:
    left = days((due - today).days)
    if due == today:
        return Said("soon", T("Hết hạn trả lời hôm nay", "Reply due today"))
    if due < working.add_working(today, SOON_WORKING_DAYS + 1):
        return Said("soon", T(f"Còn {left.vi} để trả lời", f"{left.en} left to reply"))
    if follow.first_due_on and due != follow.first_due_on:
        return Said("extended", T(f"Đã gia hạn, còn {left.vi}", f"Extended, {left.en} left"))
    return Said("ok", T(f"Đúng hạn, còn {left.vi}", f"On time, {left.en} left"))


def short_kind(follow: Follows, today: dt.date) -> str:
    """Return the key of `SHORT` that one recommendation counts under."""
    if follow.state in OWED:
        if follow.due_on and follow.due_on < today:
            return "late"
        return "extended" if follow.due_on != follow.first_due_on else "owed"
    if follow.state == State.DOING and follow.due_on and follow.due_on < today:
        return "doing_late"
    return {
        State.PAUSED: "paused",
        State.ANSWERED: "answered",
        State.DOING: "doing",
        State.REPORTED: "reported",
        State.EXPLAINED: "explained",
        State.VERIFIED: "verified",
        State.CLOSED: "closed",
    }[State(follow.state)]


def counts(follows: Iterable[Follows], today: dt.date) -> list[tuple[str, int, T]]:
    """Return how many recommendations stand where: (key, number, words), only what there is."""
    counted = Counter(short_kind(follow, today) for follow in follows)
    return [(key, counted[key], words) for key, words in SHORT if counted[key]]
