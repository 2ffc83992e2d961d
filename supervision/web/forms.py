"""How every form of the house is drawn. Set as FORM_RENDERER; templates/django/forms holds the markup."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import ChoiceWidget, Input, Select
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

#: The class of a single control; groups (radios, boxes, dates) are styled by their own templates.
CONTROL = (
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
    (Select, "govuk-select"),
    (Input, "govuk-input"),
)


#: Django's own sentence does not say which field; in the summary ours must.
DEFAULT_REQUIRED = (forms.Field.default_error_messages["required"],)


def lazy_required(widget: forms.Widget, label: Any) -> Any:
    """What to do about an empty field, naming it: the same words in the summary and at the field."""
    if isinstance(widget, forms.CheckboxInput):
        return format_lazy("{}: {}", _("Đánh dấu"), label)
    if isinstance(widget, ChoiceWidget | forms.FileInput):
        return format_lazy("{}: {}", _("Chọn"), label)
    return format_lazy("{}: {}", _("Điền"), label)


class HouseField(forms.BoundField):
    """A bound field whose control carries the house classes and leaves all checking to the server.

    No `required` attribute: a browser's own bubbles speak another language, show one error
    at a time and are not read out reliably. The server names all errors at once.
    """

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        if field.error_messages.get("required") in DEFAULT_REQUIRED:
            field.error_messages["required"] = lazy_required(field.widget, self.label)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        attrs.pop("required", None)
        widget = widget or self.field.widget
        name = self.control_class(widget)
        if name:
            extra = widget.attrs.get("class", "")
            error = f" {name}--error" if self.errors and not self.is_check_box else ""
            attrs["class"] = f"{name}{error} {extra}".strip()
        return attrs

    @staticmethod
    def control_class(widget: forms.Widget) -> str:
        if widget.is_hidden or (isinstance(widget, ChoiceWidget) and not isinstance(widget, Select)):
            return ""
        if isinstance(widget, forms.CheckboxInput):
            return "govuk-checkboxes__input"
        return next((css for kind, css in CONTROL if isinstance(widget, kind)), "")

    @property
    def is_check_box(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)


class Renderer(TemplatesSetting):
    """Draws forms from templates/django/forms: `{{ form }}` or `{{ form.x.as_field_group }}`."""

    form_template_name = "django/forms/div.html"
    field_template_name = "django/forms/field.html"
    bound_field_class = HouseField
