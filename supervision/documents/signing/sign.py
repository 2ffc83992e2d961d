"""Signatures: PAdES into the fields that the paper was printed with, the first one certifying, P=2."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from asn1crypto import x509
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import Signer
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, PdfTimeStamper
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError

from supervision.documents.signing.apart import apart
from supervision.documents.signing.keys import KeyMissing
from supervision.documents.signing.trust import trusted_roots
from supervision.errors import DomainError

_WHOLE_BOX = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins()
)


class CertificateNotInForce(DomainError):
    """The certificate has expired or does not hold yet."""


class Unsupported(DomainError):
    """Who gives timestamps, or the state of certificates, did not answer or said no."""


@dataclass(frozen=True)
class Part:
    """One signature to be made: into which field, with whose key, looking how (a one-page PDF)."""

    field: str
    signer: Signer
    stamp: bytes
    name: str
    reason: str

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate to sign with; KeyMissing where the key has none."""
        found = self.signer.signing_cert
        if found is None:
            raise KeyMissing(_("Kho khóa chưa có chứng thư số của %(name)s.") % {"name": self.name})
        return found


@dataclass(frozen=True)
class Certificate:
    """Which certificate a signature was made with, and from when until when it holds."""

    sha256: str
    subject: str
    not_before: dt.datetime
    not_after: dt.datetime


@dataclass(frozen=True)
class Signed:
    """The signed bytes and the certificates they were signed with, in the order of the signatures."""

    pdf: bytes
    certificates: tuple[Certificate, ...]
    stamp_until: dt.datetime | None = None  # when the archive stamp can no longer be checked


class _SignerAt(PdfSigner):
    """Writes the signing time it is given: the worker's clock is read in one place only."""

    def __init__(self, at: dt.datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._at = at

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self._at
        return session


def sign_pdf(pdf: bytes, parts: Sequence[Part], *, at: dt.datetime) -> Signed:
    """Return `pdf` signed by each part in turn, to the PAdES level of `settings.SIGNATURE_LEVEL`.

    What shows that no certificate was revoked is added with each signature, the timestamp over all of it
    after the last. Raises KeyMissing without a certificate, CertificateNotInForce outside its validity,
    before anything is signed; Unsupported where a timestamp or the proof of a certificate is not to be had.
    """
    for part in parts:
        _check_validity(part, at)
    try:
        for part in parts:
            pdf = apart(partial(_sign_one, pdf, part, parts[0] is part, parts[-1] is part, at))
    except (TimestampRequestError, SigningError, PathError) as error:
        raise _unsupported() from error
    return Signed(pdf, tuple(named(part.certificate) for part in parts), stamp_until(pdf))


def stamp_until(pdf: bytes) -> dt.datetime | None:
    """Return when the certificate of a file's newest archive stamp ends; None for levels without one."""
    if settings.SIGNATURE_LEVEL != "B-LTA":
        return None
    stamps = PdfFileReader(io.BytesIO(pdf)).embedded_timestamp_signatures
    until: dt.datetime | None = stamps[-1].signer_cert.not_valid_after if stamps else None
    return until


def stamped_again(pdf: bytes) -> bytes:
    """Return a file with a further archive stamp over all that is in it, and the proofs of the last one.

    Raises Unsupported where the stamp, or the state of certificates, is not to be had.
    """
    stamper = PdfTimeStamper(HTTPTimeStamper(settings.TIMESTAMP_URL, timeout=20))
    try:
        out = apart(
            lambda: stamper.update_archival_timestamp_chain(
                PdfFileReader(io.BytesIO(pdf)), _looking_up(), in_place=False
            )
        )
    except (TimestampRequestError, SigningError, PathError) as error:
        raise _unsupported() from error
    return bytes(out.getbuffer())


def _unsupported() -> Unsupported:
    return Unsupported(
        _("Chưa lấy được dấu thời gian hoặc trạng thái chứng thư từ đơn vị cấp. Hãy thử lại sau.")
    )


def _sign_one(pdf: bytes, part: Part, is_first: bool, is_last: bool, at: dt.datetime) -> bytes:
    level = settings.SIGNATURE_LEVEL
    is_long_term = level in ("B-LT", "B-LTA")
    meta = PdfSignatureMetadata(
        field_name=part.field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=is_first,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        name=part.name,
        reason=part.reason,
        embed_validation_info=is_long_term,
        validation_context=_looking_up() if is_long_term else None,
        use_pades_lta=level == "B-LTA" and is_last,
    )
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(part.stamp)
        file.flush()
        style = StaticStampStyle.from_pdf_file(
            file.name, border_width=0, background_opacity=1, background_layout=_WHOLE_BOX
        )
        pdf_signer = _SignerAt(at, meta, signer=part.signer, stamp_style=style, timestamper=_timestamper())
        out = pdf_signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), existing_fields_only=True)
        return bytes(out.getbuffer())


def named(certificate: x509.Certificate) -> Certificate:
    """Return what is kept of a certificate."""
    return Certificate(
        hashlib.sha256(certificate.dump()).hexdigest(),
        certificate.subject.human_friendly[:300],
        certificate.not_valid_before,
        certificate.not_valid_after,
    )


def _timestamper() -> HTTPTimeStamper | None:
    if settings.SIGNATURE_LEVEL == "B-B":
        return None
    return HTTPTimeStamper(settings.TIMESTAMP_URL, timeout=20)


def _looking_up() -> ValidationContext:
    """Return how certificates are checked while signing: each must be shown not to be revoked, now."""
    return ValidationContext(trust_roots=trusted_roots(), allow_fetching=True, revocation_mode="hard-fail")


def _check_validity(part: Part, at: dt.datetime) -> None:
    validity = part.certificate["tbs_certificate"]["validity"]
    start, end = validity["not_before"].native, validity["not_after"].native
    if at < start:
        raise CertificateNotInForce(
            _("Chứng thư số của %(name)s chưa có hiệu lực, có hiệu lực từ %(day)s.")
            % {"name": part.name, "day": f"{start:%d/%m/%Y}"}
        )
    if at > end:
        raise CertificateNotInForce(
            _("Chứng thư số của %(name)s đã hết hạn ngày %(day)s.")
            % {"name": part.name, "day": f"{end:%d/%m/%Y}"}
        )
