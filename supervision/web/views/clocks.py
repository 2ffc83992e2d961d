"""Why a deadline is on its day, told to everyone who may see what it is for."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.access import policy
from supervision.casefiles.models import Case
from supervision.cases.models import Criticism, Inquiry, Recommendation
from supervision.deadlines.models import Deadline
from supervision.deadlines.states import state
from supervision.deadlines.why import why
from supervision.law.text import T
from supervision.web.acting import WorkRequest, work_page
from supervision.web.templatetags.gs import here
from supervision.web.views.pausing import ways
from workflows.access import clocks_of, pointing_to
from workflows.inbox.work_items import step_of
from workflows.models import WorkItem


@work_page
def why_this_date(request: WorkRequest, public_id: str) -> HttpResponse:
    """Tell one deadline from its rule to its date; made to be printed."""
    deadline = policy.visible(request.actor, Deadline.objects.filter(public_id=public_id)).first()
    if deadline is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    today, belongs = timezone.localdate(), _belongs_to(request, deadline)
    of_law = belongs.pop("of_law")
    task = belongs["steps"][0] if deadline.rule == "STEP" and belongs["steps"] else None
    context = {
        "deadline": deadline,
        "title": task or deadline.law_rule.title,
        "state": state(deadline, today),
        "story": why(deadline, today, task, of_law),
        "today": today,
        **belongs,
    }
    return render(request, "web/why.html", context)


def _belongs_to(request: WorkRequest, deadline: Deadline) -> dict[str, Any]:
    """What the deadline is for: the case, the request, the step, with the pages the reader may open."""
    places: list[tuple[str, Any]] = []
    case: Case | None = None
    owed: Inquiry | Recommendation | Criticism | None = None
    for model, path in ((Inquiry, "/yeu-cau/"), (Recommendation, "/kien-nghi/"), (Criticism, "/phan-bien/")):
        rows: Any = model.objects.filter(pointing_to(deadline, model))
        rows = rows.select_related("case", *clocks_of(model))
        for row in policy.visible(request.actor, rows)[:1]:
            case, owed = row.case, row
            places.append((here(f"{path}{row.public_id}/"), _request_words(row)))
    items = WorkItem.objects.filter(deadline=deadline).select_related(
        "case",
        "inquiry__agency",
        "recommendation",
        "consultation__organization",
        "consultation__person__user",
    )
    steps: list[T] = []
    for item in items.order_by("pk"):
        case = item.case
        if (title := step_of(item).title) not in steps:
            steps.append(title)
    may_open = case is not None and policy.can(request.actor, "view", case)
    if case is not None and may_open:
        places.insert(0, (here(f"/ho-so/{case.public_id}/"), _("Hồ sơ %(code)s") % {"code": case.code}))
    return {
        "case": case,
        "places": places,
        "steps": steps,
        "of_law": _of_law(deadline, owed),
        **ways(request, owed, deadline),
    }


def _of_law(deadline: Deadline, owed: Inquiry | Recommendation | Criticism | None) -> Deadline | None:
    """Return the clock by which the law sets a last day for what this one asks for earlier."""
    bound = deadline.law_rule.bound_by
    if bound is None or owed is None:
        return None
    beside = [getattr(owed, name) for name in clocks_of(type(owed))]
    return next((clock for clock in beside if clock and clock.rule == bound.code), None)


def _request_words(row: Inquiry | Recommendation | Criticism) -> str:
    if isinstance(row, Inquiry):
        return _("Trang của yêu cầu này")
    if isinstance(row, Criticism):
        return _("Trang của phản biện này")
    return _("Trang của kiến nghị %(number)s") % {"number": row.number}
