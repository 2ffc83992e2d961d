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
from supervision.publication.log.answers import Logged, logged
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
    our own paper that was signed but not published; `logged` where the original stands in the log.
    """

    kind: VerdictKind
    heading: T
    lead: T
    name: str
    sha256: str
    publication: Publication | None = None
    entry: Entry | None = None
    document: Document | None = None
    logged: Logged | None = None
    signatures: tuple[SignatureFacts, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether the file is the original and in force."""
        return self.kind == "genuine"


ANSWERS: dict[str, tuple[T, T]] = {
    "genuine": (
        T("Đúng bản gốc, chữ ký hợp lệ", "The original, with a valid signature"),
        T(
            "Tệp này giống từng byte với bản cổng đã công bố. Đến nay cổng không ghi nhận văn bản bị thu hồi "
            "hay thay thế.",
            "This file equals, byte for byte, what this portal published. So far the portal has no record of "
            "its being withdrawn or replaced.",
        ),
    ),
    "withdrawn": (
        T("Đúng bản gốc, nhưng đã thu hồi hoặc thay thế", "The original, but withdrawn or replaced"),
        T(
            "Tệp đúng là văn bản cổng từng công bố, sau đó đã thu hồi hoặc thay thế.",
            "The file is what this portal once published; it was withdrawn or replaced later.",
        ),
    ),
    "not_ours": (
        T(
            "Chữ ký hợp lệ, nhưng không phải văn bản do cổng này công bố",
            "A valid signature, but not a document published by this portal",
        ),
        T(
            "Tệp chưa bị sửa, chứng thư của người ký do đơn vị mà cổng tin cấp; cổng chưa tra được chứng thư "
            "có bị thu hồi không. Cổng chưa công bố văn bản này, nên không biết nó còn hiệu lực không. Hãy "
            "hỏi nơi đã ký.",
            "The file is unchanged and the signer's certificate was issued by someone this portal trusts; "
            "whether it was revoked could not be looked up. This portal has not published the document and "
            "cannot say whether it holds. Ask whoever signed it.",
        ),
    ),
    "changed": (
        T("Tệp đã bị sửa sau khi ký", "The file was changed after signing"),
        T(
            "Tệp có phần bị sửa hoặc được thêm vào sau chữ ký. Đừng dùng tệp này, hãy dùng bản gốc.",
            "Something in the file was altered or added after the signature. Do not use it; "
            "use the original.",
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
            "Không tìm thấy chữ ký số trong tệp; có thể đây là bản chụp, bản quét hoặc bản chưa ký. Cổng "
            "không thể nói nó đúng hay sai.",
            "No digital signature was found in the file; it may be a copy, a scan or an unsigned version. "
            "This portal cannot say whether it is right.",
        ),
    ),
    "unreadable": (
        T("Không đọc được tệp", "The file cannot be read"),
        T(
            "Cổng không đọc được tệp này: không phải PDF, bị hỏng khi tải, đặt mật khẩu hoặc quá phức tạp. "
            "Hãy chọn tệp khác.",
            "This portal cannot read the file: it is no PDF, was damaged on the way, is locked by a password "
            "or is too complex. Choose another file.",
        ),
    ),
}

CORRECTED = T(
    "Tệp này giống từng byte với bản cổng đã công bố. Sau đó văn bản có đính chính: đọc trên trang văn bản.",
    "This file equals, byte for byte, what this portal published. It was corrected later: see its page.",
)
#: Why an issuer cannot be checked, when that is known better than "we do not know them".
WHY_UNKNOWN: dict[str, T] = {
    "expired": T(
        "Tệp chưa bị sửa. Chứng thư của người ký nay đã hết hạn; chữ ký không có dấu thời gian tin cậy nên "
        "cổng không xác nhận được nó được ký khi chứng thư còn hạn.",
        "The file is unchanged. The signer's certificate has expired since; without a trusted timestamp this "
        "portal cannot confirm that it was signed while the certificate was valid.",
    ),
    "method": T(
        "Chữ ký thuộc loại cổng chưa kiểm tra được. Như vậy không có nghĩa là chữ ký sai.",
        "The signature is of a kind that this portal cannot check. That does not mean it is false.",
    ),
}
#: The original, byte for byte, whose signature can no longer be traced to a trusted issuer.
UNTRACED = T(
    "Đúng bản gốc; hiện không kiểm tra được đơn vị cấp chứng thư",
    "The original; the issuer of its certificate cannot be checked now",
)


#: The hash is known, but the log does not bear it out: an operator has to look.
UNPROVED = (
    T("Chưa xác nhận được tệp này", "This file cannot be confirmed now"),
    T(
        "Tệp giống bản cổng đang giữ, nhưng nhật ký công bố không chứng minh được điều đó. "
        "Hãy hỏi nơi đã ký.",
        "The file equals what this portal holds, but the publication log does not prove it. Ask whoever "
        "signed it.",
    ),
)
STALE = T(
    "Tệp này giống từng byte với bản cổng đã công bố. Nhật ký công bố đã hơn 24 giờ chưa được ký lại, nên "
    "cổng chưa nói được văn bản còn hiệu lực đến hôm nay.",
    "This file equals, byte for byte, what this portal published. The publication log has not been signed "
    "for more than 24 hours, so this portal cannot say that the document still holds today.",
)


def verify(path: str | Path, *, name: str, at: dt.datetime) -> Verdict:
    """Return what can be said at `at` of the file at `path`, sent as `name`. Never raises on content."""
    data = Path(path).read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    result = _check(data, at)
    publication = _published(sha256)
    if publication is not None:
        return _about_original(publication, result, name, sha256, at)
    signatures = _signatures(result)
    original = _original_of(data)
    if original is not None:
        return _verdict("changed", name, sha256, publication=original, signatures=signatures)
    verdict: VerdictKind = {"valid": "not_ours"}.get(result["verdict"], result["verdict"])
    own = _own_document(sha256) if verdict == "not_ours" else None
    found = _verdict(verdict, name, sha256, document=own, signatures=signatures)
    return replace(found, lead=WHY_UNKNOWN[result["why"]]) if result["why"] else found


def _verdict(kind: VerdictKind, name: str, sha256: str, **more: Any) -> Verdict:
    heading, lead = ANSWERS[kind]
    return Verdict(kind=kind, heading=heading, lead=lead, name=name, sha256=sha256, **more)


def _published(sha256: str) -> Publication | None:
    return Publication.objects.filter(pdf_sha256=sha256).order_by("-id").first()


def _about_original(
    publication: Publication, result: dict[str, Any], name: str, sha256: str, at: dt.datetime
) -> Verdict:
    """Withdrawn or replaced ends it; a correction leaves it in force, and the answer says so.

    That it is the original is proved by its hash in the log; that the signature is valid only by the check.
    """
    where = logged(publication)
    if where is None or not where.holds:
        found = _verdict("unknown_issuer", name, sha256, signatures=_signatures(result))
        return replace(found, heading=UNPROVED[0], lead=UNPROVED[1])
    entries = publication.entries.filter(what__in=(Entry.What.WITHDRAW, Entry.What.CORRECT))
    entry = entries.select_related("replaced_by").order_by("-id").first()
    known = {
        "publication": publication, "entry": entry, "logged": where, "signatures": _signatures(result),
    }  # fmt: skip
    if entry and (entry.what == Entry.What.WITHDRAW or entry.replaced_by):
        return _verdict("withdrawn", name, sha256, **known)
    verdict = _verdict("genuine", name, sha256, **known)
    if result["verdict"] != "valid":
        verdict = replace(verdict, heading=UNTRACED)
    if where.checkpoint and not where.is_current(at):
        return replace(verdict, lead=STALE)
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


def _check(data: bytes, at: dt.datetime) -> dict[str, Any]:
    unreadable: dict[str, Any] = {"verdict": "unreadable", "why": "", "signatures": []}
    if not data.startswith(b"%PDF-"):
        return unreadable
    try:
        result: dict[str, Any] = checker.run("check", data, _roots(), at.isoformat())
    except Failed:
        return unreadable
    return result


def _roots() -> list[bytes]:
    return [Path(path).read_bytes() for path in settings.TRUSTED_ROOTS if Path(path).is_file()]


def _signatures(result: dict[str, Any]) -> tuple[SignatureFacts, ...]:
    return tuple(_signature(facts) for facts in result["signatures"])


def _signature(facts: dict[str, Any]) -> SignatureFacts:
    return SignatureFacts(
        signer=facts["signer"],
        organization=facts["organization"],
        issuer=facts["issuer"],
        at=dt.datetime.fromisoformat(facts["timestamp"] or facts["at"]) if facts["at"] else None,
        has_timestamp=bool(facts["timestamp"]),
        certificate_until=dt.datetime.fromisoformat(facts["certificate_until"]),
    )
