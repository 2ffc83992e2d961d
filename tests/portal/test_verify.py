"""The verify page asks once, answers with one of seven headings, and keeps nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from supervision.documents.verification import ANSWERS, Verdict
from supervision.portal.views import verify
from supervision.publication.log import signing
from supervision.publication.models import Publication
from tests.publication import factory

pytestmark = pytest.mark.django_db


def upload(client: Client, content: bytes, name: str = "văn bản.pdf", prefix: str = "") -> Any:
    return client.post(f"{prefix}/xac-minh/", {"tep": SimpleUploadedFile(name, content)})


def test_a_file_that_is_no_pdf_is_said_so_with_its_name() -> None:
    response = upload(Client(enforce_csrf_checks=True), b"PK docx", "thong-bao.docx")
    html = response.content.decode()
    assert response.status_code == 200
    assert "Không đọc được tệp" in html
    assert "thong-bao.docx" in html
    assert not response.cookies


def test_published_bytes_are_the_original_but_not_called_signed_without_a_signature(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import hashlib

    content = b"%PDF-1.7 demo"
    factory.publication(pdf_sha256=hashlib.sha256(content).hexdigest())
    assert "Đúng bản gốc" not in upload(Client(), content).content.decode(), "the log has not signed it"
    signing.sign_checkpoint(at=timezone.now())
    html = upload(Client(), content).content.decode()
    assert '<h1 id="kq">Đúng bản gốc; hiện không kiểm tra được đơn vị cấp chứng thư</h1>' in html
    assert Publication.objects.get().address in html


@pytest.mark.parametrize("kind", ANSWERS)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_each_of_the_seven_answers_has_its_page(
    monkeypatch: pytest.MonkeyPatch, kind: str, prefix: str
) -> None:
    heading, lead = ANSWERS[kind]
    answer = Verdict(kind=kind, heading=heading, lead=lead, name="a.pdf", sha256="0" * 64)  # type: ignore[arg-type]
    monkeypatch.setattr(verify, "verify", lambda path, name, at: answer)
    html = upload(Client(), b"%PDF-", prefix=prefix).content.decode()
    words = heading.en if prefix else heading.vi
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", html) == [words]
    assert f"<title>{words}" in html
    banner = re.search(r"gs-banner--(\w+)", html)
    assert banner and (banner.group(1) == "late") == (kind == "changed")  # red accuses: one answer alone


def test_no_file_and_too_large_a_file_are_named(settings: Any) -> None:
    assert Client().post("/xac-minh/", {}).status_code == 422
    settings.UPLOAD_MAX_BYTES = 4
    response = upload(Client(), b"%PDF-1.7")
    assert response.status_code == 422
    assert "Tệp lớn hơn" in response.content.decode()


def test_a_name_that_is_markup_stays_text() -> None:
    html = upload(Client(), b"x", "<img src=x>.pdf").content.decode()
    assert "<img" not in html


def test_nothing_of_the_file_stays_behind(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    upload(Client(), b"%PDF-1.7 bi mat")
    assert list(tmp_path.iterdir()) == []
    assert not list(settings.BLOB_ROOT.rglob("*")) or b"bi mat" not in b"".join(
        path.read_bytes() for path in settings.BLOB_ROOT.rglob("*") if path.is_file()
    )


@pytest.mark.parametrize(
    "spelling", [str.lower, lambda code: "-".join([code[:4], code[4:]]), lambda code: f" {code} "]
)
def test_a_code_is_found_however_it_is_typed(client: Client, spelling: Any) -> None:
    published = factory.publication()
    signing.sign_checkpoint(at=timezone.now())
    response = client.get("/xac-minh/", {"ma": spelling(published.code)}, follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == f"/v/{published.code}/"
    html = response.content.decode()
    for fact in (published.number_text, "12 tháng 10 năm 2026", published.pdf_sha256[:4], "Còn hiệu lực"):
        assert fact in html


def test_an_unknown_code_is_404_and_explains_itself(client: Client) -> None:
    response = client.get("/v/ABCDEFGH23456789/")
    assert response.status_code == 404
    assert "Không có văn bản nào mang mã này" in response.content.decode()


def test_a_number_leads_to_the_publications_of_that_number() -> None:
    published = factory.publication()
    answer = Client().get("/xac-minh/", {"ma": published.number_text})
    assert answer.status_code == 302
    assert published.address in Client().get(answer["Location"]).content.decode()


def test_a_mistyped_code_is_shown_as_typed_and_can_be_mended_there() -> None:
    html = Client().get("/v/abcd-efgh-2345/").content.decode()
    assert html.count("ABCD-EFGH-2345") == 3  # in the title, in the sentence, in the field
    assert 'value="ABCD-EFGH-2345"' in html
