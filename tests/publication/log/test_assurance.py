"""What may be called authentic, and what not: one answer by the log, whichever page or file asks."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from supervision.files import services as files
from supervision.publication import services
from supervision.publication.log import answers, keeping, signing
from supervision.publication.log.answers import Assurance
from supervision.publication.log.models import SignedCheckpoint
from supervision.publication.models import Publication
from tests.owner import without_guards
from tests.publication.factory import AT, copies, publication
from tests.publication.log.test_cost import fill

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def published(number: int = 7, *, at: dt.datetime = AT, sealed: bool = True, **changes: Any) -> Publication:
    blob = files.put_bytes(b"%PDF-1.7 " + bytes([number]), "application/pdf", at)
    certificates = ["c" * 64] if sealed else []
    made = publication(
        [], number_text=f"{number:02d}/TB-MTTQ-BTT", pdf_sha256=blob.sha256, pdf_size=blob.size,
        certificates=certificates, issued_on=at.date(), **changes,
    )  # fmt: skip
    return made


def said(made: Publication, at: dt.datetime) -> Assurance:
    return answers.assurance(made, at=at)


def test_a_leaf_that_nobody_signed_for_a_day_proves_nothing() -> None:
    """Within its first day a paper stands by its own signatures; one without has nothing to stand by."""
    sealed, unsealed = published(1), published(2, sealed=False)
    for after in (dt.timedelta(0), HOUR, DAY):
        assert said(sealed, AT + after) == Assurance.SIGNED_ONLY
        assert said(unsealed, AT + after) == Assurance.WAITING
    for after in (DAY + HOUR, 30 * DAY):
        assert said(sealed, AT + after) == said(unsealed, AT + after) == Assurance.STALE
    signing.sign_checkpoint(at=AT + 30 * DAY)
    assert said(sealed, AT + 30 * DAY) == said(unsealed, AT + 30 * DAY) == Assurance.PROVED


def test_nothing_is_authentic_while_the_log_has_signed_nothing_for_a_day() -> None:
    old = published(1)
    signing.sign_checkpoint(at=AT)
    assert said(old, AT + DAY) == Assurance.PROVED
    new = published(2, at=AT + DAY)
    assert said(new, AT + DAY) == Assurance.SIGNED_ONLY
    for made in (old, new):
        assert said(made, AT + DAY + HOUR) == Assurance.STALE
    assert not answers.is_current(AT + DAY + HOUR) and answers.is_current(AT + DAY)


def test_a_signature_is_as_old_as_it_says_and_not_as_its_row_says() -> None:
    """Whoever may insert rows copies yesterday's note into a row of today."""
    made = published(1)
    row = signing.sign_checkpoint(at=AT)
    assert row is not None
    SignedCheckpoint.objects.create(size=row.size, note=row.note, at=AT + 2 * DAY)
    assert said(made, AT + 2 * DAY) == Assurance.STALE


def test_a_leaf_of_long_ago_under_no_checkpoint_proves_nothing_beside_a_fresh_one() -> None:
    first = published(1)
    signing.sign_checkpoint(at=AT + 2 * DAY)
    copies(first, 1)
    late = Publication.objects.get(code__startswith="COPY")
    keeping.append_publication(late, certificates=["c" * 64], at=AT)
    assert said(first, AT + 2 * DAY) == Assurance.PROVED
    assert said(late, AT + 2 * DAY) == Assurance.UNPROVED


@pytest.mark.parametrize("away", [DAY, 3650 * DAY])
def test_what_comes_from_the_future_proves_nothing(away: dt.timedelta) -> None:
    made = published(1, at=AT + away)
    assert said(made, AT) == Assurance.STALE
    signing.sign_checkpoint(at=AT + away)
    assert said(made, AT) == Assurance.STALE


def test_a_publication_put_in_by_plain_sql_is_never_authentic(client: Client) -> None:
    """Inserting is what the application's role may do: rows of a publication, its leaf, its file, no seal."""
    first = published(1)
    signing.sign_checkpoint(at=AT)
    copies(first, 1)
    forged = Publication.objects.get(code__startswith="COPY")
    assert said(forged, AT) == Assurance.UNPROVED, "without a leaf"
    leaf = keeping.append_publication(forged, certificates=[], at=AT + HOUR)
    assert leaf.publication == forged
    assert said(forged, AT + HOUR) == Assurance.WAITING
    assert said(forged, AT + 30 * DAY) == Assurance.STALE


def test_a_checkpoint_by_another_key_and_one_that_is_no_note_prove_nothing() -> None:
    made = published(1)
    signed = signing.sign_checkpoint(at=AT)
    assert signed is not None and said(made, AT) == Assurance.PROVED
    for note in ("no note", signed.note.replace("nhat-ky\n", "nhat-kx\n", 1)):
        SignedCheckpoint.objects.create(size=signed.size, note=note, at=AT)
        assert said(made, AT) == Assurance.UNPROVED


PAGES = ("{0.address}", "/v/{0.code}/", "/en{0.address}", "/en/v/{0.code}/")
IN_FORCE = {"": "Còn hiệu lực", "/en": "In force"}
UNCONFIRMED = {"": "Chưa xác nhận được", "/en": "This cannot be confirmed now"}


@pytest.mark.parametrize("page", PAGES)
def test_no_page_calls_a_paper_in_force_that_the_log_does_not_prove(
    client: Client, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    language = "/en" if page.startswith("/en") else ""
    made, address = published(1), page
    now = {"at": AT}
    for view in ("publication", "verify", "log"):
        monkeypatch.setattr(f"supervision.portal.views.{view}.timezone.now", lambda: now["at"])

    def shown() -> str:
        html = client.get(address.format(made)).content.decode()
        assert (IN_FORCE[language] in html) != (UNCONFIRMED[language] in html)
        return html

    assert IN_FORCE[language] in shown() and ("chưa ký mục này" in shown() or language)
    now["at"] = AT + DAY + HOUR
    assert UNCONFIRMED[language] in shown()
    assert client.get(f"{made.address}goi.zip").status_code == 404
    signing.sign_checkpoint(at=now["at"])
    assert IN_FORCE[language] in shown() and "chưa ký mục này" not in shown()
    assert client.get(f"{made.address}goi.zip").status_code == 200
    now["at"] += DAY + HOUR
    assert UNCONFIRMED[language] in shown()
    assert client.get(f"{made.address}goi.zip").status_code == 404


def test_a_withdrawn_paper_is_said_to_be_withdrawn_however_old_the_log_is(client: Client) -> None:
    made = published(1)
    services.withdraw(publication=made, reason="Sai", number="1/QĐ", at=AT, by_label="V")
    html = client.get(f"/v/{made.code}/").content.decode()
    assert "Đã thu hồi" in html and "Chưa xác nhận được" not in html
    assert client.get(made.address).status_code == 410


def test_the_answer_costs_as_many_queries_in_a_long_log_as_in_a_short_one() -> None:
    made = published(1)
    counts = set()
    for more in (0, 300, 1100):
        fill(more)
        at = AT + dt.timedelta(seconds=more)
        signing.sign_checkpoint(at=at)
        with CaptureQueriesContext(connection) as asked:
            assert said(made, at) == Assurance.PROVED
        counts.add(len(asked))
    assert max(counts) <= 7, counts


def test_missing_leaves_prove_nothing_and_break_no_page(client: Client) -> None:
    made = published(1)
    keeping.append_head("audit", {"number": 1}, at=AT)
    signing.sign_checkpoint(at=AT)
    without_guards('UPDATE publication_leaf SET hash = substr(hash, 1, 0) WHERE "index" = 1')
    assert said(made, AT) == Assurance.UNPROVED
    assert client.get(made.address).status_code == 200
    assert client.get("/nhat-ky/tile/0/000.p/2").status_code == 404
