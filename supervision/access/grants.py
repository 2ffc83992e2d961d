"""Giving, ending and reading dated exceptions; the only reader of guardian's rows."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q

from supervision.access.models import AbstractGrant
from supervision.access.policy import Relation
from supervision.audit.services import let_go, record
from supervision.organizations.actors import Actor
from supervision.organizations.models import Mandate
from supervision.organizations.models.querysets import in_force

G = TypeVar("G", bound=AbstractGrant)


def grant(
    *,
    model: type[G],
    mandate: Mandate,
    relation: str,
    content_object: Model,
    source: str,
    from_on: dt.date,
    until_on: dt.date | None = None,
    by: Actor | None,
    at: dt.datetime,
) -> G:
    """Let one mandate stand in `relation` to one object from a day until a day (inclusive, or open).

    `source` is the paper it rests on. Writing the same grant twice leaves one row. Records one
    audit event. Raises IntegrityError when `until_on` is before `from_on`.
    """
    row, created = model.objects.get_or_create(
        content_object=content_object,
        mandate=mandate,
        permission=_permission(content_object, relation),
        source=source,
        from_on=from_on,
        defaults={"user": mandate.user, "until_on": until_on},
    )
    if created:
        data = {"mandate": mandate.pk, "relation": relation, "source": source, "from_on": from_on}
        record(action="grant.given", actor=by, obj=content_object, at=at, thread=content_object, data=data)
    found: G = row
    return found


def end_grant(row: AbstractGrant, *, on: dt.date, by: Actor | None, at: dt.datetime) -> None:
    """Make `on` the last day of a grant; one that has not begun is taken back whole, one that ended stays."""
    if row.until_on is not None and row.until_on <= on:
        return
    target: Model = row.content_object
    data = {"mandate": row.mandate.pk, "relation": row.permission.codename, "until_on": on}
    if on < row.from_on:
        let_go(row, actor=by, at=at)
        row.delete()
    else:
        row.until_on = on
        row.save(update_fields=["until_on"])
    record(action="grant.ended", actor=by, obj=target, at=at, thread=target, data=data)


def granted(model: type[AbstractGrant], relation: str) -> Relation:
    """Return the relation "has a grant in force", to be registered under `relation`'s name."""

    def condition(actor: Actor, on: dt.date) -> Q:
        rows = model.objects.filter(
            in_force(on, "from_on", "until_on"),
            mandate=actor.mandate.pk,
            user=actor.user.pk,
            permission__codename=relation,
        )
        return Q(pk__in=rows.values("content_object"))

    return condition


def _permission(content_object: Model, relation: str) -> Permission:
    kind = ContentType.objects.get_for_model(content_object)
    permission, _created = Permission.objects.get_or_create(
        content_type=kind, codename=relation, defaults={"name": relation}
    )
    return permission
