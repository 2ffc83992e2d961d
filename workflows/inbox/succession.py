"""Work follows the case, inquiry or recommendation that it is about to the heir of an organization."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import F, Q

from supervision.casefiles.models import Case
from supervision.law.registry import specs
from supervision.law.specs import Party
from supervision.organizations.models import Organization
from supervision.organizations.successions import OpenDuty
from workflows.inbox import offers
from workflows.models import WorkItem


def follow(sender: Any, subject: Any, before: Organization, heir: Organization, **kwargs: Any) -> None:
    """Hand the open work about `subject` to the heir, in the transaction of the move."""
    items = WorkItem.objects.filter(finished_at__isnull=True, organization=before)
    if isinstance(subject, Case):
        items = items.filter(case=subject)
    else:
        items = items.filter(**{subject._meta.model_name: subject})
    for item in items:
        step = specs()[item.form].step(item.step)
        if (step.party in (Party.ADDRESSEE, Party.DRAFTER)) != isinstance(subject, Case):
            _hand_over(item)(heir)


def open_duties(organization: Organization) -> Iterator[OpenDuty]:
    """Yield open work of an organization that follows nothing else it has to carry on."""
    follows = (
        Q(case__lead=F("organization"))
        | Q(inquiry__agency=F("organization"))
        | Q(recommendation__addressee=F("organization"))
        | Q(consultation__organization=F("organization"))
        | Q(criticism__addressee=F("organization"))
    )
    items = WorkItem.objects.filter(finished_at__isnull=True, organization=organization)
    for item in items.exclude(pk__in=items.filter(follows).values("pk")).select_related("case"):
        title = specs()[item.form].step(item.step).title.vi
        yield OpenDuty(item, "work", f"{title}, {item.case.code}", organization, _hand_over(item), item.case)


def _hand_over(item: WorkItem) -> Callable[[Organization], None]:
    """The person who held it is of the old body: it is offered anew, named steps to the heads."""

    def move(heir: Organization) -> None:
        item.organization, item.mandate, item.taken_at, item.assigned_by = heir, None, None, None
        if item.named or not item.duties:
            item.named, item.duties = False, offers.heads_of(heir)
        item.save(update_fields=["organization", "mandate", "taken_at", "assigned_by", "named", "duties"])

    return move
