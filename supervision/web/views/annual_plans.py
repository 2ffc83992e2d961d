"""Annual plans: the list, a plan with its progress, an item, a member's proposal, an agreement on paper."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.access import policy
from supervision.casefiles.models import Case
from supervision.cases.models import AnnualPlan, Consultation, PlanItem
from supervision.cases.services import plan_overlaps, plan_progress
from supervision.deadlines.explain import explain
from supervision.deadlines.services import calendar
from supervision.deadlines.states import state
from supervision.documents.models import Document
from supervision.law.calendar import Calendar
from supervision.law.forms.annual_plan import AGREEMENT, PROPOSAL, SPEC
from supervision.law.specs import Widget
from supervision.web.actform import act_form
from supervision.web.acting import WorkRequest, work_page
from supervision.web.overview import CLOCK_EVENTS
from supervision.web.planbriefs import overlap_block, source_words
from supervision.web.planned import find_item, form_of, is_inside, opening_address, why_not_from
from supervision.web.planrows import changes_of, figures, item_rows, versions_of
from supervision.web.templatetags.gs import here
from workflows.acts import plans as plan_acts

PAGE = 25
#: A paper is typed in by an official, so its number and day are asked for; files are added to the case.
PAPER = tuple(one for one in AGREEMENT if one.widget is not Widget.FILES)


def _visible(request: WorkRequest) -> QuerySet[AnnualPlan]:
    plans = AnnualPlan.objects.select_related("case__lead", "organization", "deadline")
    return policy.visible(request.actor, plans)


def find_plan(request: WorkRequest, public_id: str) -> Any:
    """Return the plan if the actor may see it; Hidden otherwise.

    What the actor may do with it, and what moved its clock, comes in the same query.
    """
    actor, this, case = request.actor, AnnualPlan.objects.filter(pk=OuterRef("pk")), OuterRef("case")
    asked: dict[str, Any] = {
        f"has_{name}": model._default_manager.filter(deadline=OuterRef("deadline"))
        for name, model in CLOCK_EVENTS.items()
    }
    asked["may_propose"] = policy.visible(actor, this, "propose")
    for name, right in (("may_see_case", "view"), ("may_record", "record_agreement")):
        asked[name] = policy.visible(actor, Case.objects.filter(pk=case), right)
    plans = _visible(request).annotate(**{name: Exists(rows) for name, rows in asked.items()})
    found = plans.filter(public_id=public_id).first()
    if found is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    return found


@work_page
def plan_list(request: WorkRequest) -> HttpResponse:
    """List the plans that the actor may see, newest year first, each with its progress at a glance."""
    visible, on, days = _visible(request), timezone.localdate(), calendar()
    near = visible.filter(organization__territory=request.actor.organization.territory_id)
    everywhere = request.GET.get("noi") == "tat-ca"
    rows = (visible if everywhere else near).order_by("-year", "organization__search_text", "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    plans = list(page.object_list)
    items = PlanItem.objects.filter(plan__in=plans, amends=None).exclude(state=PlanItem.State.DRAFT)
    standings: dict[int, list[plan_progress.Standing]] = {plan.pk: [] for plan in plans}
    for item in items.select_related("plan").prefetch_related(Prefetch("cases", Case.objects.all())):
        standings[item.plan_id].append(plan_progress.standing_of(item, item.cases.all()))
    context = {
        "page": page,
        "rows": [
            {
                "plan": plan,
                "clock": state(plan.deadline, on, days),
                "totals": plan_progress.totals(standings[plan.pk], on),
                "is_withdrawn": plan_progress.is_withdrawn(plan),
                "address": here(f"/ke-hoach-nam/{plan.public_id}/"),
            }
            for plan in plans
        ],
        "pills": [
            {"address": "?", "words": _("Cùng nơi"), "count": near.count(), "current": not everywhere},
            {
                "address": "?noi=tat-ca",
                "words": _("Mọi nơi"),
                "count": visible.count(),
                "current": everywhere,
            },
        ],
        "may_open": policy.can(request.actor, "open_case", request.actor.organization),
        "open_address": here(f"/ho-so/mo/?hinh-thuc={SPEC.slug}"),
    }
    return render(request, "web/plan_list.html", context)


@work_page
def plan(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show a plan: what each item has become, and to those who make it what it came from."""
    found, on, days = find_plan(request, public_id), timezone.localdate(), calendar()
    inside = is_inside(request, found)
    standings = [
        row
        for row in plan_progress.progress_of(found)
        if row.item.state != PlanItem.State.DRAFT or (inside and found.issued_at is None)
    ]
    cases = policy.visible(request.actor, Case.objects.filter(planned__item__plan=found))
    readable = set(cases.values_list("pk", flat=True))
    versions = versions_of(found, policy.visible(request.actor, Document.objects.all()))
    context = {
        "plan": found,
        "case": found.case,
        "may_see_case": found.may_see_case,
        "may_propose": found.gathers and found.case.ended_at is None and found.may_propose,
        "clock": state(found.deadline, on, days),
        "explain": explain(
            found.deadline, [name for name in CLOCK_EVENTS if not getattr(found, f"has_{name}")]
        ),
        "figures": figures(plan_progress.totals(standings, on)),
        "rows": item_rows(standings, on, readable),
        "versions": versions,
        "inside": inside,
        "basis": SPEC.basis,
        **changes_of(found, versions),
    }
    if inside:
        context |= _inside(found, on, days)
    return render(request, "web/plan.html", context)


def _inside(found: Any, on: dt.date, days: Calendar) -> dict[str, Any]:
    """What those who consult on the plan see beside it: proposals, overlaps, agreements."""
    agreements = found.agreements.exclude(consultation__state=Consultation.State.PREPARED).select_related(
        "consultation__organization", "consultation__given_by__user", "consultation__deadline"
    )
    proposals = found.proposals.select_related("organization", "agency").order_by("number")
    return {
        "proposals": [{"row": row, "source": source_words(row)} for row in proposals],
        "overlaps": [
            {"row": row, "block": overlap_block(row)}
            for row in found.overlaps.select_related("by__user").order_by("item_number", "pk")
        ],
        "agreements": [
            {
                "row": row,
                "waits": row.consultation.state == Consultation.State.ASKED,
                "clock": state(row.consultation.deadline, on, days) if row.consultation.deadline else None,
                "address": here(f"/ke-hoach-nam/y-kien/{row.consultation.public_id}/")
                if found.may_record
                else "",
            }
            for row in agreements.order_by("-version", "-attempt", "consultation__number")
        ],
    }


@work_page
def plan_item(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show one item: what it is, what overlaps with it, and the button that opens its case."""
    item, on = find_item(request, public_id), timezone.localdate()
    inside = is_inside(request, item.plan)
    standing = plan_progress.standing_of(item, item.cases.select_related("lead"))
    cases = policy.visible(request.actor, item.cases.all()).order_by("-pk")
    context = {
        "item": item,
        "plan": item.plan,
        "row": item_rows([standing], on, set())[0],
        "cases": cases,
        **_opens(request, item, on),
        **changes_of(item.plan, versions_of(item.plan, Document.objects.none())),
    }
    return render(request, "web/plan_item.html", context | (_overlaps(item) if inside else {}))


def _opens(request: WorkRequest, item: PlanItem, on: dt.date) -> dict[str, Any]:
    """Where the reader opens the case of an item, or in plain words why not here."""
    spec = form_of(item, request.actor)
    if spec is None:
        return {"not_opened": _("Thành viên Ban ở xã thực hiện mục này và mở hồ sơ.")}
    if not_opened := why_not_from(item, spec, request.actor, on):
        return {"not_opened": not_opened}
    may_open = policy.can(request.actor, "open_case", request.actor.organization)
    return {"open_address": opening_address(item, spec) if may_open else ""}


def _overlaps(item: PlanItem) -> dict[str, Any]:
    """Overlaps that a person let stay, and those found now: other plans and cases move on."""
    settled = item.plan.overlaps.filter(item_number=item.number).exclude(decision="")
    return {
        "found": [
            overlap_block(one) for one in plan_overlaps.unsettled(item.plan) if one.item_number == item.number
        ],
        "settled": [
            {"row": one, "block": overlap_block(one)}
            for one in settled.select_related("by__user").order_by("pk")
        ],
    }


@work_page
def propose(request: WorkRequest, public_id: str) -> HttpResponse:
    """Hand in a proposal for the plan."""
    found = find_plan(request, public_id)
    policy.require(request.actor, "propose", found)
    return act_form(
        request,
        fields=PROPOSAL,
        case=found.case,
        heading=_("Đề xuất nội dung cho kế hoạch năm %(year)s") % {"year": found.year},
        hint=_("Đề xuất được đưa ra hiệp thương; nơi lập kế hoạch ghi kết quả vào từng đề xuất."),
        button=_("Gửi đề xuất này"),
        back=here(f"/ke-hoach-nam/{found.public_id}/"),
        do=lambda values: plan_acts.propose(actor=request.actor, plan=found, data=values, at=timezone.now()),
        done=_("Đã gửi đề xuất."),
    )


@work_page
def agreement(request: WorkRequest, public_id: str) -> HttpResponse:
    """Enter a body's position from its paper."""
    rows = Consultation.objects.select_related("case__lead", "case__annual_plan", "organization")
    row = rows.filter(public_id=public_id, agreement__isnull=False).first()
    if row is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    policy.require(request.actor, "record_agreement", row.case)
    return act_form(
        request,
        fields=PAPER,
        case=row.case,
        heading=_("Ghi ý kiến của %(name)s theo văn bản") % {"name": row.name},
        hint=_("Ghi đúng như văn bản của cơ quan, có số và ngày. Trang kế hoạch nói rõ ai đã ghi."),
        button=_("Ghi ý kiến theo văn bản này"),
        back=here(f"/ke-hoach-nam/{row.case.annual_plan.public_id}/"),
        do=lambda values: plan_acts.record_agreement(
            actor=request.actor, consultation=row, data={**values, "files": []}, at=timezone.now()
        ),
        done=_("Đã ghi ý kiến."),
    )
