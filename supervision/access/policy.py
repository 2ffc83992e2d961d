"""Who may do what, now: `visible`, `can` and `require` read one table through one condition.

`can` asks whether the object is among the rows that `visible` returns, so a list and a page
cannot disagree. Every answer is computed in the database: a mandate that has lapsed, a person
who was deactivated or an organization that has ended carries no right, whatever the session
still holds in memory.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Exists, Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.access import matrix, rights
from supervision.errors import DomainError, NotAllowed
from supervision.organizations.actors import Actor
from supervision.organizations.models import Mandate, Substitution
from supervision.organizations.substitutions import require_present

M = TypeVar("M", bound=Model)
Relation = Callable[[Actor, dt.date], Q]


class Hidden(DomainError):
    """The actor may not know that the object exists (web answers 404)."""


@dataclass(frozen=True)
class Judged:
    """What one row of the table says of one actor and one object."""

    row: rights.Row
    is_of_duty: bool
    is_related: bool
    is_in_force: bool

    @property
    def opens(self) -> bool:
        """Whether the action is open by this row."""
        return self.is_of_duty and self.is_related and self.is_in_force


class Policy:
    """A table of rights with the relations that its rows name."""

    def __init__(self, rows: Iterable[rights.Row]) -> None:
        self.rows = tuple(rows)
        self.relations: dict[tuple[str, str], Relation] = {}

    def register(self, model: type[Model], relation: str, q: Relation) -> None:
        """Say what `relation` means for `model`: a condition on its rows, for an actor on a day.

        The condition must not join to many rows (write `pk__in=<subquery>` instead), so that
        lists never repeat a row. Raises ValueError when the relation has a meaning already.
        """
        key = (model._meta.label_lower, relation)
        if key in self.relations:
            raise ValueError(f"{relation} of {key[0]} is registered twice")
        self.relations[key] = q

    def visible(
        self, actor: Actor | None, queryset: QuerySet[M], action: str = rights.VIEW, on: dt.date | None = None
    ) -> QuerySet[M]:
        """Return the rows of `queryset` on which `actor` may do `action` on day `on` (today in Vietnam).

        Nobody (None) and an actor not in force see nothing. Raises LookupError when a row of
        the matrix names a relation that no app has registered.
        """
        if actor is None:
            return queryset.none()
        day = on or timezone.localdate()
        condition = Q()
        for one in self._conditions(actor, queryset.model, action, day):
            condition |= one
        if not condition:
            return queryset.none()
        return queryset.filter(condition, Exists(_in_force(actor, day, action)))

    def can(self, actor: Actor | None, action: str, obj: Model, on: dt.date | None = None) -> bool:
        """Whether `actor` may do `action` on `obj` on day `on`, as the database stands now.

        The same conditions as `visible`, asked one by one until one holds: putting all of them
        into one query takes ten times as long as asking the first, and most are answered by it.
        """
        if actor is None:
            return False
        day = on or timezone.localdate()
        rows: QuerySet[Model] = type(obj)._base_manager.filter(
            Exists(_in_force(actor, day, action)), pk=obj.pk
        )
        return any(rows.filter(one).exists() for one in self._conditions(actor, type(obj), action, day))

    def require(self, actor: Actor | None, action: str, obj: Model, on: dt.date | None = None) -> None:
        """Pass silently when allowed.

        Raises NotAllowed when the actor may see the object but not do this, Hidden when the
        actor may not even see it: a foreign object answers like a missing one.
        """
        if self.can(actor, action, obj, on):
            return
        if action != rights.VIEW and self.can(actor, rights.VIEW, obj, on):
            if actor is not None:
                require_present(actor, on or timezone.localdate())
            raise NotAllowed(_("Nhiệm vụ bạn đang dùng không có quyền làm việc này."))
        raise Hidden(_("Không tìm thấy nội dung này."))

    def why(self, actor: Actor, action: str, obj: Model, on: dt.date | None = None) -> list[Judged]:
        """Return every row of the table about `action` on such an object, and what each says of this one.

        A row opens the action where the duty is one of its own, the relation holds and the mandate is in
        force. Raises LookupError when a row names a relation that no app has registered.
        """
        day = on or timezone.localdate()
        this = type(obj)._base_manager.filter(pk=obj.pk)
        is_in_force = _in_force(actor, day, action).exists()
        return [
            Judged(
                row,
                is_of_duty=actor.duty in row.duties,
                is_related=this.filter(self._meaning(row)(actor, day)).exists(),
                is_in_force=is_in_force,
            )
            for row in self.rows
            if row.kind == obj._meta.label_lower and row.action == action
        ]

    def _conditions(self, actor: Actor, model: type[Model], action: str, day: dt.date) -> Iterator[Q]:
        """Yield what each row of the table about this action means, in the order of the table."""
        kind = model._meta.label_lower
        for row in matrix.select(self.rows, kind=kind, action=action, duty=actor.duty):
            yield self._meaning(row)(actor, day)

    def _meaning(self, row: rights.Row) -> Relation:
        try:
            return self.relations[row.kind, row.relation]
        except KeyError:
            raise LookupError(f"no app has registered the relation {row.relation} of {row.kind}") from None


def _in_force(actor: Actor, day: dt.date, action: str) -> QuerySet[Mandate]:
    """Return the actor's mandate if it still is what the actor claims and holds on that day.

    Whoever is recorded as away reads and does nothing else: the substitute does it.
    """
    mandates: QuerySet[Mandate] = Mandate.objects.in_force(day).filter(
        pk=actor.mandate.pk,
        user_id=actor.user.pk,
        organization_id=actor.organization.pk,
        duty=actor.duty,
    )
    if action != rights.VIEW:
        mandates = mandates.exclude(pk__in=Substitution.objects.on(day).values("absent"))
    return mandates


#: The product's policy. Tests of the machinery make their own.
POLICY = Policy(matrix.ROWS)
register = POLICY.register
visible = POLICY.visible
can = POLICY.can
why = POLICY.why
require = POLICY.require
