"""What an addressee is late with, as the letter that urges it begins and asks."""

from __future__ import annotations

import datetime as dt

from supervision.cases.services.urged import Subject, urged


def passed_day(subject: Subject, on: dt.date) -> dt.date | None:
    """Return the day of the addressee that has passed by day `on`, or None."""
    return urged(subject).passed_on(on)


def urging_facts(subject: Subject, on: dt.date) -> str:
    """Return what the urging letter states first; empty when nothing is overdue."""
    one = urged(subject)
    passed = one.passed_on(on)
    return one.facts(on, passed) if passed else ""


def urging_request(subject: Subject, on: dt.date) -> str:
    """Return the request an urging letter is likely to make; empty when nothing is overdue."""
    one = urged(subject)
    return one.request(on) if one.passed_on(on) else ""
