"""Papers that are signed on the signer's own machine: the print goes out, the signed file comes back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.documents import tasks
from supervision.documents.asked import must_be_as_asked
from supervision.documents.certificates import is_registered
from supervision.documents.models import Document, Rendition
from supervision.documents.signers import is_dated_anew, must_still_be_allowed
from supervision.documents.signing.sign import Certificate, Signed
from supervision.documents.signing.trust import trusted_pems
from supervision.errors import InvalidInput, WrongState
from supervision.files.sandbox import Failed, Sandbox
from supervision.files.services import open_blob
from supervision.language.dates import short_date
from supervision.organizations.models import Mandate

checker = Sandbox("supervision.documents.import_check", seconds=20)
WHY: dict[str, Any] = {
    "other": _("Tệp không giữ nguyên bản in của cổng. Hãy ký đúng tệp tải về, đừng lưu thành tệp khác."),
    "unsigned": _("Tệp chưa có chữ ký số."),
    "changed": _("Ngoài chữ ký, tệp còn có phần bị sửa hoặc được thêm vào."),
    "missing": _("Tệp phải có đủ chữ ký, đúng ô đã in sẵn: người ký trước, rồi đến dấu của cơ quan."),
    "untrusted": _("Cổng không tin đơn vị cấp chứng thư trong tệp."),
    "expired": _("Chứng thư số trong tệp đã hết hạn."),
    "revoked": _("Chứng thư số trong tệp đã bị thu hồi."),
    "method": _("Chữ ký trong tệp thuộc loại cổng chưa kiểm tra được."),
    "unreadable": _("Không đọc được tệp này. Hãy chọn tệp PDF đã ký."),
}  # fmt: skip


def print_to_sign(document: Document) -> Rendition | None:
    """Return the print that is to be signed elsewhere, None where there is none."""
    if not document.is_handed_out or document.state != Document.State.STUCK:
        return None
    prints = document.renditions.filter(is_signed=False, is_public=False, renews=None).select_related("blob")
    return prints.order_by("-pk").first()


def take_signed(document: Document, data: bytes, *, at: dt.datetime) -> Document:
    """Take a file that was signed elsewhere, held to the exact bytes of our print and to who must sign.

    A print is good for the day that it bears (`signers.is_dated_anew`). Raises WrongState where no file is
    awaited, on a later day, or where paper or print are not what was confirmed; NotAllowed where the signer
    may sign no longer; InvalidInput in plain words for a file that does not do.
    """
    original = print_to_sign(document)
    if original is None:
        raise WrongState(_("Văn bản này không chờ tệp đã ký."))
    on = timezone.localdate(at)
    if document.issued_on is not None and is_dated_anew(document, on):
        said = _("Bản in ghi ngày %(day)s, nay đã sang ngày khác. Người ký cho in lại ở việc của mình.")
        raise WrongState(said % {"day": short_date(document.issued_on)})
    must_still_be_allowed(document, on=on)
    signed = _signed(document, original, data, at)
    with transaction.atomic():
        _stuck(document)
        must_be_as_asked(original)
        tasks.complete(document, original.pages, signed, at, expected=Document.State.STUCK)
    document.refresh_from_db()
    return document


def _signed(document: Document, original: Rendition, data: bytes, at: dt.datetime) -> Signed:
    fields = tasks.fields_of(document)
    with open_blob(original.blob.sha256) as stream:
        ours = stream.read()
    try:
        found = checker.run("check_import", data, ours, trusted_pems(), at.isoformat(), fields)
    except Failed:
        found = {"why": "unreadable"}
    if found["why"]:
        raise InvalidInput({"file": [WHY[found["why"]]]})
    certificates = [_certificate(facts) for facts in found["certificates"]]
    for whose, certificate in zip(tasks.signers_of(document), certificates, strict=True):
        if not is_registered(whose, certificate.sha256):
            name = whose.user.display_name if isinstance(whose, Mandate) else whose.name
            said = _("Chứng thư “%(subject)s” chưa được ghi là của %(name)s. Nhờ quản trị viên ghi lại.")
            raise InvalidInput({"file": [said % {"subject": certificate.subject, "name": name}]})
    return Signed(data, tuple(certificates))


def _certificate(facts: dict[str, str]) -> Certificate:
    first, last = (dt.datetime.fromisoformat(facts[key]) for key in ("not_before", "not_after"))
    return Certificate(facts["sha256"], facts["subject"], first, last)


def _stuck(document: Document) -> Document:
    locked = tasks.held(document)
    if locked.state != Document.State.STUCK:
        raise WrongState(_("Văn bản này không ở trạng thái ký chưa xong."))
    return locked
