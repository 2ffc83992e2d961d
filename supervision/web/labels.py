"""How a list names what is picked from it."""

from __future__ import annotations

from typing import Any

from django.utils.text import Truncator

from supervision.cases.models import PlanItem
from supervision.drafts.models import Remark
from supervision.drafts.table.matrix import WHOLE_DRAFT
from supervision.organizations.models import Mandate


def label_of(obj: Any) -> str:
    """Return how a list names a person, a body, a remark or an item of a plan."""
    if isinstance(obj, Mandate):
        return f"{obj.user.display_name}, {obj.title}, {obj.organization.short_name}"
    if isinstance(obj, Remark):
        return f"{obj.code}, {obj.provision or WHOLE_DRAFT}: {Truncator(obj.text).chars(60)}"
    if isinstance(obj, PlanItem):
        planned_by = obj.plan.organization.short_name
        return f"{obj.code}, {obj.plan.year}: {Truncator(obj.title).chars(90)} ({planned_by})"
    return str(obj.name)
