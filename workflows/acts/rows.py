"""The rows of a repeated group: where each stood on the page, and that no two are about the same thing."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from supervision.errors import Errors
from supervision.language.folding import lower_first, name_key
from supervision.law.specs import Field


class Row(dict[str, Any]):
    """One cleaned row of a repeated group; `key` says where it stood on the page ("agencies-1")."""

    def __init__(self, key: str, values: dict[str, Any]) -> None:
        super().__init__(values)
        self.key = key


def name_each_once(field: Field, rows: list[Row], errors: Errors) -> None:
    """Refuse a row about the thing of an earlier one: two words on one thing, of which none would stand."""
    named: dict[tuple[Any, ...], int] = {}
    for place, row in enumerate(rows, start=1):
        said = tuple(name_key(one) if isinstance(one := row[name], str) else one for name in field.once)
        if None in said:
            continue  # not read: the field has its own mistake
        if (first := named.setdefault(said, place)) != place:
            what = field.singular.in_(get_language() or "vi") if field.singular else ""
            words = _("Đã ghi ở dòng %(number)s; mỗi %(what)s chỉ ghi một dòng.")
            said_so = words % {"number": first, "what": lower_first(what)}
            errors.setdefault(f"{row.key}-{field.once[0]}", []).append(said_so)
