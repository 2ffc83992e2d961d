"""The form by which people say something of a provision: the same on the public page and in the workspace."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from supervision.drafts.models import Remark
from supervision.drafts.taking.contributions import Said
from supervision.errors import InvalidInput
from supervision.language.folding import nfc, upper_first

LARGEST = 5 * 1024**2  # bytes of a file from the public
LONGEST = 10_000  # characters of one text
#: Who sends without an account, first of all one person; a body of the state has other ways.
ANYONE = (Remark.Author.PEOPLE, Remark.Author.EXPERT, Remark.Author.UNION, Remark.Author.MEMBER)


class ContributionForm(forms.Form):
    """What to change in a provision, into which wording, why, with a file, in whose name."""

    text = forms.CharField(
        label=_("Ý kiến"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST,
        help_text=_("Nói rõ nên sửa thế nào. Không ghi thông tin riêng của người khác."),
        error_messages={"required": _("Hãy ghi ý kiến của bạn.")},
    )
    wording = forms.CharField(
        label=_("Đề nghị viết lại"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST,
        required=False,
    )
    reason = forms.CharField(
        label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST, required=False
    )
    file = forms.FileField(
        label=_("Tệp kèm theo"), required=False, help_text=_("Một tệp PDF, DOCX, XLSX, PNG hoặc JPG.")
    )
    author = forms.ChoiceField(label=_("Gửi với tư cách"), widget=forms.RadioSelect)
    author_name = forms.CharField(
        label=_("Tên của bạn hoặc của tổ chức"),
        max_length=200,
        required=False,
        help_text=_(
            "Tên người chỉ nơi chủ trì biết, không bao giờ hiện công khai. "
            "Tên tổ chức hiện trong bảng ý kiến sau khi nơi chủ trì xác nhận."
        ),
    )

    def __init__(self, *args: Any, anyone: bool, is_own: bool = False, **options: Any) -> None:
        """`anyone`: without an account; `is_own`: what is said is one's own body's, whatever was typed."""
        super().__init__(*args, **options)
        self.anyone, self.is_own = anyone, is_own
        if is_own:
            del self.fields["author"], self.fields["author_name"]
            return
        if not anyone:
            self.fields["author_name"].help_text = _(
                "Tên tổ chức hiện trong bảng ý kiến. Tên người dân, chuyên gia không bao giờ hiện công khai."
            )
        offered = ANYONE if anyone else Remark.Author
        self.fields["author"].choices = [(one.value, upper_first(str(one.label))) for one in offered]  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile[bytes] | None:
        """Return the file; one of somebody without an account is smaller, for nobody answers for it."""
        upload: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if self.anyone and upload and (upload.size or 0) > LARGEST:
            raise forms.ValidationError(_("Tệp lớn hơn 5 MB; chọn tệp nhỏ hơn."))
        return upload

    def said(self, node: str, seen: str) -> Said:
        """Return what was typed about the provision with this id and words; the form is valid."""
        given = self.cleaned_data
        fields = ("text", "wording", "reason", "author", "author_name")
        return Said(node=node, seen=seen, **{name: nfc(given[name]) for name in fields if name in given})

    def add_refusal(self, error: InvalidInput, node: str, seen: str) -> tuple[str, str]:
        """Say why it was not taken in; return what it may be sent again with.

        That is the provision, "" where it is gone, and the mark of its words, "" where they are new.
        """
        self.add_error("file" if "files" in error.errors else None, error.message)
        if error.errors.keys() & {"node", "changed"}:
            return ("" if "node" in error.errors else node), ""
        return node, seen
