"""Where day D of a script may lie: stories are written for a Tuesday without a long holiday near."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from supervision.cases.selectors import day_of
from supervision.deadlines.services import calendar
from supervision.demo.script import Told
from supervision.law.counting import derive
from supervision.law.rules import RULES
from supervision.law.terms import OPEN_TERMS

TUESDAY = 1
#: Tết moves what lies about it; further back than this no holiday reaches.
FURTHEST = 14


def first_day(script: list[Told], *, offset: int, slack: int, today: dt.date) -> dt.date:
    """Return a Tuesday such that yesterday was `offset` or some days more after it.

    Of the last `slack` + 1 Tuesdays on which the script holds, the one with the fewest acts on
    days off; if it holds on none of them, the next earlier one on which it does.
    """
    latest = today - dt.timedelta(days=offset + 1)
    latest -= dt.timedelta(days=(latest.weekday() - TUESDAY) % 7)
    tuesdays = [latest - dt.timedelta(weeks=week) for week in range(FURTHEST + 1)]
    near = [day for day in tuesdays[: slack + 1] if holds(script, day)]
    if near:
        return min(near, key=lambda day: _acts_on_days_off(script, day))
    return next(day for day in tuesdays[slack + 1 :] if holds(script, day))


def _acts_on_days_off(script: list[Told], first: dt.date) -> int:
    days_off = calendar()
    return sum(days_off.is_off(first + dt.timedelta(days=told.day)) for told in script)


def holds(script: list[Told], first: dt.date) -> bool:
    """Whether no act of the script meets a refusal because days off moved a limit."""
    return all(limit >= day for limit, day in (*_sessions(script, first), *_urgings(script, first)))


def _day(first: dt.date, value: str | int) -> dt.date:
    if isinstance(value, str):
        found = re.fullmatch(r"D([+-]\d+)?", value)
        assert found is not None, value
        value = int(found[1] or 0)
    return first + dt.timedelta(days=value)


def _sessions(script: list[Told], first: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """Yield (limit, day): a notice must precede its session by 15 days, what was asked the law's 7."""
    sessions: dict[str, str] = {}
    for told in script:
        if told.act == "draft_notice":
            sessions = {row["agency"]: row["session_on"] for row in told.data["agencies"]}
            for session in sessions.values():
                yield day_of("S2_NOTICE", _day(first, session)), _day(first, told.day + 2)
                if asked := told.data.get("asked_on"):
                    yield day_of("S2_REPORT_IN", _day(first, session)), _day(first, asked)
        elif told.act == "decide_extension" and told.inquiry:
            limit = day_of("S2_REPORT_IN", _day(first, sessions[told.inquiry]))
            yield limit, _day(first, told.data["to_on"])
        elif told.act == "reschedule":
            for day in told.data["days"].values():
                yield day_of("S2_NOTICE", _day(first, day)), _day(first, told.day)


def _urgings(script: list[Told], first: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """Yield (day before the letter, due day of the reply): only what is late is urged."""
    received: dict[int, int] = {}
    rule, days = RULES["S_REPLY"], OPEN_TERMS["reply_days"].default
    for told in script:
        if told.act == "receive_recommendation":
            received[told.recommendation] = told.day
        elif told.act == "urge" and told.recommendation in received:
            due = derive(rule, _day(first, received.pop(told.recommendation)), calendar(), days).due
            yield _day(first, told.day - 1), due
