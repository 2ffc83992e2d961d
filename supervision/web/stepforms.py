"""From a step's declaration to a form and back: fields drawn from `law.specs`, values as plain data.

The form only parses (dates, files); whether the values are acceptable is asked of
`workflows.acts.inputs` and the services, whose errors come back to the same fields.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from supervision.casefiles.models import Case
from supervision.cases.choices import SOURCES, offered
from supervision.errors import DomainError, InvalidInput
from supervision.files.models import Attachment, at_hand_of
from supervision.files.services import store
from supervision.law.specs import Field, FormSpec, Widget
from supervision.organizations.actors import Actor
from supervision.web.formfields import FilesField
from supervision.web.labels import label_of
from supervision.web.rowpages import counted, paged, rows_a_page
from supervision.web.stepgroups import Rows, StepForm

#: So many rows that the case gives are drawn at once.
ROWS_A_PAGE = 50


class Draft:
    """The form of a whole step: flat fields, rows, kept files; bound to a post or filled with a copy."""

    def __init__(
        self,
        fields: tuple[Field, ...],
        *,
        case: Case | None,
        actor: Actor,
        on: dt.date,
        post: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        initial: dict[str, Any] | None = None,
        page: str = "1",
        spec: FormSpec | None = None,
    ) -> None:
        """Bind `fields` to a post, or fill them from `initial`; of many given rows draw those of `page`.

        With a post `initial` gives what was typed on the other pages, nothing else. `spec` is the form of
        which a case is being opened, where there is none yet.
        """
        self.declared = fields
        self.case = case
        self.on = on
        self.actor = actor
        self.offered = _offered(fields, case, actor, on, spec)
        self.page = page
        initial = initial or {}
        self.form = StepForm(
            fields, offered=self.offered, data=post, files=files, initial=_flat(fields, initial)
        )
        self.rows = [
            self._rows(field, post, initial.get(field.name) or [])
            for field in fields
            if field.widget is Widget.ROWS
        ]
        self.kept = self._kept(post, initial)
        self.errors: list[Any] = []

    def _rows(self, field: Field, post: QueryDict | None, initial: list[dict[str, Any]]) -> Rows:
        if field.source:
            return self._given(field, post, initial)
        size, kept = rows_a_page(field), initial or [{}]
        number = Paginator(kept, size).get_page(self.page).number
        start = (number - 1) * size
        here, count, more = kept[start : start + size], min(len(kept) - start, size), 0
        if post is not None:
            here, (count, more) = [{}] * size, counted(field, post, size)
        forms = [self._row(field, start + n, post, here[n]) for n in range(count)]
        return paged(Rows(field, forms), kept, number, size, more)

    def _given(self, field: Field, post: QueryDict | None, initial: list[dict[str, Any]]) -> Rows:
        """Return a row for each thing that the case gives, filled with what was typed about it before."""
        typed = {str(row.get("row")): row for row in initial}
        things = list(SOURCES[field.source](self.case, self.on)) if self.case else []
        page = Paginator(things, ROWS_A_PAGE).get_page(self.page)
        here = list(page.object_list)
        forms = [self._row(field, thing.public_id, post, typed.get(thing.public_id, {})) for thing in here]
        rows = Rows(field, forms, here)
        rows.codes = {thing.public_id: thing.code for thing in things}
        if page.has_other_pages():
            drawn = {thing.public_id for thing in here}
            rows.page = page
            rows.elsewhere = [row for one, row in typed.items() if one in rows.codes and one not in drawn]
        return rows

    def _row(
        self, field: Field, index: int | str, post: QueryDict | None, initial: dict[str, Any]
    ) -> StepForm:
        return StepForm(
            field.columns,
            offered=self.offered,
            data=post,
            prefix=f"{field.name}-{index}",
            initial=_flat(field.columns, initial),
        )

    def _kept(self, post: QueryDict | None, initial: dict[str, Any]) -> dict[str, list[Attachment]]:
        kept = {}
        for field in self.declared:
            if field.widget is not Widget.FILES:
                continue
            ids = initial.get(field.name) or []
            if post is not None:
                dropped = set(post.getlist(f"{field.name}-bo"))
                ids = [one for one in post.getlist(f"{field.name}-giu") if one not in dropped]
            kept[field.name] = list(
                Attachment.objects.filter(at_hand_of(self.actor.mandate), public_id__in=ids).select_related(
                    "blob"
                )
            )
        return kept

    def take_files(self, at: dt.datetime, *, are_private: bool = False) -> None:
        """Store what was uploaded at once, so that no error elsewhere loses it; name each refused file."""
        self.form.full_clean()
        for name, kept in self.kept.items():
            sent = self.form.files.getlist(name) if self.form.files else []
            field = cast(FilesField, self.form.fields[name])
            for upload in field.takeable(sent):
                try:
                    kept.append(store(upload, by=self.actor.mandate, at=at, is_private=are_private))
                except InvalidInput as error:
                    for message in (m for ms in error.errors.values() for m in ms):
                        self.form.add_error(name, message)
                except DomainError as error:
                    self.form.add_error(name, error.message)

    @property
    def refused_files(self) -> bool:
        """Whether a file that was sent could not be taken."""
        return any(self.form.errors.get(name) for name in self.kept)

    def values(self) -> dict[str, Any]:
        """Return everything typed, rows and kept files included, as plain data."""
        data = self.form.values()
        for rows in self.rows:
            data[rows.name] = rows.values()
        for name, kept in self.kept.items():
            data[name] = [file.public_id for file in kept]
        return data

    def parses(self) -> bool:
        """Whether every value could be read (dates are dates, files were taken)."""
        return not self.form.errors and not any(form.errors for rows in self.rows for form in rows.forms)

    def add(self, error: InvalidInput) -> None:
        """Put the errors of the rules beside the fields they are about, unless one stands there already."""
        for key, messages in error.errors.items():
            target, name = self._find(key)
            if target is None and (code := self._elsewhere(key)):
                self.errors.extend(f"{code}: {message}" for message in messages)
            elif target is None or (not isinstance(target, Rows) and not target.is_bound):
                self.errors.extend(messages)  # a form filled from a working copy has no errors of its own
            elif isinstance(target, Rows):
                target.errors.extend(messages)
            elif name not in target.errors or target.has_error(name, "invalid_choice"):
                target.errors.pop(name, None)  # the rules know why, the form knows only that
                for message in messages:
                    target.add_error(name, message)

    def _find(self, key: str) -> tuple[Any, str]:
        if key in self.form.fields:
            return self.form, key
        for rows in self.rows:
            if key == rows.name:
                return rows, ""
            for form in rows.forms:
                prefix = f"{form.prefix}-"
                if key.startswith(prefix) and key.removeprefix(prefix) in form.fields:
                    return form, key.removeprefix(prefix)
        return None, ""

    def _elsewhere(self, key: str) -> str:
        """Return what a row on another page is called, "" for what is no such row."""
        for rows in self.rows:
            if key.startswith(f"{rows.name}-"):
                return rows.codes.get(key.removeprefix(f"{rows.name}-").partition("-")[0], "")
        return ""

    @property
    def has_errors(self) -> bool:
        return bool(self.errors or not self.parses() or any(rows.errors for rows in self.rows))

    def summary(self) -> list[tuple[str, Any]]:
        """Return (id of the control, sentence) of every error, in the order of the page."""
        found: list[tuple[str, Any]] = [("noi-dung", message) for message in self.errors]
        by_name = {rows.name: rows for rows in self.rows}
        for field in self.declared:
            if field.name in by_name:
                rows = by_name[field.name]
                found += [(f"nhom-{rows.name}", message) for message in rows.errors]
                for place, form in enumerate(rows.forms):
                    found += _errors_of(form, within=rows.name_of(place))
            else:
                found += _errors_of(self.form, only=field.name)
        return found

    def parts(self) -> list[dict[str, Any]]:
        """Return what the page draws, in declared order: bound fields, rows, file fields, a decision.

        Fields that only one choice of the decision requires are drawn with that choice; what several require
        stands above them all, once.
        """
        decision = next((field for field in self.declared if field.widget is Widget.DECISION), None)
        owned = {field.name for field in self.declared if decision and _asked_by_one(field, decision)}
        parts = [self._part(field) for field in self.declared if field.name not in owned]
        if decision is None:
            return parts
        rest = [part for part in parts if part["declared"] is not decision]
        return [*rest, self._part(decision) | {"choices": self._choices(decision)}]

    @property
    def next_page(self) -> int:
        """The page to which a row that was asked for goes, 0 where it has room."""
        return max((rows.next_page for rows in self.rows), default=0)

    @property
    def is_decision(self) -> bool:
        """Whether the buttons of the page are the choices of a decision."""
        return any(field.widget is Widget.DECISION for field in self.declared)

    def _part(self, field: Field) -> dict[str, Any]:
        rows = next((rows for rows in self.rows if rows.name == field.name), None)
        return {
            "declared": field,
            "rows": rows,
            "field": None if rows else self.form[field.name],
            "kept": self.kept.get(field.name),
        }

    def _choices(self, decision: Field) -> list[dict[str, Any]]:
        """Return each choice with its fields; one that was made, or has mistakes, is open."""
        found = []
        for value, label in decision.choices:
            asked = [field for field in self.declared if _asked_by_one(field, decision) == value]
            wrong = any(self.form[field.name].errors for field in asked)
            found.append(
                {
                    "value": value,
                    "label": label,
                    "parts": [self._part(field) for field in asked],
                    "is_open": wrong or self.form[decision.name].value() == value,
                }
            )
        return found


def _asked_by_one(field: Field, decision: Field) -> str:
    """Return the choice of `decision` that alone requires the field, "" for none or several."""
    other, values = field.required_when or ("", ())
    return values[0] if other == decision.name and len(values) == 1 else ""


def _errors_of(form: StepForm, only: str = "", within: str = "") -> list[tuple[str, Any]]:
    """Return (id of the control, sentence) of each error; away from its field a sentence names it."""
    from supervision.web.templatetags.gs import first_control

    found = []
    for field in (form[name] for name in ([only] if only else form.fields)):
        for message in field.errors:
            label = "" if str(field.label) in str(message) else str(field.label)
            found.append((first_control(field), ": ".join(filter(None, (within, label, str(message))))))
    return found


def _flat(fields: tuple[Field, ...], data: dict[str, Any]) -> dict[str, Any]:
    return {
        field.name: data[field.name]
        for field in fields
        if field.name in data and field.widget not in (Widget.ROWS, Widget.FILES, Widget.PASSWORD)
    }


def _offered(
    fields: tuple[Field, ...], case: Case | None, actor: Actor, on: dt.date, spec: FormSpec | None
) -> dict[str, list[tuple[str, str]]]:
    """Ask each source of the form once."""
    sources = {field.source for field in fields if field.source}
    sources -= {field.source for field in fields if field.widget is Widget.ROWS}
    sources |= {column.source for field in fields for column in field.columns if column.source}
    found = {source: offered(source, case=case, actor=actor, on=on, spec=spec) for source in sorted(sources)}
    return {
        source: [(obj.public_id, label_of(obj)) for obj in things]
        for source, things in found.items()
        if things is not None
    }
