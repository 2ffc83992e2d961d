"""Items of a plan that was issued say what their newest wording says, and by which signed version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Model

from supervision.cases.models import ItemWording, PlanItem, PlanVersion
from supervision.cases.models.annual_plan import WORDED, ItemContent

_CHUNK = 500  # rows in one statement


def reword(version: PlanVersion, items: Iterable[PlanItem], *, at: dt.datetime) -> list[Model]:
    """Store what items say from now on, as `version` has it, each with its wording; return all those rows.

    The caller records them as sent.
    """
    rows, names = list(items), [field.attname for field in ItemContent._meta.local_fields]
    wordings = [
        ItemWording(item=row, version=version, at=at, **{name: getattr(row, name) for name in names})
        for row in rows
    ]
    ItemWording.objects.bulk_create(wordings, batch_size=_CHUNK)
    PlanItem.objects.bulk_update(rows, WORDED, batch_size=_CHUNK)
    return [*wordings, *rows]
