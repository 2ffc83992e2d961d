"""What was typed, as the page "check before sending" reads it back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.casefiles.models import Case
from supervision.cases.choices import SOURCES
from supervision.law.specs import Field, Step, Widget
from supervision.web.briefs import attachments_of, file_rows
from supervision.web.labels import label_of
from supervision.web.templatetags.gs import in_language, short_date

#: Of more rows only the first are read back.
LINES = 100
OWN_WORDS = (Widget.TEXT, Widget.LINE, Widget.ROWS, Widget.PICK, Widget.PICKS)


def answers(step: Step, data: dict[str, Any], *, case: Case, address: str) -> list[dict[str, Any]]:
    """Return what `components/check.html` draws for each field that was filled in."""
    rows = []
    for field in step.fields:
        value = data.get(field.name)
        if value in (None, "", []):
            continue
        label = in_language(field.label)
        rows.append(
            {
                "label": field.label,
                "lang": "vi" if field.widget in OWN_WORDS else "",
                "lines": [] if field.widget is Widget.FILES else _lines(field, value, case),
                "files": file_rows(attachments_of(value)) if field.widget is Widget.FILES else [],
                "address": f"{address}#id_{field.name}",
                "link": _("Sửa: %(label)s") % {"label": label},
            }
        )
    return rows


def _lines(field: Field, value: Any, case: Case) -> list[str]:
    if field.widget is Widget.ROWS:
        filled = [row for row in value if any(row.get(column.name) for column in field.columns)]
        more = [_("… và %(count)s dòng nữa") % {"count": len(filled) - LINES}] if len(filled) > LINES else []
        codes = _codes(field, case)
        return [*(codes.get(row.get("row"), "") + _row(field, row, case) for row in filled[:LINES]), *more]
    if field.widget is Widget.PICKS:
        return [shown(field, one, case) for one in value]
    return [shown(field, value, case)]


def _codes(field: Field, case: Case) -> dict[Any, str]:
    """Return what each row that the case gives is about; nothing for rows that people add."""
    if not field.source:
        return {}
    given = SOURCES[field.source](case, timezone.localdate())
    return {thing.public_id: f"{thing.code}: " for thing in given}


def _row(field: Field, row: dict[str, Any], case: Case) -> str:
    filled = [column for column in field.columns if row.get(column.name) not in (None, "", [])]
    return "; ".join(
        f"{in_language(column.label)}: {shown(column, row[column.name], case)}" for column in filled
    )


def shown(field: Field, value: Any, case: Case) -> str:
    """Return a value in words; one that is none of those offered, or no day, as it was typed."""
    try:
        return _in_words(field, value, case)
    except (KeyError, ValueError, ObjectDoesNotExist):
        return "/".join(value) if isinstance(value, list) else str(value)


def _in_words(field: Field, value: Any, case: Case) -> str:
    if field.widget in (Widget.CHOICE, Widget.DECISION):
        return str(in_language(dict(field.choices)[value]))
    if field.widget is Widget.YES_NO:
        return _("Có") if value else _("Không")
    if field.widget is Widget.DATE:
        return short_date(dt.date.fromisoformat(str(value)))
    if field.widget in (Widget.PICK, Widget.PICKS):
        return _picked(field, value, case)
    return str(value)


def _picked(field: Field, public_id: str, case: Case) -> str:
    found = SOURCES[field.source](case, timezone.localdate()).model._default_manager.filter(
        public_id=public_id
    )
    return label_of(found.get())
