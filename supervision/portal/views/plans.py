"""Annual plans in public: the list, and a plan with what became of each item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from supervision.client import limited
from supervision.page import here
from supervision.portal import present
from supervision.portal.views.gone import withdrawn
from supervision.publication import corrections
from supervision.publication import plans as published
from supervision.publication.models import Entry, PlanLine, PublishedPlan
from supervision.publication.vocabulary import Validity

PER_PAGE = 20


@require_safe
@limited(get="search", bare_is_free=True)
def plans(request: HttpRequest) -> HttpResponse:
    """List the newest version of every public plan, newest year first."""
    rows = PublishedPlan.objects.filter(version=1).select_related("publication").defer(*published.TEXTS)
    page = Paginator(rows.order_by("-year", "publication__organization_name", "pk"), PER_PAGE).get_page(
        request.GET.get("trang", "1")[:6]
    )
    lines, in_force = published.newest_lines(page), published.in_force(page)
    shown = [_row(one, in_force.get(key), lines.get(key, [])) for one in page if (key := _of(one))]
    return render(request, "portal/plans.html", {"page": page, "rows": shown})


def _of(plan: PublishedPlan) -> tuple[int, str]:
    return plan.year, plan.organization_code


def _row(first: PublishedPlan, current: PublishedPlan | None, lines: Iterable[PlanLine]) -> dict[str, Any]:
    """Return what the list says of a year: of what stands, or that what was first published does not."""
    validity = current.publication.search_row.validity if current else Validity.WITHDRAWN
    return {
        "plan": current or first,
        "counts": _counts(lines),
        "changed": present.changed(validity),
        "is_withdrawn": current is None,
    }


def _counts(lines: Iterable[PlanLine]) -> list[tuple[int, Any]]:
    """Return how many items stand where, only what there is."""
    on = present.today()
    found = list(lines)
    counted = Counter(line.state for line in found)
    shown = [(counted[state], words) for state, words in published.STATE_WORDS.items() if counted[state]]
    late = sum(published.is_late(line.state, line.ends_on, on) for line in found)
    return [*shown, (late, published.LATE_WORDS)] if late else shown


@require_safe
def plan(request: HttpRequest, year: int, organization: str) -> HttpResponse:
    """Show a plan: its items as they stand, each version as it was signed; 410 once none is in force."""
    rows = PublishedPlan.objects.filter(year=year, organization_code=organization)
    versions = list(
        rows.select_related("publication__search_row").defer(*published.TEXTS).order_by("-version")
    )
    if not versions:
        raise Http404("no plan at this address")
    withdrawals = _withdrawals(versions)
    current = next((one for one in versions if one.publication_id not in withdrawals), None)
    if current is None:
        newest = versions[0].publication
        return withdrawn(request, newest, withdrawals[newest.pk])
    on, amended = present.today(), published.amendments(versions)
    lines = published.newest_lines(versions[:1]).get((year, organization), [])
    context = {
        "plan": current,
        "publication": current.publication,
        "versions": [(one, amended[one.pk]) for one in versions],
        "some_are_gone": bool(withdrawals),
        "corrections": corrections.told(current.publication),
        "withdrawn_version": versions[0].publication if versions[0] != current else None,
        "withdrawal": withdrawals.get(versions[0].publication_id),
        "counts": _counts(lines),
        "updated_at": max((line.at for line in lines), default=None),
        "rows": [
            {
                "line": line,
                "form": present.words(line.data["form"]),
                "field": present.words(line.data["field"]),
                "period": present.words(line.data["period"]),
                "chip": published.chip(line.state, line.ends_on, on),
                "case_address": here(line.data["case_address"]) if line.data["case_address"] else "",
            }
            for line in lines
        ],
    }
    return render(request, "portal/plan.html", context)


def _withdrawals(versions: list[PublishedPlan]) -> dict[int, Entry]:
    """Return what withdrew each version that is no longer in force, by its publication; one query."""
    gone = Entry.objects.filter(
        what=Entry.What.WITHDRAW, publication__in=[v.publication_id for v in versions]
    )
    return {entry.publication_id: entry for entry in gone.select_related("replaced_by")}
