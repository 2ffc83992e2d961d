"""How pages say dates, addresses and pairs of words in the reader's language (plain; used by web and portal).

The tags and filters in `web.templatetags.gs` are these functions; here they are for Python.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from supervision.language import dates
from supervision.law.text import T


def english() -> bool:
    """Whether the page being made is an English one."""
    return (get_language() or "vi").startswith("en")


def in_language(text: Any) -> Any:
    """Return a `law.text.T` in the language of the page, anything else as it is, None as ""."""
    if isinstance(text, T):
        return text.in_("en" if english() else "vi")
    return "" if text is None else text


def here(address: str) -> str:
    """Put an address of this site into the language of the page: /ho-so/ or /en/ho-so/."""
    return f"/en{address}" if english() else address


def local_day(value: dt.date | dt.datetime) -> dt.date:
    """Return the day in Vietnam of a moment; a day as it is."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def short_date(value: dt.date | dt.datetime | None) -> str:
    """05/03/2026; in English 5 March 2026, which nobody can read the wrong way round."""
    if not value:
        return ""
    day = local_day(value)
    return dates.long_date_en(day) if english() else dates.short_date(day)


def long_date(value: dt.date | dt.datetime | None) -> str:
    """For sentences: ngày 05 tháng 3 năm 2026."""
    if not value:
        return ""
    return short_date(value) if english() else dates.long_date(local_day(value))


def when(value: dt.datetime | None) -> str:
    """14:05 05/03/2026, Vietnam time."""
    if not value:
        return ""
    return f"{timezone.localtime(value):%H:%M} {short_date(value)}"


#: Not what anyone typed as their own words: tokens, counts, ids, buttons, choices, and passwords.
_NOT_TYPED = ("csrfmiddlewaretoken", "key", "luu", "them", "mandate", "next", "password", "decision")
_NOT_TYPED_ENDS = ("-total", "-giu", "-bo", "verdict", "outcome", "extent", "_ngay", "_thang", "_nam")


def typed(request: HttpRequest) -> list[str]:
    """Return the texts of a post that could not be taken, so that nobody has to type them again."""
    if request.method != "POST":
        return []
    return [
        text.strip()
        for name, texts in request.POST.lists()
        if name not in _NOT_TYPED and not name.endswith(_NOT_TYPED_ENDS)
        for text in texts
        if text.strip()
    ]
