"""Opening a case from an item of an annual plan: the form opens with what the plan says."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from supervision.access import policy
from supervision.cases.models import AnnualPlan, PlanItem
from supervision.law.registry import specs
from supervision.web.acting import WorkRequest
from supervision.web.templatetags.gs import here


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


def opening_address(item: PlanItem) -> str:
    """Return where a case is opened from the item: the form planned, or the choice of one."""
    slug = next((spec.slug for spec in specs().values() if spec.code == item.form and spec.opening), "")
    form = f"hinh-thuc={slug}&" if slug else ""
    return here(f"/ho-so/mo/?{form}muc={item.public_id}")
