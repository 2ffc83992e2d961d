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


def of_others(item: WorkItem, actor: Actor) -> list[WorkingCopy]:
    """Return what colleagues have saved for the same work: several people write one answer."""
    if actor.organization.pk != item.organization_id:
        return []
    copies = WorkingCopy.objects.filter(item=item).exclude(mandate=actor.mandate)
    return list(copies.select_related("mandate__user").order_by("-saved_at"))


def edition_seen(request: WorkRequest, item: WorkItem) -> str:
    """Return the edition of the actor's own copy that the form shows or was sent with, "" for none.

    Where a colleague's is shown, the actor's own has not been seen.
    """
    if "edition" in request.POST:
        return request.POST["edition"][:64]
    copy = None if request.GET.get("ban-nhap") else own_copy(item, request.actor)
    return copy.edition if copy else ""


def beside(copy: WorkingCopy, step: Step, item: WorkItem) -> list[dict[str, Any]]:
    """Return what `components/check.html` draws of a copy, to be read beside the form."""
    return answers(step, copy.data, case=item.case, address="")
