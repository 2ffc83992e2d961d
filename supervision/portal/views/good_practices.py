"""Good practices that published conclusions commend, the newest first: for others to learn from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from supervision.client import limited
from supervision.portal import present
from supervision.portal.paging import Bounded
from supervision.publication.models import GoodPractice
from supervision.publication.search import TEXTS as ROW_TEXTS
from supervision.publication.vocabulary import Validity

PER_PAGE = 20
TEXTS = tuple(f"publication__search_row__{name}" for name in ROW_TEXTS)


@require_safe
@limited(get="search", bare_is_free=True)
def good_practices(request: HttpRequest) -> HttpResponse:
    """List what was commended; what a withdrawn document said is not shown."""
    rows = (
        GoodPractice.objects.exclude(publication__search_row__validity=Validity.WITHDRAWN)
        .select_related("publication__search_row")
        .defer("publication__html", "publication__plain_text", *TEXTS)
        .order_by("-publication_id", "number")
    )
    page = Bounded(rows, PER_PAGE).get_page(request.GET.get("trang", "1")[:6])
    items = [
        {"practice": one, "changed": present.changed(one.publication.search_row.validity)} for one in page
    ]
    return render(request, "portal/good_practices.html", {"page": page, "items": items})
