"""Is this file the original? Seven answers, decided by the hash of the whole file first."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils import timezone

from supervision.documents.models import Document, Rendition
from supervision.documents.signing.trust import trusted_pems
from supervision.documents.verdicts import (
    ANSWERS,
    CORRECTED,
    REVOKED,
    STALE,
    UNPROVED,
    UNSEALED,
    UNTRACED,
    WHY_UNKNOWN,
    VerdictKind,
)
from supervision.files.sandbox import Failed, Sandbox
from supervision.files.services import open_blob
from supervision.language import dates
from supervision.law.text import T
from supervision.publication.log.answers import Logged, logged
from supervision.publication.models import Entry, Publication

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
    revoked_on: dt.date | None


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


def verify(path: str | Path, *, name: str, at: dt.datetime) -> Verdict:
    """Return what can be said at `at` of the file at `path`, sent as `name`. Never raises on content."""
    data = Path(path).read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    publication = _published(sha256)
    result = _check(data, at, publication.published_at if publication else None)
    if publication is not None:
        return _about_original(publication, result, name, sha256, at)
    signatures = _signatures(result)
    original = _original_of(data)
    if original is not None:
        return _verdict("changed", name, sha256, publication=original, signatures=signatures)
    verdict: VerdictKind = {"valid": "not_ours"}.get(result["verdict"], result["verdict"])
    own = _own_document(sha256) if verdict == "not_ours" else None
    found = _verdict(verdict, name, sha256, document=own, signatures=signatures)
    if result["why"] == "revoked":
        return _revoked(found)
    return replace(found, lead=WHY_UNKNOWN[result["why"]]) if result["why"] else found


def certificates_of(sha256: str) -> list[bytes]:
    """Return the certificates that a stored file was signed with, in PEM; none where it cannot be read."""
    with open_blob(sha256) as stream:
        data = stream.read()
    try:
        return list(checker.run("certificates", data))
    except Failed:
        return []


def _verdict(kind: VerdictKind, name: str, sha256: str, **more: Any) -> Verdict:
    heading, lead = ANSWERS[kind]
    return Verdict(kind=kind, heading=heading, lead=lead, name=name, sha256=sha256, **more)


def _revoked(verdict: Verdict) -> Verdict:
    on = min(one.revoked_on for one in verdict.signatures if one.revoked_on)
    vi, en = dates.short_date(on), dates.long_date_en(on)
    return replace(
        verdict, heading=REVOKED[0], lead=T(REVOKED[1].vi.format(day=vi), REVOKED[1].en.format(day=en))
    )


def _published(sha256: str) -> Publication | None:
    """Return the publication whose file this is, as it was published or with further archive stamps."""
    by_file = Q(pdf_sha256=sha256) | Q(renewals__pdf_sha256=sha256)
    return Publication.objects.filter(by_file).order_by("-id").first()


def _about_original(
    publication: Publication, result: dict[str, Any], name: str, sha256: str, at: dt.datetime
) -> Verdict:
    """Withdrawn or replaced ends it; a correction leaves it in force, and the answer says so.

    That it is the original is proved by its hash in the log; that the signature is valid only by the check.
    """
    where = logged(publication, sha256)
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
        is_unsigned = result["verdict"] == "unsigned"
        verdict = replace(verdict, heading=UNSEALED if is_unsigned else UNTRACED)
    if where.checkpoint and not where.is_current(at):
        return replace(verdict, lead=STALE)
    return replace(verdict, lead=CORRECTED) if entry else verdict


def _original_of(data: bytes) -> Publication | None:
    """The publication that `data` was made from: something appended to it, or bytes in it altered.

    A flipped byte may leave a file whose signature cannot be found any more, or still passes (inside
    the signature's own hex); comparing with what was published answers both.
    """
    sizes = set(Publication.objects.values_list("pdf_size", flat=True).distinct())
    ends = {match.end() + more for match in re.finditer(rb"%%EOF", data) for more in range(3)}
    for end in ends:
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
    own = Rendition.objects.filter(Q(is_signed=True) | Q(renews__isnull=False), blob__sha256=sha256)
    found = own.select_related("document").first()
    return found.document if found else None


def _check(data: bytes, at: dt.datetime, seen: dt.datetime | None) -> dict[str, Any]:
    """Ask what the signatures prove; `seen` is when the log says that this very file was published."""
    unreadable: dict[str, Any] = {"verdict": "unreadable", "why": "", "signatures": []}
    if not data.startswith(b"%PDF-"):
        return unreadable
    try:
        result: dict[str, Any] = checker.run(
            "check", data, trusted_pems(), at.isoformat(), seen.isoformat() if seen else ""
        )
    except Failed:
        return unreadable
    return result


def _signatures(result: dict[str, Any]) -> tuple[SignatureFacts, ...]:
    return tuple(_signature(facts) for facts in result["signatures"])


def _day(text: str) -> dt.date | None:
    return timezone.localdate(dt.datetime.fromisoformat(text)) if text else None


def _signature(facts: dict[str, Any]) -> SignatureFacts:
    return SignatureFacts(
        signer=facts["signer"],
        organization=facts["organization"],
        issuer=facts["issuer"],
        at=dt.datetime.fromisoformat(facts["timestamp"] or facts["at"]) if facts["at"] else None,
        has_timestamp=bool(facts["timestamp"]),
        certificate_until=dt.datetime.fromisoformat(facts["certificate_until"]),
        revoked_on=_day(facts["revoked_on"]),
    )
