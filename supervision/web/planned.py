"""Opening a case from an item of an annual plan: the form opens with what the plan says."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from supervision.access import policy
from supervision.cases.choices import annual_items, why_no_item
from supervision.cases.models import AnnualPlan, PlanItem
from supervision.law.specs import FormSpec
from supervision.organizations.actors import Actor
from supervision.web.acting import WorkRequest
from supervision.web.templatetags.gs import here
from workflows.acts.act import forms_of


def find_item(request: WorkRequest, public_id: str) -> PlanItem:
    """Return the item of a plan that the actor may see; Hidden otherwise, as drafts are to outsiders."""
    plans = policy.visible(request.actor, AnnualPlan.objects.all())
    rows: QuerySet[PlanItem] = PlanItem.objects.filter(amends=None, plan__in=plans.values("pk"))
    rows = rows.select_related("plan__case", "plan__organization", "agency", "chair")
    found = rows.filter(public_id=public_id).first()
    if found is None or (found.state == PlanItem.State.DRAFT and not is_inside(request, found.plan)):
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    return found


def is_inside(request: WorkRequest, plan: AnnualPlan) -> bool:
    """Whether the actor's organization consults on the plan: of the Front's side, at the same place."""
    body = request.actor.organization
    return body.side == "front" and body.territory_id == plan.organization.territory_id


def planned_item(request: WorkRequest) -> PlanItem | None:
    """Return the item that the address of an opening page names, if it names one."""
    wanted = request.GET.get("muc", "")
    return find_item(request, wanted) if wanted else None


def opening_of(item: PlanItem) -> dict[str, Any]:
    """Return what the opening form starts with."""
    return {
        "title": item.title,
        "field": item.field,
        "annual_item": item.public_id,
        "grounds": f"Mục {item.code} của kế hoạch giám sát, phản biện xã hội năm {item.plan.year}.",
    }


def why_not_from(item: PlanItem, spec: FormSpec, actor: Actor, on: dt.date) -> Any:
    """Return in plain words why the actor opens no case of the form from the item; "" where they may."""
    if annual_items(spec, actor, on).filter(pk=item.pk).exists():
        return ""
    return why_no_item(item.public_id, spec, actor, on) or _(
        "Mục này chưa ban hành hoặc đã bỏ khỏi kế hoạch."
    )


def form_of(item: PlanItem, actor: Actor) -> FormSpec | None:
    """Return the form in which the actor's body would carry the item out; None where boards do, or nobody."""
    return next((spec for spec in forms_of(actor) if spec.planned_as == item.form), None)


def opening_address(item: PlanItem, spec: FormSpec) -> str:
    """Return where a case of the form is opened from the item."""
    return here(f"/ho-so/mo/?hinh-thuc={spec.slug}&muc={item.public_id}")
