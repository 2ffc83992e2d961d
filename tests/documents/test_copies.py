"""Whoever holds a part, a copy or a changed file of a published paper is told how the paper stands.

Nobody is sent to a paper that was withdrawn, or of which that cannot be known; and what is said to differ
is what differs, byte for byte.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from supervision.documents import origins, services
from supervision.documents.models import Document
from supervision.documents.verification import Verdict
from supervision.files import comparing, storage
from supervision.files import services as files
from supervision.organizations.models import Mandate
from supervision.publication import beginnings, renewals
from supervision.publication import services as publication
from supervision.publication.log import signing
from supervision.publication.models import Entry, Publication
from tests.documents.papers import AT, prepared
from tests.documents.test_verification import answer, appended, published, revisions, signed
from tests.publication import factory

DAY = dt.timedelta(hours=24)
USE = ("Hãy dùng", "hãy dùng", "Use the copy", "use the original", "Use the whole")


@pytest.fixture
def paper(officer: Mandate, chair: Mandate) -> tuple[Publication, bytes]:
    """A published paper that the worker has read and the log has signed."""
    document, data = signed(officer, chair)
    row = published(document)
    beginnings.note_waiting.call()
    signing.sign_checkpoint(at=AT)
    return row, data


def flipped(data: bytes, *places: int) -> bytes:
    changed = bytearray(data)
    for place in places:
        changed[place] ^= 1
    return bytes(changed)


def copies(data: bytes) -> dict[str, bytes]:
    """What becomes of a published file on its way, and what somebody makes of it."""
    middle = len(data) // 2
    first = revisions(data)[0]
    return {
        "a revision": first,
        "the last byte missing": data[:-1],
        "cut within": data[:middle],
        "the first pieces": data[:5000],
        "added to": data + b"\r\n",
        "updated": appended(data),
        "a revision updated": appended(first),
        "one bit": flipped(data, middle),
        "one bit early": flipped(data, 20),
        "put in": data[:middle] + b"more" + data[middle:],
        "taken out": data[:middle] + data[middle + 3 :],
    }


def told(verdict: Verdict, language: str = "vi") -> str:
    words = (verdict.heading, verdict.lead, *filter(None, [verdict.standing]))
    return " ".join(one.in_(language) for one in words)


def advises(verdict: Verdict) -> bool:
    return any(words in told(verdict, language) for words in USE for language in ("vi", "en"))


def test_every_copy_of_a_paper_in_force_names_it_and_sends_to_what_is_published(
    tmp_path: Path, paper: tuple[Publication, bytes]
) -> None:
    row, data = paper
    for name, one in copies(data).items():
        verdict = answer(tmp_path, one)
        assert (verdict.publication, verdict.is_good, verdict.may_be_used) == (row, False, True), name
        assert advises(verdict) and "thu hồi hay thay thế" in told(verdict), name
        assert verdict.kind in ("not_ours", "changed"), name


def test_every_copy_of_a_withdrawn_paper_says_by_whom_when_why_and_not_to_use_it(
    tmp_path: Path, paper: tuple[Publication, bytes]
) -> None:
    row, data = paper
    entry = publication.withdraw(
        publication=row, reason="Sai số liệu", number="9/QĐ-MTTQ-BTT", at=AT, by_label="A"
    )
    few = {"itself": data, "cut": data[:-1]}
    for at, asked in ((AT, few | copies(data)), (AT + 2 * DAY, few)):  # also while nothing else is known
        for name, one in asked.items():
            verdict = answer(tmp_path, one, at=at)
            assert (verdict.publication, verdict.entry, verdict.is_gone) == (row, entry, True), name
            assert not advises(verdict) and not verdict.may_be_used, name
            assert "thu hồi" in verdict.heading.vi and "withdrawn" in verdict.heading.en.lower(), name
            said = "Nơi ban hành đã thu hồi văn bản này ngày 05 tháng 8 năm 2026 theo Quyết định số 9/QĐ-MTTQ"
            assert said in told(verdict) and "Đừng dùng văn bản này" in told(verdict), name
            assert "on 5 August 2026 by Decision 9/QĐ-MTTQ-BTT. Do not use it" in told(verdict, "en"), name


def test_every_copy_of_a_corrected_paper_says_so(tmp_path: Path, paper: tuple[Publication, bytes]) -> None:
    row, data = paper
    changes = [{"place": "Trang 1", "was": "a", "now": "b"}]
    entry = publication.correct(
        publication=row, reason="Lỗi", changes=changes, number="12/MTTQ-BTT", at=AT, by_label="A"
    )
    signing.sign_checkpoint(at=AT)
    for name, one in copies(data).items():
        verdict = answer(tmp_path, one)
        assert verdict.entry == entry and advises(verdict) and not verdict.is_gone, name
        assert "đã đính chính văn bản này ngày 05 tháng 8 năm 2026 theo Công văn số 12/MTTQ" in told(verdict)
        assert "corrected this document on 5 August 2026 by Letter 12/MTTQ-BTT" in told(verdict, "en")
    stale = answer(tmp_path, data, at=AT + 2 * DAY)
    assert stale.heading.vi == "Chưa xác nhận được" and "đã đính chính văn bản này" in told(stale)


def test_nobody_is_sent_to_a_paper_while_the_log_has_signed_nothing_for_a_day(
    tmp_path: Path, paper: tuple[Publication, bytes]
) -> None:
    row, data = paper
    for name, one in copies(data).items():
        verdict = answer(tmp_path, one, at=AT + DAY + dt.timedelta(seconds=1))
        assert verdict.publication == row and not advises(verdict) and not verdict.may_be_used, name
        assert "24 giờ chưa được ký" in told(verdict) and "Hãy hỏi nơi đã ký" in told(verdict), name
        assert "cannot say whether the document was corrected" in told(verdict, "en"), name


def test_nobody_is_sent_to_a_paper_that_the_log_has_not_signed_or_does_not_prove(
    tmp_path: Path, officer: Mandate, chair: Mandate
) -> None:
    """Its own signatures, by which an original stands in its first minutes, were not looked at in a copy."""
    document, data = signed(officer, chair)
    published(document)
    beginnings.note_waiting.call()
    for name, one in copies(data).items():
        verdict = answer(tmp_path, one)
        assert not advises(verdict) and "chưa ký mục về văn bản này" in told(verdict), name
    signing.sign_checkpoint(at=AT + 2 * DAY)
    Entry.objects.create(publication=Publication.objects.get(), what=Entry.What.CORRECT, at=AT)  # by SQL
    for name, one in copies(data).items():
        verdict = answer(tmp_path, one, at=AT + 2 * DAY)
        assert not advises(verdict) and "không chứng minh được điều đó" in told(verdict), name


def test_a_correction_put_in_behind_a_withdrawal_does_not_hide_it(
    tmp_path: Path, paper: tuple[Publication, bytes]
) -> None:
    row, data = paper
    publication.withdraw(publication=row, reason="Sai", number="9/QĐ", at=AT, by_label="A")
    Entry.objects.create(publication=row, what=Entry.What.CORRECT, at=AT, data={"changes": []})
    for one in (data, data[:-1]):
        verdict = answer(tmp_path, one)
        assert verdict.is_gone and verdict.entry and verdict.entry.reason == "Sai" and not advises(verdict)


def test_a_file_cut_short_is_a_part_wherever_it_ends(
    tmp_path: Path, paper: tuple[Publication, bytes]
) -> None:
    for missing in (1, 2, 10, 40_000, 100_000):
        verdict = answer(tmp_path, paper[1][:-missing])
        assert verdict.heading.vi == "Chỉ là một phần của văn bản đã công bố"
        number = f"{missing:,}"
        assert f"thiếu {number.replace(',', '.')} byte ở cuối" in verdict.lead.vi
        assert f"lacks {number} byte{'s' * (missing > 1)} at its end" in verdict.lead.en


def test_what_is_said_to_differ_is_what_differs(tmp_path: Path, paper: tuple[Publication, bytes]) -> None:
    data = paper[1]
    middle = len(data) // 2
    cases = {
        data + b"\n": "phía sau có 1 byte được thêm vào",
        data + b"x" * 1234: "phía sau có 1.234 byte được thêm vào",
        flipped(data, middle): "1 byte bên trong không giống",
        flipped(data, 20, middle, len(data) - 1): "3 byte bên trong không giống",
        data[:middle] + b"more" + data[middle:]: "bên trong có 4 byte được chèn thêm",
        data[:middle] + data[middle + 3 :]: "bên trong bị bỏ mất 3 byte",
        data[:-9] + b"otherwise, and on": "phần sau thì khác",
        data[: middle * 2 - 90] + data[-60:]: "bên trong bị bỏ mất",
    }
    for one, words in cases.items():
        verdict = answer(tmp_path, one)
        assert words in verdict.lead.vi and verdict.publication == paper[0], (words, verdict.lead.vi)
        assert ("được thêm vào" in verdict.lead.vi) == one.startswith(data)


def test_a_head_that_many_papers_share_is_no_part_of_any(
    tmp_path: Path, paper: tuple[Publication, bytes]
) -> None:
    for end in (9, 174, 1105, 4095):
        verdict = answer(tmp_path, paper[1][:end])
        assert verdict.publication is None and verdict.kind in ("unreadable", "unsigned"), end
    alike = paper[1][:4200] + bytes(len(paper[1]))
    assert answer(tmp_path, alike).publication is None, "it begins alike, and was made from something else"


def test_a_part_of_a_file_with_a_further_archive_stamp_is_a_part_too(
    tmp_path: Path, paper: tuple[Publication, bytes]
) -> None:
    row, data = paper
    stamped = appended(data)
    blob = files.put_bytes(stamped, "application/pdf", AT)
    renewals.renew(sha256=row.pdf_sha256, by=blob.sha256, size=blob.size, at=AT)
    signing.sign_checkpoint(at=AT)
    assert answer(tmp_path, stamped).is_good
    assert "thiếu 1 byte ở cuối" in answer(tmp_path, stamped[:-1]).lead.vi
    assert "2 byte được thêm vào" in answer(tmp_path, stamped + b"\r\n").lead.vi
    assert "1 byte bên trong" in answer(tmp_path, flipped(stamped, 9000)).lead.vi


def test_where_the_published_file_is_lost_the_paper_is_named_all_the_same(
    tmp_path: Path, paper: tuple[Publication, bytes]
) -> None:
    row, data = paper
    publication.withdraw(publication=row, reason="Sai", number="9/QĐ", at=AT, by_label="A")
    storage.path_of(row.pdf_sha256).unlink()
    verdict = answer(tmp_path, appended(data))
    assert verdict.publication == row and verdict.is_gone and not advises(verdict)


def test_the_whole_of_a_paper_of_which_an_edition_was_published_says_how_that_stands(
    tmp_path: Path, officer: Mandate, chair: Mandate
) -> None:
    """What was signed is another file than what was published with passages hidden."""
    document, data = signed(officer, chair)
    assert "không được công bố" not in told(answer(tmp_path, data)), "the page says that, of no publication"
    edition = files.put_bytes(services.preview_pdf(prepared("letter", officer)), "application/pdf", AT)
    row = published(document, pdf_sha256=edition.sha256, pdf_size=edition.size)
    signing.sign_checkpoint(at=AT)
    verdict = answer(tmp_path, data)
    assert (verdict.publication, verdict.document) == (row, document)
    assert "công bố một tệp khác" in verdict.heading.vi and "chưa công bố văn bản này" not in told(verdict)
    publication.withdraw(publication=row, reason="Sai", number="9/QĐ", at=AT, by_label="A")
    assert answer(tmp_path, data).is_gone and not advises(answer(tmp_path, data))


def test_a_copy_costs_as_many_queries_and_comparisons_however_much_is_published(
    tmp_path: Path, paper: tuple[Publication, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    row, data = paper
    compared: list[int] = []

    def counted(mine: bytes, original: Any) -> comparing.Difference:
        compared.append(1)
        return comparing.difference(mine, original)

    monkeypatch.setattr(origins, "difference", counted)
    counts = []
    for more in (0, 30):
        for n in range(more):  # all as long as the paper, and alike at their beginning
            _another(row, data[:20_000] + bytes([n]) * (len(data) - 20_000), n)
        beginnings.note_waiting.call()
        with CaptureQueriesContext(connection) as asked:
            assert answer(tmp_path, data[:-1]).publication == row
            assert answer(tmp_path, flipped(data, 50_000)).publication == row
            assert not answer(tmp_path, flipped(data, 20)).is_good
        counts.append(len(asked))
    assert counts[1] <= counts[0] and len(compared) <= 2 * 4 * origins.MOST_COMPARED


def _another(row: Publication, data: bytes, n: int) -> None:
    blob = files.put_bytes(data, "application/pdf", AT)
    values = {field.name: getattr(row, field.name) for field in Publication._meta.fields}
    own = {"id": None, "public_id": f"{n:026d}", "code": f"{n:026d}", "number_slug": f"{n}-x"}
    Publication.objects.create(**values | own | {"pdf_sha256": blob.sha256, "pdf_size": blob.size})


def test_the_page_says_it_in_both_languages(paper: tuple[Publication, bytes]) -> None:
    row, data = paper
    with time_machine.travel(AT):
        assert "Bản gốc đọc ở đây" in page(flipped(data, 9000))
        assert f"/en{row.address}" in page(flipped(data, 9000), "/en")
        publication.withdraw(publication=row, reason="LÝ DO", number="9/QĐ", at=AT, by_label="A")
        for prefix, withdrawn, no in (
            ("", "thu hồi", "Đừng dùng văn bản này"), ("/en", "withdrawn", "Do not use it")
        ):  # fmt: skip
            for one in (data, data[:-1], flipped(data, 9000), revisions(data)[0]):
                html = page(one, prefix)
                assert withdrawn in re.findall(r"<h1[^>]*>(.*?)</h1>", html)[0]
                assert no in html and html.count("LÝ DO") == 2 and "9/QĐ" in html
                assert not [words for words in USE if words in html] and "Bản gốc đọc ở đây" not in html


def page(one: bytes, prefix: str = "") -> str:
    html = Client().post(f"{prefix}/xac-minh/", {"tep": SimpleUploadedFile("a.pdf", one)}).content.decode()
    return html[html.index("<h1") : html.index("</main>")]


def test_what_replaced_a_withdrawn_paper_is_named_with_how_that_stands(
    paper: tuple[Publication, bytes],
) -> None:
    row, data = paper
    newer = factory.publication([], number_text="77/TB-MTTQ-BTT")
    withdraw: dict[str, Any] = {"reason": "Sai", "number": "9/QĐ", "at": AT, "by_label": "A"}
    with time_machine.travel(AT):
        publication.withdraw(publication=row, replaced_by=newer, **withdraw)
        html = page(data[:-1])
        assert newer.address in html and "Thay bằng" in html and "(đã thu hồi)" not in html
        publication.withdraw(publication=newer, **withdraw)
        assert "(đã thu hồi)" in page(data[:-1])


def test_no_answer_about_a_file_alone_sends_to_an_original_that_nobody_knows(
    tmp_path: Path, officer: Mandate, chair: Mandate
) -> None:
    verdict = answer(tmp_path, appended(signed(officer, chair)[1]))
    assert verdict.kind == "changed" and verdict.publication is None and not advises(verdict)
    assert Document.objects.count() == 1
