"""Slips with which complaints and denunciations left the collections: the list, and each to print."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from supervision.access import policy
from supervision.casefiles.models import Case
from supervision.cases.models import Opinion, OpinionSource, Routing
from supervision.law.forms.o1 import CHANNELS, ROUTED
from supervision.web.acting import WorkRequest, work_page

PAGE = 25


def _readable(request: WorkRequest) -> Any:
    """Slips of the opinions whose original the actor may read: receivers and heads, no colleague."""
    sources = policy.visible(request.actor, OpinionSource.objects.all())
    return Routing.objects.filter(opinion__in=sources.values("opinion"))


@work_page
def routing_list(request: WorkRequest) -> HttpResponse:
    """List the slips that the actor may read, newest first; by kind and by collection."""
    rows = _readable(request)
    collections = Case.objects.filter(pk__in=rows.values("opinion__case")).order_by("-opened_at", "-pk")
    chosen = collections.filter(public_id=request.GET.get("dot", "")).first()
    rows = rows.filter(opinion__case=chosen) if chosen else rows
    counts = rows.aggregate(
        all=Count("pk"), **{kind: Count("pk", filter=Q(opinion__kind=kind)) for kind in ROUTED}
    )
    kind = request.GET.get("loai", "")
    rows = rows.filter(opinion__kind=kind) if kind in ROUTED else rows
    rows = rows.select_related("opinion__case", "by__user").order_by("-sent_on", "-pk")
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("trang")),
        "collections": collections,
        "chosen": chosen,
        "kind": kind if kind in ROUTED else "",
        "pills": _pills(request, counts, kind),
        "filtered": bool(chosen or kind in ROUTED),
    }
    return render(request, "web/routing_list.html", context)


def _pills(request: WorkRequest, counts: dict[str, int], current: str) -> list[dict[str, Any]]:
    words = {"all": _("Tất cả"), **{kind: capfirst(Opinion.Kind(kind).label) for kind in ROUTED}}
    pills = []
    for kind, text in words.items():
        query = request.GET.copy()
        query.pop("trang", None)
        query["loai"] = "" if kind == "all" else kind
        is_current = kind == (current if current in ROUTED else "all")
        address = f"?{query.urlencode()}"
        pills.append({"address": address, "words": text, "count": counts[kind], "current": is_current})
    return pills


@work_page
def routing_slip(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show one slip as it goes with the original, to print; it names neither author nor content."""
    found = _readable(request).filter(opinion__public_id=public_id)
    slip = found.select_related("opinion__case__lead", "by__user").first()
    if slip is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    context = {
        "slip": slip,
        "row": slip.opinion,
        "case": slip.opinion.case,
        "channel": dict(CHANNELS)[slip.opinion.channel],
        "files": slip.opinion.source.files.count(),
    }
    return render(request, "web/routing_slip.html", context)
