"""Form fields that officials fill without thinking: dates in three boxes, files with limits."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from supervision.language.folding import one_line
from supervision.page import english

DAY_FIRST = re.compile(
    r"^\s*(?:ngày\s*)?(\d{1,2})\s*(?:[/.\-]|\s+|\s*tháng\s*)(\d{1,2})\s*(?:[/.\-]|\s+|\s*năm\s*)(\d{4})\s*$",
    re.I,
)
YEAR_FIRST = re.compile(r"^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$")
PARTS = ("ngay", "thang", "nam")


def split_date(text: str) -> list[str] | None:
    """Day, month and year of a whole date pasted into one box; None when it is not one.

    Day first, always: 05/03/2026 is 5 March. A leading four-digit year is the ISO order.
    """
    if match := DAY_FIRST.match(text):
        return list(match.groups())
    if match := YEAR_FIRST.match(text):
        return list(reversed(match.groups()))
    return None


#: A time as it is kept with what was entered.
KEPT_TIME = re.compile(r"^(\d\d:\d\d):\d\d$")


class LineField(forms.CharField):
    """A text of one line: what a browser leaves out of a box of one line, the server folds."""

    def to_python(self, value: Any) -> str:
        """Return the text in one line, without the spaces around it."""
        return one_line(super().to_python(value))


class TimeField(LineField):
    """A time of day, shown as it is typed: 08:00."""

    def prepare_value(self, value: Any) -> Any:
        """Return a time that was kept, with its seconds, as hours and minutes."""
        return KEPT_TIME.sub(r"\1", value) if isinstance(value, str) else value


class DateBoxes(forms.MultiWidget):
    """Three boxes Ngày, Tháng, Năm; a whole date pasted into the first one is understood."""

    template_name = "django/forms/widgets/date_boxes.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput(attrs={"inputmode": "numeric"}) for part in PARTS
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: Any) -> list[str]:
        if isinstance(value, dt.date):
            return [f"{value.day:02}", f"{value.month:02}", str(value.year)]
        return split_date(value) or [value, "", ""] if isinstance(value, str) and value else ["", "", ""]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        boxes = [(box or "").strip() for box in super().value_from_datadict(data, files, name)]
        whole = data.get(name) or (boxes[0] if not any(boxes[1:]) else "")
        if isinstance(whole, dt.date):
            return self.decompress(whole)
        return (split_date(whole) if whole else None) or boxes

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and super().value_omitted_from_data(data, files, name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        labels = (_("Ngày"), _("Tháng"), _("Năm"))
        invalid = bool((attrs or {}).get("aria-invalid"))
        for box, label, width in zip(context["widget"]["subwidgets"], labels, (2, 2, 4), strict=True):
            box["label"] = label
            error = " govuk-input--error" if invalid else ""
            box["attrs"]["class"] = f"govuk-input govuk-input--width-{width}{error}"
        return context


class DateField(forms.Field):
    """A day typed in three boxes; cleans to `datetime.date`."""

    widget = DateBoxes
    default_error_messages = {
        "partly": _("Điền đủ ngày, tháng và năm"),
        "digits": _("Ngày, tháng, năm chỉ gồm chữ số, ví dụ 27 11 2026"),
        "year": _("Năm gồm bốn chữ số, ví dụ 2026"),
        "unreal": _("Ngày %(day)s/%(month)s/%(year)s không có trong lịch"),
    }

    def __init__(self, *, help_text: Any = None, **options: Any) -> None:
        super().__init__(help_text=help_text or _("Ví dụ 27 11 2026"), **options)

    def to_python(self, value: Any) -> dt.date | None:
        """Return the day, None for three empty boxes; ValidationError says what to mend."""
        if isinstance(value, dt.date):
            return value
        boxes = (split_date(value) or [value, "", ""]) if isinstance(value, str) else list(value or [])
        if not any(boxes):
            return None
        if not all(boxes):
            raise ValidationError(self.error_messages["partly"], code="partly")
        if not all(box.isascii() and box.isdigit() for box in boxes):
            raise ValidationError(self.error_messages["digits"], code="digits")
        day, month, year = boxes
        if len(year) != 4:
            raise ValidationError(self.error_messages["year"], code="year")
        try:
            return dt.date(int(year), int(month), int(day))
        except ValueError as error:
            params = {"day": day.zfill(2), "month": month.zfill(2), "year": year}
            raise ValidationError(self.error_messages["unreal"], code="unreal", params=params) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


def megabytes() -> int:
    """The largest file that is taken, in whole megabytes."""
    return int(settings.UPLOAD_MAX_BYTES // (1024 * 1024))


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(
        self, data: Any, files: MultiValueDict[str, UploadedFile[bytes]], name: str
    ) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.FileField):
    """Any number of files; cleans to a list. Kinds and contents are checked where files are stored."""

    widget = FilesInput
    default_error_messages = {
        "empty": _("Tệp “%(name)s” không có nội dung; chọn lại tệp"),
        "size": _("Tệp “%(name)s” lớn hơn %(limit)s MB; chọn tệp nhỏ hơn"),
    }

    def __init__(self, *, help_text: Any = None, **options: Any) -> None:
        limits = _("PDF, DOCX, XLSX, JPG, PNG; mỗi tệp nhiều nhất 20 MB.")
        super().__init__(help_text=help_text or limits, **options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Return the files; ValidationError names each file that cannot be taken."""
        uploads = [upload for upload in (data or []) if upload]
        if self.required and not uploads and not initial:
            raise ValidationError(self.error_messages["required"], code="required")
        errors = [error for upload in uploads for error in self._errors(upload)]
        if errors:
            raise ValidationError(errors)
        return uploads

    def takeable(self, uploads: list[UploadedFile[bytes]]) -> list[UploadedFile[bytes]]:
        """Return the files that are neither empty nor too big: another's fault does not lose them."""
        return [upload for upload in uploads if upload and not self._errors(upload)]

    def _errors(self, upload: UploadedFile[bytes]) -> list[ValidationError]:
        params = {"name": upload.name, "limit": megabytes()}
        if not upload.size:
            return [ValidationError(self.error_messages["empty"], code="empty", params=params)]
        if upload.size > settings.UPLOAD_MAX_BYTES:
            return [ValidationError(self.error_messages["size"], code="size", params=params)]
        return []


class _Names:
    """A list of names, which stay Vietnamese on an English page and say so."""

    def create_option(self, *args: Any, **options: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **options)  # type: ignore[misc]
        if option["value"] and english():
            option["attrs"]["lang"] = "vi"
        return option


class NameSelect(_Names, forms.Select):
    """One name of a list."""


class NameSelectMultiple(_Names, forms.SelectMultiple):
    """Several names of a list."""
