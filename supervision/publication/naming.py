"""A published paper as somebody typed it: by its number, with its day, or by its code or address."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from supervision.language.codes import grouped
from supervision.language.dates import short_date
from supervision.language.folding import nfc, number_key
from supervision.publication.models import Entry, Publication

_ADDRESS = re.compile(r"/ket-luan/(\d{4})/([^/\s]+)/([^/\s]+)")
_CODE = re.compile(r"[0-9A-Z]{26}")
_DAY = re.compile(
    r"(?:,?\s*ngày)?\s*\b(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|năm)\s*(\d{4})\s*$", re.I
)
_YEAR = re.compile(r",?\s*\bnăm\s*(\d{4})\s*$", re.I)


@dataclass(frozen=True)
class Typed:
    """What somebody typed to name a paper, taken apart; what was not typed is "" or None."""

    number: str  # as `number_key` folds it
    day: dt.date | None = None
    year: int | None = None
    code: str = ""
    address: tuple[str, str, str] | None = None  # year, body and number of `/ket-luan/…/`

    @classmethod
    def of(cls, text: str) -> Typed:
        """Return a text taken apart, a day or year at its end counting only where it can be one."""
        text = nfc(text).strip()
        if found := _ADDRESS.search(text):
            return cls("", address=(found[1], found[2], found[3]))
        code = re.sub(r"[\s-]", "", text.rstrip("/").rpartition("/v/")[2]).upper()
        if _CODE.fullmatch(code):
            return cls("", code=code)
        if found := _DAY.search(text):
            try:
                day = dt.date(int(found[3]), int(found[2]), int(found[1]))
            except ValueError:
                return cls(number_key(text))
            return cls(number_key(text[: found.start()]), day=day)
        if found := _YEAR.search(text):
            return cls(number_key(text[: found.start()]), year=int(found[1]))
        return cls(number_key(text))


def in_force(text: str, *, bodies: Iterable[str]) -> list[Publication]:
    """Return the papers in force of bodies (their codes) that a typed text fits, the newest first."""
    gone = Entry.objects.filter(what=Entry.What.WITHDRAW).values("publication")
    found = Publication.objects.filter(organization_code__in=set(bodies)).exclude(pk__in=gone)
    return list(_fitting(found, Typed.of(text)).order_by("-issued_on", "-pk"))


def _fitting(found: QuerySet[Publication], typed: Typed) -> QuerySet[Publication]:
    if typed.address:
        year, body, number = typed.address
        return found.filter(year=int(year), organization_code=body, number_slug=number)
    if typed.code:
        return found.filter(code=typed.code)
    found = found.filter(number_key=typed.number)
    if typed.day:
        return found.filter(issued_on=typed.day)
    return found.filter(year=typed.year) if typed.year else found


def named(publication: Publication) -> str:
    """Return what names one paper and can be typed: number and day."""
    return f"{publication.number_text} ngày {short_date(publication.issued_on)}"


def told_apart(papers: Iterable[Publication]) -> str:
    """Return papers in a line, each by number, day and code, so that one can be chosen and typed."""
    return "; ".join(f"{named(one)} (mã {grouped(one.code)})" for one in papers)
