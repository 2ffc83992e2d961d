"""Signatures that hold for long: timestamps, the proof that nothing was revoked, and archive stamps."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import time_machine
from asn1crypto.crl import CertificateList
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.validation.dss import DocumentSecurityStore

from supervision.documents import services, tasks
from supervision.documents.models import Document
from supervision.documents.verification import verify
from supervision.files.services import open_blob
from supervision.organizations.models import Mandate
from supervision.publication.log import signing as checkpoints
from tests.documents.papers import front, officer_and_chair, prepared
from tests.documents.pki import DAY, Authority, serving
from tests.documents.test_papers import elements
from tests.documents.test_verification import published

NOW = dt.datetime(2026, 8, 5, 7, 5, tzinfo=dt.UTC)
YEAR = 365 * DAY


@contextmanager
def trusted(settings: Any, folder: Path, lasts: dt.timedelta) -> Iterator[Authority]:
    """An authority that the settings trust and take timestamps from."""
    settings.TRUSTED_ROOTS = [folder / "root.pem"]
    with serving(Authority(NOW, lasts)) as authority:
        settings.TRUSTED_ROOTS[0].write_bytes(authority.root_pem)
        settings.TIMESTAMP_URL = f"{authority.url}/tsa"
        yield authority


@pytest.fixture
def authority(db: None, tmp_path: Path, settings: Any) -> Iterator[Authority]:
    with trusted(settings, tmp_path, lasts=YEAR) as authority:
        yield authority


@pytest.fixture
def people(authority: Authority) -> tuple[Mandate, Mandate]:
    officer, chair = officer_and_chair(front())
    authority.give(chair.public_id, "Cán bộ mẫu 11", until=NOW + 60 * DAY)
    authority.give(chair.organization.public_id, "Ủy ban", until=NOW + 60 * DAY)
    return officer, chair


def signed(people: tuple[Mandate, Mandate]) -> Document:
    officer, chair = people
    with time_machine.travel(NOW, tick=False):
        document = services.request_signature(
            prepared("letter", officer), signer=chair, capacity="TM", at=NOW
        )
        tasks.sign_now(document.pk, at=NOW)
    document.refresh_from_db()
    return document


def file_of(document: Document, tmp_path: Path) -> Path:
    path = tmp_path / "signed.pdf"
    path.write_bytes(open_blob(document.renditions.get().blob.sha256).read())
    return path


@pytest.mark.parametrize("level", ["B-T", "B-LT", "B-LTA"])
def test_each_level_is_signed_and_verified(
    level: str, people: tuple[Mandate, Mandate], tmp_path: Path, settings: Any
) -> None:
    settings.SIGNATURE_LEVEL = level
    document = signed(people)
    assert document.state == Document.State.SIGNED, document.trouble
    path = file_of(document, tmp_path)
    data = path.read_bytes()
    assert (b"/DSS" in data) == (level != "B-T")
    assert data.count(b"/ETSI.RFC3161") == (level == "B-LTA")
    verdict = verify(path, name="a.pdf", at=NOW)
    assert verdict.kind == "not_ours" and verdict.document == document
    assert [one.has_timestamp for one in verdict.signatures] == [True, True]
    stays_archival(path)


def stays_archival(path: Path) -> None:
    """PDF/A-3, PDF/UA-1, tags, fields in the tags and the attached data are what they were before signing."""
    with pikepdf.open(path) as pdf:
        packet = pdf.Root.Metadata.read_bytes()
        assert (b"<pdfaid:part>3" in packet or b'pdfaid:part="3"' in packet) and b"pdfuaid:part" in packet
        assert pdf.Root.Lang == "vi" and bool(pdf.Root.MarkInfo.Marked) and "/OutputIntents" in pdf.Root
        forms = [tag.K.Obj.objgen for tag in elements(pdf.Root.StructTreeRoot) if tag.S == "/Form"]
        visible = [one for one in pdf.Root.AcroForm.Fields if any(float(side) for side in one.Rect)]
        assert [one.objgen for one in visible] == forms and len(forms) == 2
        first, second = visible
        assert first.V.Reference[0].TransformMethod == "/DocMDP"
        assert first.V.Reference[0].TransformParams.P == 2 and "/Reference" not in second.V
        assert list(pdf.attachments) == ["van-ban.json"] and pdf.Root.AF[0].AFRelationship == "/Alternative"


#: Which level still holds so many days after; certificates of signers end after 60, of the stamps after 365.
HOLDS = {
    "B-B": {0: True, 59: True, 90: False, 1000: False},
    "B-T": {0: True, 59: True, 90: True, 1000: False},
    "B-LT": {0: True, 59: True, 90: True, 1000: False},
    "B-LTA": {0: True, 59: True, 90: True, 1000: False},
}


@pytest.mark.parametrize("level", HOLDS)
def test_a_certificate_that_expired_after_signing_still_reads_valid_where_a_stamp_shows_it(
    level: str, people: tuple[Mandate, Mandate], tmp_path: Path, settings: Any
) -> None:
    settings.SIGNATURE_LEVEL = level
    path = file_of(signed(people), tmp_path)
    for days, holds in HOLDS[level].items():
        verdict = verify(path, name="a.pdf", at=NOW + days * DAY)
        assert (verdict.kind == "not_ours") == holds, days
        if not holds:
            assert verdict.kind == "unknown_issuer" and "hết hạn" in verdict.lead.vi, days


def test_the_log_shows_when_a_published_paper_was_there(
    people: tuple[Mandate, Mandate], tmp_path: Path, settings: Any
) -> None:
    """Without any timestamp: what was published while the certificate held was signed while it held."""
    settings.SIGNATURE_LEVEL = "B-B"
    document = signed(people)
    published(document)
    checkpoints.sign_checkpoint(at=NOW + 1000 * DAY)
    verdict = verify(file_of(document, tmp_path), name="a.pdf", at=NOW + 1000 * DAY)
    assert verdict.kind == "genuine" and verdict.heading.vi == "Đúng bản gốc, chữ ký hợp lệ"


def test_a_revoked_certificate_signs_nothing_where_proofs_are_asked_for(
    authority: Authority, people: tuple[Mandate, Mandate], settings: Any
) -> None:
    settings.SIGNATURE_LEVEL = "B-LT"
    authority.revoke(people[1].public_id, NOW - DAY)
    document = signed(people)
    assert document.state == Document.State.STUCK and "trạng thái chứng thư" in document.trouble


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (+1, True)])
def test_revoked_before_signing_is_not_valid_and_says_when_revoked_after_is(
    days: int,
    holds: bool,
    authority: Authority,
    people: tuple[Mandate, Mandate],
    tmp_path: Path,
    settings: Any,
) -> None:
    """The proof of it comes with the file: whoever added it looked the certificate up later."""
    settings.SIGNATURE_LEVEL = "B-T"
    document = signed(people)
    authority.revoke(people[1].public_id, NOW + days * DAY)
    path = tmp_path / "with-proofs.pdf"
    path.write_bytes(with_proofs(file_of(document, tmp_path).read_bytes(), authority))
    verdict = verify(path, name="a.pdf", at=NOW + 2 * DAY)
    if holds:
        assert verdict.kind == "not_ours"
        return
    assert verdict.kind == "unknown_issuer" and "thu hồi" in verdict.heading.vi
    assert "04/08/2026" in verdict.lead.vi


def with_proofs(data: bytes, authority: Authority) -> bytes:
    """Return the file with the lists of revoked certificates added to it, as archives do."""
    out = io.BytesIO(data)
    lists = [CertificateList.load(authority.list_of(which)) for which in ("root", "issuer")]
    writer = IncrementalPdfFileWriter(out)
    DocumentSecurityStore.supply_dss_in_writer(writer, sig_contents=None, certs=authority.chain(), crls=lists)
    writer.write_in_place()
    return out.getvalue()
