"""How long others keep what is public: a withdrawal reaches every cache within a minute."""

from __future__ import annotations

import pytest
from django.test import Client

from supervision.files import services as files
from supervision.publication import services
from supervision.publication.log import signing
from supervision.publication.models import Publication
from tests.portal.addresses import seed
from tests.publication.factory import AT, publication

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Publication:
    blob = files.put_bytes(b"%PDF-1.7 a paper", "application/pdf", AT)
    found = publication([], pdf_sha256=blob.sha256, pdf_size=blob.size, certificates=["c" * 64])
    signing.sign_checkpoint(at=AT)
    return found


def seconds(kept: str) -> int:
    parts = dict(part.strip().partition("=")[::2] for part in kept.split(","))
    assert "must-revalidate" in parts and "public" in parts, kept
    return max(int(parts["max-age"]), int(parts.get("s-maxage", 0)))


def test_a_withdrawn_file_leaves_caches_within_a_minute(client: Client, made: Publication) -> None:
    answer = client.get(made.pdf_address)
    assert seconds(answer["Cache-Control"]) <= 60 and answer["ETag"] == f'"{made.pdf_sha256}"'
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 a paper"
    again = client.get(made.pdf_address, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304 and not again.content
    assert again["ETag"] == answer["ETag"] and seconds(again["Cache-Control"]) <= 60
    other = client.get(made.pdf_address, headers={"If-None-Match": '"another"'})
    assert other.status_code == 200 and b"".join(other.streaming_content)
    services.withdraw(publication=made, reason="Sai", number="1/QĐ", at=AT, by_label="V")
    for headers in ({}, {"If-None-Match": answer["ETag"]}):
        assert client.get(made.pdf_address, headers=headers).status_code == 410


def test_the_page_and_the_code_of_a_withdrawn_paper_are_new_within_a_minute(
    client: Client, made: Publication
) -> None:
    for address in (made.address, f"/v/{made.code}/"):
        before = client.get(address)
        etag = {"If-None-Match": before["ETag"]}
        assert seconds(before["Cache-Control"]) <= 60
        assert client.get(address, headers=etag).status_code == 304
    services.withdraw(publication=made, reason="Sai", number="1/QĐ", at=AT, by_label="V")
    gone = client.get(made.address, headers=etag)
    assert gone.status_code == 410 and seconds(gone["Cache-Control"]) <= 60
    code = client.get(f"/v/{made.code}/", headers=etag)
    assert code.status_code == 200 and "Đã thu hồi" in code.content.decode()


def test_every_public_page_without_a_form_that_posts_is_kept_a_minute_and_asked_for_by_its_hash(
    client: Client,
) -> None:
    kept = 0
    for name, address in seed().items():
        for page in (address, f"/en{address}"):
            answer = client.get(page)
            if answer.status_code != 200:
                continue
            posts = 'method="post"' in answer.content.decode()
            if "ETag" not in answer:
                assert "s-maxage" not in answer.get("Cache-Control", ""), name
                continue
            assert not posts and not answer.cookies and "Cookie" not in answer.get("Vary", ""), name
            assert seconds(answer["Cache-Control"]) <= 60
            assert client.get(page, headers={"If-None-Match": answer["ETag"]}).status_code == 304, name
            kept += 1
    assert kept >= 16


@pytest.mark.parametrize("address", ["/xac-minh/", "/du-thao/", "/v/KHONGCO/", "/ket-luan/khong-co/"])
def test_what_asks_for_something_or_is_not_there_is_kept_by_nobody_as_public(
    client: Client, address: str
) -> None:
    assert "public" not in client.get(address).get("Cache-Control", "")
