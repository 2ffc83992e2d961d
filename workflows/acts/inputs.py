"""What a step was given, checked against its declaration: the same for pages, seed, imports and tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from supervision.casefiles.models import Case
from supervision.cases.choices import SOURCES, offered, why_not_offered
from supervision.documents.glyphs import unprintable
from supervision.errors import Errors, InvalidInput
from supervision.files.models import Attachment, at_hand_of
from supervision.files.sending import plain
from supervision.language.dates import time_typed
from supervision.language.folding import nfc, one_line, seen
from supervision.law.specs import Day, Field, FormSpec, Widget
from supervision.organizations.actors import Actor
from workflows.acts.rows import Row, name_each_once

NOT_OFFERED = _("Lựa chọn này không có trong danh sách.")
NOT_A_DATE = _("Ngày phải có thật, ví dụ 05 03 2026.")
NOT_A_TIME = _("Giờ phải có thật, viết như 08:00.")
WRONG_DAY = {
    Day.TO_COME: _("Chọn một ngày sau hôm nay."),
    Day.NOT_PAST: _("Ngày này đã qua; chọn từ hôm nay trở đi."),
    Day.HAPPENED: _("Ngày này chưa tới; chỉ ghi việc đã diễn ra."),
}
MAX_TEXT = 20_000
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200

Judge = Callable[[dict[str, Any]], Errors]


def clean(
    fields: tuple[Field, ...],
    data: dict[str, Any],
    *,
    case: Case | None,
    actor: Actor,
    on: dt.date,
    judge: Judge | None = None,
    spec: FormSpec | None = None,
) -> dict[str, Any]:
    """Return `data` with dates, rows, picked objects and files resolved.

    Values come as text, ISO dates, public ids or ready objects. `judge` is asked about what
    several fields say together; what could not be read is nothing to it. Nothing is "" for words and
    choices, [] for several things, else None. `spec` is the form of which a
    case is being opened, where `case` is None. Raises InvalidInput with every error at once; the key
    of a row's field is "<rows>-<index>-<column>".
    """
    errors: Errors = {}
    cleaned = _clean_fields(fields, data, "", errors, case=case, actor=actor, on=on, spec=spec)
    if judge is not None:
        for key, messages in judge(cleaned).items():
            errors.setdefault(key, []).extend(messages)
    if errors:
        raise InvalidInput(errors)
    return cleaned


def stored(fields: tuple[Field, ...], data: dict[str, Any]) -> dict[str, Any]:
    """Return what was entered as JSON, for a working copy or a receipt; passwords are left out."""
    return {
        field.name: _stored(field, data[field.name])
        for field in fields
        if field.name in data and field.widget is not Widget.PASSWORD
    }


def sent(fields: tuple[Field, ...], data: dict[str, Any]) -> dict[str, Any]:
    """Return what was entered as `files.sending` compares it: files by their bytes, whenever uploaded."""
    said, files = stored(fields, data), Attachment.objects.select_related("blob")
    for name in (field.name for field in fields if field.widget is Widget.FILES):
        said[name] = sorted(plain(list(files.filter(public_id__in=said.get(name) or []))))
    return said


def _stored(field: Field, value: Any) -> Any:
    if field.widget is Widget.ROWS:
        return [_stored_row(field, row) for row in value or []]
    if isinstance(value, list | tuple):
        return [_stored(field, one) for one in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return getattr(value, "public_id", value)


def _stored_row(field: Field, row: dict[str, Any]) -> dict[str, Any]:
    kept = stored(field.columns, row)
    return kept | {"row": _stored(field.columns[0], row["row"])} if field.source else kept


def _clean_fields(
    fields: tuple[Field, ...], data: dict[str, Any], prefix: str, errors: Errors, **context: Any
) -> dict[str, Any]:
    cleaned: dict[str, Any] = {}
    for field in fields:
        if field.widget is Widget.PASSWORD:
            continue  # checked by whoever received it; never travels on
        key = f"{prefix}{field.name}"
        value = data.get(field.name)
        if field.widget is Widget.ROWS:
            cleaned[field.name] = _clean_rows(field, value or [], key, errors, **context)
            continue
        if _is_empty(value) or (field.widget is Widget.YES_NO and not _yes_no(field, value, context)):
            if is_required(field, data):
                errors.setdefault(key, []).append(_missing(field))
            cleaned[field.name] = _nothing(field.widget)
            continue
        try:
            cleaned[field.name] = _CLEANERS[field.widget](field, value, context)
        except ValueError as error:
            errors.setdefault(key, []).append(error.args[0])
            cleaned[field.name] = _nothing(field.widget)
            continue
        if not _is_that_day(field, cleaned[field.name], context["on"]) and _counts(field, data):
            errors.setdefault(key, []).append(WRONG_DAY[field.day])
    return cleaned


def _nothing(widget: Widget) -> Any:
    if widget in (Widget.FILES, Widget.PICKS):
        return []
    if widget in (Widget.LINE, Widget.TEXT, Widget.CHOICE):
        return ""
    return False if widget is Widget.YES_NO else None


def _missing(field: Field) -> Any:
    """Say what to do about an empty field, naming it."""
    label = field.label.in_(get_language() or "vi")
    if field.widget in (Widget.CHOICE, Widget.DECISION, Widget.PICK, Widget.PICKS, Widget.FILES):
        return _("Chọn: %(label)s") % {"label": label}
    if field.widget is Widget.YES_NO:
        return _("Đánh dấu: %(label)s") % {"label": label}
    return _("Điền: %(label)s") % {"label": label}


def _is_empty(value: Any) -> bool:
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def is_required(field: Field, data: dict[str, Any]) -> bool:
    """Whether the field must be filled, given what else was entered."""
    if field.required_when:
        other, values = field.required_when
        return data.get(other) in values
    return field.required


def _counts(field: Field, data: dict[str, Any]) -> bool:
    """Whether the field is read at all: one that belongs to another choice is not."""
    return field.required_when is None or is_required(field, data)


def _is_that_day(field: Field, value: Any, on: dt.date) -> bool:
    match field.day:
        case Day.TO_COME:
            return bool(value > on)
        case Day.NOT_PAST:
            return bool(value >= on)
        case Day.HAPPENED:
            return bool(value <= on)
    return True


def _clean_rows(
    field: Field, rows: list[dict[str, Any]], key: str, errors: Errors, **context: Any
) -> list[Row]:
    filled = [row for row in rows if any(not _is_empty(row.get(column.name)) for column in field.columns)]
    if not filled and field.required:
        errors.setdefault(key, []).append(_missing_rows(field))
    if len(filled) > field.most and not field.source:
        errors.setdefault(key, []).append(_("Nhiều nhất %(most)s dòng.") % {"most": field.most})
    if field.source:
        return _clean_given(field, filled, key, errors, **context)
    cleaned = [
        Row(f"{key}-{index}", _clean_fields(field.columns, row, f"{key}-{index}-", errors, **context))
        for index, row in enumerate(rows)
        if row in filled
    ]
    if field.once:
        name_each_once(field, cleaned, errors)
    return cleaned


def _missing_rows(field: Field) -> Any:
    return _("Trả lời ít nhất một ý kiến.") if field.source else _("Thêm ít nhất một dòng.")


def _clean_given(
    field: Field, rows: list[dict[str, Any]], key: str, errors: Errors, **context: Any
) -> list[Row]:
    """Clean rows that the case gives; each says by `row` which one it is, and stands there once."""
    given = {one.public_id: one for one in SOURCES[field.source](context["case"], context["on"])}
    cleaned = []
    for row in rows:
        public_id = str(getattr(row.get("row"), "public_id", row.get("row")))
        found = given.pop(public_id, None)
        if found is None:
            errors.setdefault(key, []).append(NOT_OFFERED)
            continue
        place = f"{key}-{public_id}"
        values = _clean_fields(field.columns, row, f"{place}-", errors, **context)
        cleaned.append(Row(place, values | {"row": found}))
    return cleaned


def _text(field: Field, value: Any, context: dict[str, Any]) -> str:
    is_line, typed = field.widget is Widget.LINE, nfc(str(value))
    text = one_line(typed) if is_line else seen(typed).replace("\r\n", "\n").strip()
    most = field.longest if is_line else MAX_TEXT
    if len(text) > most:
        raise ValueError(_("Dài quá %(most)s ký tự.") % {"most": f"{most:,}".replace(",", ".")})
    if bad := unprintable(text):  # what is entered is printed: a box in a signed paper says nothing
        raise ValueError(_unprintable(bad))
    return text


def _unprintable(bad: dict[str, str]) -> Any:
    """Name the first signs that cannot be printed, each by its number and what stands before it."""
    named = [f"U+{ord(sign):04X}" + (f" (… {before})" if before else "") for sign, before in bad.items()]
    words = _("Có ký tự máy in không in được (thường do chép từ Word): %(signs)s. Xóa hoặc gõ lại.")
    return words % {"signs": "; ".join(named[:3])}  # the first are enough


def _date(field: Field, value: Any, context: dict[str, Any]) -> dt.date:
    try:
        day = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(NOT_A_DATE) from None
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:  # far off, counting days would leave the calendar
        raise ValueError(NOT_A_DATE)
    return day


def _time(field: Field, value: Any, context: dict[str, Any]) -> dt.time | None:
    if isinstance(value, dt.time):
        return value
    try:
        return time_typed(str(value))
    except ValueError:
        raise ValueError(NOT_A_TIME) from None


def _choice(field: Field, value: Any, context: dict[str, Any]) -> str:
    if value not in dict(field.choices):
        raise ValueError(NOT_OFFERED)
    return str(value)


def _yes_no(field: Field, value: Any, context: dict[str, Any]) -> bool:
    return value in (True, "yes", "on", "true", "1")


def _pick(field: Field, value: Any, context: dict[str, Any]) -> Any:
    things = offered(field.source, **context)
    public_id = str(getattr(value, "public_id", value))
    found = things.filter(public_id=public_id).first() if things is not None else None
    if found is None:
        about = {name: context[name] for name in ("actor", "on", "spec")}
        raise ValueError(why_not_offered(field.source, public_id, **about) or NOT_OFFERED)
    return found


def _picks(field: Field, value: Any, context: dict[str, Any]) -> list[Any]:
    return list({found.pk: found for one in value if (found := _pick(field, one, context))}.values())


def _files(field: Field, value: Any, context: dict[str, Any]) -> list[Attachment]:
    public_ids = [getattr(one, "public_id", one) for one in value]
    found = list(
        Attachment.objects.filter(at_hand_of(context["actor"].mandate), public_id__in=public_ids).order_by(
            "pk"
        )
    )
    if len(found) != len(set(public_ids)):
        raise ValueError(_("Có tệp không còn trong kho, hãy chọn lại."))
    return found


_CLEANERS = {
    Widget.LINE: _text,
    Widget.TEXT: _text,
    Widget.DATE: _date,
    Widget.TIME: _time,
    Widget.CHOICE: _choice,
    Widget.DECISION: _choice,
    Widget.YES_NO: _yes_no,
    Widget.PICK: _pick,
    Widget.PICKS: _picks,
    Widget.FILES: _files,
}
