"""What a post to a step's form says, field by field, for a page that could not take it."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import QueryDict
from django.utils import timezone

from supervision.casefiles.models import Case
from supervision.cases.choices import SOURCES
from supervision.law.specs import Field, Widget
from supervision.page import Known, in_language
from supervision.web.answers import shown

#: What is picked from a list is picked again.
_LEFT_OUT = (Widget.PICK, Widget.PICKS, Widget.FILES, Widget.PASSWORD, Widget.ROWS)


def known_of(fields: Iterable[Field], post: QueryDict, case: Case | None) -> Known:
    """Return how to read what was posted to a form with these fields, also when the case has moved on."""
    flat = {field.name: field for field in fields}
    names: dict[str, dict[str, str]] = {}

    def named(field: Field, key: str) -> str:
        if not field.source:
            return f"{in_language(field.singular)} {int(key) + 1}" if key.isdecimal() else ""
        if field.name not in names:
            names[field.name] = _codes(field, post, case)
        return names[field.name].get(key, "")

    def known(name: str, text: str) -> tuple[str, str] | None:
        field, row = flat.get(name), ""
        if field is None:
            first, _dash, rest = name.partition("-")
            key, _dash, last = rest.rpartition("-")
            rows = flat.get(first)
            field = next((one for one in rows.columns if one.name == last), None) if rows else None
            row = named(rows, key) if rows and field else ""
        if field is None or field.widget in _LEFT_OUT:
            return None
        return ": ".join(filter(None, (row, str(in_language(field.label))))), shown(field, text, case)

    return known


def _codes(field: Field, post: QueryDict, case: Case | None) -> dict[str, str]:
    """Return what each row that the case gave was about, open or not any more."""
    start = f"{field.name}-"
    keys = {name.removeprefix(start).partition("-")[0] for name in post if name.startswith(start)}
    things = SOURCES[field.source](case, timezone.localdate()).model._default_manager if case else None
    return {thing.public_id: thing.code for thing in things.filter(public_id__in=keys)} if things else {}
