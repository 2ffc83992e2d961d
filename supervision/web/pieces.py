"""A piece of work as its pages find it: the item, its address, the colleagues who may be given it."""

from __future__ import annotations

from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.access import policy
from supervision.organizations.models import Mandate
from supervision.web.acting import WorkRequest
from supervision.web.templatetags.gs import here
from workflows.models import WorkItem


def item_of(request: WorkRequest, public_id: str) -> WorkItem:
    """Return the item if the actor may see it; Hidden otherwise, as for one that does not exist."""
    items = WorkItem.objects.select_related(
        "case__lead",
        "deadline",
        "inquiry__agency",
        "inquiry__case",
        "recommendation__addressee",
        "recommendation__case",
        "consultation__organization",
        "consultation__person__user",
        "consultation__case",
        "criticism__draft",
        "criticism__case",
        "document__drafted_by__user",
        "organization",
        "mandate__user",
        "finished_by__user",
    )
    found = policy.visible(request.actor, items).filter(public_id=public_id).first()
    if found is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    return found


def address_of(item: WorkItem, tail: str = "") -> str:
    """Return where the pages of an item stand."""
    return here(f"/viec-cua-toi/{item.public_id}/{tail}")


def go(item: WorkItem, tail: str = "") -> HttpResponseRedirect:
    """Lead to a page of an item."""
    return redirect(address_of(item, tail))


def colleagues(item: WorkItem) -> list[Mandate]:
    """Return who may be given the item today."""
    people = Mandate.objects.in_force(timezone.localdate()).filter(organization=item.organization)
    if not item.named:
        people = people.filter(duty__in=[duty for duty in item.duties.split("|") if duty])
    return list(people.select_related("user", "organization").order_by("pk"))
