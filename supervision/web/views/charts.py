"""The picture of a case's flow and the page that shows it, with the same facts in words."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from supervision.law.registry import spec_of
from supervision.page import in_language
from supervision.web.acting import WorkRequest, work_page
from supervision.web.chart import marked, svg
from supervision.web.views.cases import find_case


@work_page
def chart_page(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show the steps of a case as a picture, and below it as a list."""
    case = find_case(request, public_id)
    spec = spec_of(case.form)
    return render(request, "web/chart.html", {"case": case, "spec": spec, "stages": marked(case, spec)})


@work_page
def chart_svg(request: WorkRequest, public_id: str) -> HttpResponse:
    """Give the picture alone."""
    case = find_case(request, public_id)
    spec = spec_of(case.form)
    title = _("Quy trình của hồ sơ %(code)s: %(form)s") % {
        "code": case.code,
        "form": in_language(spec.title),
    }
    return HttpResponse(svg(title, marked(case, spec)), content_type="image/svg+xml; charset=utf-8")
