"""A print goes out, is signed on another machine, and comes back: the same bytes and nothing else."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cryptography.hazmat.primitives import serialization
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.documents import elsewhere, services, tasks
from supervision.documents.certificates import register, warn_of_expiry
from supervision.documents.models import Document, SigningCertificate
from supervision.documents.signing.demo_authority import DemoAuthority
from supervision.documents.signing.fields import ORGANIZATION, PERSON
from supervision.documents.signing.keys import Holder, Pkcs12Folder
from supervision.documents.signing.sign import Part, named, sign_pdf
from supervision.documents.verification import verify
from supervision.errors import InvalidInput, WrongState
from supervision.files.services import open_blob
from supervision.notices.models import Notice
from supervision.organizations.models import Mandate, Organization
from tests.documents.papers import AT, person, prepared
from tests.documents.test_verification import appended

Whose = Mandate | Organization


@pytest.fixture
def handed_out(officer: Mandate, chair: Mandate, settings: Any) -> Document:
    """A paper that waits to be signed elsewhere; who signs has keys of their own, known to the portal."""
    settings.SIGNING_KEYS = "supervision.documents.signing.keys.Elsewhere"
    document = services.request_signature(prepared("letter", officer), signer=chair, capacity="TM", at=AT)
    tasks.sign_now(document.pk, at=AT)
    registered(chair, chair.organization)
    document.refresh_from_db()
    return document


def registered(*who: Whose) -> None:
    """Enter the certificates of people and bodies."""
    for whose in who:
        certificate = Pkcs12Folder().signer_for(Holder.of(whose)).signing_cert
        assert certificate is not None
        register(whose, named(certificate), at=AT)


def bytes_of(document: Document) -> bytes:
    found = elsewhere.print_to_sign(document)
    assert found is not None
    return open_blob(found.blob.sha256).read()


def signed(pdf: bytes, *who: Whose, fields: tuple[str, ...] = (PERSON, ORGANIZATION)) -> bytes:
    """Sign as a program on another machine would."""
    keys = Pkcs12Folder()
    parts = [
        Part(field, keys.signer_for(Holder.of(one)), blank_stamp(), "x", "x")
        for field, one in zip(fields, who, strict=False)
    ]
    return sign_pdf(pdf, parts, at=AT).pdf


def blank_stamp() -> bytes:
    with pikepdf.new() as blank:
        blank.add_blank_page(page_size=(100, 40))
        out = io.BytesIO()
        blank.save(out)
    return out.getvalue()


def both(document: Document) -> tuple[Mandate, Organization]:
    assert document.signer is not None
    return document.signer, document.organization


def test_the_print_waits_and_the_signed_file_is_issued(handed_out: Document, tmp_path: Path) -> None:
    assert handed_out.state == Document.State.STUCK and "chờ tệp đã ký" in handed_out.trouble
    back = elsewhere.take_signed(handed_out, signed(bytes_of(handed_out), *both(handed_out)), at=AT)
    assert (back.state, back.trouble, back.signatures.count()) == (Document.State.SIGNED, "", 2)
    path = tmp_path / "a.pdf"
    path.write_bytes(open_blob(back.renditions.get(is_signed=True).blob.sha256).read())
    assert path.read_bytes().startswith(open_blob(back.renditions.get(is_signed=False).blob.sha256).read())
    assert verify(path, name="a.pdf", at=AT).document == back
    with pytest.raises(WrongState):
        elsewhere.take_signed(back, path.read_bytes(), at=AT)


def test_a_stuck_paper_is_handed_out_and_called_back(officer: Mandate, chair: Mandate) -> None:
    keyless = person(officer.organization, "Cán bộ mẫu 12", "signer", "Phó Chủ tịch")
    document = services.request_signature(prepared("letter", officer), signer=keyless, capacity="TM", at=AT)
    tasks.sign_now(document.pk, at=AT)
    document.refresh_from_db()
    assert elsewhere.print_to_sign(document) is None
    services.retry_signature(document, by=officer, at=AT, elsewhere=True)
    tasks.sign_now(document.pk, at=AT)
    document.refresh_from_db()
    assert bytes_of(document).startswith(b"%PDF-")
    DemoAuthority().issue([keyless])
    services.retry_signature(document, at=AT)
    tasks.sign_now(document.pk, at=AT)
    document.refresh_from_db()
    assert document.state == Document.State.SIGNED


def resaved(pdf: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out)
    return out.getvalue()


def flipped(pdf: bytes) -> bytes:
    changed = bytearray(pdf)
    changed[len(pdf) // 2] ^= 1
    return bytes(changed)


Make = Callable[[bytes, Mandate, Organization], bytes]
REFUSED: dict[str, tuple[Make, str]] = {
    "not signed": (lambda pdf, person, body: pdf, "chưa có chữ ký số"),
    "another paper": (lambda pdf, person, body: signed(resaved(pdf), person, body), "bản in của cổng"),
    "a byte is changed": (lambda pdf, person, body: flipped(signed(pdf, person, body)), "bản in của cổng"),
    "changed before signing": (lambda pdf, person, body: signed(appended(pdf), person, body), "sửa"),
    "changed after signing": (lambda pdf, person, body: appended(signed(pdf, person, body)), "sửa"),
    "the body has not signed": (lambda pdf, person, body: signed(pdf, person), "đủ chữ ký"),
    "in each other's field": (
        lambda pdf, person, body: signed(pdf, body, person, fields=(ORGANIZATION, PERSON)), "đúng ô",
    ),
    "by somebody else": (lambda pdf, person, body: signed(pdf, body, body), "chưa được ghi là của"),
    "no PDF": (lambda pdf, person, body: pdf + b"\n1 0 obj", "chưa có chữ ký số"),
    "nothing": (lambda pdf, person, body: b"", "bản in của cổng"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_anything_else_is_refused_in_plain_words(what: str, handed_out: Document) -> None:
    make, said = REFUSED[what]
    with pytest.raises(InvalidInput) as refused:
        elsewhere.take_signed(handed_out, make(bytes_of(handed_out), *both(handed_out)), at=AT)
    assert said in str(refused.value.message)
    handed_out.refresh_from_db()
    assert handed_out.state == Document.State.STUCK and not handed_out.signatures.exists()


def test_a_certificate_of_an_unknown_authority_is_refused(handed_out: Document, settings: Any) -> None:
    settings.TRUSTED_ROOTS = []
    with pytest.raises(InvalidInput, match="không tin"):
        elsewhere.take_signed(handed_out, signed(bytes_of(handed_out), *both(handed_out)), at=AT)


def test_certificates_are_entered_by_a_command_and_belong_to_one_holder(
    officer: Mandate, chair: Mandate, tmp_path: Path
) -> None:
    certificate = Pkcs12Folder().signer_for(Holder.of(chair)).signing_cert
    assert certificate is not None
    path = tmp_path / "a.pem"
    from cryptography import x509

    path.write_bytes(
        x509.load_der_x509_certificate(certificate.dump()).public_bytes(serialization.Encoding.PEM)
    )
    told = io.StringIO()
    call_command("certificates", "--tep", str(path), "--cho", chair.user.username, stdout=told)
    assert chair.user.username in told.getvalue()
    with pytest.raises(InvalidInput):
        register(officer, named(certificate), at=AT)


def test_people_are_warned_at_90_30_and_7_days_and_when_it_has_expired(
    chair: Mandate, officer: Mandate
) -> None:
    until = AT + dt.timedelta(days=100)
    SigningCertificate.objects.create(
        organization=chair.organization, sha256="a" * 64, subject="x", not_before=AT, not_after=until,
        added_at=AT,
    )  # fmt: skip
    told = []
    for day in range(112):
        warn_of_expiry(at=AT + dt.timedelta(days=day))
        told.append(Notice.objects.filter(kind="certificate.expires").count())
    days = [day for day in range(1, 112) if told[day] > told[day - 1]]
    assert days == [10, 70, 93, 100]
    assert "đã hết hạn ngày 13/11/2026" in Notice.objects.order_by("-pk")[0].title
    SigningCertificate.objects.create(
        organization=chair.organization, sha256="b" * 64, subject="x", not_before=AT,
        not_after=until + dt.timedelta(days=365), added_at=AT,
    )  # fmt: skip
    Notice.objects.all().delete()
    assert warn_of_expiry(at=until) == 0, "there is a newer one"


def test_warning_asks_the_database_as_often_for_many_certificates_as_for_few(
    chair: Mandate,
) -> None:
    def ending(count: int) -> None:
        SigningCertificate.objects.bulk_create(
            SigningCertificate(
                organization=chair.organization, sha256=f"{count:032x}{n:032x}", subject="x", not_before=AT,
                not_after=AT + dt.timedelta(days=30), added_at=AT,
            )
            for n in range(count)
        )  # fmt: skip

    ending(2)
    with CaptureQueriesContext(connection) as few:
        assert warn_of_expiry(at=AT) == 2
    ending(60)
    with CaptureQueriesContext(connection) as many:
        assert warn_of_expiry(at=AT) == 62
    assert len(many) == len(few)
