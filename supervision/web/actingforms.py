"""The forms of who acts for whom: an absence, leave to sign, passing it to a deputy, revoking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from supervision.casefiles.models import Case
from supervision.documents.authorization_limits import Form, grantable_kinds
from supervision.errors import InvalidInput
from supervision.files import services as files
from supervision.files.models import Attachment
from supervision.organizations.models import Mandate
from supervision.page import in_language
from supervision.web.formfields import DateField, FilesField, LineField, NameSelect

EMPTY = ("", _("Chọn một người"))


def name_of(mandate: Mandate) -> str:
    """Return a colleague as a list of people names them."""
    return f"{mandate.user.display_name}, {mandate.title}"


class PeopleForm(forms.Form):
    """A form some of whose fields choose among people; what the service refuses comes back to its field."""

    people: dict[str, dict[str, Mandate]]
    status = 422  # of the page that says what is wrong

    def offer(self, field: str, people: Iterable[Mandate]) -> None:
        """Let `field` choose among these."""
        self.people = {**getattr(self, "people", {}), field: {one.public_id: one for one in people}}
        choices = [(key, name_of(one)) for key, one in self.people[field].items()]
        self.fields[field].choices = [EMPTY, *choices]  # type: ignore[attr-defined]

    def person(self, field: str) -> Mandate:
        """Return whom a field chose; the form is valid."""
        return self.people[field][self.cleaned_data[field]]

    def say(self, words: Any) -> None:
        """Put a sentence above the form."""
        self.add_error(None, words)

    def refuse(self, error: InvalidInput) -> None:
        """Put what the service refused beside its fields."""
        for name, said in error.errors.items():
            for message in said:
                self.add_error(name if name in self.fields else None, message)


class AbsenceForm(PeopleForm):
    absent = forms.ChoiceField(label=_("Người vắng"), widget=NameSelect)
    substitute = forms.ChoiceField(label=_("Người làm thay"), widget=NameSelect)
    from_on = DateField(label=_("Vắng từ ngày"))
    until_on = DateField(label=_("Đến hết ngày"))
    reason = LineField(label=_("Lý do"), max_length=300, required=False, help_text=_("Cả tổ chức đọc được."))


class AuthorizationForm(PeopleForm):
    form = forms.ChoiceField(label=_("Ký theo cách nào"), choices=Form.choices, widget=forms.RadioSelect)
    grantee = forms.ChoiceField(label=_("Người được giao ký"), widget=NameSelect)
    kinds = forms.MultipleChoiceField(label=_("Loại văn bản được ký"), widget=forms.CheckboxSelectMultiple)
    case = forms.ChoiceField(
        label=_("Chỉ cho một hồ sơ"), required=False, help_text=_("Để trống nếu cho mọi hồ sơ của tổ chức.")
    )
    from_on = DateField(label=_("Từ ngày"))
    until_on = DateField(label=_("Đến hết ngày"))
    working_rules = LineField(
        label=_("TL.: điều, khoản và số của quy chế làm việc"),
        max_length=200,
        required=False,
        help_text=_("Cần khi giao ký thừa lệnh. Ví dụ: Điều 12 Quy chế làm việc số 03-QC/MTTQ."),
    )
    decision_number = LineField(
        label=_("TUQ.: số văn bản ủy quyền"),
        max_length=80,
        required=False,
        help_text=_("Cần khi giao ký thừa ủy quyền: ghi số và ngày, hoặc đính kèm văn bản."),
    )
    decision_on = DateField(label=_("Ngày của văn bản ủy quyền"), required=False)
    decision_file = FilesField(label=_("Văn bản ủy quyền"), required=False)

    def __init__(self, *args: Any, cases: Iterable[Case], **options: Any) -> None:
        super().__init__(*args, **options)
        self.cases = {case.public_id: case for case in cases}
        self.fields["kinds"].choices = [(code, in_language(t)) for code, t in grantable_kinds().items()]  # type: ignore[attr-defined]
        listed = [(key, f"{case.code}, {case.title}") for key, case in self.cases.items()]
        self.fields["case"].choices = [("", _("Mọi hồ sơ")), *listed]  # type: ignore[attr-defined]
        self.kept: list[Attachment] = []

    def take_file(self, *, by: Mandate, at: dt.datetime) -> None:
        """Store what was uploaded at once, so that no error elsewhere loses it; one paper, one file."""
        name = "decision_file"
        ids = set(self.data.getlist(f"{name}-giu")) - set(self.data.getlist(f"{name}-bo"))  # type: ignore[attr-defined]
        own = Attachment.objects.filter(public_id__in=ids, uploaded_by=by)
        self.kept = list(own.select_related("blob").order_by("pk"))
        sent = self.files.getlist(name)  # type: ignore[attr-defined]
        try:
            takeable = self.fields[name].takeable(sent)  # type: ignore[attr-defined]
            self.kept += files.store_all(takeable, by=by, at=at)
        except InvalidInput as error:
            self.refuse(InvalidInput({name: [one for said in error.errors.values() for one in said]}))
        if len(self.kept) > 1:
            self.add_error(name, _("Chỉ đính kèm một văn bản ủy quyền; bỏ bớt tệp."))


class PassOnForm(PeopleForm):
    grantee = forms.ChoiceField(label=_("Cấp phó của bạn"), widget=NameSelect)
    from_on = DateField(label=_("Từ ngày"))
    until_on = DateField(label=_("Đến hết ngày"))


class RevokeForm(PeopleForm):
    reason = LineField(label=_("Lý do thu hồi"), max_length=300)
