"""The questions that are asked of organizations, territories and mandates everywhere."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models.functions import Collate

from supervision.language.folding import fold

#: Vietnamese order: native in PostgreSQL, registered on every SQLite connection (`collation`).
COLLATION = "vi-x-icu"


def in_force(on: dt.date, start: str, end: str) -> models.Q:
    """Return the condition that day `on` lies within the two date fields, both ends included."""
    return models.Q(**{f"{start}__lte": on}) & (
        models.Q(**{f"{end}__isnull": True}) | models.Q(**{f"{end}__gte": on})
    )


class NamedQuerySet(models.QuerySet[Any]):
    """What has a `name` and a folded `search_text`."""

    def by_name(self) -> Self:
        """Order as a Vietnamese reader expects: An, Ăn, Ân, ..., Da, Đá."""
        return self.order_by(Collate("name", COLLATION), "pk")

    def matching(self, words: str) -> Self:
        """Keep rows that contain every word, marks and case aside."""
        rows = self
        for word in fold(words).split():
            rows = rows.filter(search_text__contains=word)
        return rows


class OrganizationQuerySet(NamedQuerySet):
    def in_force(self, on: dt.date) -> Self:
        return self.filter(in_force(on, "valid_from", "valid_until"))

    def within(self, path: str) -> Self:
        """Keep the organization with this path and all that is below it in its own system."""
        return self.filter(path__startswith=path)


class MandateQuerySet(models.QuerySet[Any]):
    def in_force(self, on: dt.date) -> Self:
        """Keep mandates that carry rights on `on`: dates, active person, living organization."""
        return self.filter(
            in_force(on, "from_on", "until_on"),
            in_force(on, "organization__valid_from", "organization__valid_until"),
            user__is_active=True,
        )

    def running_or_to_come(self, on: dt.date) -> Self:
        """Keep mandates of active people whose last day, if any, is `on` or later."""
        last_day = models.Q(until_on__isnull=True) | models.Q(until_on__gte=on)
        return self.filter(last_day, user__is_active=True)


class SubstitutionQuerySet(models.QuerySet[Any]):
    def on(self, day: dt.date) -> Self:
        """Keep those that hold on `day`: both ends included, not ended by an early return."""
        return self.filter(from_on__lte=day, until_on__gte=day, ended_at__isnull=True)
