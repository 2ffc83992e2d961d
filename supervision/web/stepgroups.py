"""Groups of form fields drawn from `law.specs`: a flat one, and rows of one shape."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Page
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from supervision.drafts.services import clauses
from supervision.law.specs import Field, Widget
from supervision.law.text import T
from supervision.web.formfields import (
    DateField,
    FilesField,
    LineField,
    NameSelect,
    NameSelectMultiple,
    TimeField,
)

FEW_CHOICES = 4  # seen at once, as radio buttons


def words(text: T | None) -> str:
    """Return the text in the reader's language; "" for none."""
    return text.in_(get_language() or "vi") if text else ""


class StepForm(forms.Form):
    """A flat group of fields: a whole step without its rows, or one row of them."""

    def __init__(
        self, fields: tuple[Field, ...], *, offered: dict[str, list[tuple[str, str]]], **options: Any
    ):
        self.declared = tuple(field for field in fields if field.widget is not Widget.ROWS)
        super().__init__(**options)
        for field in self.declared:
            self.fields[field.name] = _form_field(field, offered, in_row=bool(self.prefix))

    def values(self) -> dict[str, Any]:
        """Return what was typed as plain data: text, dates, lists of public ids."""
        self.is_valid()  # cleans once; a second cleaning would forget the refused files
        return {field.name: self._value(field) for field in self.declared}

    def _value(self, field: Field) -> Any:
        if field.name in self.cleaned_data:
            return self.cleaned_data[field.name]
        return self[field.name].data  # a date that is none: kept as typed


def _form_field(
    field: Field, offered: dict[str, list[tuple[str, str]]], *, in_row: bool = False
) -> forms.Field:
    shown_as_required = field.required or field.required_when is not None
    options: dict[str, Any] = {
        "label": words(field.label),
        "help_text": words(field.help),
        "required": False,
    }
    build = _drop_down if in_row and len(field.choices) > FEW_CHOICES else _build
    built = build(field, options, offered)
    built.shown_as_required = shown_as_required  # type: ignore[attr-defined]
    return built


def _drop_down(field: Field, options: dict[str, Any], offered: Any) -> forms.Field:
    """Many choices in every row of a group would be pages of radio buttons; there they are a list."""
    choices = [("", _("Chọn trong danh sách")), *((value, words(label)) for value, label in field.choices)]
    return forms.ChoiceField(choices=choices, **options)


def _build(field: Field, options: dict[str, Any], offered: dict[str, list[tuple[str, str]]]) -> forms.Field:
    match field.widget:
        case Widget.LINE | Widget.TIME:
            return (TimeField if field.widget is Widget.TIME else LineField)(**options)
        case Widget.TEXT:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), strip=True, **options)
        case Widget.DATE:
            return DateField(**options)
        case Widget.CHOICE | Widget.DECISION:
            choices = [(value, words(label)) for value, label in field.choices]
            return forms.ChoiceField(widget=forms.RadioSelect, choices=choices, **options)
        case Widget.YES_NO:
            return forms.BooleanField(**options)
        case Widget.PICK:
            empty = [("", words(field.empty) or _("Chọn trong danh sách"))]
            return forms.ChoiceField(widget=NameSelect, choices=[*empty, *offered[field.source]], **options)
        case Widget.PICKS:
            return forms.MultipleChoiceField(
                widget=NameSelectMultiple(attrs={"size": 6}), choices=offered[field.source], **options
            )
        case Widget.FILES:
            return FilesField(**options)
        case Widget.PASSWORD:
            widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
            return forms.CharField(widget=widget, strip=False, **options)
    raise ValueError(f"no form field for {field.widget}")


class Rows:
    """A repeated group: its declaration and one `StepForm` a row; grows by a plain button.

    Where the case gives the rows, `things` are what they are about, and it does not grow. Many are drawn
    page by page: `page` is the one that is drawn, `elsewhere` what was typed on the others; of rows that
    people add, `before` and `after` what was, and `next_page` where a row goes that has no room here.
    """

    def __init__(self, field: Field, forms_: list[StepForm], things: list[Any] | None = None) -> None:
        self.field = field
        self.forms = forms_
        self.things = things
        self.page: Page[Any] | None = None
        self.elsewhere: list[dict[str, Any]] = []
        self.before: list[dict[str, Any]] = []
        self.after: list[dict[str, Any]] = []
        self.next_page = 0
        self.codes: dict[str, str] = {}  # of all rows that the case gives
        self.errors: list[Any] = []

    @property
    def name(self) -> str:
        return self.field.name

    def values(self) -> list[dict[str, Any]]:
        if self.things is None:
            return [*self.before, *(form.values() for form in self.forms), *self.after]
        here = [
            form.values() | {"row": thing.public_id}
            for form, thing in zip(self.forms, self.things, strict=True)
        ]
        return [*here, *self.elsewhere]

    def name_of(self, place: int) -> str:
        """Return how a sentence names the row at `place`; empty where there is but one."""
        if self.things is not None:
            return str(self.things[place].code)
        count = len(self.before) + len(self.forms) + len(self.after)
        return self.called(len(self.before) + place) if count > 1 else ""

    def called(self, place: int) -> str:
        """Return what a row that people add is called, by its place among all."""
        return f"{words(self.field.singular)} {place + 1}"

    def drawn(self) -> list[tuple[StepForm, str, Any, Any]]:
        """Return each row as the page draws it: form, legend, the remark it answers, and on which clause."""
        things = self.things or [None] * len(self.forms)
        read = clauses(self.things or [])
        return [
            (
                form,
                getattr(thing, "code", "") or self.called(len(self.before) + place),
                thing,
                read.get(thing.pk) if thing else None,
            )
            for place, (form, thing) in enumerate(zip(self.forms, things, strict=True))
        ]
