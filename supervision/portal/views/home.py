"""The front door: what the Front has published this year, and who still owes a reply."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from supervision.page import here
from supervision.portal import present
from supervision.publication import search

NEWEST = 3
LONGEST_OVERDUE = 5
TEXTS = (*(f"row__{name}" for name in search.TEXTS), "row__publication__html", "row__publication__plain_text")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    on = present.today()
    overdue = search.overdue(on=on)
    newest = (
        search.findings()
        .order_by("-published_at", "-id")
        .exclude(validity="thu-hoi")
        .select_related("publication")
        .defer(*search.TEXTS, "publication__html", "publication__plain_text")
        .prefetch_related("standings__follow_up")[:NEWEST]
    )
    context = {
        "results_address": here("/ket-luan/"),
        "figures": _figures(on),
        "from_on": dt.date(on.year, 1, 1),
        "on": on,
        "results": [present.result(row, on) for row in newest],
        "overdue_count": overdue.count(),
        "overdue": [
            {
                "standing": standing,
                "what": present.followed(standing.row.publication),
                "changed": present.changed(standing.row.validity),
                "days": (on - standing.due_on).days,
            }
            for standing in overdue.select_related("row__publication").defer(*TEXTS)[:LONGEST_OVERDUE]
            if standing.due_on
        ],
    }
    return render(request, "portal/home.html", context)


def _figures(on: dt.date) -> dict[str, Any]:
    """This year's numbers; each leads to the list it counts, in which what was withdrawn is marked."""
    standing = ~Q(validity="thu-hoi")
    figures = (
        search.findings()
        .filter(year=on.year)
        .aggregate(
            published=Count("pk"),
            withdrawn=Count("pk", filter=~standing),
            recommended=Sum("total_count", filter=standing),
            verified=Sum("verified_count", filter=standing),
        )
    )
    return {name: number or 0 for name, number in figures.items()}
