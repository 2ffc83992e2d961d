"""Good practices that published conclusions commend, the newest first: for others to learn from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from supervision.client import limited
from supervision.portal.paging import Bounded
from supervision.publication.models import GoodPractice
from supervision.publication.vocabulary import Validity

PER_PAGE = 20


@require_safe
@limited(get="search", bare_is_free=True)
def good_practices(request: HttpRequest) -> HttpResponse:
    """List what was commended; what a withdrawn document said is not shown."""
    rows = (
        GoodPractice.objects.exclude(publication__search_row__validity=Validity.WITHDRAWN)
        .select_related("publication")
        .defer("publication__html", "publication__plain_text")
        .order_by("-publication_id", "number")
    )
    page = Bounded(rows, PER_PAGE).get_page(request.GET.get("trang", "1")[:6])
    return render(request, "portal/good_practices.html", {"page": page, "items": list(page)})
