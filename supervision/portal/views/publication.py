"""A published document: the text first, the signed PDF second, what became of it below."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from supervision.drafts import public as drafts
from supervision.files.models import Blob
from supervision.files.responses import download, not_changed
from supervision.language.dates import vietnam_day
from supervision.law.forms.annual_plan import SPEC as PLAN
from supervision.portal import present
from supervision.portal.views.gone import withdrawn
from supervision.publication import corrections, remarks
from supervision.publication.log.answers import assurance
from supervision.publication.models import Entry, FollowUp, Publication, PublishedPlan
from supervision.publication.words import words_of

#: So many remarks of a criticism stand on the page itself.
FIRST = 50


def get_publication(year: int, organization: str, number: str) -> Publication:
    """Return the publication at that address; Http404 when there never was one."""
    try:
        return Publication.objects.select_related("search_row").get(
            year=year, organization_code=organization, number_slug=number
        )
    except Publication.DoesNotExist as error:
        raise Http404("no publication at this address") from error


@require_safe
def publication(request: HttpRequest, year: int, organization: str, number: str) -> HttpResponse:
    found = get_publication(year, organization, number)
    entries = list(found.entries.select_related("replaced_by").order_by("id"))
    gone = next((entry for entry in entries if entry.what == Entry.What.WITHDRAW), None)
    if gone:
        return withdrawn(request, found, gone)
    on = present.today()
    follow_ups = [
        standing.follow_up
        for standing in found.search_row.standings.select_related("follow_up").order_by("number")
    ]
    context = {
        "publication": found,
        "validity": present.validity_chip(found.search_row.validity),
        "corrections": corrections.told(found, entries),
        "pairs": present.pairs(follow_ups, on, words_of(found)),
        **_remarks(found),
        "followed": present.followed(found),
        "log": present.by_the_log(assurance(found, at=timezone.now())),
        "updated_at": _updated(follow_ups),
        "history": _history(entries),
        "basis": [present.words(one) for one in found.facts.get("basis", [])],
        "plan": PublishedPlan.objects.filter(publication=found).first() if found.form == PLAN.slug else None,
    }
    return render(request, "portal/publication.html", context)


def _remarks(found: Publication) -> dict[str, Any]:
    """The first remarks of a criticism, and how many there are: the rest is read page by page."""
    rows = remarks.current(found)
    first = list(rows[: FIRST + 1])
    count = len(first) if len(first) <= FIRST else rows.count()
    return {
        "table": [present.remark(row) for row in first[:FIRST]],
        "remark_count": count,
        "draft": drafts.text_beside(first[0].remark) if first else "",
    }


@require_safe
def pdf(request: HttpRequest, year: int, organization: str, number: str, name: str) -> HttpResponseBase:
    """The signed original; 410 with the reason once it is withdrawn."""
    found = get_publication(year, organization, number)
    if name != found.pdf_name:
        raise Http404("no such file")
    gone = found.entries.filter(what=Entry.What.WITHDRAW).select_related("replaced_by").first()
    if gone:
        return withdrawn(request, found, gone)
    blob = Blob.objects.filter(sha256=found.newest_sha256()).first()
    if blob is None:
        raise Http404("the file is not kept here")
    return not_changed(request, blob) or download(blob, found.pdf_name, public=True)


def _updated(follow_ups: list[FollowUp]) -> Any:
    return max((follow.at for follow in follow_ups), default=None)


def _history(entries: list[Entry]) -> list[dict[str, Any]]:
    """The record of the page; updates of one day are one line, the first publishing stands first."""
    lines: list[dict[str, Any]] = []
    for entry in entries:
        last = lines[-1] if lines else None
        same_day = last and vietnam_day(last["at"]) == vietnam_day(entry.at)
        if last and entry.what == last["what"] == Entry.What.UPDATE and same_day:
            last["at"] = entry.at
            continue
        lines.append({"what": entry.what, "at": entry.at, "number": entry.data.get("number", "")})
    return lines
