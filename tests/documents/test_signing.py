"""Asking for a signature and getting it: number, freeze, worker, trouble, and once only."""

from __future__ import annotations

import datetime as dt
import stat
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from supervision.audit.models import Event
from supervision.documents import services, tasks
from supervision.documents.models import Document, NumberRegister
from supervision.documents.numbering import take_number
from supervision.documents.signals import document_signed
from supervision.documents.signing.demo_authority import DemoAuthority
from supervision.documents.signing.keys import Pkcs12Folder
from supervision.errors import AlreadyDone, DomainError, NotAllowed, WrongState
from supervision.files.models import Blob
from supervision.files.services import open_blob
from supervision.organizations.models import Mandate, Organization
from tests.documents.papers import AT, front, officer_and_chair, person, prepared


def request(document: Document, chair: Mandate, at: dt.datetime = AT) -> Document:
    return services.request_signature(document, signer=chair, capacity="TM", at=at)


@pytest.fixture
def heard() -> Iterator[list[Document]]:
    documents: list[Document] = []

    def hear(sender: Any, document: Document, **kwargs: Any) -> None:
        assert connection.in_atomic_block
        documents.append(document)

    document_signed.connect(hear)
    yield documents
    document_signed.disconnect(hear)


def test_a_request_freezes_number_code_date_and_signer(officer: Mandate, chair: Mandate) -> None:
    document = request(prepared("letter", officer), chair)
    assert (document.state, document.number_text) == (Document.State.SIGNING, "01/MTTQ-BTT")
    assert (
        document.issued_on == dt.date(2026, 8, 5) and document.code is not None and len(document.code) == 26
    )
    assert document.verify_address == f"{settings.PUBLIC_URL}/v/{document.code}/"
    assert document.context["signature"]["lines"] == ["TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"]
    assert Event.objects.filter(action="document.signature_requested", object_id=document.pk).count() == 1


def test_the_day_of_issue_is_vietnamese(officer: Mandate, chair: Mandate) -> None:
    late_evening_utc = dt.datetime(2026, 12, 31, 18, 0, tzinfo=dt.UTC)
    document = request(prepared("letter", officer), chair, late_evening_utc)
    assert (document.issued_on, document.year) == (dt.date(2027, 1, 1), 2027)


def test_the_worker_signs_and_tells(
    officer: Mandate, chair: Mandate, run_tasks: Callable[..., int], heard: list[Document]
) -> None:
    document = request(prepared("letter", officer), chair)
    with time_machine.travel(AT, tick=True):
        assert run_tasks() == 1
    document.refresh_from_db()
    assert document.state == Document.State.SIGNED and document.signed_at is not None
    rendition = document.renditions.get()
    assert rendition.is_signed and rendition.pages == 1
    data = open_blob(rendition.blob.sha256).read()
    assert data.startswith(b"%PDF-") and b"/ETSI.CAdES.detached" in data and b"/DocMDP" in data
    by_person, by_body = document.signatures.order_by("pk")
    assert by_person.mandate == by_body.mandate == chair and by_person.organization is None
    assert "Cán bộ mẫu 11 (MẪU)" in by_person.certificate_subject
    assert by_body.organization == document.organization and "MẪU - Ủy ban" in by_body.certificate_subject
    assert [d.pk for d in heard] == [document.pk]


def test_signing_twice_changes_nothing(officer: Mandate, chair: Mandate, heard: list[Document]) -> None:
    document = request(prepared("letter", officer), chair)
    tasks.sign_now(document.pk, at=AT)
    tasks.sign_now(document.pk, at=AT)
    assert document.renditions.count() == 1 and len(heard) == 1
    assert Event.objects.filter(action="document.signed").count() == 1


def test_nobody_signs_what_they_drafted_not_even_in_another_capacity(
    officer: Mandate, chair: Mandate
) -> None:
    document = prepared("letter", officer)
    with pytest.raises(NotAllowed):
        request(document, officer)
    second = Mandate.objects.create(
        user=officer.user,
        organization=officer.organization,
        duty="signer",
        title="Phó Chủ tịch",
        from_on=dt.date(2025, 7, 1),
        decision_number="1",
        decision_on=dt.date(2025, 7, 1),
    )
    with pytest.raises(NotAllowed):
        request(document, second)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(signer=officer)


def test_a_lapsed_mandate_cannot_sign(officer: Mandate, chair: Mandate) -> None:
    Mandate.objects.filter(pk=chair.pk).update(until_on=dt.date(2026, 8, 4))
    chair.refresh_from_db()
    with pytest.raises(NotAllowed):
        request(prepared("letter", officer), chair)


def test_a_second_request_is_told_so(officer: Mandate, chair: Mandate) -> None:
    document = request(prepared("letter", officer), chair)
    with pytest.raises(AlreadyDone):
        request(document, chair)
    assert NumberRegister.objects.get().last == 1


def test_a_missing_key_leaves_the_paper_stuck_in_plain_words(officer: Mandate, heard: list[Document]) -> None:
    keyless = person(officer.organization, "Cán bộ mẫu 12", "signer", "Phó Chủ tịch")
    document = request(prepared("letter", officer), keyless)
    tasks.sign_now(document.pk, at=AT)
    document.refresh_from_db()
    assert document.state == Document.State.STUCK and document.trouble == (
        "Kho khóa chưa có chứng thư số của Cán bộ mẫu 12."
    )
    number, code = document.number_text, document.code
    DemoAuthority().issue([keyless])
    document = services.retry_signature(document, at=AT)
    tasks.sign_now(document.pk, at=AT)
    document.refresh_from_db()
    assert (document.state, document.trouble) == (Document.State.SIGNED, "")
    assert (document.number_text, document.code, document.attempts) == (number, code, 2)
    with pytest.raises(WrongState):
        services.retry_signature(document, at=AT)


def test_a_paper_tried_again_on_a_later_day_is_dated_that_day(officer: Mandate) -> None:
    keyless = person(officer.organization, "Cán bộ mẫu 12", "signer", "Phó Chủ tịch")
    document = request(prepared("letter", officer), keyless)
    tasks.sign_now(document.pk, at=AT)
    same = services.retry_signature(document, at=AT)
    assert (same.issued_on, same.context["issued_on"]) == (dt.date(2026, 8, 5), "2026-08-05")
    tasks.sign_now(document.pk, at=AT)
    services.retry_signature(document, at=AT + dt.timedelta(days=3), confirmed_by=keyless)
    document.refresh_from_db()
    assert (document.issued_on, document.context["issued_on"]) == (dt.date(2026, 8, 8), "2026-08-08")
    assert document.number_text == same.number_text and document.context["code"] == same.code


def test_a_paper_is_not_tried_again_once_the_signer_has_left_office(officer: Mandate) -> None:
    keyless = person(officer.organization, "Cán bộ mẫu 12", "signer", "Phó Chủ tịch")
    document = request(prepared("letter", officer), keyless)
    tasks.sign_now(document.pk, at=AT)
    Mandate.objects.filter(pk=keyless.pk).update(until_on=dt.date(2026, 8, 6))
    with pytest.raises(NotAllowed):
        services.retry_signature(document, at=AT + dt.timedelta(days=3), confirmed_by=keyless)
    document.refresh_from_db()
    assert document.state == Document.State.STUCK


def test_an_expired_certificate_is_named(officer: Mandate, chair: Mandate) -> None:
    late = dt.datetime(2046, 6, 1, tzinfo=dt.UTC)
    document = request(prepared("letter", officer), chair, late)
    tasks.sign_now(document.pk, at=late)
    document.refresh_from_db()
    assert document.trouble == "Chứng thư số của Cán bộ mẫu 11 đã hết hạn ngày 01/01/2046."


def test_a_receiver_that_fails_undoes_the_signature(officer: Mandate, chair: Mandate) -> None:
    def refuse(sender: Any, **kwargs: Any) -> None:
        raise DomainError("Quy trình không nhận văn bản này.")

    document = request(prepared("letter", officer), chair)
    document_signed.connect(refuse)
    try:
        tasks.sign_now(document.pk, at=AT)
    finally:
        document_signed.disconnect(refuse)
    document.refresh_from_db()
    assert (document.state, document.trouble) == (Document.State.STUCK, "Quy trình không nhận văn bản này.")
    assert document.renditions.count() == 0 and document.signatures.count() == 0


def test_a_crash_after_the_blob_is_harmless(
    officer: Mandate, chair: Mandate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker dies between writing the file and the transaction: the next run signs, once."""

    class Killed(BaseException): ...

    def die(*args: Any, **kwargs: Any) -> None:
        raise Killed

    document = request(prepared("letter", officer), chair)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(tasks, "record", die)
        with transaction.atomic():
            tasks.sign_now(document.pk, at=AT)
    document.refresh_from_db()
    assert document.state == Document.State.SIGNING and not Blob.objects.exists()
    tasks.sign_now(document.pk, at=AT)
    document.refresh_from_db()
    assert document.state == Document.State.SIGNED and document.renditions.count() == 1


def test_a_frozen_paper_cannot_be_edited(officer: Mandate, chair: Mandate) -> None:
    document = prepared("letter", officer)
    paper = Document.objects.filter(pk=document.pk)
    assert paper.update(subject="việc khác") == 1
    request(document, chair)
    with pytest.raises(IntegrityError), transaction.atomic():
        paper.update(subject="việc nữa")


def test_an_abandoned_number_is_never_used_again(officer: Mandate, chair: Mandate) -> None:
    keyless = person(officer.organization, "Cán bộ mẫu 12", "signer", "Phó Chủ tịch")
    first = request(prepared("letter", officer), keyless)
    tasks.sign_now(first.pk, at=AT)
    services.abandon(first, by=officer, at=AT)
    assert request(prepared("letter", officer), chair).number_text == "02/MTTQ-BTT"


def test_keys_are_readable_by_their_owner_only(chair: Mandate) -> None:
    folder = Pkcs12Folder()
    assert stat.S_IMODE(folder.root.stat().st_mode) == 0o700
    for path in (
        folder.path_for(chair.public_id),
        folder.root / "passphrase",
        folder.root / "demo-issuer.p12",
    ):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(ValueError, match="public id"):
        folder.path_for("../etc")


def test_the_sample_authority_can_be_made_again(chair: Mandate) -> None:
    before = Pkcs12Folder().path_for(chair.public_id).read_bytes()
    assert DemoAuthority().issue([chair]) == 0
    assert Pkcs12Folder().path_for(chair.public_id).read_bytes() == before


# -- races: real commits, two threads ---------------------------------------------------


def together(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls at the same moment in threads of their own; exceptions come back as results."""
    gate = threading.Barrier(len(calls))
    results: list[Any] = [None] * len(calls)

    def run(index: int, call: Callable[[], Any]) -> None:
        gate.wait()
        try:
            results[index] = call()
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(i, call)) for i, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_two_who_take_a_number_get_two_that_follow() -> None:
    organization = front()

    def take(series: str) -> int:
        with transaction.atomic():
            return take_number(
                organization=Organization.objects.get(pk=organization.pk), series=series, year=2026
            )

    for attempt in range(20):
        series = f"KH-{attempt // 2}"  # every other time the register does not exist yet
        numbers = together(lambda s=series: take(s), lambda s=series: take(s))
        first = 1 if attempt % 2 == 0 else 3
        assert sorted(numbers) == [first, first + 1]


@pytest.mark.django_db(transaction=True)
def test_of_two_requests_for_one_paper_exactly_one_counts() -> None:
    officer, chair = officer_and_chair(front())
    deputy = person(officer.organization, "Cán bộ mẫu 13", "signer", "Phó Chủ tịch")
    for attempt in range(20):
        document = prepared("letter", officer)
        results = together(lambda d=document: request(d, chair), lambda d=document: request(d, deputy))
        assert sorted(type(r).__name__ for r in results) == ["AlreadyDone", "Document"]
        assert NumberRegister.objects.get().last == attempt + 1
