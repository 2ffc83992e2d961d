"""One page for each request to an agency: what is asked, on what basis, until when, what was answered."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.access import policy
from supervision.access.rights import VIEW
from supervision.cases.models import Criticism, Inquiry, Recommendation
from supervision.cases.services.extensions import extendable_clock
from supervision.deadlines.explain import explain
from supervision.deadlines.models import Deadline
from supervision.deadlines.states import state
from supervision.documents.models import Document
from supervision.drafts.taking import calls
from supervision.law.registry import specs
from supervision.web.acting import WorkRequest, work_page
from supervision.web.briefs import about
from supervision.web.change_briefs import changes_of, public_changes
from supervision.web.rungs import following
from supervision.web.templatetags.gs import here
from supervision.web.views.pausing import ways
from workflows.inbox.work_items import step_of
from workflows.models import WorkItem


def find_inquiry(request: WorkRequest, public_id: str) -> Inquiry:
    """Return the inquiry if the actor may see it; Hidden otherwise."""
    return _find(
        request,
        Inquiry.objects.select_related(
            "case__lead", "agency", "report_deadline", "asked_deadline", "supplement_deadline"
        ),
        public_id,
    )


def find_recommendation(request: WorkRequest, public_id: str) -> Recommendation:
    """Return the recommendation if the actor may see it; Hidden otherwise."""
    return _find(
        request,
        Recommendation.objects.select_related(
            "case__lead", "addressee__superior", "reply_deadline", "action_deadline", "assess_deadline"
        ),
        public_id,
    )


def find_criticism(request: WorkRequest, public_id: str, action: str = VIEW) -> Any:
    """Return the criticism if the actor may do `action` on it; Hidden otherwise.

    Its `is_changed` says whether its published document was corrected or withdrawn, in the same query.
    """
    related = ("case__lead", "addressee", "draft__owner", "reply_deadline", "draft_deadline")
    rows = Criticism.objects.select_related(*related, "assess_deadline", "explain_deadline")
    rows = rows.annotate(is_changed=Exists(changes_of(OuterRef("case"))))
    return _find(request, rows, public_id, action)


def _find(request: WorkRequest, rows: QuerySet[Any], public_id: str, action: str = VIEW) -> Any:
    found = policy.visible(request.actor, rows, action).filter(public_id=public_id).first()
    if found is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    return found


def _clocks(deadlines: list[Deadline | None]) -> list[dict[str, Any]]:
    today = timezone.localdate()
    return [
        {"deadline": one, "title": one.law_rule.title, "state": state(one, today), "rows": explain(one)}
        for one in deadlines
        if one is not None
    ]


def _runs(clock: Deadline | None) -> bool:
    """Whether there is a clock that more time can be given to: one that stands still must run first."""
    return clock is not None and clock.paused_from_on is None


def _work(request: WorkRequest, **about: Any) -> dict[str, Any] | None:
    """The open step that the actor may do about this request."""
    items = WorkItem.objects.filter(finished_at__isnull=True, **about).select_related("deadline")
    item = policy.visible(request.actor, items, "act").order_by("pk").first()
    if item is None:
        return None
    step = step_of(item)
    return {
        "state": state(item.deadline, timezone.localdate()) if item.deadline else None,
        "title": step.title,
        "hint": step.hint,
        "address": here(f"/viec-cua-toi/{item.public_id}/"),
    }


def _papers(request: WorkRequest, case: Any) -> list[Document]:
    papers = Document.objects.filter(case_link__case=case, state=Document.State.SIGNED)
    return list(policy.visible(request.actor, papers).order_by("pk"))


@work_page
def inquiry(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show one request for a report."""
    row = find_inquiry(request, public_id)
    clock = extendable_clock(row)
    context = {
        "inquiry": row,
        "case": row.case,
        "clocks": _clocks([row.supplement_deadline, row.asked_deadline, row.report_deadline]),
        "work": _work(request, inquiry=row),
        "brief": about(row, request.actor),
        "papers": _papers(request, row.case),
        "basis": specs()[row.case.form].step("draft_response").basis,
        **ways(request, row, clock),
        "may_ask": clock is not None and policy.can(request.actor, "answer", row),
        "may_extend": _runs(clock) and policy.can(request.actor, "extend", row),
        "may_withdraw": row.state not in (Inquiry.State.DONE, Inquiry.State.WITHDRAWN)
        and policy.can(request.actor, "steer", row.case),
        "is_agency": request.actor.organization.pk == row.agency_id,
    }
    return render(request, "web/inquiry.html", context)


@work_page
def recommendation(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show one recommendation with both voices and its clocks."""
    row = find_recommendation(request, public_id)
    clock = extendable_clock(row)
    context = {
        "row": row,
        "case": row.case,
        "clocks": _clocks([row.reply_deadline, row.action_deadline, row.assess_deadline]),
        "work": _work(request, recommendation=row),
        "brief": about(row, request.actor),
        "changes": public_changes(row.case),
        "papers": _papers(request, row.case),
        "basis": specs()[row.case.form].step("draft_reply").basis,
        **ways(request, row, clock),
        "may_ask": clock is not None and policy.can(request.actor, "answer", row),
        "may_extend": _runs(clock) and policy.can(request.actor, "extend", row),
        **following(request, row),
        "is_agency": request.actor.organization.pk == row.addressee_id,
    }
    return render(request, "web/recommendation.html", context)


def _asked(request: WorkRequest, row: Criticism) -> dict[str, Any]:
    """Return the call for contributions that runs or left something to look at, for whoever works on it."""
    call = calls.newest_call(row.draft) if policy.can(request.actor, "prepare_draft", row) else None
    if call is None:
        return {}
    waiting = calls.counts(call)["waiting"]
    is_open = calls.is_open(call, timezone.localdate())
    return {"call": call, "waiting": waiting, "is_open": is_open} if is_open or waiting else {}


@work_page
def criticism(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show one criticism: the draft, the remarks with their answers, the clocks of both sides."""
    row = find_criticism(request, public_id)
    clock = extendable_clock(row)
    may_extend = policy.can(request.actor, "extend", row)
    context = {
        "row": row,
        "case": row.case,
        "clocks": _clocks(
            [row.explain_deadline, row.reply_deadline, row.draft_deadline, row.assess_deadline]
        ),
        "work": _work(request, criticism=row),
        "brief": about(row, request.actor),
        "changes": public_changes(row.case) if row.is_changed else None,
        "papers": _papers(request, row.case),
        "basis": specs()[row.case.form].step("draft_answers").basis,
        **ways(request, row, clock),
        "may_ask": clock is not None and policy.can(request.actor, "answer", row),
        "may_extend": _runs(clock) and may_extend,
        **following(request, row),
        "may_move": may_extend and row.case.ended_at is None,
        **_asked(request, row),
        "is_agency": request.actor.organization.pk == row.addressee_id,
    }
    return render(request, "web/criticism.html", context)
