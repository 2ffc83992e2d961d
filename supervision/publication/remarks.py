"""The remarks of a published criticism with what was said to each: kept row by row, read page by page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Max, QuerySet

from supervision.audit.services import fix
from supervision.language.dates import vietnam_day
from supervision.publication.models import Entry, Publication, PublishedRemark


@dataclass(frozen=True)
class Row:
    """A remark with what stands for it; the fields are those of `PublishedRemark`."""

    code: str
    remark: str
    place: int
    number: int
    verdict: str
    data: Mapping[str, Any]


def tell(publication: Publication, rows: Sequence[Row], *, at: dt.datetime) -> int:
    """Add the rows (some hundreds at most) that say something else than the page does; returns how many.

    Each stays where it stood first: the page keeps the order of the version that it is about.
    """
    now = {one.code: _row(one) for one in current(publication, codes=[row.code for row in rows])}
    placed = [replace(row, place=now[row.code].place) if row.code in now else row for row in rows]
    new = [
        PublishedRemark(publication=publication, at=at, **vars(row))
        for row in placed
        if now.get(row.code) != row
    ]
    fix(PublishedRemark.objects.bulk_create(new), actor=None, at=at)
    return len(new)


def note_update(publication: Publication, *, at: dt.datetime) -> None:
    """Put into the record of the page that its remarks were brought up to date: once a day, not for each."""
    last = publication.entries.order_by("-pk").first()
    if last and last.what == Entry.What.UPDATE and vietnam_day(last.at) == vietnam_day(at):
        return
    fix([Entry.objects.create(publication=publication, what=Entry.What.UPDATE, at=at)], actor=None, at=at)


def _row(one: PublishedRemark) -> Row:
    return Row(one.code, one.remark, one.place, one.number, one.verdict, one.data)


def current(publication: Publication, *, codes: Iterable[str] | None = None) -> QuerySet[PublishedRemark]:
    """Return what stands of each remark now (of those with `codes`), in the order of the table."""
    rows = publication.remarks.all() if codes is None else publication.remarks.filter(code__in=codes)
    newest = rows.order_by().values("code").annotate(newest=Max("pk")).values("newest")
    return PublishedRemark.objects.filter(pk__in=newest).order_by("place", "number")


def newest_of(remark: str) -> PublishedRemark | None:
    """Return what stands on a page in force of the remark with this permanent id, if there is one."""
    withdrawn = Entry.objects.filter(what=Entry.What.WITHDRAW).values("publication")
    rows = PublishedRemark.objects.filter(remark=remark).exclude(publication__in=withdrawn)
    return rows.select_related("publication").order_by("-pk").first()


def tally(publication: Publication) -> dict[str, int]:
    """Return how many remarks there are of each verdict; those still open under ""."""
    return dict(current(publication).order_by().values_list("verdict").annotate(Count("pk")))
