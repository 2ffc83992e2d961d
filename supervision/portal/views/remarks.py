"""The remarks of a published criticism, page by page, each with what was said to it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from supervision.client import limited
from supervision.law.text import T
from supervision.page import here
from supervision.portal import present
from supervision.portal.links import query_string
from supervision.portal.views.gone import withdrawn
from supervision.portal.views.publication import get_publication
from supervision.publication import corrections, remarks
from supervision.publication.models import Entry, Publication, PublishedRemark

PER_PAGE = 50
#: Pills of the page: key in the address -> (verdict, words).
GROUPS: dict[str, tuple[str, T]] = {
    "tiep-thu": ("accepted", present.VERDICTS["accepted"]),
    "mot-phan": ("partly", present.VERDICTS["partly"]),
    "khong": ("not_accepted", present.VERDICTS["not_accepted"]),
    "chua": ("", present.UNANSWERED),
}


@require_safe
@limited(get="search", bare_is_free=True)
def remark_pages(request: HttpRequest, year: int, organization: str, number: str) -> HttpResponse:
    """Show the table in the order of the draft; narrowed to a verdict, or opened where a code stands."""
    found = get_publication(year, organization, number)
    gone = found.entries.filter(what=Entry.What.WITHDRAW).select_related("replaced_by").first()
    if gone:
        return withdrawn(request, found, gone)
    counts = remarks.tally(found)
    if not counts:
        raise Http404("no remarks at this address")
    code = request.GET.get("ma", "").strip()[:40]
    place = _place_of(found, code) if code else ""
    if place:
        return redirect(f"{here(_address(found))}{place}")
    group = request.GET.get("ket-qua", "")
    rows = remarks.current(found)
    if group in GROUPS:
        rows = rows.filter(verdict=GROUPS[group][0])
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang", "1")[:6])
    context = {
        "publication": found,
        "corrections": corrections.told(found),
        "pills": _pills(found, group, counts),
        "page": page,
        "table": [present.remark(row) for row in page],
        "code": code,
        "group": GROUPS[group][1] if group in GROUPS else "",
    }
    return render(request, "portal/remarks.html", context)


def _address(publication: Publication) -> str:
    return f"{publication.address}y-kien/"


def _place_of(publication: Publication, code: str) -> str:
    """Return "?trang=3#yk-105" for a code as people type it ("YK-105", "105"), or ""."""
    digits = "".join(letter for letter in code if letter.isascii() and letter.isdigit())[:9]
    rows = remarks.current(publication)
    row: PublishedRemark | None = rows.filter(number=int(digits)).first() if digits else None
    if row is None:
        return ""
    before = rows.filter(Q(place__lt=row.place) | Q(place=row.place, number__lt=row.number)).count()
    page = before // PER_PAGE + 1
    return f"{query_string(trang=str(page) if page > 1 else '')}#{row.code.lower()}"


def _pills(publication: Publication, group: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    every = {
        "words": T("Tất cả", "All"),
        "count": sum(counts.values()),
        "address": here(_address(publication)),
    }
    return [
        {**every, "current": group not in GROUPS},
        *(
            {
                "words": words,
                "count": counts.get(verdict, 0),
                "current": key == group,
                "address": query_string(**{"ket-qua": key}),
            }
            for key, (verdict, words) in GROUPS.items()
        ),
    ]
