"""Seven answers about a file, each decided on bytes made here or by others."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import random
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings

from supervision.documents import services, tasks
from supervision.documents.models import Document
from supervision.documents.signing.demo_authority import DemoAuthority
from supervision.documents.verdicts import ANSWERS, WHY_UNKNOWN
from supervision.documents.verification import Verdict, verify
from supervision.files import services as files
from supervision.files.services import open_blob
from supervision.law.text import T
from supervision.organizations.models import Mandate
from supervision.publication import beginnings
from supervision.publication import services as publication
from supervision.publication.log import signing
from supervision.publication.models import Publication
from supervision.publication.text import Section
from tests.documents.papers import AT, prepared

CORPORA = Path(settings.BASE_DIR).parent / "shared" / "corpora"


def signed(officer: Mandate, chair: Mandate) -> tuple[Document, bytes]:
    document = services.request_signature(prepared("letter", officer), signer=chair, capacity="TM", at=AT)
    tasks.sign_now(document.pk, at=AT)
    document.refresh_from_db()
    return document, open_blob(document.renditions.get().blob.sha256).read()


def published(document: Document, **facts: Any) -> Publication:
    assert document.issued_on and document.code
    blob = document.renditions.get(is_public=False).blob
    certificates = list(document.signatures.order_by("pk").values_list("certificate_sha256", flat=True))
    said: dict[str, Any] = {
        "pdf_sha256": blob.sha256, "pdf_size": blob.size, "pdf_pages": 1,
        "certificates": certificates, **facts,
    }  # fmt: skip
    return publication.publish(
        facts=publication.Facts(
            kind=document.kind,
            kind_name=T("Công văn", "Letter"),
            form="supervision-delegation",
            form_name=T("Giám sát", "Supervision"),
            organization_code=document.organization.code,
            organization_name=document.organization.name,
            level=document.organization.level,
            number_text=document.number_text,
            title=document.subject,
            lead="Tóm tắt.",
            sections=[Section("", "Nội dung.")],
            signer_label="Cán bộ mẫu 11",
            issued_on=document.issued_on,
            code=document.code,
            **said,
        ),
        at=AT,
        by_label="Cán bộ mẫu 10",
    )


@pytest.fixture
def paper(officer: Mandate, chair: Mandate) -> tuple[Document, bytes]:
    return signed(officer, chair)


def answer(tmp_path: Path, data: bytes, name: str = "tep.pdf", at: dt.datetime = AT) -> Verdict:
    path = tmp_path / "upload"
    path.write_bytes(data)
    return verify(path, name=name, at=at)


def appended(data: bytes) -> bytes:
    """The page changed by an incremental update, as an editor would save it."""
    from pyhanko.pdf_utils.generic import NameObject, NumberObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page[NameObject("/Rotate")] = NumberObject(180)
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_the_untouched_publication_is_genuine(tmp_path: Path, paper: tuple[Document, bytes]) -> None:
    row = published(paper[0])
    verdict = answer(tmp_path, paper[1])
    assert (verdict.kind, verdict.publication, verdict.is_good) == ("genuine", row, True)
    assert verdict.heading.vi == "Đúng bản gốc, chữ ký hợp lệ"


def test_a_withdrawn_publication_says_so(tmp_path: Path, paper: tuple[Document, bytes]) -> None:
    row = published(paper[0])
    publication.withdraw(publication=row, reason="Sai số liệu", number="1/QĐ", at=AT, by_label="A")
    verdict = answer(tmp_path, paper[1])
    assert verdict.kind == "withdrawn" and verdict.entry is not None and verdict.entry.reason == "Sai số liệu"


def test_a_corrected_publication_is_genuine_and_says_so(
    tmp_path: Path, paper: tuple[Document, bytes]
) -> None:
    row = published(paper[0])
    changes = [{"place": "Trang 1", "was": "a", "now": "b"}]
    publication.correct(
        publication=row, reason="Lỗi đánh máy", changes=changes, number="2", at=AT, by_label="A"
    )
    verdict = answer(tmp_path, paper[1])
    assert verdict.kind == "genuine" and "đính chính" in verdict.lead.vi and verdict.entry is not None


def test_our_own_unpublished_paper_is_signed_but_not_published(
    tmp_path: Path, paper: tuple[Document, bytes]
) -> None:
    verdict = answer(tmp_path, paper[1])
    assert verdict.kind == "not_ours" and verdict.document == paper[0]
    person, body = verdict.signatures
    assert person.signer == "Cán bộ mẫu 11 (MẪU)" and person.at == AT and not person.has_timestamp
    assert body.signer == "MẪU - Ủy ban MTTQ Việt Nam tỉnh" and body.at == AT
    assert verdict.heading.vi == "Chữ ký hợp lệ, nhưng không phải văn bản do cổng này công bố"


def test_any_flipped_byte_of_a_published_file_is_a_change(
    tmp_path: Path, paper: tuple[Document, bytes]
) -> None:
    row = published(paper[0])
    chance = random.Random(20261124)
    places = {0, 5, 100, len(paper[1]) - 3, paper[1].index(b"/ByteRange") + 3}
    places |= {paper[1].index(b"/Contents <") + 200}
    places |= {chance.randrange(len(paper[1])) for _ in range(60)}
    for place in places:
        flipped = bytearray(paper[1])
        flipped[place] ^= 1 << chance.randrange(8)
        verdict = answer(tmp_path, bytes(flipped))
        assert (verdict.kind, verdict.publication) == ("changed", row), place


def test_an_update_after_signing_is_a_change(tmp_path: Path, paper: tuple[Document, bytes]) -> None:
    assert answer(tmp_path, appended(paper[1])).kind == "changed"
    row = published(paper[0])
    verdict = answer(tmp_path, appended(paper[1]))
    assert (verdict.kind, verdict.publication) == ("changed", row)
    assert answer(tmp_path, paper[1] + b"\n").kind == "changed"


def test_flipped_content_of_an_unpublished_paper_is_never_valid(
    tmp_path: Path, paper: tuple[Document, bytes]
) -> None:
    start = paper[1].index(b"stream")
    flipped = bytearray(paper[1])
    flipped[start + 40] ^= 1
    assert answer(tmp_path, bytes(flipped)).kind in ("changed", "unreadable")


def test_an_unknown_authority_is_not_called_false(
    tmp_path: Path, officer: Mandate, chair: Mandate, settings: Any
) -> None:
    data = signed(officer, chair)[1]
    other = DemoAuthority(tmp_path / "keys")
    settings.TRUSTED_ROOTS = [other.root_path, tmp_path / "missing.pem"]
    verdict = answer(tmp_path, data)
    assert verdict.kind == "unknown_issuer" and verdict.signatures[0].issuer.startswith("MẪU")


def test_an_expired_certificate_is_called_expired_and_not_unknown(
    tmp_path: Path, paper: tuple[Document, bytes]
) -> None:
    later = answer(tmp_path, paper[1], at=dt.datetime(2046, 6, 1, tzinfo=dt.UTC))
    assert later.kind == "unknown_issuer" and "đã hết hạn" in later.lead.vi


def test_the_original_stays_the_original_but_an_untraced_signature_is_not_called_valid(
    tmp_path: Path, paper: tuple[Document, bytes], settings: Any
) -> None:
    row = published(paper[0])
    settings.TRUSTED_ROOTS = []
    assert answer(tmp_path, paper[1]).kind == "unknown_issuer", "nothing stands for it before the log signs"
    signing.sign_checkpoint(at=AT)
    verdict = answer(tmp_path, paper[1])
    assert (verdict.kind, verdict.publication) == ("genuine", row)
    assert verdict.heading.vi == "Đúng bản gốc; hiện không kiểm tra được đơn vị cấp chứng thư"


def test_the_original_says_who_signed_it_and_when(tmp_path: Path, paper: tuple[Document, bytes]) -> None:
    published(paper[0])
    person, _body = answer(tmp_path, paper[1]).signatures
    assert person.signer == "Cán bộ mẫu 11 (MẪU)" and person.at == AT


def test_an_unsigned_paper_has_no_signature(tmp_path: Path, officer: Mandate) -> None:
    assert answer(tmp_path, services.preview_pdf(prepared("letter", officer))).kind == "unsigned"


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04docx", b"%PDF-1.7\nnothing", b" %PDF-1.7", b"%PDF-" + bytes(9000)]
)
def test_what_is_no_pdf_cannot_be_read(tmp_path: Path, db: None, data: bytes) -> None:
    verdict = answer(tmp_path, data, "thong-bao.docx")
    assert (verdict.kind, verdict.name) == ("unreadable", "thong-bao.docx")


def test_a_rewritten_copy_is_never_valid(tmp_path: Path, paper: tuple[Document, bytes]) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper[1])) as pdf:
        pdf.save(out)
    assert answer(tmp_path, out.getvalue()).kind in ("changed", "unreadable")


@pytest.mark.skipif(not (CORPORA / "expected-pdf.tsv").exists(), reason="the files of others are not at hand")
def test_files_made_by_others(tmp_path: Path, db: None) -> None:
    rows = (CORPORA / "expected-pdf.tsv").read_text(encoding="utf-8").splitlines()[1:]
    seen = 0
    for row in rows:
        path, expected, _why = row.split("\t")
        if not (CORPORA / path).exists():
            continue
        verdict = verify(CORPORA / path, name=path, at=AT)
        seen += 1
        assert verdict.kind in ANSWERS and verdict.kind not in ("genuine", "withdrawn", "not_ours"), path
        if expected == "ATTACK":
            assert verdict.kind == "changed", path
    assert seen > 100


def test_time_is_the_signers_own_without_a_timestamp(paper: tuple[Document, bytes], tmp_path: Path) -> None:
    signature, _seal = answer(tmp_path, paper[1]).signatures
    assert signature.certificate_until == dt.datetime(2046, 1, 1, tzinfo=dt.UTC)


LOG_DAY = dt.timedelta(hours=24)


def test_nothing_is_called_the_original_while_the_log_signs_nothing(
    tmp_path: Path, paper: tuple[Document, bytes]
) -> None:
    row = published(paper[0])
    verdict = answer(tmp_path, paper[1])
    assert verdict.kind == "genuine" and "chưa ký mục này" in verdict.lead.vi
    for later in (LOG_DAY + dt.timedelta(seconds=1), 30 * LOG_DAY):
        verdict = answer(tmp_path, paper[1], at=AT + later)
        assert (verdict.kind, verdict.is_good) == ("unknown_issuer", False)
        assert verdict.heading.vi == "Chưa xác nhận được" and "24 giờ chưa được ký" in verdict.lead.vi
    signing.sign_checkpoint(at=AT + 30 * LOG_DAY)
    verdict = answer(tmp_path, paper[1], at=AT + 31 * LOG_DAY)
    assert verdict.is_good and verdict.publication == row and "chưa ký" not in verdict.lead.vi
    assert not answer(tmp_path, paper[1], at=AT + 31 * LOG_DAY + dt.timedelta(seconds=1)).is_good


def test_a_file_without_a_signature_is_the_original_by_the_log_alone(
    tmp_path: Path, paper: tuple[Document, bytes], officer: Mandate
) -> None:
    unsigned = services.preview_pdf(prepared("letter", officer))
    blob = files.put_bytes(unsigned, "application/pdf", AT)
    published(paper[0], pdf_sha256=blob.sha256, pdf_size=blob.size, certificates=[])
    verdict = answer(tmp_path, unsigned)
    assert not verdict.is_good and verdict.heading.vi == "Chưa xác nhận được"
    assert "chưa ký mục này" in verdict.lead.vi
    signing.sign_checkpoint(at=AT)
    verdict = answer(tmp_path, unsigned)
    assert verdict.is_good and "không mang chữ ký số" in verdict.heading.vi


def test_a_withdrawn_file_is_not_called_the_original_while_the_log_signs_nothing(
    tmp_path: Path, paper: tuple[Document, bytes]
) -> None:
    row = published(paper[0])
    publication.withdraw(publication=row, reason="Sai số liệu", number="1/QĐ", at=AT, by_label="A")
    verdict = answer(tmp_path, paper[1], at=AT + 2 * LOG_DAY)
    assert verdict.kind == "withdrawn" and "Đúng bản gốc" not in verdict.heading.vi


def revisions(data: bytes) -> list[bytes]:
    """The file as it was after each signing, the whole of it last."""
    return [data[:size] for size in sorted(beginnings.digests(data)) if data[:size].endswith(b"%%EOF\n")]


def test_an_earlier_revision_of_a_published_paper_is_called_a_part_of_it(
    tmp_path: Path, paper: tuple[Document, bytes]
) -> None:
    row = published(paper[0])
    beginnings.note_waiting.call()
    earlier = [one for one in revisions(paper[1]) if one != paper[1]]
    assert len(earlier) >= 2, "the print, and the person's signature alone"
    for one in earlier:
        verdict = answer(tmp_path, one)
        assert verdict.heading.vi == "Chỉ là một phần của văn bản đã công bố"
        assert (verdict.publication, verdict.is_good) == (row, False)


def test_what_was_added_behind_a_published_paper_or_a_part_of_it_is_said(
    tmp_path: Path, paper: tuple[Document, bytes]
) -> None:
    row = published(paper[0])
    verdict = answer(tmp_path, appended(paper[1]))
    assert (verdict.kind, verdict.publication) == ("changed", row), "at once, before the worker read it"
    assert "được thêm vào" in verdict.lead.vi
    beginnings.note_waiting.call()
    for one in revisions(paper[1]):
        for data in (one + b"more", appended(one), one + b"%%EOF\n" * 1000):
            verdict = answer(tmp_path, data)
            assert verdict.publication == row and not verdict.is_good and verdict.kind != "not_ours"


def test_no_answer_says_that_a_file_was_not_changed() -> None:
    """Whether it looks the same nobody asked; no change was found in what is signed, that is all."""
    for words in [text for pair in ANSWERS.values() for text in pair] + list(WHY_UNKNOWN.values()):
        assert "chưa bị sửa" not in words.vi and "unchanged" not in words.en
    assert "Không thấy thay đổi trong phần đã ký" in ANSWERS["not_ours"][1].vi


def test_a_hostile_file_is_hashed_once_at_a_fixed_number_of_places(
    tmp_path: Path, paper: tuple[Document, bytes], django_assert_max_num_queries: Any
) -> None:
    """19 MB of the mark that ends a revision: one mark for every five bytes."""
    published(paper[0])
    hostile = b"%PDF-1.7\n" + b"%%EOF" * (19 * 1024**2 // 5)
    assert len(beginnings.digests(hostile)) <= 3 * beginnings.MOST + 1
    assert len(beginnings.digests(b"%%EOF\r\n" * 10_000)) <= 3 * beginnings.MOST + 1
    path = tmp_path / "upload"
    path.write_bytes(hostile)
    with django_assert_max_num_queries(8):
        assert verify(path, name="a.pdf", at=AT).kind == "unreadable"


def test_digests_are_those_of_the_bytes_up_to_there() -> None:
    data = b"%PDF-1.7 a%%EOF\r\nb%%EOF\nc%%EOF\rd%%EOF"
    for size, sha256 in beginnings.digests(data).items():
        assert hashlib.sha256(data[:size]).hexdigest() == sha256
    ends = {data.index(b"a%%EOF") + 6 + more for more in (0, 1, 2)}
    assert ends <= set(beginnings.digests(data)) and len(data) in beginnings.digests(data)
    assert beginnings.digests(b"") == {0: hashlib.sha256(b"").hexdigest()}
