"""Dates as Vietnamese papers and lists write them. Weekdays in words: `law.calendar.weekday`."""

from __future__ import annotations

import datetime as dt
import re


def short_date(day: dt.date) -> str:
    """Return "05/03/2026", for lists, forms and tables."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def long_date(day: dt.date) -> str:
    """Return "ngày 05 tháng 3 năm 2026", for sentences and official papers.

    Zero stands before days under 10 and before months 1 and 2 only
    (Decree 30/2020/NĐ-CP, annex I).
    """
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def long_date_en(day: dt.date) -> str:
    """Return "5 March 2026", for English sentences."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def time_typed(text: str) -> dt.time | None:
    """Return the time that someone typed, "08:00", "8h" or "8 giờ 30"; None for nothing.

    ValueError for what is no time.
    """
    if not text.strip():
        return None
    found = _TYPED.fullmatch(text)
    if found is None:
        raise ValueError(f"not a time: {text!r}")
    return dt.time(int(found[1]), int(found[2] or 0))


def vietnam_day(moment: dt.datetime) -> dt.date:
    """Return the day in Vietnam at `moment` (aware), whatever the server's time zone."""
    if moment.tzinfo is None:
        raise ValueError("An aware datetime is needed")
    return moment.astimezone(VIETNAM).date()


#: UTC+7 without summer time since 1975: a fixed offset needs no zone database.
VIETNAM = dt.timezone(dt.timedelta(hours=7), "Asia/Ho_Chi_Minh")

_TYPED = re.compile(r"\s*(\d{1,2})\s*(?:giờ|[:hg])\s*(\d{2})?\s*")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
