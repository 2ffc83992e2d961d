"""A calendar of whole days as text (RFC 5545): escaped, folded at 75 octets, lines ended as it asks.

Whole days need no time zone: they stay on their day wherever the reader is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from supervision.law.calendar import ONE_DAY

PRODUCT = "-//Giam sat va Phan bien xa hoi//Lich han//VI"
FOLD = 75


@dataclass(frozen=True)
class DayEvent:
    """Something on a day; `uid` stays the same however often it is read, and wherever it moves."""

    uid: str
    day: dt.date
    summary: str
    description: str = ""
    address: str = ""


def calendar_text(name: str, events: Iterable[DayEvent], *, at: dt.datetime) -> bytes:
    """Return the calendar `name` as of moment `at` (aware)."""
    stamp = f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{_escaped(name)}", "X-PUBLISHED-TTL:PT1H"]
    for one in events:
        lines += _event(one, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(one: DayEvent, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(one.uid)}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{one.day + ONE_DAY:%Y%m%d}"
    yield f"SUMMARY:{_escaped(one.summary)}"
    if one.description:
        yield f"DESCRIPTION:{_escaped(one.description)}"
    if one.address:
        yield f"URL:{one.address}"
    yield "TRANSP:TRANSPARENT"  # a date to keep in mind, not an hour that is taken
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> bytes:
    """Cut at 75 octets, never inside a letter; a line that goes on begins with a space."""
    pieces, piece = [], b""
    for letter in line:
        more = letter.encode()
        if len(piece) + len(more) > FOLD:
            pieces.append(piece)
            piece = b" "
        piece += more
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
