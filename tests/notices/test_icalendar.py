"""The calendar is RFC 5545: any text comes back as it went in, no line is longer than 75 octets."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from supervision.notices.icalendar import DayEvent, calendar_text

AT = dt.datetime(2026, 11, 24, 2, 30, tzinfo=dt.UTC)
texts = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], include_characters="\n"), max_size=200
)


def parsed(calendar: bytes) -> tuple[dict[str, str], list[dict[str, str]]]:
    """A reader of its own: unfold, split, unescape; the calendar's lines and those of each event."""
    assert calendar.endswith(b"\r\n") and b"\n" not in calendar.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in calendar.split(b"\r\n"))
    for line in calendar.split(b"\r\n"):
        line.decode()  # no letter is cut in two
    lines = calendar.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    whole: dict[str, str] = {}
    events: list[dict[str, str]] = []
    into = whole
    for line in lines[1:-1]:
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append(into := {})
        elif line == "END:VEVENT":
            into = whole
        else:
            assert name not in into
            into[name] = unescaped(value)
    return whole, events


def unescaped(value: str) -> str:
    found, letters = "", iter(value)
    for letter in letters:
        if letter == "\\":
            letter = next(letters)
            letter = "\n" if letter in "nN" else letter
        found += letter
    return found


def test_a_calendar_names_itself_and_each_event_has_what_it_must() -> None:
    one = DayEvent(
        "abc@may.vn", dt.date(2026, 12, 31), "Hạn: Trả lời", "Giám sát", "https://may.vn/viec/abc/"
    )
    whole, (event,) = parsed(calendar_text("Hạn: Việc của tôi", [one], at=AT))
    assert whole == {
        "VERSION": "2.0",
        "PRODID": "-//Giam sat va Phan bien xa hoi//Lich han//VI",
        "CALSCALE": "GREGORIAN",
        "METHOD": "PUBLISH",
        "X-WR-CALNAME": "Hạn: Việc của tôi",
        "X-PUBLISHED-TTL": "PT1H",
    }
    assert event == {
        "UID": "abc@may.vn",
        "DTSTAMP": "20261124T023000Z",
        "DTSTART;VALUE=DATE": "20261231",
        "DTEND;VALUE=DATE": "20270101",
        "SUMMARY": "Hạn: Trả lời",
        "DESCRIPTION": "Giám sát",
        "URL": "https://may.vn/viec/abc/",
        "TRANSP": "TRANSPARENT",
    }


@given(texts, texts)
def test_any_text_comes_back_as_it_went_in(summary: str, description: str) -> None:
    one = DayEvent("a@b", dt.date(2026, 2, 28), summary, description)
    _whole, (event,) = parsed(calendar_text("Lịch", [one], at=AT))
    assert event["SUMMARY"].split("\n") == summary.splitlines() or event["SUMMARY"] == summary.rstrip("\n")
    assert event.get("DESCRIPTION", "") == "\n".join(description.splitlines())
