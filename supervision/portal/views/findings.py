"""The list of publications: search, facets, pages. The same number of queries whatever the size."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from supervision.client import limited
from supervision.law.fields import FIELDS
from supervision.law.text import T
from supervision.page import here
from supervision.portal import present
from supervision.portal.highlight import mark
from supervision.portal.links import query_string
from supervision.portal.paging import Bounded, number, thousands
from supervision.publication import search
from supervision.publication.counting import MOST
from supervision.publication.search import ALL_VALUES, Answer, FacetValue, Search
from supervision.publication.tokens import words
from supervision.publication.vocabulary import LEVELS, REPLY, VALIDITY

PER_PAGE = 20
MOST_VALUES = 10
TITLES: dict[str, T] = {
    "tra-loi": T("Việc trả lời kiến nghị, phản biện", "Replies to recommendations and criticisms"),
    "tinh-trang": T("Tình trạng văn bản", "State of the document"),
    "hinh-thuc": T("Hình thức", "Form"),
    "cap": T("Cấp", "Level"),
    "linh-vuc": T("Lĩnh vực", "Subject field"),
    "nam": T("Năm", "Year"),
    "tinh": T("Tỉnh, thành phố", "Province"),
    "don-vi": T("Tổ chức ban hành", "Issued by"),
    "co-quan": T("Cơ quan nhận kiến nghị", "Agency addressed"),
}
NAMES: dict[str, dict[str, T]] = {
    "tra-loi": {str(key): name for key, name in REPLY.items()},
    "tinh-trang": {str(key): name for key, name in VALIDITY.items()},
    "cap": LEVELS,
    "linh-vuc": FIELDS,
}
#: Few values with an order of their own, the most pressing first; the others go by count.
IN_OWN_ORDER = frozenset({"tra-loi", "tinh-trang", "cap"})
ORDERS: tuple[tuple[str, T], ...] = (
    ("khop", T("khớp nhất", "best match")),
    ("moi", T("mới nhất", "newest")),
    ("qua-han", T("quá hạn lâu nhất", "longest overdue")),
)


@require_safe
@limited(get="search", bare_is_free=True)
def findings(request: HttpRequest) -> HttpResponse:
    on = present.today()
    asked = Search.of(request.GET)
    answer = search.answer(asked, on=on)
    page = Bounded(answer, PER_PAGE, known=answer.count, more=answer.more).get_page(
        request.GET.get("trang", "1")[:6]
    )
    results = [present.result(row, on) for row in page]
    for one in results:
        one["title"] = mark(one["publication"].title, asked.query)
        one["lead"] = mark(one["lead"], asked.query)
    unmarked = words(asked.query)
    context = {
        "asked": asked,
        "count": answer.count,
        "more": answer.more,
        "number": number_of(answer),
        "page": page,
        "results": results,
        "facets": [_facet(asked, key, values) for key, values in answer.facets.items() if values],
        "active": [_active(asked, key, value, answer.facets[key]) for key, value in asked.filters.items()],
        "hidden": list(asked.filters.items()),
        "orders": _orders(asked),
        "unmarked": unmarked if unmarked != asked.query else "",
        "all_address": here("/ket-luan/"),
    }
    return render(request, "portal/findings.html", context)


def number_of(answer: Answer) -> str:
    """Return how many results there are, in words; beyond `MOST` nobody counts."""
    if not answer.more or answer.count == MOST:
        return number(answer.count + answer.more)
    # Of a phrase those of the newest papers are counted that truly have it, so there may be no more.
    return _("ít nhất %(n)s") % {"n": thousands(answer.count)}


@require_safe
def by_number(request: HttpRequest, number: str) -> HttpResponse:
    """A number alone is no address (many bodies have a number 07): lead to the list that finds it."""
    return redirect(f"{here('/ket-luan/')}{query_string(q=number)}")


def name_of(key: str, value: FacetValue) -> Any:
    """What a facet value is called; codes that have no name are shown as they are."""
    if key == "hinh-thuc":
        vi, _tab, en = value.name.partition("\t")
        return T(vi, en) if en else value.value
    return NAMES.get(key, {}).get(value.value) or value.name or value.value


def own_language(key: str, value: FacetValue) -> str:
    """The language of a name that is not translated: of a body or a place; "" when it is."""
    return "" if isinstance(name_of(key, value), T) or key == "nam" else "vi"


def _facet(asked: Search, key: str, values: list[FacetValue]) -> dict[str, Any]:
    """Return what the page shows of a facet; `every` leads to the page that shows all its values."""
    chosen = asked.filters.get(key, "")
    if key == "nam":
        values = sorted(values, key=lambda one: one.value, reverse=True)
    if key in IN_OWN_ORDER:
        order = {value: n for n, value in enumerate(NAMES[key])}
        values = sorted(values, key=lambda one: order.get(one.value, len(order)))
    is_open = asked.opened == key
    most = len(values) if is_open else MOST_VALUES
    shown = [one for n, one in enumerate(values) if n < most or one.value == chosen]
    is_all = len(shown) == len(NAMES[key]) if key in IN_OWN_ORDER else False
    is_part = len(values) > len(shown) or (not is_all and any(one.count is None for one in values))
    return {
        "title": TITLES[key],
        "every": "" if is_open or not is_part else f"{address(asked, mo=key)}#loc-{key}",
        "id": f"loc-{key}",
        "is_cut": is_open and len(values) >= ALL_VALUES,
        "values": [
            {
                "words": name_of(key, one),
                "lang": own_language(key, one),
                "count": one.count,
                "current": one.value == chosen,
                "address": address(asked, **{key: one.value}),
            }
            for one in shown
        ],
    }


def _active(asked: Search, key: str, value: str, values: list[FacetValue]) -> dict[str, Any]:
    known = next((one for one in values if one.value == value), FacetValue(value, "", 0))
    return {
        "title": TITLES[key],
        "words": name_of(key, known),
        "lang": own_language(key, known),
        "address": address(asked, **{key: ""}),
    }


def _orders(asked: Search) -> list[dict[str, Any]]:
    usual = "khop" if asked.query else "moi"
    now = asked.order or usual
    if now == "khop" and not asked.query:
        now = "moi"
    return [
        {"words": name, "current": key == now, "address": address(asked, xep="" if key == usual else key)}
        for key, name in ORDERS
        if asked.query or key != "khop"
    ]


def address(asked: Search, **changes: str) -> str:
    """The list's address with some parts of the question changed; empty means without."""
    parts = {"q": asked.query, **asked.filters, "xep": asked.order, **changes}
    return query_string(**parts) or here("/ket-luan/")
