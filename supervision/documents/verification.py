"""Is this file the original? Seven answers, decided by the hash of the whole file first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils import timezone

from supervision.documents import origins
from supervision.documents.models import Document, Rendition
from supervision.documents.published_state import ALSO_WITHDRAWN, PublishedState, state_of
from supervision.documents.signing.trust import trusted_pems
from supervision.documents.verdicts import (
    ANSWERS,
    CORRECTED,
    GONE,
    NOT_YET_LOGGED,
    OTHER_EDITION,
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
from supervision.publication.log.answers import Assurance, Logged
from supervision.publication.models import Entry, Publication

checker = Sandbox("supervision.documents.signature_check", seconds=8, memory=768 * 1024**2)


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
    file is, or was made from, when it is known; then `standing` says in words how that stands, `entry` why it
    was withdrawn or corrected, `logged` where it is in the log, and only where `may_be_used` may anybody be
    sent to it. `document` is our own paper with these very bytes.
    """

    kind: VerdictKind
    heading: T
    lead: T
    name: str
    sha256: str
    publication: Publication | None = None
    entry: Entry | None = None
    document: Document | None = None
    standing: T | None = None
    is_gone: bool = False
    may_be_used: bool = False
    logged: Logged | None = None
    signatures: tuple[SignatureFacts, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether the file is the original and in force."""
        return self.kind == "genuine"


def verify(path: str | Path, *, name: str, at: dt.datetime) -> Verdict:
    """Return what can be said at `at` of the file at `path`, sent as `name`. Never raises on content."""
    data = Path(path).read_bytes()
    known = beginnings.digests(data, beginnings.POINTS)
    sha256 = known[len(data)]
    publication = beginnings.published_as(sha256)
    result = _check(data, at, publication.published_at if publication else None)
    if publication is not None:
        return _about_original(publication, result, name, sha256, at)
    found = _about_signatures(result, name, sha256)
    return _naming(_made_from(data, known, found) or _edition(found), at)


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
    state = state_of(publication, at=at, sha256=sha256)
    said = state.said
    known = {**_state(publication, state), "signatures": _signatures(result)}
    if state.is_gone:
        verdict = _verdict("withdrawn", name, sha256, **known, standing=state.change)
        return verdict if said == Assurance.PROVED else replace(verdict, heading=GONE[0], lead=GONE[1])
    if said == Assurance.SIGNED_ONLY and result["verdict"] != "valid":
        said = Assurance.WAITING
    if not said.may_be_authentic:
        verdict = _verdict("unknown_issuer", name, sha256, **known, standing=state.change)
        return replace(verdict, heading=UNCONFIRMED, lead=WHY_UNCONFIRMED[said])
    verdict = _verdict("genuine", name, sha256, **known)
    if result["verdict"] != "valid":
        is_unsigned = result["verdict"] == "unsigned"
        verdict = replace(verdict, heading=UNSEALED if is_unsigned else UNTRACED)
    if said == Assurance.SIGNED_ONLY:
        verdict = replace(verdict, lead=NOT_YET_LOGGED)
    return replace(verdict, lead=CORRECTED) if state.entry else verdict


def _state(publication: Publication, state: PublishedState) -> dict[str, Any]:
    """Return what every answer holds that names a publication, but for the words."""
    return {
        "publication": publication, "entry": state.entry, "logged": state.logged,
        "is_gone": state.is_gone, "may_be_used": state.may_be_used,
    }  # fmt: skip


def _naming(verdict: Verdict, at: dt.datetime) -> Verdict:
    """Return an answer about what is not the original with how the publication stands that it names."""
    if verdict.publication is None:
        return verdict
    state = state_of(verdict.publication, at=at)
    heading = verdict.heading
    if state.is_gone:
        heading = T(f"{heading.vi}{ALSO_WITHDRAWN.vi}", f"{heading.en}{ALSO_WITHDRAWN.en}")
    return replace(verdict, heading=heading, standing=state.told, **_state(verdict.publication, state))


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

    A flipped byte may leave a file whose signature cannot be found any more, or still passes (inside the
    signature's own hex); comparing with what was published answers both.
    """
    made = origins.origin_of(data, known)
    if made is None or (found.document and not made.is_revision):
        return None
    is_signed = found.kind in ("not_ours", "unknown_issuer")
    kind, heading, lead = made.words(is_signed=is_signed)
    return replace(
        found,
        kind=kind or found.kind,
        heading=heading or found.heading,
        lead=lead,
        publication=made.publication,
        document=None if kind else found.document,
    )


def _edition(found: Verdict) -> Verdict:
    """Return the answer about a paper signed here of which another file was published."""
    published = Publication.objects.filter(code=found.document.code).first() if found.document else None
    if published is None:
        return found
    return replace(found, heading=OTHER_EDITION[0], lead=OTHER_EDITION[1], publication=published)


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
