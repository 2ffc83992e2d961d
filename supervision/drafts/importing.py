"""A draft's file as its outline: read in a sandbox, with a sentence for whatever cannot be read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from supervision.errors import InvalidInput
from supervision.files.sandbox import Failed, Sandbox
from supervision.files.services import refusal_words
from supervision.legaltext.outline import Outline

#: Extensions that are read, in the order in which people are told of them.
EXTENSIONS = ("docx", "pdf", "html", "htm", "md", "markdown", "txt")
#: A decree of 35 pages takes half a second as PDF.
reader = Sandbox("supervision.legaltext.readers", seconds=30)

_KIND = _("Dự thảo được đọc từ tệp DOCX, PDF, HTML, MD hoặc TXT. Hãy gửi một tệp thuộc các loại này.")
_OLD_WORD = _("Tệp là bản Word cũ (.doc). Hãy mở bằng Word, lưu lại thành .docx rồi gửi.")
_BROKEN = _("Tệp bị hỏng, không đọc được. Hãy mở tệp, lưu lại rồi gửi bản mới.")
_LONG = _("Tệp quá lớn, không đọc được. Hãy bỏ bớt hình ảnh hoặc tách phụ lục ra rồi gửi.")
_SLOW = _("Đọc tệp mất quá nhiều thời gian nên đã dừng. Hãy bỏ bớt bảng lớn hoặc tách phụ lục ra rồi gửi.")
_SENTENCES: dict[str, Any] = {
    "broken": _BROKEN,
    "mixed": _BROKEN,
    "type": _("Nội dung tệp không đúng với đuôi tệp. Hãy kiểm tra lại rồi gửi đúng tệp dự thảo."),
    "old-word": _OLD_WORD,
    "password": _("Tệp đặt mật khẩu. Hãy gửi bản không có mật khẩu."),
    "bomb": _LONG,
    "long": _LONG,
    "scan": _("Tệp là bản quét, không có chữ để đọc. Hãy gửi bản Word hoặc PDF xuất từ Word."),
    "letters": _("Chữ trong PDF không đọc ra được chữ Việt. Hãy gửi bản Word hoặc PDF xuất từ Word."),
    "old-letters": _(
        "Dự thảo gõ bằng bảng mã cũ (TCVN3, VNI). Hãy chuyển sang Unicode trong Word hoặc UniKey rồi gửi."
    ),
    "encoding": _("Tệp văn bản không phải mã UTF-8. Hãy lưu lại với mã UTF-8 rồi gửi."),
    "nothing": _("Tệp không có chữ nào. Hãy gửi tệp có nội dung dự thảo."),
    "timeout": _SLOW,
}


def read_draft(data: bytes, extension: str) -> Outline:
    """Return the structure of a draft; `extension` is that of its name, without the dot.

    Raises InvalidInput with one plain sentence under "file": what is wrong and what to do about it.
    """
    extension = extension.lower()
    if extension == "doc":
        raise _refused(_OLD_WORD)
    if extension not in EXTENSIONS:
        raise _refused(_KIND)
    if len(data) > settings.UPLOAD_MAX_BYTES:
        raise _refused(_LONG)
    try:
        return Outline.from_data(reader.run("read", data, extension))
    except Failed as failed:
        raise _refused(_sentence(failed)) from None


def _sentence(failed: Failed) -> Any:
    """Return what to say: a reader's own reason, the sandbox's, or that the file broke the reader."""
    if failed.reason == "Refused" and failed.detail not in _SENTENCES:
        return refusal_words(failed.detail, str(_("dự thảo")))
    if failed.reason in ("Unreadable", "Refused"):
        return _SENTENCES.get(failed.detail, _BROKEN)
    if failed.reason in ("MemoryError", "died"):
        return _LONG
    return _SENTENCES.get(failed.reason, _BROKEN)


def _refused(sentence: Any) -> InvalidInput:
    return InvalidInput(errors={"file": [sentence]})
