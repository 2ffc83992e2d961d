"""The signature: PAdES into the field the paper was printed with, first one certifying, P=2."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from asn1crypto import x509
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.sign import Signer
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.stamp import StaticStampStyle

from supervision.documents.signing.keys import KeyMissing
from supervision.errors import DomainError

SIGNATURE_FIELD = "ChuKy1"
_WHOLE_BOX = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins()
)


class CertificateNotInForce(DomainError):
    """The certificate has expired or does not hold yet."""


@dataclass(frozen=True)
class Signed:
    """The signed bytes and the certificate they were signed with."""

    pdf: bytes
    certificate_sha256: str
    certificate_subject: str


class _SignerAt(PdfSigner):
    """Writes the signing time it is given: the worker's clock is read in one place only."""

    def __init__(self, at: dt.datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._at = at

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self._at
        return session


def sign_pdf(pdf: bytes, *, signer: Signer, stamp: bytes, name: str, at: dt.datetime, reason: str) -> Signed:
    """Return `pdf` signed in its field; PAdES B-T when `settings.TIMESTAMP_URL` is set, else B-B.

    Raises KeyMissing without a certificate, CertificateNotInForce outside its validity.
    """
    certificate = signer.signing_cert
    if certificate is None:
        raise KeyMissing(_("Kho khóa chưa có chứng thư số của người ký."))
    _check_validity(certificate, at)
    meta = PdfSignatureMetadata(
        field_name=SIGNATURE_FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        name=name,
        reason=reason,
    )
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(stamp)
        file.flush()
        style = StaticStampStyle.from_pdf_file(
            file.name, border_width=0, background_opacity=1, background_layout=_WHOLE_BOX
        )
        pdf_signer = _SignerAt(at, meta, signer=signer, stamp_style=style, timestamper=_timestamper())
        # pyHanko runs an event loop of its own, which a thread that already has one would refuse.
        with ThreadPoolExecutor(1) as pool:
            signed = pool.submit(_run, pdf_signer, pdf).result()
    return Signed(
        pdf=signed,
        certificate_sha256=hashlib.sha256(certificate.dump()).hexdigest(),
        certificate_subject=certificate.subject.human_friendly[:300],
    )


def _run(pdf_signer: PdfSigner, pdf: bytes) -> bytes:
    out = pdf_signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), existing_fields_only=True)
    return bytes(out.getbuffer())


def _timestamper() -> HTTPTimeStamper | None:
    url = getattr(settings, "TIMESTAMP_URL", "")
    return HTTPTimeStamper(url, timeout=20) if url else None


def _check_validity(certificate: x509.Certificate, at: dt.datetime) -> None:
    validity = certificate["tbs_certificate"]["validity"]
    start, end = validity["not_before"].native, validity["not_after"].native
    if at < start:
        raise CertificateNotInForce(
            _("Chứng thư số của người ký chưa có hiệu lực, có hiệu lực từ %(day)s.")
            % {"day": f"{start:%d/%m/%Y}"}
        )
    if at > end:
        raise CertificateNotInForce(
            _("Chứng thư số của người ký đã hết hạn ngày %(day)s.") % {"day": f"{end:%d/%m/%Y}"}
        )
