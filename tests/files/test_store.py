"""Files are kept as they came, or refused in a sentence that says why."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import stat
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from supervision.errors import InvalidInput
from supervision.files import responses, services, storage
from supervision.files.models import Attachment, Blob
from supervision.files.names import clean_name
from supervision.organizations.models import Mandate
from tests.documents.papers import AT, front, person
from tests.files import samples


@pytest.fixture
def sender(db: None) -> Mandate:
    return person(front(), "Cán bộ mẫu 21", "agency_responder", "Chuyên viên")


def store(sender: Mandate, name: str, data: bytes) -> Attachment:
    return services.store(SimpleUploadedFile(name, data), by=sender, at=AT)


def refusal(sender: Mandate, name: str, data: bytes) -> str:
    with pytest.raises(InvalidInput) as refused:
        store(sender, name, data)
    assert not Attachment.objects.exists() and not Blob.objects.exists()
    return str(refused.value.errors["files"][0])


@pytest.mark.parametrize(
    ("name", "data", "pages"),
    [
        ("Báo cáo số 5.pdf", samples.pdf(3), 3),
        ("Báo cáo.DOCX", samples.docx(), None),
        ("số liệu.xlsx", samples.xlsx(), None),
        ("ảnh.png", samples.png(), None),
        ("ảnh.jpeg", samples.jpg(), None),
    ],
)
def test_ordinary_files_are_kept_byte_for_byte(
    sender: Mandate, name: str, data: bytes, pages: int | None
) -> None:
    attachment = store(sender, name, data)
    assert (attachment.name, attachment.pages, attachment.uploaded_by) == (name, pages, sender)
    assert attachment.blob.sha256 == hashlib.sha256(data).hexdigest() and attachment.blob.size == len(data)
    assert services.open_blob(attachment.blob.sha256).read() == data


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("x.exe", b"MZ", "Tệp “x.exe” không thuộc loại được nhận: PDF, DOCX, XLSX, PNG, JPG."),
        ("khong-duoi", b"abc", "Tệp “khong-duoi” không thuộc loại được nhận: PDF, DOCX, XLSX, PNG, JPG."),
        ("x.svg", b"<svg onload=alert(1)>", "không thuộc loại"),
        ("x.docm", samples.docx(), "không thuộc loại"),
        ("x.pdf", b"", "Tệp “x.pdf” rỗng."),
        ("x.pdf", b"<html>", "nội dung không đúng với đuôi tệp"),
        ("x.pdf", b"\n" + samples.pdf(), "nội dung không đúng với đuôi tệp"),
        ("x.png", samples.jpg(), "nội dung không đúng với đuôi tệp"),
        ("x.docx", samples.xlsx(), "nội dung không đúng với đuôi tệp"),
        ("x.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "đặt mật khẩu"),
        ("x.pdf", samples.locked_pdf(), "đặt mật khẩu"),
        ("x.pdf", samples.pdf()[:-30], "bị hỏng"),
        ("x.pdf", samples.pdf() + samples.docx(), "trộn nhiều loại"),
        ("x.png", samples.png(more=samples.docx()), "trộn nhiều loại"),
        ("x.png", samples.png(more=b"<script>"), "dữ liệu nối thêm ở cuối"),
        ("x.jpg", samples.jpg(more=samples.docx()), "trộn nhiều loại"),
        ("x.png", samples.png(100_000, 100_000), "bung ra quá lớn"),
        ("x.docx", samples.docx({"word/media/a.xml": b"0" * 30_000_000}), "bung ra quá lớn"),
        ("x.docx", samples.docx({f"word/{i}.xml": "" for i in range(2_100)}), "bung ra quá lớn"),
        ("x.docx", samples.docx({"word/vbaProject.bin": b"x"}), "macro"),
        ("x.docx", samples.docx({"word/embeddings/oleObject1.bin": b"x"}), "tệp khác nhúng bên trong"),
        ("x.docx", samples.docx(type_=samples.MACRO), "macro"),
        ("x.xlsx", samples.xlsx({"xl/externalLinks/externalLink1.xml": "<x/>"}), "lấy nội dung từ nơi khác"),
        ("x.xlsx", samples.xlsx({"xl/macrosheets/sheet1.xml": "<x/>"}), "macro"),
        (
            "x.docx",
            samples.docx({"word/a.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}),
            "khai báo lạ",
        ),
        (
            "x.docx",
            samples.docx({"word/a.xml": '<w:instrText xml:space="preserve"> DDEAUTO cmd </w:instrText>'}),
            "trường DDE",
        ),
        (
            "x.docx",
            samples.docx(
                {
                    "word/_rels/settings.xml.rels": '<Relationship Type="http://x/attachedTemplate" '
                    'Target="http://evil/" TargetMode="External"/>'
                }
            ),
            "lấy nội dung từ nơi khác",
        ),
        ("x.docx", samples.docx({"../../etc/passwd": "x"}), "bị hỏng"),
    ],
)
def test_other_files_are_refused_in_words(sender: Mandate, name: str, data: bytes, says: str) -> None:
    assert says in refusal(sender, name, data)


def test_an_ordinary_link_in_a_letter_is_fine(sender: Mandate) -> None:
    link = '<Relationship Type="http://x/hyperlink" Target="https://mattran.vn" TargetMode="External"/>'
    assert store(sender, "a.docx", samples.docx({"word/_rels/document.xml.rels": link})).pk


def test_too_large_files_are_refused_whatever_size_they_claim(sender: Mandate, settings: object) -> None:
    settings.UPLOAD_MAX_BYTES = 1024**2  # type: ignore[attr-defined]
    upload = SimpleUploadedFile("a.pdf", samples.pdf() + bytes(1024**2))
    upload.size = 10
    with pytest.raises(InvalidInput) as refused:
        services.store(upload, by=sender, at=AT)
    assert str(refused.value.errors["files"][0]) == "Tệp “a.pdf” lớn hơn 1 MB."


def test_every_bad_file_is_named_and_none_is_kept(sender: Mandate) -> None:
    uploads = [
        SimpleUploadedFile("tốt.pdf", samples.pdf()),
        SimpleUploadedFile("x.exe", b"MZ"),
        SimpleUploadedFile("rỗng.pdf", b""),
    ]
    with pytest.raises(InvalidInput) as refused:
        services.store_all(uploads, by=sender, at=AT)
    assert len(refused.value.errors["files"]) == 2 and not Attachment.objects.exists()


def test_the_same_bytes_are_kept_once(sender: Mandate) -> None:
    first, second = store(sender, "a.pdf", samples.pdf()), store(sender, "b.pdf", samples.pdf())
    assert first.blob == second.blob and Blob.objects.count() == 1


def test_a_blob_on_disk_is_whole_and_read_only(sender: Mandate) -> None:
    attachment = store(sender, "a.pdf", samples.pdf())
    path = storage.path_of(attachment.blob.sha256)
    assert stat.S_IMODE(path.stat().st_mode) == 0o440
    assert [p.name for p in path.parent.iterdir() if p.name.startswith(".new")] == []
    with pytest.raises(ValueError, match="SHA-256"):
        storage.path_of("../../etc/passwd")


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        (unicodedata.normalize("NFD", "Báo cáo.pdf"), "Báo cáo.pdf"),
        ("../../etc/Bí mật.pdf", "Bí mật.pdf"),
        ("C:\\Người dùng\\a.pdf", "a.pdf"),
        ("a\u202egnp.pdf", "agnp.pdf"),
        ("a\x00b\r\n.pdf", "ab.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("a.pdf. . ", "a.pdf"),
        ("", "tep"),
        (".pdf", "tep.pdf"),
    ],
)
def test_names_are_made_harmless(raw: str, clean: str) -> None:
    assert clean_name(raw) == clean


@given(st.text(max_size=400))
def test_any_name_is_storable(raw: str) -> None:
    name = clean_name(raw)
    assert 0 < len(name) <= 255 and not set(name) & set('/\\\x00\r\n"<>') and name == clean_name(name)


def test_downloads_are_inert(sender: Mandate) -> None:
    attachment = store(sender, "Báo cáo “5”.pdf", samples.pdf())
    response = responses.download(attachment)
    assert b"".join(response.streaming_content) == samples.pdf()  # type: ignore[arg-type]
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''") and "Báo cáo" in unquote(disposition)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Content-Type"] == "application/pdf" and response["Cache-Control"] == "private, no-store"


def test_an_unknown_type_is_given_out_as_bytes(sender: Mandate) -> None:
    blob = services.put_bytes(b"<html>", "text/html", AT)
    response = responses.download(blob, "a.html")
    assert response["Content-Type"] == "application/octet-stream"
    response.close()


def test_damage_and_strays_are_found(sender: Mandate) -> None:
    kept = storage.path_of(store(sender, "a.pdf", samples.pdf(5)).blob.sha256)
    stray = storage.path_of(storage.write(b"no transaction followed"))
    half = kept.parent / ".new-0011"
    half.write_bytes(b"half")
    assert services.damaged() == []
    assert services.sweep(before=AT - dt.timedelta(days=3650)) == 0 and stray.exists()
    for path in (kept, stray, half):
        os.utime(path, (1, 1))
    assert services.sweep(before=AT) == 2
    assert kept.exists() and not stray.exists() and not half.exists()
    kept.chmod(0o640)
    kept.write_bytes(b"changed")
    assert services.damaged() == [kept.name]
    kept.unlink()


def test_a_file_is_kept_under_the_name_that_its_bytes_would_have(sender: Mandate, tmp_path: Path) -> None:
    made = tmp_path / "table.pdf"
    made.write_bytes(samples.pdf(6))
    blob = services.put_file(made, "application/pdf", AT)
    assert blob == services.put_bytes(samples.pdf(6), "application/pdf", AT)
    assert services.path_of(blob).read_bytes() == samples.pdf(6) and blob.size == len(samples.pdf(6))


def test_only_what_nothing_refers_to_is_given_up(
    sender: Mandate, django_capture_on_commit_callbacks: Any
) -> None:
    kept = store(sender, "a.pdf", samples.pdf(7)).blob
    made = services.put_bytes(b"%PDF-1.7 made by us", "application/pdf", AT)
    paths = [services.path_of(blob) for blob in (kept, made)]
    with django_capture_on_commit_callbacks(execute=True):
        services.discard(kept)
        services.discard(made)
    assert [path.exists() for path in paths] == [True, False]
    assert Blob.objects.filter(sha256=kept.sha256).exists()
