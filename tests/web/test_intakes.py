"""Remarks collected on paper or by mail: a file is sent in, its good rows are kept, the others told of."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections import Counter
from email.message import EmailMessage
from typing import Any

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from supervision.audit.models import Event
from supervision.cases.models import Criticism
from supervision.demo.driver import Driver
from supervision.drafts.models import Call, Contribution, Intake, Remark
from supervision.drafts.taking.intake import forget_failed
from supervision.files.models import Attachment
from tests.files import samples
from tests.markup import html_of
from tests.web.test_contributions import FARMERS, OFFICER, STORY, WOMEN, ask, moderate, row
from tests.web.test_limits import client_of

__all__ = ["STORY", "row"]
pytestmark = pytest.mark.django_db
HEADING = ["STT", "Điều khoản", "Ý kiến", "Của ai", "Tên tổ chức", "Số phiếu"]


@pytest.fixture
def call(row: Criticism) -> Call:
    return ask(row)


def xlsx(*rows: list[Any], heading: list[str] = HEADING) -> bytes:
    book = openpyxl.Workbook()
    for one in (heading, *rows):
        book.active.append(one)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def address(row: Criticism, more: str = "") -> str:
    return f"/phan-bien/{row.public_id}/gop-y/nhap/{more}"


def post(row: Criticism, *files: tuple[str, bytes], client: Client | None = None, **ticks: str) -> Any:
    uploads = [SimpleUploadedFile(name, data) for name, data in files]
    return (client or client_of(OFFICER)).post(address(row), {"upload": uploads, **ticks})


def take_in(row: Criticism, *files: tuple[str, bytes], **ticks: str) -> Intake:
    answer = post(row, *files, **ticks)
    assert answer.status_code == 302, html_of(answer)
    return Intake.objects.get(public_id=answer["Location"].strip("/").rpartition("/")[2])


def counts(intake: Intake) -> tuple[int, int, int]:
    return intake.taken, len(intake.known), intake.failed_count


def report(row: Criticism, intake: Intake) -> str:
    answer = client_of(OFFICER).get(address(row, f"{intake.public_id}/"))
    assert answer.status_code == 200
    return html_of(answer)


def refusal(row: Criticism, *files: tuple[str, bytes]) -> str:
    answer = post(row, *files)
    assert answer.status_code == 422
    assert not Contribution.objects.exists() and not Intake.objects.exists()
    return html_of(answer)


# -- a spreadsheet -----------------------------------------------------------------------------


def test_good_rows_are_kept_and_wait_and_each_that_failed_is_told_with_its_reason(
    row: Criticism, call: Call
) -> None:
    intake = take_in(
        row,
        (
            "Phiếu xã Mẫu.xlsx",
            xlsx(
                [1, "khoản 2 Điều 2", "Nên giảm hết", "người dân", "Nguyễn Văn Mẫu", "P-01"],
                [2, "Điều 99", "Bỏ điều này"],
                [3, "Điều 1", None, "cơ quan"],
                [4, "Điều 2, Điều 3", "Gộp lại"],
                [5, "Bảng giá", "Quá cao"],
                [6, "Điều 1", "Rõ hơn", "người lạ"],
                [7, None, "Nên ban hành sớm", "Hội Nông dân xã Mẫu"],
                [8, "Điều 1", "x" * 10_001],
            ),
        ),
    )
    assert counts(intake) == (2, 0, 6)
    first, second = Contribution.objects.order_by("pk")
    assert (first.node, first.provision, first.text) == ("dieu-2-khoan-2", "khoản 2 Điều 2", "Nên giảm hết")
    assert (first.author, first.author_name, first.slip) == ("people", "Nguyễn Văn Mẫu", "P-01")
    assert (first.channel, first.state, first.intake) == ("sheet", "waiting", intake)
    assert (second.node, second.author, second.author_name) == ("", "union", "Hội Nông dân xã Mẫu")
    assert {one["number"]: one["why"] for one in intake.failed} == {
        3: "provision", 4: "empty", 5: "several", 6: "unclear", 7: "author", 9: "long",
    }  # fmt: skip
    html = report(row, intake)
    for said in (
        "Đã nhận 2 góp ý.",
        "6 dòng chưa nhận được.",
        "Dòng 3",
        "Dự thảo không có Điều 99.",
        "Bỏ điều này",
    ):
        assert said in html
    assert "x" * 301 not in html


def test_rows_that_failed_are_downloaded_mended_and_sent_again(row: Criticism, call: Call) -> None:
    sent = xlsx([1, "Điều 1", "Rõ hơn"], [2, "Điều 99", "Bỏ điều này"])
    first = take_in(row, ("phiếu.xlsx", sent))
    for extension in ("csv", "xlsx"):
        answer = client_of(OFFICER).get(address(row, f"{first.public_id}/chua-nhan.{extension}"))
        assert answer["Content-Disposition"] == f'attachment; filename="dong-chua-nhan.{extension}"'
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert [cell.value for cell in book.worksheets[0][2]][-2:] == ["3 (Sheet)", "Dự thảo không có Điều 99."]
    book.worksheets[0]["B2"] = "Điều 3"
    out = io.BytesIO()
    book.save(out)
    assert counts(take_in(row, ("sửa.xlsx", out.getvalue()))) == (1, 0, 0)
    assert [one.text for one in Contribution.objects.order_by("pk")] == ["Rõ hơn", "Bỏ điều này"]
    whole = xlsx([1, "Điều 1", "Rõ hơn"], [2, "Điều 3", "Bỏ điều này"])
    assert counts(take_in(row, ("cả tệp.xlsx", whole))) == (0, 2, 0)


def test_the_same_file_sent_again_adds_nothing_and_says_so(row: Criticism, call: Call) -> None:
    sent = xlsx([1, "Điều 1", "Rõ hơn"], [2, "Điều 3", "Lùi lại"])
    take_in(row, ("phiếu.xlsx", sent))
    again = take_in(row, ("phiếu.xlsx", sent))
    assert counts(again) == (0, 2, 0)
    assert "2 dòng hoặc thư đã được nhận rồi" in report(row, again)
    assert Contribution.objects.count() == 2


def test_two_papers_with_the_same_text_in_one_file_count_twice(row: Criticism, call: Call) -> None:
    one = [None, "Điều 1", "Rõ hơn"]
    assert counts(take_in(row, ("hai.xlsx", xlsx(one, one)))) == (2, 0, 0)
    assert counts(take_in(row, ("hai.xlsx", xlsx(one, one)))) == (0, 2, 0)
    assert counts(take_in(row, ("ba.xlsx", xlsx(one, one, one)))) == (1, 2, 0)


def test_papers_of_another_place_with_the_same_text_count_when_the_official_says_so(
    row: Criticism, call: Call
) -> None:
    one, other = [None, "Điều 1", "Rõ hơn"], [None, "Điều 1", "Của riêng xã này"]
    take_in(row, ("xã A.xlsx", xlsx(one)))
    there = ("xã B.xlsx", xlsx(other, one))
    assert counts(take_in(row, there)) == (1, 1, 0)
    assert counts(take_in(row, there, is_apart="on")) == (1, 1, 0)  # what this file brought is not doubled
    assert counts(take_in(row, there, is_apart="on")) == (0, 2, 0)
    slips = [[None, "Điều 1", "Rõ hơn", None, None, f"P-{n}"] for n in range(3)]
    assert counts(take_in(row, ("có số phiếu.xlsx", xlsx(*slips)))) == (3, 0, 0)


def test_papers_go_into_the_table_at_once_where_the_official_says_so(row: Criticism, call: Call) -> None:
    same = [None, "khoản 2 Điều 2", "Nên giảm hết"]
    intake = take_in(row, ("phiếu.xlsx", xlsx(same, same, [None, "Điều 1", "Rõ hơn"])), in_table="on")
    assert intake.in_table
    assert [(one.number, one.text) for one in Remark.objects.order_by("number")] == [
        (1, "Nên giảm hết"), (2, "Rõ hơn"),
    ]  # fmt: skip
    assert Remark.objects.get(number=1).contributions.count() == 2
    assert "Góp ý đã ở trong bảng ý kiến." in report(row, intake)


def test_what_was_typed_from_paper_is_moderated_as_the_others(row: Criticism, call: Call) -> None:
    take_in(row, ("phiếu.xlsx", xlsx([None, "Điều 1", "Rõ hơn"])))
    assert moderate(row, [Contribution.objects.get().pk], lam="nhan") == 302
    assert Remark.objects.get().whose == "người dân, đối tượng chịu tác động"


def test_papers_are_typed_also_after_the_last_day_until_the_document_is_out(
    row: Criticism, call: Call, driver: Driver
) -> None:
    with time_machine.travel(driver.at(10), tick=True):
        assert take_in(row, ("muộn.xlsx", xlsx([None, "Điều 1", "Rõ hơn"]))).taken == 1
        Criticism.objects.update(state=Criticism.State.SENT)
        assert post(row, ("quá muộn.xlsx", xlsx([None, "Điều 1", "Nữa"]))).status_code == 409
    assert Contribution.objects.count() == 1


def test_an_import_is_one_event_of_the_case(row: Criticism, call: Call) -> None:
    said = Event.objects.exclude(action="signin.done")
    before = said.count()
    take_in(row, ("phiếu.xlsx", xlsx([None, "Điều 1", "Rõ hơn"], [None, "Điều 99", "Bỏ"])), in_table="on")
    (event,) = said.order_by("pk")[before:]
    assert event.action == "contributions.imported"
    assert (event.data["count"], event.data["failed"], event.data["in_table"]) == (1, 1, True)
    html = html_of(client_of(OFFICER).get(f"/ho-so/{row.case.public_id}/"))
    assert "Nhập 1 góp ý thu trên giấy, qua thư" in html


#: PostgreSQL reads long answers through a cursor, which has another name each time.
_CURSOR = re.compile(r"_django_curs_\w+")


def statements(row: Criticism, count: int) -> Counter[str]:
    """Return the statements of an import, chunks of one that writes counted once."""
    rows = [[n, "khoản 2 Điều 2", f"Ý kiến thứ {n} trong {count}"] for n in range(count)]
    client, data = client_of(OFFICER), xlsx(*rows, [None, "Điều 99", "Bỏ"])
    client.get(address(row))
    with CaptureQueriesContext(connection) as seen:
        assert post(row, ("phiếu.xlsx", data), client=client, in_table="on").status_code == 302
    asked = [_CURSOR.sub("cursor", one["sql"]) for one in seen.captured_queries]
    kinds = [sql[:60] for sql in asked if not sql.startswith(("SAVEPOINT", "RELEASE"))]
    again = zip(["", *kinds], kinds, strict=False)
    return Counter(kind for before, kind in again if kind != before or kind.startswith("SELECT"))


def test_an_import_asks_as_often_for_a_thousand_rows_as_for_ten(row: Criticism, call: Call) -> None:
    statements(row, 1)
    few, many = statements(row, 10), statements(row, 1_000)
    assert few == many
    assert sum(few.values()) < 40


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("thư.msg", b"\xd0\xcf\x11\xe0", "chọn Tải xuống, dạng EML"),
        ("cũ.xls", b"\xd0\xcf\x11\xe0", "lưu thành .xlsx"),
        ("bảng.ods", b"PK", "lưu thành .xlsx"),
        ("phiếu.pdf", samples.pdf(), "không thuộc loại được đọc"),
        ("bảng.xlsx", b"PK\x03\x04 broken", "bị hỏng, không mở được"),
        ("bảng.xlsx", xlsx(heading=["Tên", "Tuổi"]), "Không thấy dòng tiêu đề có cột “Ý kiến”"),
        ("bảng.csv", b"", "không có nội dung"),
        ("bảng.csv", "§iÒu kho¶n;ý kiÕn\n§iÒu 5;§Ò nghÞ gi¶m".encode("latin-1"), "TCVN3, VNI"),
        ("hộp.mbox", b"no mails", "không phải hộp thư .mbox"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_read_is_refused_in_plain_words(
    row: Criticism, call: Call, name: str, data: bytes, said: str
) -> None:
    assert said in refusal(row, (name, data))


def test_one_spreadsheet_at_a_time(row: Criticism, call: Call) -> None:
    one = xlsx([None, "Điều 1", "Rõ hơn"])
    assert "Mỗi lần chỉ gửi một bảng tính" in refusal(row, ("a.xlsx", one), ("b.xlsx", one))
    assert "Chọn tệp cần nhập." in refusal(row)


# -- mails -------------------------------------------------------------------------------------


def eml(
    text: str, subject: str = "Góp ý Điều 2 khoản 2", *attached: tuple[str, bytes], number: str = "1"
) -> bytes:
    made = EmailMessage()
    made["From"] = "Nguyễn Văn Mẫu <mau@example.vn>"
    made["Subject"], made["Message-ID"] = subject, f"<{number}@example.vn>"
    made.set_content(text)
    for name, data in attached:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def test_mails_become_contributions_that_wait_and_their_senders_are_known_to_the_chair_alone(
    row: Criticism, call: Call
) -> None:
    intake = take_in(
        row,
        (
            "một.eml",
            eml("Nên giảm hết.", "Góp ý Điều 2 khoản 2", ("đơn.pdf", samples.pdf()), ("a.exe", b"MZ")),
        ),
        ("hai.eml", eml("Tôi ủng hộ.", "Góp ý dự thảo", number="2")),
        ("ba.eml", eml("Bỏ đi.", "Góp ý Điều 99", number="3")),
        ("bốn.eml", eml("", "Gửi ban", ("scan.pdf", samples.pdf()), number="4")),
    )
    assert counts(intake) == (2, 0, 2)
    first, second = Contribution.objects.order_by("pk")
    assert (first.channel, first.node, first.author_name) == ("mail", "dieu-2-khoan-2", "Nguyễn Văn Mẫu")
    assert (second.node, second.text, second.files.count()) == ("", "Tôi ủng hộ.", 0)
    kept = first.files.get()
    assert (kept.name, kept.is_private, kept.uploaded_by) == ("đơn.pdf", True, first.by)
    assert Attachment.objects.filter(is_private=True).count() == 1  # none of a mail that failed
    html = report(row, intake)
    assert "Tệp “a.exe” không thuộc loại được nhận" in html
    assert "Dự thảo không có Điều 99." in html and "Thiếu ý kiến." in html
    assert moderate(row, [first.pk], lam="nhan") == 302
    assert Remark.objects.get().author_name == ""


def test_mails_sent_again_add_nothing_and_keep_no_file_twice(row: Criticism, call: Call) -> None:
    one = eml("Nên giảm hết.", "Góp ý Điều 2", ("đơn.pdf", samples.pdf()))
    take_in(row, ("một.eml", one))
    before = Attachment.objects.count()
    mbox = b"From a@x.vn Mon May 18 09:00:00 2026\n" + one + b"\nFrom a@x.vn Mon May 18 09:00:00 2026\n" + one
    assert counts(take_in(row, ("hộp.mbox", mbox))) == (0, 2, 0)
    assert (Contribution.objects.count(), Attachment.objects.count()) == (1, before)


# -- who, and what is kept -----------------------------------------------------------------------


def test_only_the_chairing_body_imports_and_only_while_it_asks(row: Criticism) -> None:
    assert client_of(OFFICER).get(address(row)).status_code == 404  # nobody was asked yet
    ask(row)
    intake = take_in(row, ("phiếu.xlsx", xlsx([None, "Điều 99", "Bỏ"])))
    places = ("", "mau.xlsx", f"{intake.public_id}/", f"{intake.public_id}/chua-nhan.csv")
    for more in places:
        assert client_of(OFFICER).get(address(row, more)).status_code == 200
        for stranger in (WOMEN, FARMERS):
            assert client_of(stranger).get(address(row, more)).status_code == 404
    assert client_of(OFFICER).get(address(row, f"{intake.public_id}/chua-nhan.exe")).status_code == 404
    assert client_of(OFFICER).get(address(row, "khong-co/")).status_code == 404


def test_the_template_filled_in_is_taken_in(row: Criticism, call: Call) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client_of(OFFICER).get(address(row, "mau.xlsx")).content))
    book.worksheets[0].append([1, None, 2, 2, None, "Nên giảm hết", None, None, "chuyên gia"])
    out = io.BytesIO()
    book.save(out)
    assert counts(take_in(row, ("mau-gop-y.xlsx", out.getvalue()))) == (1, 0, 0)
    assert Contribution.objects.get().node == "dieu-2-khoan-2"


def test_rows_that_failed_are_forgotten_after_their_time_and_the_report_says_so(
    row: Criticism, call: Call
) -> None:
    intake = take_in(row, ("phiếu.xlsx", xlsx([None, "Điều 99", "Bỏ"])))
    assert forget_failed(before=intake.at) == 0
    assert forget_failed(before=intake.at + dt.timedelta(seconds=1)) == 1
    assert "chỉ giữ một tháng và đã được xóa" in report(row, intake)
