"""Is this file the original? Seven answers, decided by the hash of the whole file first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils import timezone

from supervision.documents.models import Document, Rendition
from supervision.documents.signing.trust import trusted_pems
from supervision.documents.verdicts import (
    ADDED,
    ANSWERS,
    CORRECTED,
    GONE,
    NOT_YET_LOGGED,
    OTHERWISE_SIGNED,
    PART,
    REVOKED,
    UNCONFIRMED,
    UNSEALED,
    UNTRACED,
    WHY_UNCONFIRMED,
    WHY_UNKNOWN,
    VerdictKind,
)
from supervision.files.sandbox import Failed, Sandbox
from supervision.files.services import open_blob
from supervision.language import dates
from supervision.law.text import T
from supervision.publication import beginnings
from supervision.publication.log.answers import Assurance, Logged, logged
from supervision.publication.models import Entry, Publication

checker = Sandbox("supervision.documents.signature_check", seconds=8, memory=768 * 1024**2)
_PIECE = 4096
_COMPARED = 5  # publications of the very size of a file that are told against it byte for byte


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
    known = beginnings.digests(data)
    sha256 = known[len(data)]
    publication = beginnings.published_as(sha256)
    result = _check(data, at, publication.published_at if publication else None)
    if publication is not None:
        return _about_original(publication, result, name, sha256, at)
    found = _about_signatures(result, name, sha256)
    if whole := beginnings.part_of(sha256):
        return replace(found, kind="not_ours", heading=PART[0], lead=PART[1], publication=whole)
    return _made_from(data, known, found) or found


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


def _about_original(
    publication: Publication, result: dict[str, Any], name: str, sha256: str, at: dt.datetime
) -> Verdict:
    """Withdrawn or replaced ends it; a correction leaves it in force, and the answer says so.

    That it is the original is proved by its hash in the log; that the signature is valid only by the check.
    """
    where = logged(publication, sha256)
    said = where.assurance(at) if where else Assurance.UNPROVED
    entries = publication.entries.filter(what__in=(Entry.What.WITHDRAW, Entry.What.CORRECT))
    entry = entries.select_related("replaced_by").order_by("-id").first()
    known = {
        "publication": publication, "entry": entry, "logged": where, "signatures": _signatures(result),
    }  # fmt: skip
    if entry and (entry.what == Entry.What.WITHDRAW or entry.replaced_by):
        verdict = _verdict("withdrawn", name, sha256, **known)
        return verdict if said == Assurance.PROVED else replace(verdict, heading=GONE[0], lead=GONE[1])
    if said == Assurance.SIGNED_ONLY and result["verdict"] != "valid":
        said = Assurance.WAITING
    if not said.may_be_authentic:
        verdict = _verdict("unknown_issuer", name, sha256, **known)
        return replace(verdict, heading=UNCONFIRMED, lead=WHY_UNCONFIRMED[said])
    verdict = _verdict("genuine", name, sha256, **known)
    if result["verdict"] != "valid":
        is_unsigned = result["verdict"] == "unsigned"
        verdict = replace(verdict, heading=UNSEALED if is_unsigned else UNTRACED)
    if said == Assurance.SIGNED_ONLY:
        verdict = replace(verdict, lead=NOT_YET_LOGGED)
    return replace(verdict, lead=CORRECTED) if entry else verdict


def _about_signatures(result: dict[str, Any], name: str, sha256: str) -> Verdict:
    """What the signatures alone say of a file that is not published."""
    verdict: VerdictKind = {"valid": "not_ours"}.get(result["verdict"], result["verdict"])
    own = _own_document(sha256) if verdict == "not_ours" else None
    found = _verdict(verdict, name, sha256, document=own, signatures=_signatures(result))
    if result["why"] == "revoked":
        return _revoked(found)
    return replace(found, lead=WHY_UNKNOWN[result["why"]]) if result["why"] else found


def _made_from(data: bytes, known: dict[int, str], found: Verdict) -> Verdict | None:
    """Return the answer about a file that was made from a published one; None where none is known.

    Something was added behind it, or bytes in it were altered. A flipped byte may leave a file whose
    signature cannot be found any more, or still passes (inside the signature's own hex); comparing with what
    was published answers both.
    """
    signatures = found.signatures
    if like := beginnings.begins_as(known):
        if not like.is_whole and found.kind in ("not_ours", "unknown_issuer"):
            return replace(found, lead=OTHERWISE_SIGNED, publication=like.publication)
        added = _verdict(
            "changed", found.name, found.sha256, publication=like.publication, signatures=signatures
        )
        return replace(added, lead=ADDED)
    for publication in Publication.objects.filter(pdf_size=len(data)).order_by("-id")[:_COMPARED]:
        if _mostly_equal(data, publication.pdf_sha256):
            return _verdict(
                "changed", found.name, found.sha256, publication=publication, signatures=signatures
            )
    return None


def _mostly_equal(data: bytes, sha256: str) -> bool:
    pieces = range(0, len(data), _PIECE)
    try:
        with open_blob(sha256) as stream:
            equal = sum(stream.read(_PIECE) == data[i : i + _PIECE] for i in pieces)
    except OSError:
        return False
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
