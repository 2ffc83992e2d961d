"""All recommendations, by where they stand: the lists behind the numbers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from supervision.client import limited
from supervision.deadlines.services import calendar
from supervision.law.calendar import Calendar
from supervision.law.text import T
from supervision.page import here
from supervision.portal import present
from supervision.portal.links import query_string
from supervision.publication.models import Standing
from supervision.publication.vocabulary import FINAL, OWED, State

PER_PAGE = 20
#: Pills of the page: key in the address -> words.
GROUPS: dict[str, T] = {
    "": T("Tất cả", "All"),
    "qua-han": T("Quá hạn trả lời", "Reply overdue"),
    "cho-tra-loi": T("Chờ trả lời", "Awaiting a reply"),
    "dang-lam": T("Đã trả lời, đang theo dõi", "Answered, followed up"),
    "xac-minh": T("Đã xác minh", "Verified"),
    "ket-thuc": T("Đã trả lời đủ, kết thúc khác", "All remarks answered, or otherwise closed"),
}


def condition(group: str, on: dt.date) -> Q:
    """The recommendations of one pill; each belongs to exactly one."""
    late = Q(state__in=OWED, due_on__lt=on)
    return {
        "": Q(),
        "qua-han": late,
        "cho-tra-loi": Q(state=State.PAUSED)
        | Q(state__in=OWED) & (Q(due_on__isnull=True) | Q(due_on__gte=on)),
        "dang-lam": Q(state__in=[State.ANSWERED, State.DOING, State.REPORTED, State.EXPLAINED]),
        "xac-minh": Q(state=State.VERIFIED),
        "ket-thuc": Q(state=State.CLOSED),
    }[group]


@require_safe
@limited(get="search", bare_is_free=True)
def recommendations(request: HttpRequest) -> HttpResponse:
    on = present.today()
    group = request.GET.get("tinh-trang", "")
    group = group if group in GROUPS else ""
    agency = request.GET.get("co-quan", "")[:40].replace("\0", "")
    year = request.GET.get("nam", "")
    year = year if year.isascii() and year.isdigit() and len(year) == 4 else ""
    everything = _all(agency, year)
    counts = everything.aggregate(
        **{f"n{n}": Count("pk", filter=condition(key, on) or Q(pk__gt=0)) for n, key in enumerate(GROUPS)}
    )
    rows = (
        everything.filter(condition(group, on))
        .select_related("follow_up", "row__publication")
        .defer("row__folded", "row__exact", "row__publication__html", "row__publication__plain_text")
        .annotate(is_final=Q(state__in=FINAL))
        .order_by("is_final", F("due_on").asc(nulls_last=True), "-row__published_at", "number")
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang", "1")[:6])
    days = calendar()
    items = [_item(one, on, days) for one in page]
    context = {
        "pills": _pills(group, agency, year, counts),
        "items": items,
        "page": page,
        "group": GROUPS[group],
        "is_all": not group,
        "agency": items[0]["standing"].addressee_name if agency and items else agency,
        "agency_code": agency,
        "year": year,
        "all_address": here("/kien-nghi/"),
    }
    return render(request, "portal/recommendations.html", context)


def _item(one: Standing, on: dt.date, days: Calendar) -> dict[str, Any]:
    return {
        "standing": one,
        "what": present.followed(one.row.publication),
        "chip": present.chip(one.follow_up, on, days),
        "amended": present.is_amended(one.follow_up),
    }


def _all(agency: str, year: str) -> QuerySet[Standing]:
    found = Standing.objects.exclude(row__validity="thu-hoi")
    if agency:
        found = found.filter(addressee_code=agency)
    return found.filter(row__year=int(year)) if year else found


def _pills(group: str, agency: str, year: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    all_address = here("/kien-nghi/")
    return [
        {
            "words": name,
            "count": counts[f"n{n}"],
            "current": key == group,
            "address": query_string(**{"tinh-trang": key, "co-quan": agency, "nam": year}) or all_address,
        }
        for n, (key, name) in enumerate(GROUPS.items())
    ]
