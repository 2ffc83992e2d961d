"""Taking in files and giving bytes back. Who may read a file is decided above."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from supervision.errors import InvalidInput, Lost
from supervision.files import storage
from supervision.files.models import Attachment, Blob
from supervision.files.names import clean_name, extension_of
from supervision.files.sandbox import Failed, Sandbox
from supervision.organizations.models import Mandate

logger = logging.getLogger(__name__)
_LOST = _("Kho tệp của cổng đang thiếu tệp này và đã ghi nhận để khôi phục.")
_PIECE = 1_000  # blobs
_RESTORED = 3600  # seconds after which to ask again

#: What is accepted, and under which type it is always given out.
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "jpg": "image/jpeg",
}
#: By `inspection.Why`, and what is seen before a file is opened: what was found, and what to do about it.
REASONS: dict[str, Any] = {
    "kind": _("Tệp “%(name)s” không thuộc loại được nhận: PDF, DOCX, XLSX, PNG, JPG."),
    "type": _("Tệp “%(name)s” có nội dung không đúng với đuôi tệp."),
    "empty": _("Tệp “%(name)s” rỗng."),
    "big": _("Tệp “%(name)s” lớn hơn %(limit)s MB."),
    "broken": _("Tệp “%(name)s” bị hỏng, không mở được."),
    "password": _("Tệp “%(name)s” đặt mật khẩu hoặc bị khóa. Hãy gửi bản không đặt mật khẩu, không khóa."),
    "structure": _(
        "Cấu trúc tệp “%(name)s” có chỗ hỏng, mỗi phần mềm có thể mở ra một nội dung khác. "
        "Hãy mở tệp, in lại ra PDF (tệp Word, Excel: lưu thành tệp mới) rồi gửi."
    ),
    "mixed": _(
        "Tệp “%(name)s” trộn nhiều loại nội dung, không nhận được. "
        "Hãy mở tệp, lưu thành tệp mới hoặc in lại ra PDF rồi gửi."
    ),
    "bomb": _("Tệp “%(name)s” bung ra quá lớn, không nhận được."),
    "heavy": _(
        "Tệp “%(name)s” quá phức tạp nên cổng không xem hết được. Hãy in lại ra PDF, hoặc chia nhỏ rồi gửi."
    ),
    "macro": _(
        "Tệp “%(name)s” có macro, là chương trình chạy trong tệp. "
        "Hãy lưu thành .docx hoặc .xlsx không có macro, hoặc in lại ra PDF rồi gửi."
    ),
    "script": _("Tệp “%(name)s” có mã lệnh (JavaScript). Hãy mở tệp, in lại ra PDF rồi gửi bản mới."),
    "action": _(
        "Tệp “%(name)s” có lệnh mở chương trình, mở tệp khác hoặc gửi dữ liệu đi. "
        "Hãy mở tệp, in lại ra PDF rồi gửi bản mới."
    ),
    "form": _("Tệp “%(name)s” là biểu mẫu XFA, có chương trình bên trong. Hãy in lại ra PDF rồi gửi."),
    "media": _("Tệp “%(name)s” có phim, âm thanh hoặc hình ba chiều. Hãy in lại ra PDF rồi gửi."),
    "dde": _(
        "Tệp “%(name)s” có trường DDE hoặc công thức gọi chương trình khác trên máy người đọc, "
        "hoặc có trường Word mà tên do trường khác ghép thành. Hãy bỏ đi "
        "(Word: Ctrl+A rồi Ctrl+Shift+F9; Excel: dán lại thành giá trị), hoặc in lại ra PDF rồi gửi."
    ),
    "field": _(
        "Tệp “%(name)s” có trường Word mà cổng không biết. Hãy bỏ trường ấy (Ctrl+A rồi Ctrl+Shift+F9), "
        "hoặc in lại ra PDF rồi gửi."
    ),
    "link": _(
        "Tệp “%(name)s” có đường dẫn không tới trang web, thư điện tử, số điện thoại hay văn bản đặt cạnh: "
        "tới máy khác, ổ đĩa, chương trình, hoặc do công thức tính ra. Hãy sửa thành địa chỉ https://…, "
        "hoặc bỏ đi (Word: Ctrl+A rồi Ctrl+Shift+F9; Excel: bấm chuột phải, Remove Hyperlinks; PDF: in lại)."
    ),
    "template": _(
        "Tệp “%(name)s” dùng mẫu (template) để trên mạng hoặc trên máy khác, nên mở ra là "
        "lấy nội dung từ nơi khác. Hãy gắn lại mẫu Normal "
        "(Word: File, Options, Add-ins, Manage: Templates, Go), hoặc in lại ra PDF rồi gửi."
    ),
    "merge": _(
        "Tệp “%(name)s” còn gắn với danh sách dữ liệu để trộn thư. Hãy gỡ danh sách (Word: Mailings, "
        "Start Mail Merge, Normal Word Document), hoặc in lại ra PDF rồi gửi."
    ),
    "embedded": _(
        "Tệp “%(name)s” có tệp khác nhúng bên trong (bảng tính, công thức MathType, tệp nén, chương trình). "
        "Hãy bỏ phần nhúng và gửi tệp ấy riêng, soạn lại công thức bằng Insert, Equation, "
        "hoặc in lại ra PDF rồi gửi."
    ),
    "external": _(
        "Tệp “%(name)s” lấy nội dung từ nơi khác hoặc dẫn tới tệp trên máy khác. Hãy ngắt liên kết "
        "(Word: Ctrl+A rồi Ctrl+Shift+F9; Excel: Data, Edit Links, Break Link), hoặc in lại ra PDF rồi gửi."
    ),
    "entities": _(
        "Tệp “%(name)s” có khai báo lạ mà Word và Excel không ghi. "
        "Hãy mở bằng Word hoặc Excel, lưu thành tệp mới, hoặc in lại ra PDF rồi gửi."
    ),
    "appended": _(
        "Ảnh “%(name)s” có dữ liệu nối thêm ở cuối, như đoạn phim của ảnh động (Motion Photo). "
        "Hãy mở ảnh, lưu thành ảnh tĩnh mới rồi gửi."
    ),
}
#: How an inspection ends that went on for too long, or took too much memory.
_TOO_MUCH = ("timeout", "died", "MemoryError", "RecursionError")
inspector = Sandbox("supervision.files.inspection", seconds=20, opens=0)
#: Strangers have helpers of their own: however many files they send, those of an office find one.
public_inspector = Sandbox("supervision.files.inspection", seconds=10, opens=0)


class Upload(Protocol):
    """What is needed of an uploaded file; Django's UploadedFile is one."""

    @property
    def name(self) -> str | None: ...

    @property
    def size(self) -> int | None: ...

    def chunks(self, chunk_size: int | None = None) -> Iterable[bytes]: ...


def store(upload: Upload, *, by: Mandate | None, at: dt.datetime, is_private: bool = False) -> Attachment:
    """Keep one uploaded file, bytes untouched; InvalidInput says in plain words why it is refused."""
    return store_all([upload], by=by, at=at, is_private=is_private)[0]


def store_all(
    uploads: Iterable[Upload], *, by: Mandate | None, at: dt.datetime, is_private: bool = False
) -> list[Attachment]:
    """Keep all files or none; InvalidInput lists one sentence per refused file under "files".

    What is private is no colleague's of `by`, whatever becomes of the form that it came with. Raises Busy
    when too many files are looked at just now.
    """
    box = inspector if by else public_inspector
    accepted: list[tuple[str, bytes, str, int | None]] = []
    problems: list[Any] = []
    for upload in uploads:
        name = clean_name(upload.name or "")
        try:
            data = _read(upload)
            extension = extension_of(name)
            accepted.append((name, data, extension, _inspect(data, extension, box)))
        except _Refusal as refusal:
            problems.append(refusal_words(refusal.reason, name))
    if problems:
        raise InvalidInput(errors={"files": problems})
    return [
        Attachment.objects.create(
            blob=put_bytes(data, MEDIA_TYPES[extension], at),
            name=name,
            pages=pages,
            uploaded_by=by,
            uploaded_at=at,
            is_private=is_private,
        )
        for name, data, extension, pages in accepted
    ]


def read_upload(upload: Upload) -> tuple[str, bytes]:
    """Return the name, made harmless, and the bytes of an upload that is read and not kept.

    Raises InvalidInput ("files") for one that is empty or too big; nothing is known of its contents.
    """
    name = clean_name(upload.name or "")
    try:
        return name, _read(upload)
    except _Refusal as refusal:
        raise InvalidInput(errors={"files": [refusal_words(refusal.reason, name)]}) from None


def refusal_words(reason: str, name: Any) -> Any:
    """Return why a file called `name` is not accepted, in a sentence; `reason` is a key of REASONS."""
    return REASONS[reason] % {"name": name, "limit": settings.UPLOAD_MAX_BYTES // 1024**2}


def put_bytes(data: bytes, media_type: str, at: dt.datetime) -> Blob:
    """Keep bytes of our own making; the same bytes are kept once."""
    return _put(storage.write(data), len(data), media_type, at)


def put_file(path: Path, media_type: str, at: dt.datetime) -> Blob:
    """Keep a copy of a file of our own making, without reading it as a whole."""
    with path.open("rb") as source:
        return _put(storage.copy(source), path.stat().st_size, media_type, at)


def _put(sha256: str, size: int, media_type: str, at: dt.datetime) -> Blob:
    blob, _made = Blob.objects.get_or_create(
        sha256=sha256, defaults={"size": size, "media_type": media_type, "created_at": at}
    )
    return blob


def discard(blob: Blob) -> None:
    """Give up bytes of our own making that nothing refers to any more; others stay as they are."""
    try:
        with transaction.atomic():
            blob.delete()
    except ProtectedError:
        return
    transaction.on_commit(lambda: storage.path_of(blob.sha256).unlink(missing_ok=True))


def open_blob(sha256: str) -> BinaryIO:
    """Open stored bytes for reading; raises Lost, a FileNotFoundError, when there are none."""
    try:
        return storage.path_of(sha256).open("rb")
    except FileNotFoundError:
        logger.error("the stored file %s is missing", sha256)
        raise Lost(_LOST, seconds=_RESTORED) from None


def path_of(blob: Blob) -> Path:
    """Return where the bytes are, for a program that reads files."""
    return storage.path_of(blob.sha256)


def damaged() -> list[str]:
    """Return the hashes of blobs whose bytes are missing or differ from their name; read some at a time."""
    found: list[str] = []
    last, rows = 0, Blob.objects.order_by("pk").values_list("pk", "sha256")
    while piece := list(rows.filter(pk__gt=last)[:_PIECE]):
        last = piece[-1][0]
        found += [sha256 for _pk, sha256 in piece if not storage.is_whole(sha256)]
    return found


def sweep(*, before: dt.datetime) -> int:
    """Delete files written before `before` that no blob names: left by work that never committed."""
    kept = set(Blob.objects.values_list("sha256", flat=True))
    strays = [path for path in storage.files(before=before) if path.name not in kept]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)


class _Refusal(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason if reason in REASONS else "broken"


def _read(upload: Upload) -> bytes:
    """Return the bytes; the declared size is not believed."""
    limit = settings.UPLOAD_MAX_BYTES
    if upload.size is not None and upload.size > limit:
        raise _Refusal("big")
    parts, size = [], 0
    for chunk in upload.chunks():
        size += len(chunk)
        if size > limit:
            raise _Refusal("big")
        parts.append(chunk)
    if not size:
        raise _Refusal("empty")
    return b"".join(parts)


def _inspect(data: bytes, extension: str, box: Sandbox) -> int | None:
    if extension not in MEDIA_TYPES:
        raise _Refusal("kind")
    try:
        found: dict[str, int | None] = box.run("inspect", data, extension)
    except Failed as failed:
        raise _Refusal(_reason(failed)) from None
    return found["pages"]


def _reason(failed: Failed) -> str:
    """Return why the inspection ended: what it found, or that the file was too much for it."""
    if failed.reason == "Refused":
        return failed.detail
    return "heavy" if failed.reason in _TOO_MUCH else "broken"
