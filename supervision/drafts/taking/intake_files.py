"""Files with remarks that were collected elsewhere: which are read, by whom, and why one is not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from supervision.drafts.models import Intake
from supervision.drafts.taking.imports.limits import HEADING_WITHIN, MAX_ROWS
from supervision.errors import InvalidInput
from supervision.files.names import extension_of
from supervision.files.sandbox import Failed, Sandbox
from supervision.files.services import REASONS, Upload, read_upload, refusal_words

#: 5,000 rows of a spreadsheet take two to four seconds.
reader = Sandbox("supervision.drafts.taking.imports.reading", seconds=20)

SENTENCES: Mapping[str, Any] = {
    "old-letters": _(
        "Tệp “%(name)s” gõ bằng bảng mã cũ (TCVN3, VNI). "
        "Hãy chuyển sang Unicode bằng UniKey hoặc trong Excel rồi gửi lại."
    ),
    "encoding": _("Không rõ bảng mã của tệp “%(name)s”. Hãy mở bằng Excel, lưu thành .xlsx rồi gửi."),
    "quotes": _("Tệp “%(name)s” có dấu ngoặc kép mở mà không đóng. Hãy lưu thành .xlsx rồi gửi."),
    "heading": _(
        "Không thấy dòng tiêu đề có cột “Ý kiến” trong %(within)s dòng đầu của tệp “%(name)s”. "
        "Hãy tải bảng mẫu, chép nội dung sang rồi gửi."
    ),
    "nothing": _("Tệp “%(name)s” không có dòng nào."),
    "rows": _("Tệp “%(name)s” có hơn %(rows)s dòng. Hãy chia thành nhiều tệp."),
    "long": _("Tệp “%(name)s” có quá nhiều chữ. Hãy chia thành nhiều tệp."),
    "mbox": _("Tệp “%(name)s” không phải hộp thư .mbox."),
    "slow": _(
        "Đọc tệp “%(name)s” quá lâu hoặc quá lớn nên đã dừng. "
        "Hãy xóa hình ảnh, dòng trống có định dạng, hoặc chia thành nhiều tệp."
    ),
}
_NOT_READ: Mapping[str, Any] = {
    "msg": _(
        "Tệp “%(name)s” là thư riêng của Outlook (.msg), không đọc được. Hãy mở thư bằng Outlook mới hoặc "
        "Outlook trên web, bấm dấu ba chấm, chọn Tải xuống, dạng EML; rồi gửi tệp .eml. "
        "Hoặc chép nội dung thư vào bảng mẫu."
    ),
    "xls": _("Tệp “%(name)s” là bảng tính cũ. Hãy mở bằng Excel, lưu thành .xlsx rồi gửi."),
    "ods": _("Tệp “%(name)s” là bảng tính LibreOffice. Hãy lưu thành .xlsx rồi gửi."),
}
_KINDS = _("Tệp “%(name)s” không thuộc loại được đọc: một bảng tính .xlsx, .csv; hoặc thư .eml, .mbox.")
_ONE = _("Mỗi lần chỉ gửi một bảng tính, một hộp thư .mbox, hoặc các thư .eml.")
_TABLES = {"xlsx": "read_xlsx", "csv": "read_csv", "tsv": "read_csv", "txt": "read_csv"}


@dataclass(frozen=True)
class Arrived:
    """What was read of one sending; rows as the readers give them, nothing decided yet."""

    kind: Intake.Kind
    name: str
    digest: str
    rows: Sequence[Mapping[str, Any]]
    told: Mapping[str, Any] = field(default_factory=dict)


def read(uploads: Iterable[Upload]) -> Arrived:
    """Read a spreadsheet, an mbox or mails in a child process; InvalidInput ("files") says why not."""
    files = [read_upload(upload) for upload in uploads]
    kinds = {_kind(name) for name, _data in files}
    if not files or (len(files) > 1 and kinds != {"eml"}):
        raise _refused(_ONE)
    (kind,) = kinds
    name, data = files[0]
    if kind == "eml":
        if sum(len(one) for _name, one in files) > settings.UPLOAD_MAX_BYTES:
            raise _refused(refusal_words("big", name))
        found = _run("read_mails", name, files)
    else:
        found = _run(_TABLES.get(kind, "read_mbox"), name, data)
    digests = sorted(hashlib.sha256(one).hexdigest() for _name, one in files)
    return Arrived(
        kind=Intake.Kind.SHEET if kind in _TABLES else Intake.Kind.MAIL,
        name=name,
        digest=digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest(),
        rows=found.pop("rows"),
        told=found,
    )


def _kind(name: str) -> str:
    extension = extension_of(name)
    if extension not in (*_TABLES, "eml", "mbox"):
        raise _refused(_NOT_READ.get(extension, _KINDS) % {"name": name})
    return extension


def _run(function: str, name: str, data: Any) -> dict[str, Any]:
    try:
        found: dict[str, Any] = reader.run(function, data)
    except Failed as failed:
        raise _refused(_words(failed, name)) from None
    return found


def _words(failed: Failed, name: str) -> Any:
    """Return the reader's own reason in a sentence, or that the file was too much for it, or broken."""
    reason = failed.detail if failed.reason == "Refused" else failed.reason
    if reason in ("timeout", "died", "MemoryError", "RecursionError"):
        reason = "slow"
    if reason in SENTENCES:
        return SENTENCES[reason] % {"name": name, "rows": MAX_ROWS, "within": HEADING_WITHIN}
    return refusal_words(reason if reason in REASONS else "broken", name)


def _refused(sentence: Any) -> InvalidInput:
    return InvalidInput(errors={"files": [sentence]})
