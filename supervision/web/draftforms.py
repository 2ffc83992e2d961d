"""The forms of the criticism workbench: where the text of a draft is read from, and mending it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from supervision.drafts.models import Contribution, Outcome
from supervision.files.models import Attachment
from supervision.web.formfields import FilesField, LineField

PASTED, OWN = "dan", "tep"


def ticked(data: Any, name: str) -> list[int]:
    """Return the primary keys among the values that were posted under `name`."""
    return [int(one) for one in data.getlist(name) if one.isascii() and one.isdigit() and len(one) < 19]


class ReadForm(forms.Form):
    """Which file of the draft is its text, or the text itself."""

    source = forms.ChoiceField(label=_("Toàn văn dự thảo nằm ở đâu?"), widget=forms.RadioSelect)
    own = forms.FileField(
        label=_("Tệp trên máy này"),
        required=False,
        help_text=_("Chỉ cần khi chọn tệp trên máy: DOCX, PDF, HTML, MD hoặc TXT, không quá 20 MB."),
    )
    pasted = forms.CharField(
        label=_("Toàn văn dự thảo"),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        help_text=_("Chỉ cần khi chọn dán: chép toàn văn từ Word, trang web hoặc tệp văn bản."),
    )

    def __init__(self, *args: Any, files: Iterable[Attachment], **options: Any) -> None:
        super().__init__(*args, **options)
        self.readable = {
            file.public_id: file for file in files if file.name.lower().endswith((".docx", ".pdf"))
        }
        named = [(key, _("Tệp “%(name)s”") % {"name": file.name}) for key, file in self.readable.items()]
        others = [(OWN, _("Một tệp trên máy này")), (PASTED, _("Dán toàn văn vào ô dưới đây"))]
        self.fields["source"].choices = [*named, *others]  # type: ignore[attr-defined]

    def clean(self) -> None:
        if self.cleaned_data.get("source") == PASTED and not self.cleaned_data.get("pasted"):
            self.add_error("pasted", _("Dán toàn văn dự thảo vào đây, hoặc chọn một tệp."))
        if self.cleaned_data.get("source") == OWN and not self.cleaned_data.get("own"):
            self.add_error("own", _("Chọn tệp dự thảo."))


class MendForm(forms.Form):
    """One piece of the text, a line a provision or a paragraph."""

    lines = forms.CharField(
        label=_("Mỗi điều, khoản, điểm một dòng"),
        widget=forms.Textarea(attrs={"rows": 18}),
        required=False,
        strip=False,
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)


class IntakeForm(forms.Form):
    """A file with remarks that were collected on paper or by mail, and what becomes of them."""

    upload = FilesField(
        label=_("Bảng tính hoặc thư"),
        help_text=_(
            "Một bảng tính .xlsx hoặc .csv; hoặc tối đa 20 thư .eml; hoặc một hộp thư .mbox. Không quá 20 MB."
        ),
        error_messages={"required": _("Chọn tệp cần nhập.")},
    )
    in_table = forms.BooleanField(
        label=_("Đưa thẳng vào bảng ý kiến"),
        required=False,
        help_text=_("Chỉ với ý kiến đã xem trên giấy. Không chọn thì ý kiến chờ xem như góp ý khác."),
    )
    is_apart = forms.BooleanField(
        label=_("Tệp này là những phiếu khác với các tệp đã nhập"),
        required=False,
        help_text=_("Chọn khi hai nơi có phiếu ghi giống hệt nhau và phải tính cả hai."),
    )


#: Reasons that a person may choose; that a case was called off is no judgement of anyone's.
REASONS = [one for one in Contribution.Refusal.choices if one[0] != Contribution.Refusal.CALLED_OFF]


TAKE, REFUSE, PUT_BACK = "nhan", "bo", "tra"


class RefusalForm(forms.Form):
    """What becomes of the contributions that were ticked: into the table, or kept out for a reason.

    Those that were sorted out already wait again. No act is chosen but by its own button.
    """

    refusal = forms.ChoiceField(
        label=_("Lý do không đưa vào, ghi trên biên nhận: góp ý"),
        choices=[("", _("Chọn một lý do")), *REASONS],
        required=False,
    )
    note = LineField(
        label=_("Nói thêm với người gửi"), max_length=500, required=False, help_text=_("Hiện công khai.")
    )

    def __init__(self, *args: Any, is_waiting: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.acts = (TAKE, REFUSE) if is_waiting else (PUT_BACK,)

    @property
    def chosen(self) -> list[int]:
        """The primary keys that were ticked."""
        return ticked(self.data, "chon")

    @property
    def named(self) -> list[int]:
        """The primary keys whose name was confirmed to be a body's."""
        return ticked(self.data, "ten")

    @property
    def is_refusing(self) -> bool:
        return self.data.get("lam") == REFUSE

    def clean(self) -> None:
        if not self.chosen:
            raise forms.ValidationError(_("Chọn ít nhất một góp ý."))
        if self.data.get("lam") not in self.acts:
            raise forms.ValidationError(_("Chưa có gì được ghi. Bấm nút của việc cần làm với góp ý đã chọn."))
        reasons = self.cleaned_data.get("refusal"), self.cleaned_data.get("note")
        if self.is_refusing and not reasons[0]:
            self.add_error("refusal", _("Chọn lý do: người gửi đọc được."))
        if not self.is_refusing and any(reasons):
            words = _("Đang ghi lý do không đưa vào bảng. Xóa các ô này, hoặc bấm nút không đưa vào bảng.")
            self.add_error("refusal", words)


class OutcomeForm(forms.Form):
    """What became of a remark in the issued text: nothing is filled in, a person decides."""

    verdict = forms.ChoiceField(
        label=_("Ý kiến này"), choices=Outcome.Verdict.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Nói thêm"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text=_("Hiện công khai."),
    )
