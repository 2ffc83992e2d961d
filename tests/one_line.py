"""Which rows hold a break where a line is kept, in any table of the product."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.apps import apps
from django.db import models
from django.db.models import Q

#: What the machine says of what went wrong may be of several lines.
BY_THE_MACHINE = {"trouble", "edition_trouble", "last_error"}


def broken() -> list[str]:
    """Return the table and key of each row in which a field of one line holds the end of one."""
    found = []
    for model in apps.get_models():
        if not model.__module__.startswith(("supervision.", "workflows.")):
            continue
        names = [one.name for one in model._meta.local_fields if _is_one_line(one)]
        ends = (Q(**{f"{name}__contains": end}) for name in names for end in "\n\r\u2028")
        if names:
            rows = model._default_manager.filter(reduce(or_, ends)).values_list("pk", *names)
            found += [f"{model._meta.label} {row}" for row in rows]
    return found


def _is_one_line(field: models.Field) -> bool:
    return isinstance(field, models.CharField) and not field.choices and field.name not in BY_THE_MACHINE
