"""Archive stamps are renewed in time; the file published first stays the original, each renewal is one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from supervision.documents import renewing
from supervision.documents.models import Document, Rendition
from supervision.documents.verification import Verdict, verify
from supervision.files.services import open_blob
from supervision.publication import services as publication
from supervision.publication.log import signing
from supervision.publication.log.checking import troubles
from supervision.publication.models import Publication
from tests.documents.papers import front, officer_and_chair
from tests.documents.pki import DAY, Authority
from tests.documents.test_levels import NOW, YEAR, signed, trusted
from tests.documents.test_verification import published
from tests.owner import without_guards

SOON = NOW + 200 * DAY  # the certificate of the stamps ends after a year
LATER = NOW + 500 * DAY


@pytest.fixture
def authority(db: None, tmp_path: Path, settings: Any) -> Iterator[Authority]:
    settings.SIGNATURE_LEVEL = "B-LTA"
    with trusted(settings, tmp_path, lasts=YEAR) as authority:
        yield authority


@pytest.fixture
def paper(authority: Authority) -> Document:
    officer, chair = officer_and_chair(front())
    for whose in (chair, chair.organization):
        authority.give(whose.public_id, "x")
    return signed((officer, chair))


def renewed(authority: Authority) -> None:
    """Do what is due 200 days later; the authority has a new certificate for its stamps by then."""
    authority.at, authority.lasts = SOON, 3 * YEAR
    authority.begin(authority.url)
    with time_machine.travel(SOON, tick=False):
        for pk in renewing.due(at=SOON):
            renewing.renew_now(pk, at=SOON)


def asked(tmp_path: Path, sha256: str, at: dt.datetime) -> Verdict:
    path = tmp_path / "asked.pdf"
    path.write_bytes(open_blob(sha256).read())
    return verify(path, name="a.pdf", at=at)


def test_a_stamp_is_renewed_before_it_can_no_longer_be_checked(
    authority: Authority, paper: Document, tmp_path: Path
) -> None:
    first = paper.renditions.get()
    assert (
        first.stamp_until is not None and renewing.due(at=NOW) == [] and renewing.due(at=SOON) == [first.pk]
    )
    renewed(authority)
    last = Rendition.objects.get(renews=first)
    assert last.stamp_until is not None and last.stamp_until > first.stamp_until
    assert renewing.due(at=SOON) == [], "once"
    data = open_blob(last.blob.sha256).read()
    assert data.startswith(open_blob(first.blob.sha256).read()) and data.count(b"/ETSI.RFC3161") == 2
    assert asked(tmp_path, first.blob.sha256, LATER).kind == "unknown_issuer", "nobody can check it any more"
    verdict = asked(tmp_path, last.blob.sha256, LATER)
    assert verdict.kind == "not_ours" and verdict.document == paper


def test_a_renewed_publication_is_the_original_in_both_files(
    authority: Authority, paper: Document, tmp_path: Path
) -> None:
    made = published(paper)
    renewed(authority)
    signing.sign_checkpoint(at=LATER)
    made = Publication.objects.get(pk=made.pk)
    assert made.newest_sha256() != made.pdf_sha256 and list(troubles()) == []
    for sha256 in (made.pdf_sha256, made.newest_sha256()):
        verdict = asked(tmp_path, sha256, LATER)
        assert (verdict.kind, verdict.publication) == ("genuine", made)
        assert verdict.heading.vi == "Đúng bản gốc, chữ ký hợp lệ"
        assert verdict.logged is not None and verdict.logged.holds
    given = b"".join(Client().get(made.pdf_address).streaming_content)  # type: ignore[attr-defined]
    assert given == open_blob(made.newest_sha256()).read()
    publication.withdraw(publication=made, reason="Sai", number="1/QĐ", at=LATER, by_label="V")
    assert asked(tmp_path, made.newest_sha256(), LATER).kind == "withdrawn"


def test_a_renewal_nobody_logged_is_not_believed(
    authority: Authority, paper: Document, tmp_path: Path
) -> None:
    made = published(paper)
    renewed(authority)
    without_guards("DELETE FROM publication_leaf WHERE kind = 'renew'")
    assert asked(tmp_path, made.newest_sha256(), LATER).kind == "unknown_issuer"


def test_the_tick_asks_for_it(authority: Authority, paper: Document, run_tasks: Any) -> None:
    authority.at, authority.lasts = SOON, 3 * YEAR
    authority.begin(authority.url)
    with time_machine.travel(SOON, tick=False):
        call_command("tick")
        assert run_tasks() >= 1
    assert Rendition.objects.filter(renews__isnull=False).count() == 1
