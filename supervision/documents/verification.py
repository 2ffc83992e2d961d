"""Is this file the original? Seven answers, decided by the hash of the whole file first."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from django.conf import settings

from supervision.documents.models import Document
from supervision.files.sandbox import Failed, Sandbox
from supervision.files.services import open_blob
from supervision.law.text import T
from supervision.publication.models import Entry, Publication

VerdictKind = Literal[
    "genuine", "withdrawn", "not_ours", "changed", "unknown_issuer", "unsigned", "unreadable"
]
checker = Sandbox("supervision.documents.signature_check", seconds=8, memory=768 * 1024**2)
_PIECE = 4096


@dataclass(frozen=True)
class SignatureFacts:
    """What one signature in the file says: who, for whom, by whose certificate, when."""

    signer: str
    organization: str
    issuer: str
    at: dt.datetime | None
    has_timestamp: bool
    certificate_until: dt.datetime | None


@dataclass(frozen=True)
class Verdict:
    """The answer about one file.

    `kind` is one of seven; `heading` and `lead` say it in words. `publication` is the original this
    file is, or was made from, when it is known; `entry` why it was withdrawn or corrected; `document`
    our own paper that was signed but not published.
    """

    kind: VerdictKind
    heading: T
    lead: T
    name: str
    sha256: str
    publication: Publication | None = None
    entry: Entry | None = None
    document: Document | None = None
    signatures: tuple[SignatureFacts, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether the file is the original and in force."""
        return self.kind == "genuine"


ANSWERS: dict[str, tuple[T, T]] = {
    "genuine": (
        T("Đúng bản gốc, chữ ký hợp lệ", "The original, with a valid signature"),
        T(
            "Tệp này giống từng byte với bản cổng đã công bố và còn hiệu lực.",
            "This file equals, byte for byte, what this portal published, and it is in force.",
        ),
    ),
    "withdrawn": (
        T("Đúng bản gốc, nhưng đã thu hồi hoặc thay thế", "The original, but withdrawn or replaced"),
        T(
            "Tệp đúng là văn bản cổng từng công bố, nhưng nay không còn dùng nữa.",
            "The file is what this portal once published, but it no longer holds.",
        ),
    ),
    "not_ours": (
        T(
            "Chữ ký hợp lệ, nhưng không phải văn bản do cổng này công bố",
            "A valid signature, but not a document published by this portal",
        ),
        T(
            "Người ký có thật và tệp chưa bị sửa. Cổng chưa công bố văn bản này, nên không biết nó còn hiệu "
            "lực không. Hãy hỏi nơi đã ký.",
            "The signer is real and the file is unchanged. This portal has not published it and cannot say "
            "whether it holds. Ask whoever signed it.",
        ),
    ),
    "changed": (
        T("Tệp đã bị sửa sau khi ký", "The file was changed after signing"),
        T(
            "Nội dung khác với lúc ký. Đừng dùng tệp này.",
            "The contents differ from what was signed. Do not use this file.",
        ),
    ),
    "unknown_issuer": (
        T("Không kiểm tra được đơn vị cấp chứng thư", "The issuer of the certificate cannot be checked"),
        T(
            "Tệp chưa bị sửa, nhưng cổng chưa biết đơn vị cấp chứng thư cho người ký. "
            "Như vậy không có nghĩa là chữ ký sai.",
            "The file is unchanged, but this portal does not know who issued the signer's certificate. That "
            "does not mean the signature is false.",
        ),
    ),
    "unsigned": (
        T("Không có chữ ký số", "No digital signature"),
        T(
            "Tệp này là bản chụp, bản quét hoặc bản chưa ký. Cổng không thể nói nó đúng hay sai.",
            "This file is a copy, a scan or an unsigned version. This portal cannot say whether it is right.",
        ),
    ),
    "unreadable": (
        T("Không đọc được tệp", "The file cannot be read"),
        T(
            "Đây không phải tệp PDF, hoặc tệp bị hỏng khi tải. Hãy chọn tệp khác.",
            "This is not a PDF file, or it was damaged on the way. Choose another file.",
        ),
    ),
}

CORRECTED = T(
    "Tệp này giống từng byte với bản cổng đã công bố. Sau đó văn bản có đính chính: đọc trên trang văn bản.",
    "This file equals, byte for byte, what this portal published. It was corrected later: see its page.",
)


def verify(path: str | Path, *, name: str) -> Verdict:
    """Return the verdict on the file at `path`, called `name` by whoever sent it. Never raises on content."""
    data = Path(path).read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    publication = _published(sha256)
    if publication is not None:
        return _about_original(publication, name, sha256)
    original = _original_of(data)
    result = _check(data)
    signatures = tuple(_signature(facts) for facts in result["signatures"])
    if original is not None:
        return _verdict("changed", name, sha256, publication=original, signatures=signatures)
    verdict: VerdictKind = {"valid": "not_ours"}.get(result["verdict"], result["verdict"])
    own = _own_document(sha256) if verdict == "not_ours" else None
    return _verdict(verdict, name, sha256, document=own, signatures=signatures)


def _verdict(kind: VerdictKind, name: str, sha256: str, **more: Any) -> Verdict:
    heading, lead = ANSWERS[kind]
    return Verdict(kind=kind, heading=heading, lead=lead, name=name, sha256=sha256, **more)


def _published(sha256: str) -> Publication | None:
    return Publication.objects.filter(pdf_sha256=sha256).order_by("-id").first()


def _about_original(publication: Publication, name: str, sha256: str) -> Verdict:
    """Withdrawn or replaced ends it; a correction leaves it in force, and the answer says so."""
    entries = publication.entries.filter(what__in=(Entry.What.WITHDRAW, Entry.What.CORRECT))
    entry = entries.select_related("replaced_by").order_by("-id").first()
    if entry and (entry.what == Entry.What.WITHDRAW or entry.replaced_by):
        return _verdict("withdrawn", name, sha256, publication=publication, entry=entry)
    verdict = _verdict("genuine", name, sha256, publication=publication, entry=entry)
    return replace(verdict, lead=CORRECTED) if entry else verdict


def _original_of(data: bytes) -> Publication | None:
    """The publication that `data` was made from: something appended to it, or bytes in it altered.

    A flipped byte may leave a file whose signature cannot be found any more, or still passes (inside
    the signature's own hex); comparing with what was published answers both.
    """
    sizes = set(Publication.objects.values_list("pdf_size", flat=True).distinct())
    for end in {match.end() for match in re.finditer(rb"%%EOF[\r\n]{0,2}", data)}:
        if end in sizes and end < len(data):
            found = _published(hashlib.sha256(data[:end]).hexdigest())
            if found:
                return found
    for publication in Publication.objects.filter(pdf_size=len(data)).order_by("-id")[:20]:
        if _mostly_equal(data, publication.pdf_sha256):
            return publication
    return None


def _mostly_equal(data: bytes, sha256: str) -> bool:
    try:
        with open_blob(sha256) as stream:
            original = stream.read()
    except OSError:
        return False
    pieces = range(0, len(original), _PIECE)
    equal = sum(original[i : i + _PIECE] == data[i : i + _PIECE] for i in pieces)
    return equal * 2 >= len(pieces)


def _own_document(sha256: str) -> Document | None:
    return Document.objects.filter(renditions__is_signed=True, renditions__blob__sha256=sha256).first()


def _check(data: bytes) -> dict[str, Any]:
    unreadable: dict[str, Any] = {"verdict": "unreadable", "signatures": []}
    if not data.startswith(b"%PDF-"):
        return unreadable
    try:
        result: dict[str, Any] = checker.run("check", data, _roots())
    except Failed:
        return unreadable
    return result


def _roots() -> list[bytes]:
    return [Path(path).read_bytes() for path in settings.TRUSTED_ROOTS if Path(path).is_file()]


def _signature(facts: dict[str, Any]) -> SignatureFacts:
    return SignatureFacts(
        signer=facts["signer"],
        organization=facts["organization"],
        issuer=facts["issuer"],
        at=dt.datetime.fromisoformat(facts["timestamp"] or facts["at"]) if facts["at"] else None,
        has_timestamp=bool(facts["timestamp"]),
        certificate_until=dt.datetime.fromisoformat(facts["certificate_until"]),
    )
