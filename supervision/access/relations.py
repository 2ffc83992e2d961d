"""Relations that most kinds share; an app registers them with the field that applies."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from supervision.access.policy import Relation
from supervision.organizations.actors import Actor


def anyone(actor: Actor, on: dt.date) -> Q:
    """Return the condition that holds for every row."""
    return Q(pk__isnull=False)


def own(field: str) -> Relation:
    """Return the relation "belongs to the actor's organization" by a foreign key's name."""

    def condition(actor: Actor, on: dt.date) -> Q:
        return Q(**{field: actor.organization.pk})

    return condition


def mine(field: str) -> Relation:
    """Return the relation "is laid on exactly this mandate" by a foreign key's name."""

    def condition(actor: Actor, on: dt.date) -> Q:
        return Q(**{field: actor.mandate.pk})

    return condition


def below(path_field: str) -> Relation:
    """Return the relation "belongs to a body under the actor's organization, in its own system"."""

    def condition(actor: Actor, on: dt.date) -> Q:
        path = actor.organization.path
        if not path:  # an organization outside every chain is above nobody
            return Q(pk__in=())
        return Q(**{f"{path_field}__startswith": path}) & ~Q(**{path_field: path})

    return condition
