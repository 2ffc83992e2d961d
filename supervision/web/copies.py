"""Working copies as a form meets them: which one it shows, and the other one that stands in its way."""

from __future__ import annotations

from typing import Any

from supervision.law.specs import Step
from supervision.organizations.actors import Actor
from supervision.web.acting import WorkRequest
from supervision.web.answers import answers
from workflows.models import WorkingCopy, WorkItem


def own_copy(item: WorkItem, actor: Actor) -> WorkingCopy | None:
    """Return what the actor has saved of a piece of work, if anything."""
    return WorkingCopy.objects.filter(item=item, mandate=actor.mandate).first()


def shown(
    request: WorkRequest,
    item: WorkItem,
    step: Step,
    saved: WorkingCopy | None,
    other: WorkingCopy | None,
) -> dict[str, Any]:
    """Return what the page of a form needs of the copies of its work.

    `saved` is the actor's copy that this request made, `other` the one that it would have replaced.
    """
    newest = saved or other
    return {
        "edition": newest.edition if newest else _edition_seen(request, item),
        "other_copy": answers(step, other.data, case=item.case, address="") if other else None,
        "copies": _of_others(item, request.actor),
    }


def _of_others(item: WorkItem, actor: Actor) -> list[WorkingCopy]:
    """Return what colleagues have saved for the same work: several people write one answer."""
    if actor.organization.pk != item.organization_id:
        return []
    copies = WorkingCopy.objects.filter(item=item).exclude(mandate=actor.mandate)
    return list(copies.select_related("mandate__user").order_by("-saved_at"))


def _edition_seen(request: WorkRequest, item: WorkItem) -> str:
    """Return the edition of the actor's own copy that the form shows or was sent with, "" for none.

    Where a colleague's is shown, the actor's own has not been seen.
    """
    if "edition" in request.POST:
        return request.POST["edition"][:64]
    copy = None if request.GET.get("ban-nhap") else own_copy(item, request.actor)
    return copy.edition if copy else ""
