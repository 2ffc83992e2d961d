"""All recommendations, by where they stand: the lists behind the numbers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
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
from supervision.portal.paging import Bounded, number
from supervision.publication.counting import counts
from supervision.publication.models import Standing
from supervision.publication.search import TEXTS as ROW_TEXTS

PER_PAGE = 20
TEXTS = tuple(f"row__{name}" for name in ROW_TEXTS)
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
    stages = Standing.Stage
    return {
        "": ~Q(stage=stages.GONE),
        "qua-han": Q(stage=stages.OWED, order_on__lt=on),
        "cho-tra-loi": Q(stage=stages.OWED, order_on__gte=on),
        "dang-lam": Q(stage=stages.DOING),
        "xac-minh": Q(stage=stages.VERIFIED),
        "ket-thuc": Q(stage=stages.CLOSED),
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
    found = counts([everything.filter(condition(key, on)) for key in GROUPS])
    order = ("order_on", "-published_at", "number")
    rows = (
        everything.filter(condition(group, on))
        .select_related("follow_up", "row__publication")
        .defer(*TEXTS, "row__publication__html", "row__publication__plain_text")
        .order_by(*order if group else ("is_final", *order))
    )
    known = found[list(GROUPS).index(group)]
    page = Bounded(rows, PER_PAGE, known=known).get_page(request.GET.get("trang", "1")[:6])
    days = calendar()
    items = [_item(one, on, days) for one in page]
    context = {
        "pills": _pills(group, agency, year, found),
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
        "changed": present.changed(one.row.validity),
        "amended": present.is_amended(one.follow_up),
    }


def _all(agency: str, year: str) -> QuerySet[Standing]:
    found = Standing.objects.all()
    if agency:
        found = found.filter(addressee_code=agency)
    return found.filter(year=int(year)) if year else found


def _pills(group: str, agency: str, year: str, found: list[int]) -> list[dict[str, Any]]:
    all_address = here("/kien-nghi/")
    return [
        {
            "words": name,
            "count": number(found[n]),
            "current": key == group,
            "address": query_string(**{"tinh-trang": key, "co-quan": agency, "nam": year}) or all_address,
        }
        for n, (key, name) in enumerate(GROUPS.items())
    ]
