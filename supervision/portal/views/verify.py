"""Is this paper real? By file, by code: plain words, no account, nothing kept."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from supervision.client import limited
from supervision.documents.models import Document
from supervision.documents.verification import Verdict, verify
from supervision.language.codes import grouped
from supervision.language.folding import nfc
from supervision.page import here
from supervision.portal import present
from supervision.publication import corrections
from supervision.publication.index import CHANGED
from supervision.publication.log.answers import assurance
from supervision.publication.models import Entry, Publication

#: Colour of the banner and its icon, by the verdict's kind. Red is for a changed file alone.
BANNERS: dict[str, tuple[str, str]] = {
    "genuine": ("ok", "shield"),
    "withdrawn": ("soon", "back"),
    "not_ours": ("info", "question"),
    "changed": ("late", "warning"),
    "unknown_issuer": ("calm", "question"),
    "unsigned": ("calm", "document"),
    "unreadable": ("calm", "cross"),
}


class FileForm(forms.Form):
    """The file to look at."""

    tep = forms.FileField(
        label=_("Tệp cần xác minh"),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        help_text=_("Tệp PDF, nhiều nhất 20 MB. Dùng đúng tệp đã nhận, không in ra rồi quét lại."),
        error_messages={"empty": _("Tệp này không có nội dung; chọn lại tệp")},
    )

    def clean_tep(self) -> UploadedFile[bytes]:
        upload: UploadedFile[bytes] = self.cleaned_data["tep"]
        if (upload.size or 0) > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(
                _("Tệp lớn hơn %(limit)s MB; chọn tệp nhỏ hơn"),
                params={"limit": settings.UPLOAD_MAX_BYTES // 1024**2},
            )
        return upload


class CodeForm(forms.Form):
    """The code printed under the QR square, or the number at the head of the paper.

    Spaces, hyphens and small letters of a code are all the same; a number has a slash.
    """

    ma = forms.CharField(
        label=_("Mã xác minh, hoặc số và ký hiệu văn bản"),
        max_length=80,
        help_text=_(
            "Mã là dãy chữ và số in dưới ô vuông QR; gạch nối, chữ hoa, chữ thường đều được. "
            "Số và ký hiệu in ở đầu văn bản, ví dụ 85/KN-MTTQ-BTT."
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "class": "govuk-input--width-20"}
        ),
    )

    def clean_ma(self) -> str:
        """Return where the answer stands: the page of the code, or the publications of that number."""
        typed = nfc(self.cleaned_data["ma"])
        code = plain_code(typed)
        if not code:
            raise forms.ValidationError(_("Mã chỉ gồm chữ và số; gõ lại đúng như trên giấy"))
        return f"/ket-luan/?{urlencode({'q': typed})}" if "/" in typed else f"/v/{code}/"


def plain_code(text: str) -> str:
    """A code as it is stored: capitals and digits only."""
    return "".join(c for c in nfc(text).upper() if c.isascii() and c.isalnum())


# Exempt: the answer depends on the posted file alone. The view reads no session, knows no user and
# changes nothing, so a forged post gains nothing, and readers are spared a cookie (design, public pages).
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@limited(post="verify", get="code", bare_is_free=True)
def verify_page(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _by_file(request)
    if "ma" in request.GET:
        codes = CodeForm(request.GET)
        if codes.is_valid():
            return redirect(here(codes.cleaned_data["ma"]))
        return _ask(request, FileForm(), codes, form=codes)
    return _ask(request, FileForm(), CodeForm())


@require_safe
@limited(get="code")
def code_page(request: HttpRequest, code: str) -> HttpResponse:
    """What the QR square opens: number, day, body, hash, and whether the paper still holds."""
    plain = plain_code(code)
    found = Publication.objects.filter(code=plain).defer("html", "plain_text").first()
    if found:
        return render(request, "portal/code.html", _published(found))
    document = (
        Document.objects.select_related("organization")
        .filter(code=plain, state=Document.State.SIGNED)
        .first()
    )
    codes = CodeForm(initial={"ma": grouped(plain[:60])})
    context = {"code": plain[:60], "document": document, "codes": codes, "changed": _changed_by(document)}
    return render(request, "portal/code.html", context, status=200 if document else 404)


def _ask(
    request: HttpRequest, files: FileForm, codes: CodeForm, *, form: forms.Form | None = None
) -> HttpResponse:
    context = {"files": files, "codes": codes, "form": form}
    return render(request, "portal/verify.html", context, status=422 if form else 200)


def _by_file(request: HttpRequest) -> HttpResponse:
    files = FileForm(request.POST, request.FILES)
    if not files.is_valid():
        return _ask(request, files, CodeForm(), form=files)
    verdict = _judge(files.cleaned_data["tep"])
    is_gone = verdict.is_gone and verdict.kind != "changed"
    kind, icon = BANNERS["withdrawn" if is_gone else verdict.kind]
    context = {
        "verdict": verdict,
        "kind": kind,
        "icon_name": icon,
        "lines": [verdict.lead],
        "changed": None if verdict.publication else _changed_by(verdict.document),
        "corrections": _corrections(verdict),
    }
    return render(request, "portal/verdict.html", context)


def _corrections(verdict: Verdict) -> list[corrections.Correction]:
    """Return the corrections in force of the paper that a file is; none of one that is withdrawn."""
    if verdict.publication is None or verdict.entry is None or verdict.entry.what != Entry.What.CORRECT:
        return []
    return corrections.in_force(verdict.publication)


def _judge(upload: UploadedFile[bytes]) -> Verdict:
    """Look at the file where it was put down when it came, or in a folder that is gone with the answer."""
    name, at = upload.name or "", timezone.now()
    if isinstance(upload, TemporaryUploadedFile):
        return verify(upload.temporary_file_path(), name=name, at=at)
    with tempfile.TemporaryDirectory(prefix="xac-minh-") as folder:
        path = Path(folder) / "tep.pdf"
        path.write_bytes(upload.read())
        return verify(path, name=name, at=at)


def _changed_by(document: Document | None) -> Entry | None:
    """Return what a paper corrects or withdraws on the portal; None for any other."""
    if document is None or not document.code:
        return None
    found = Entry.objects.filter(data__code=document.code, what__in=CHANGED)
    return found.select_related("publication").first()


def _published(found: Publication) -> dict[str, Any]:
    entries = list(found.entries.filter(what__in=CHANGED).select_related("replaced_by").order_by("id"))
    gone = next((entry for entry in entries if entry.what == Entry.What.WITHDRAW), None)
    validity = "thu-hoi" if gone else "dinh-chinh" if entries else "hieu-luc"
    return {
        "publication": found,
        "log": present.by_the_log(assurance(found, at=timezone.now())),
        "code": found.code,
        "gone": gone,
        "corrections": [] if gone else corrections.in_force(found, entries),
        "validity": present.validity_chip(validity),
    }
