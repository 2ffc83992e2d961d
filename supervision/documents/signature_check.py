"""What the signatures of a PDF prove. Runs in a sandbox child: no Django, no network, plain data.

pyHanko raises raw exceptions on hostile files and its default verdict is too kind: `valid` stays
true for a changed file, and some changes after signing pass as form filling. The rule here accepts
less: every signature whole, the last one covering the file to its last byte, what came between two
signatures nothing but the signing of another field.
"""

from __future__ import annotations

import datetime as dt
import io
import logging
from typing import Any

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

MAX_SIGNATURES = 20
_SUBFILTERS = ("/ETSI.CAdES.detached", "/adbe.pkcs7.detached")


def check(data: bytes, roots: list[bytes], at: str) -> dict[str, Any]:
    """Return {"verdict": "valid" | "changed" | "unknown_issuer" | "unsigned", "why", "signatures"}.

    `roots` are certificates in PEM, `at` is the ISO moment of the question. `why` an issuer is unknown:
    "expired", "method" or "". Anything raised means that the file cannot be read.
    """
    logging.disable(logging.CRITICAL)
    reader = PdfFileReader(io.BytesIO(data), strict=False)
    reader.root["/Pages"]["/Kids"]  # a file without pages is no paper
    found = reader.embedded_regular_signatures
    if not found:
        return {"verdict": "unsigned", "why": "", "signatures": []}
    if len(found) > MAX_SIGNATURES:
        raise ValueError("too many signatures")
    trusted, moment = [_certificate(root) for root in roots], dt.datetime.fromisoformat(at)
    statuses = [validate_pdf_signature(signature, _context(trusted, moment)) for signature in found]
    facts = [_facts(signature, status) for signature, status in zip(found, statuses, strict=True)]
    verdict = _verdict(data, found, statuses)
    why = _why_unknown(found, statuses, trusted, moment) if verdict == "unknown_issuer" else ""
    return {"verdict": verdict, "why": why, "signatures": facts}


def _verdict(data: bytes, found: list[Any], statuses: list[PdfSignatureStatus]) -> str:
    last = len(statuses) - 1
    for index, (signature, status) in enumerate(zip(found, statuses, strict=True)):
        if not (status.intact and status.valid) or status.docmdp_ok is False:
            return "changed"
        if index == last and not _covers_all(data, signature, status):
            return "changed"
        if index < last and not _only_signing_followed(status):
            return "changed"
    if any(signature.sig_object.get("/SubFilter") not in _SUBFILTERS for signature in found):
        return "unknown_issuer"
    return "valid" if all(status.trusted for status in statuses) else "unknown_issuer"


def _why_unknown(
    found: list[Any], statuses: list[PdfSignatureStatus], trusted: list[x509.Certificate], at: dt.datetime
) -> str:
    """Say "expired" where only time stands against trusted certificates, "method" for another kind."""
    if any(signature.sig_object.get("/SubFilter") not in _SUBFILTERS for signature in found):
        return "method"
    for signature, status in zip(found, statuses, strict=True):
        until = status.signing_cert.not_valid_after
        if status.trusted:
            continue
        in_its_time = _context(trusted, until - dt.timedelta(seconds=2))
        if until >= at or not validate_pdf_signature(signature, in_its_time).trusted:
            return ""
    return "expired"


def _covers_all(data: bytes, signature: Any, status: PdfSignatureStatus) -> bool:
    """Whether the byte range is [0 a b c]: one gap, holding the signature alone, to the last byte."""
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        return False
    ranges = [int(value) for value in signature.byte_range]
    if len(ranges) != 4 or ranges[0] != 0 or ranges[2] + ranges[3] != len(data):
        return False
    gap = data[ranges[1] : ranges[2]]
    return gap[:1] == b"<" and gap[-1:] == b">" and set(gap[1:-1]) <= set(b"0123456789abcdefABCDEF")


def _only_signing_followed(status: PdfSignatureStatus) -> bool:
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return False
    level = status.modification_level
    return bool(status.docmdp_ok) and level is not None and level <= ModificationLevel.FORM_FILLING


def _context(trusted: list[x509.Certificate], moment: dt.datetime) -> ValidationContext:
    return ValidationContext(
        trust_roots=trusted, moment=moment, allow_fetching=False, revocation_mode="soft-fail"
    )


def _certificate(text: bytes) -> x509.Certificate:
    _kind, _headers, der = pem.unarmor(text)
    return x509.Certificate.load(der)


def _facts(signature: Any, status: PdfSignatureStatus) -> dict[str, Any]:
    subject = status.signing_cert.subject.native
    issuer = status.signing_cert.issuer.native
    reported = status.signer_reported_dt
    stamp = status.timestamp_validity
    return {
        "signer": str(subject.get("common_name", "")),
        "organization": str(subject.get("organization_name", "")),
        "issuer": str(issuer.get("common_name", "") or issuer.get("organization_name", "")),
        "at": reported.isoformat() if reported else "",
        "timestamp": stamp.timestamp.isoformat() if stamp and stamp.valid and stamp.intact else "",
        "certificate_until": status.signing_cert.not_valid_after.isoformat(),
        "revoked": bool(status.revoked),
        "subfilter": str(signature.sig_object.get("/SubFilter", "")),
    }
