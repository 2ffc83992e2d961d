"""Signatures: PAdES into the fields that the paper was printed with, the first one certifying, P=2."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import tempfile
from collections.abc import Sequence
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

_WHOLE_BOX = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins()
)


class CertificateNotInForce(DomainError):
    """The certificate has expired or does not hold yet."""


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
    """Which certificate a signature was made with."""

    sha256: str
    subject: str


@dataclass(frozen=True)
class Signed:
    """The signed bytes and the certificates they were signed with, in the order of the signatures."""

    pdf: bytes
    certificates: tuple[Certificate, ...]


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
    """Return `pdf` signed by each part in turn; PAdES B-T when `settings.TIMESTAMP_URL` is set, else B-B.

    Raises KeyMissing without a certificate, CertificateNotInForce outside its validity, before anything
    is signed.
    """
    for part in parts:
        _check_validity(part, at)
    # pyHanko runs an event loop of its own, which a thread that already has one would refuse.
    with ThreadPoolExecutor(1) as pool:
        for index, part in enumerate(parts):
            pdf = pool.submit(_sign_one, pdf, part, is_first=index == 0, at=at).result()
    return Signed(pdf, tuple(_named(part.certificate) for part in parts))


def _sign_one(pdf: bytes, part: Part, *, is_first: bool, at: dt.datetime) -> bytes:
    meta = PdfSignatureMetadata(
        field_name=part.field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=is_first,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        name=part.name,
        reason=part.reason,
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


def _named(certificate: x509.Certificate) -> Certificate:
    sha256 = hashlib.sha256(certificate.dump()).hexdigest()
    return Certificate(sha256, certificate.subject.human_friendly[:300])


def _timestamper() -> HTTPTimeStamper | None:
    url = getattr(settings, "TIMESTAMP_URL", "")
    return HTTPTimeStamper(url, timeout=20) if url else None


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
