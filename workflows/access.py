"""Whose a deadline is: which cases, requests and work it belongs to, and so who may read it.

A deadline knows nothing of what it is for; what points to it does.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Model, Q, QuerySet

from supervision.access import policy
from supervision.access.grants import granted
from supervision.casefiles.models import Case, CaseGrant
from supervision.cases.models import (
    AnnualPlan,
    BoardSupervision,
    Consultation,
    Criticism,
    Inquiry,
    PeopleDialogue,
    Recommendation,
)
from supervision.deadlines.models import Deadline
from supervision.organizations.actors import Actor
from workflows.inbox import work_items
from workflows.models import WorkItem

#: What a case holds that has clocks of its own.
_OF_CASES = (Inquiry, Recommendation, Consultation, Criticism, AnnualPlan, BoardSupervision, PeopleDialogue)
_MEMBER = granted(CaseGrant, "member")


def pointing_to(deadline: Deadline, model: type[Model]) -> Q:
    """Return the filter for rows of `model` that have this deadline under any of its names."""
    found = Q()
    for name in clocks_of(model):
        found |= Q(**{name: deadline})
    return found


def register() -> None:
    """Give the relations of deadlines their meaning; called once when the app is ready."""
    policy.register(Deadline, "lead", lambda actor, on: _in(Case.objects.filter(lead=actor.organization)))
    policy.register(Deadline, "member", lambda actor, on: _in(Case.objects.filter(_MEMBER(actor, on))))
    policy.register(Deadline, "own", _own)


def _in(cases: QuerySet[Case]) -> Q:
    found = Q()
    model: Any
    for model in (*_OF_CASES, WorkItem):
        found |= _held_by(model.objects.filter(case__in=cases.values("pk")))
    return found


def _own(actor: Actor, on: dt.date) -> Q:
    """Deadlines of one's own and one's body's work, and of what its people may see was sent to it."""
    mine = work_items.led_q(actor, on) | work_items.assigned_q(actor, on) | work_items.offered_q(actor, on)
    own = _held_by(WorkItem.objects.filter(mine))
    for model, addressed in ((Inquiry, "agency"), (Recommendation, "addressee"), (Criticism, "addressee")):
        rows = model._default_manager.filter(**{addressed: actor.organization})
        own |= _held_by(policy.visible(actor, rows, on=on))
    return own


def _held_by(rows: QuerySet[Any]) -> Q:
    found = Q()
    for name in clocks_of(rows.model):
        found |= Q(pk__in=rows.filter(**{f"{name}__isnull": False}).values(name))
    return found


def clocks_of(model: type[Model]) -> list[str]:
    """Return the names under which rows of `model` have their deadlines."""
    return [field.name for field in model._meta.concrete_fields if field.related_model is Deadline]
