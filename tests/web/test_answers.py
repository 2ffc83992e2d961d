"""The agency's answers to a criticism: what the clerk writes them beside, what the head sends."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.cases.models import Criticism
from supervision.demo.driver import Driver
from supervision.drafts.models import Remark
from tests.drafts.texts import FEES
from tests.files.samples import pdf
from tests.markup import html_of
from tests.told import Story
from tests.web.test_limits import client_of
from tests.web.test_versions import read
from tests.workflows.test_criticisms import DRAFTER, LEADER, OFFICER, answers, criticism_of

pytestmark = pytest.mark.django_db
C1 = dt.date(2026, 5, 19)
WORD, NUMBER = "Cơ quan cảm ơn các ý kiến", "M77/SNNMT"
STORY = Story("c1", C1, until=9, seen_on=10)


def work(driver: Driver, step: str, tail: str = "") -> str:
    return f"/viec-cua-toi/{driver.item(step, criticism_of(driver)).public_id}/{tail}"


def page(who: str, address: str) -> str:
    return html_of(client_of(who).get(address))


def form_of(driver: Driver) -> str:
    """Return the clerk's form, without what is to be read above it."""
    return page(DRAFTER, work(driver, "draft_answers")).split('<form method="post" action="#loi"')[1]


def typed(driver: Driver, numbers: range) -> dict[str, Any]:
    """Return what the clerk types: an answer to each remark with these numbers, the general word."""
    sent: dict[str, Any] = {"summary": WORD, "number_text": NUMBER, "in_part": "on"}
    for remark in criticism_of(driver).draft.remarks.filter(number__in=numbers):
        prefix = f"answers-{remark.public_id}"
        sent |= {f"{prefix}-verdict": "accepted", f"{prefix}-text": f"Đợt này: {remark.code}"}
    return sent


def answer_first_part(driver: Driver) -> None:
    """Draft and send answers to the first three remarks; the case comes back for the rest."""
    files = {"files": SimpleUploadedFile("cong-van-tra-loi.pdf", pdf())}
    sent = client_of(DRAFTER).post(work(driver, "draft_answers"), typed(driver, range(1, 4)) | files)
    assert sent["Location"].endswith("bien-nhan/")
    driver.do(11, LEADER, "approve_answers", criticism_of(driver), decision="send")
    asked = {"verdict": "returned", "text": "Còn thiếu", "again_on": driver.day(40)}
    again = criticism_of(driver).draft.remarks.filter(number=3)
    driver.do(12, OFFICER, "assess_answers", **asked, again=list(again))


def test_the_head_sees_what_is_sent_on_the_task_and_on_the_check_page(driver: Driver) -> None:
    files = {"files": SimpleUploadedFile("cong-van-tra-loi.pdf", pdf())}
    client_of(DRAFTER).post(work(driver, "draft_answers"), typed(driver, range(1, 4)) | files)
    client_of(LEADER).post(work(driver, "approve_answers"), {"decision": "send"})
    for tail in ("", "kiem-tra/"):
        html = page(LEADER, work(driver, "approve_answers", tail))
        sent = html.split("Sẽ gửi khi được duyệt")[1].split("</section>")[0]
        assert WORD in sent and NUMBER in sent and "cong-van-tra-loi.pdf" in sent, tail
        assert '<details class="gs-explain" open>' in sent and sent.count("Đợt này: YK-0") == 3, tail
        assert "YK-04" not in sent, tail
        assert re.search(r"Sẽ gửi khi được duyệt(?s:.*)Duyệt và gửi\s*</button>", html), tail


def test_new_answers_are_marked_among_those_sent_before(driver: Driver) -> None:
    answer_first_part(driver)
    client_of(DRAFTER).post(work(driver, "draft_answers"), typed(driver, range(3, 5)))
    html = page(LEADER, work(driver, "approve_answers"))
    sent, table = html.split("Sẽ gửi khi được duyệt")[1].split("Bảng ý kiến")
    assert "YK-03" in sent and "YK-04" in sent and "YK-01" not in sent
    assert table.count("(mới, chưa gửi)") == 2
    assert "mới, chưa gửi" not in page(OFFICER, f"/phan-bien/{criticism_of(driver).public_id}/")
    assert "mới, chưa gửi" in page(LEADER, f"/phan-bien/{criticism_of(driver).public_id}/bang/")


def test_of_hundreds_of_new_answers_the_first_are_shown_and_the_way_to_all(driver: Driver) -> None:
    row = criticism_of(driver)
    version = row.draft.versions.get()
    Remark.objects.bulk_create(
        Remark(draft=row.draft, version=version, number=n, text=f"Ý kiến {n}", author="people", by=version.by,
               at=version.at)
        for n in range(13, 113)
    )  # fmt: skip
    driver.do(20, DRAFTER, "draft_answers", row, **answers(driver))
    html = page(LEADER, work(driver, "approve_answers"))
    sent = html.split("Sẽ gửi khi được duyệt")[1].split("</section>")[0]
    assert "112 câu trả lời mới" in sent and sent.count("(mới, chưa gửi)") == 50
    assert f'href="/phan-bien/{row.public_id}/bang/"' in sent


def test_a_new_round_has_its_own_word_number_and_papers(driver: Driver) -> None:
    answer_first_part(driver)
    form = form_of(driver)
    assert WORD not in form and NUMBER not in form and "cong-van-tra-loi.pdf" not in form
    assert "checked" not in form.split('name="in_part"')[1].split(">")[0]
    assert "Đợt này: YK-03</textarea>" in form  # what is answered again begins with the answer given


def test_what_was_returned_is_mended_with_all_that_was_typed(driver: Driver) -> None:
    client_of(DRAFTER).post(work(driver, "draft_answers"), typed(driver, range(1, 4)))
    driver.do(11, LEADER, "approve_answers", criticism_of(driver), decision="return", reason="Ghi rõ điều")
    form = form_of(driver)
    assert WORD in form and NUMBER in form and "Đợt này: YK-01</textarea>" in form
    assert "checked" in form.split('name="in_part"')[1].split(">")[0]


def test_each_answer_is_written_beside_the_clause_it_is_about(driver: Driver) -> None:
    row = criticism_of(driver)
    Remark.objects.filter(draft=row.draft).update(provision="", node="")
    Remark.objects.filter(draft=row.draft, number=1).update(provision="khoản 2 Điều 2")
    read(row, FEES)
    address = work(driver, "draft_answers")
    first, others = form_of(driver).split(">YK-02")
    assert "2. Hộ nghèo được giảm một nửa." in first and "giảm một nửa" not in others
    clerk = client_of(DRAFTER)
    with CaptureQueriesContext(connection) as one:
        clerk.get(address)
    Remark.objects.filter(draft=row.draft).update(node="dieu-2-khoan-2")
    with CaptureQueriesContext(connection) as many:
        clerk.get(address)
    assert len(many) == len(one)


def test_a_long_article_is_folded_above_its_remark(driver: Driver) -> None:
    row = criticism_of(driver)
    Remark.objects.filter(draft=row.draft).update(provision="Điều 2", node="")
    read(row, FEES.replace("được giảm một nửa", "được giảm một nửa " + "theo quy định " * 60))
    one = form_of(driver).split(">YK-02")[0]
    assert one.index("<details") < one.index("theo quy định") < one.index("</details>")


def test_an_empty_form_asks_for_an_answer(driver: Driver) -> None:
    answer = client_of(DRAFTER).post(work(driver, "draft_answers"), {"summary": WORD})
    assert answer.status_code == 422 and "Trả lời ít nhất một ý kiến." in html_of(answer)
    assert Criticism.objects.get().draft.rounds.count() == 0


def test_whoever_is_second_reads_each_answer_under_its_remark(driver: Driver) -> None:
    address = work(driver, "draft_answers")
    clerk = client_of(DRAFTER)
    driver.do(10, DRAFTER, "draft_answers", criticism_of(driver), **answers(driver))
    late = clerk.post(address, typed(driver, range(2, 4)))
    said = html_of(late).split('id="da-nhap"')[1]
    assert late.status_code == 409 and said.count("<strong>YK-02: ") == said.count("<strong>YK-03: ") == 2
    assert "Đợt này: YK-02" in said and '<p lang="vi">Tiếp thu</p>' in said and NUMBER in said


def test_two_windows_read_the_answers_of_the_other_under_their_codes(driver: Driver) -> None:
    address, clerk = work(driver, "draft_answers"), client_of(DRAFTER)
    clerk.post(address, typed(driver, range(1, 3)) | {"edition": "", "luu": "1"})
    other = clerk.post(address, typed(driver, range(3, 5)) | {"edition": "", "luu": "1"})
    saved, form = html_of(other).split('id="ban-da-luu"')[1].split("<form ", 1)
    assert other.status_code == 409 and "YK-01: " in saved and "Đợt này: YK-02" in saved
    assert "Đợt này: YK-03</textarea>" in form and "Đợt này: YK-01</textarea>" not in form
