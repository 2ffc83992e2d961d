"""A withdrawn publication: the address stays, says why, and shows the text no more."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from supervision.publication.models import Entry, Publication


def withdrawn(request: HttpRequest, publication: Publication, entry: Entry) -> HttpResponse:
    """Answer 410 with reason and replacement: whoever scans the code on paper must learn of it."""
    context = {"publication": publication, "entry": entry}
    return render(request, "portal/withdrawn.html", context, status=410)
