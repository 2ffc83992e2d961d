"""How pages say dates, addresses and pairs of words in the reader's language (plain; used by web and portal).

The tags and filters in `web.templatetags.gs` are these functions; here they are for Python.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.forms import BaseForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
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


#: How a page reads what was posted under a name: (label, words), None for a name of no field of its form.
Known = Callable[[str, str], tuple[Any, str] | None]

#: Never shown again: tokens, buttons, counts, and passwords.
_SECRET = (
    "csrfmiddlewaretoken",
    "key",
    "doc",
    "edition",
    "luu",
    "them",
    "hang",
    "o-hang",
    "next",
    "password",
)
_SECRET_ENDS = ("-total", "-giu", "-bo")
#: Nobody's own words where the form is not known: ids, buttons, and what is chosen from a list.
_CHOSEN = ("mandate", "decision", "o", "chon", "la", "lam", "viec", "kind", "source", "xem", "nguoi")
_CHOSEN_ENDS = ("verdict", "outcome", "extent")
_CODE = re.compile(r"[a-z][a-z_]*|[a-z2-7]{26}")


def typed(request: HttpRequest, known: Known | None = None) -> list[tuple[Any, str]]:
    """Return (label, text) of a post that could not be taken, so that nobody has to type it again.

    `known` reads the fields of the form, where the page knows which it was; else labels are empty.
    """
    found = []
    for name, text in _posted(request):
        read = known(name, text) if known else None
        if read is not None:
            found.append(read)
        elif not (name in _CHOSEN or name.endswith(_CHOSEN_ENDS) or _CODE.fullmatch(text)):
            found.append(("", text))
    return found


def known_in(form: BaseForm) -> Known:
    """Return how to read what was posted to a form of Django: its labels, and the words of its choices."""

    def known(name: str, text: str) -> tuple[Any, str] | None:
        field = form.fields.get(name.removeprefix(f"{form.prefix}-") if form.prefix else name)
        if field is None:
            return None
        words = {str(value): str(shown) for value, shown in getattr(field, "choices", ())}
        return field.label, words.get(text, text)

    return known


def _posted(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Yield what was posted, by name of field; a day in three boxes is one text."""
    for name, texts in request.POST.lists():
        if name in _SECRET or name.endswith((*_SECRET_ENDS, "_thang", "_nam")):
            continue
        if name.endswith("_ngay"):
            name = name.removesuffix("_ngay")
            boxes = [request.POST.get(f"{name}_{box}", "").strip() for box in ("ngay", "thang", "nam")]
            texts = ["/".join(filter(None, boxes))]
        yield from ((name, text.strip()) for text in texts if text.strip())


def came_from(request: HttpRequest) -> str:
    """Return the address of the page that led here, on this site; of a post without one its own, else ""."""
    own, referer = request.get_full_path(), request.META.get("HTTP_REFERER", "")
    if url_has_allowed_host_and_scheme(referer, {request.get_host()}) and "://" in referer:
        parts = urlsplit(referer)
        address = urlunsplit(("", "", f"/{parts.path.lstrip('/')}", parts.query, ""))
        if request.method == "POST" or address != own:
            return address
    return own if request.method == "POST" else ""
