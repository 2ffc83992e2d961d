"""What the signatures of a PDF prove. Runs in a sandbox child: no Django, no network, plain data.

pyHanko raises raw exceptions on hostile files and its default verdict is too kind: `valid` stays
true for a changed file, and some changes after signing pass as form filling. The rule here accepts
less: every signature whole; the last signature or archive stamp covering the file to its last byte but
for the proofs of certificates; between two of them nothing but the signing of another field and such proofs.
Whether a certificate held is asked for the time at which the signature is proved to have been there: by
its timestamp, by archive stamps, or by whoever asks (`seen`).
"""

from __future__ import annotations

import datetime as dt
import io
import logging
from typing import Any

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import (
    PdfSignatureStatus,
    SignatureCoverageLevel,
    TimestampSignatureStatus,
)
from pyhanko_certvalidator import ValidationContext

MAX_SIGNATURES = 20
_SUBFILTERS = ("/ETSI.CAdES.detached", "/adbe.pkcs7.detached")


def check(data: bytes, roots: list[bytes], at: str, seen: str) -> dict[str, Any]:
    """Return {"verdict": "valid" | "changed" | "unknown_issuer" | "unsigned", "why", "signatures"}.

    `roots` are certificates in PEM, `at` is the ISO moment of the question, `seen` one at which the file is
    known to have been there ("" for none). `why` an issuer is unknown: "expired", "revoked", "method" or "".
    Anything raised means that the file cannot be read.
    """
    logging.disable(logging.CRITICAL)
    reader = PdfFileReader(io.BytesIO(data), strict=False)
    reader.root["/Pages"]["/Kids"]  # a file without pages is no paper
    found = reader.embedded_regular_signatures
    if not found:
        return {"verdict": "unsigned", "why": "", "signatures": []}
    if len(reader.embedded_signatures) > MAX_SIGNATURES:
        raise ValueError("too many signatures")
    proofs = _Proofs(reader, [_certificate(root) for root in roots])
    latest = min(dt.datetime.fromisoformat(at), dt.datetime.fromisoformat(seen or at))
    moments = proofs.moments(latest)
    statuses = [
        validate_pdf_signature(signature, proofs.at(moment), proofs.at(moment))
        for signature, moment in zip(found, moments, strict=True)
    ]
    verdict, why = "changed", ""
    if _is_whole(data, reader, statuses):
        reasons = [proofs.why_not(*pair) for pair in zip(found, statuses, strict=True)]
        doubts = {reason for reason in reasons if reason is not None}
        verdict = "unknown_issuer" if doubts else "valid"
        why = doubts.pop() if len(doubts) == 1 else ""
    facts = [_facts(status) for status in statuses]
    return {"verdict": verdict, "why": why, "signatures": facts}


def certificates(data: bytes) -> list[bytes]:
    """Return the certificates that a file was signed with, in PEM, in the order of the signatures."""
    reader = PdfFileReader(io.BytesIO(data), strict=False)
    found = [signature.signer_cert.dump() for signature in reader.embedded_regular_signatures]
    return [pem.armor("CERTIFICATE", one) for one in found]


class _Proofs:
    """Whose certificates are trusted, and what the file itself brings along to show that they held."""

    def __init__(self, reader: PdfFileReader, roots: list[x509.Certificate]) -> None:
        self._reader = reader
        self._roots = roots
        try:
            self._store: DocumentSecurityStore | None = DocumentSecurityStore.read_dss(reader)
        except NoDSSFoundError:
            self._store = None

    def at(self, moment: dt.datetime, *, with_proofs: bool = True) -> ValidationContext:
        """Return how certificates are checked as of a moment, with proofs that were made later too."""
        asked: dict[str, Any] = {
            "trust_roots": self._roots, "moment": moment, "allow_fetching": False,
            "revocation_mode": "soft-fail", "retroactive_revinfo": True,
        }  # fmt: skip
        if self._store is None:
            return ValidationContext(**asked)
        if not with_proofs:
            return ValidationContext(other_certs=list(self._store.load_certs()), **asked)
        return self._store.as_validation_context(asked)

    def moments(self, latest: dt.datetime) -> list[dt.datetime]:
        """Return when each signature was there at the latest, by the stamps that are trusted themselves.

        From the newest backwards: an archive stamp that is trusted at the time of the one after it shows
        that all before it was there; a signature's own timestamp comes last.
        """
        regular = self._reader.embedded_regular_signatures
        found = []
        for one in reversed(self._reader.embedded_signatures):
            stamped = self._stamped(one, latest, is_archive=one not in regular)
            if one in regular:
                found.append(stamped or latest)
            else:
                latest = stamped or latest
        return found[::-1]

    def _stamped(
        self, signature: EmbeddedPdfSignature, latest: dt.datetime, *, is_archive: bool
    ) -> dt.datetime | None:
        """Return the time of a stamp that is trusted; proofs too old to speak of `latest` say nothing."""
        for with_proofs in (True, False):
            context = self.at(latest, with_proofs=with_proofs)
            stamp: TimestampSignatureStatus | None
            if is_archive:
                stamp = validate_pdf_timestamp(signature, context, skip_diff=True)
            else:
                stamp = validate_pdf_signature(signature, context, skip_diff=True).timestamp_validity
            if stamp is None or not (stamp.intact and stamp.valid) or stamp.revocation_details:
                return None
            if stamp.trusted:
                found: dt.datetime = stamp.timestamp
                return found
        return None

    def why_not(self, signature: EmbeddedPdfSignature, status: PdfSignatureStatus) -> str | None:
        """Return why a signature is not trusted, "" where that is not known better; None for one that is."""
        if signature.sig_object.get("/SubFilter") not in _SUBFILTERS:
            return "method"
        if status.trusted:
            return None
        if status.revocation_details is not None:
            return "revoked"
        until = status.signing_cert.not_valid_after - dt.timedelta(seconds=2)
        in_its_time = self.at(until, with_proofs=False)
        then = validate_pdf_signature(signature, in_its_time, skip_diff=True)
        return "expired" if then.trusted else ""


def _is_whole(data: bytes, reader: PdfFileReader, statuses: list[PdfSignatureStatus]) -> bool:
    """Whether nothing was altered, and nothing added but signatures in fields, archive stamps and proofs."""
    if not all(_one_gap(data, signature) for signature in reader.embedded_signatures):
        return False
    stamps = [validate_pdf_timestamp(one, skip_diff=True) for one in reader.embedded_timestamp_signatures]
    if not all(stamp.intact and stamp.valid for stamp in stamps):
        return False
    if any(not (one.intact and one.valid) or one.docmdp_ok is False for one in statuses):
        return False
    signed = {signature.field_name for signature in reader.embedded_signatures}
    earlier = [_only_followed(status, ModificationLevel.FORM_FILLING, signed) for status in statuses[:-1]]
    return all(earlier) and _only_followed(statuses[-1], ModificationLevel.LTA_UPDATES, signed)


def _one_gap(data: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Whether the byte range is [0 a b c]: one gap, holding the signature alone.

    It goes to the last byte of the file, or a further revision follows.
    """
    ranges = [int(value) for value in signature.byte_range]
    if len(ranges) != 4 or ranges[0] != 0:
        return False
    end, is_last = ranges[2] + ranges[3], signature.signed_revision + 1 == signature.reader.total_revisions
    if end > len(data) or (is_last and end != len(data)):
        return False
    gap = data[ranges[1] : ranges[2]]
    return gap[:1] == b"<" and gap[-1:] == b">" and set(gap[1:-1]) <= set(b"0123456789abcdefABCDEF")


def _only_followed(status: PdfSignatureStatus, most: ModificationLevel, signed: set[str]) -> bool:
    """Whether nothing more than `most` came after a signature, in no field that is not itself signed."""
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    if status.coverage != SignatureCoverageLevel.ENTIRE_REVISION or not status.docmdp_ok:
        return False
    level, diff = status.modification_level, status.diff_result
    if level is None or not ModificationLevel.NONE < level <= most or not isinstance(diff, DiffResult):
        return False  # something follows, and no revision that anything is known of
    return set(diff.changed_form_fields) <= signed


def _certificate(text: bytes) -> x509.Certificate:
    _kind, _headers, der = pem.unarmor(text)
    return x509.Certificate.load(der)


def _facts(status: PdfSignatureStatus) -> dict[str, Any]:
    subject = status.signing_cert.subject.native
    issuer = status.signing_cert.issuer.native
    reported = status.signer_reported_dt
    stamp, revoked = status.timestamp_validity, status.revocation_details
    return {
        "signer": str(subject.get("common_name", "")),
        "organization": str(subject.get("organization_name", "")),
        "issuer": str(issuer.get("common_name", "") or issuer.get("organization_name", "")),
        "at": reported.isoformat() if reported else "",
        "timestamp": stamp.timestamp.isoformat() if stamp and stamp.valid and stamp.intact else "",
        "certificate_until": status.signing_cert.not_valid_after.isoformat(),
        "revoked_on": revoked.revocation_date.isoformat() if revoked else "",
    }
