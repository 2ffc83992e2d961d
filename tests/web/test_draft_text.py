"""The draft of a criticism as a text: read, shown with anchors, mended; remarks hold their provisions."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from supervision.cases.models import Criticism
from supervision.demo.driver import Driver
from supervision.drafts.models import DraftText, Remark
from supervision.drafts.services import newest_version
from supervision.drafts.texts import provisions_of
from supervision.files.services import store
from tests.drafts.texts import FEES
from tests.files import samples
from tests.markup import html_of
from tests.owner import guards_off
from tests.told import Story
from tests.web.test_limits import client_of, queries

pytestmark = pytest.mark.django_db
C1 = dt.date(2026, 5, 19)
OFFICER, AGENCY, STRANGER = "mttq-24.can_bo_1", "so-nnmt-24.dau_moi", "phn-24.can_bo"
STORY = Story("c1", C1, until=-13, seen_on=0)


@pytest.fixture
def address(driver: Driver) -> str:
    row = Criticism.objects.get(case=driver.case)
    return f"/phan-bien/{row.public_id}/du-thao/"


def read(address: str, text: str = FEES) -> int:
    answer = client_of(OFFICER).post(f"{address}doc/", {"source": "dan", "pasted": text})
    return answer.status_code


def lines_of(address: str, number: int) -> tuple[str, str]:
    html = html_of(client_of(OFFICER).get(f"{address}sua/{number}/"))
    lines = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", html, re.S)
    edition = re.search(r'name="edition" value="(\d+)"', html)
    assert lines and edition
    return lines[1], edition[1]


def test_a_draft_that_was_pasted_is_shown_with_an_anchor_for_each_provision(address: str) -> None:
    assert "Đọc dự thảo thành điều, khoản" in html_of(client_of(OFFICER).get(address))
    assert read(address) == 302
    html = html_of(client_of(OFFICER).get(address))
    for anchor in ("chuong-1", "dieu-2", "dieu-2-khoan-1", "dieu-2-khoan-1-diem-b", "phu-luc-1"):
        assert f'id="{anchor}"' in html
    assert "Hộ nghèo được giảm một nửa." in html


HTML = "<html><body>" + "".join(f"<p>{line}</p>" for line in FEES.splitlines()) + "</body></html>"


@pytest.mark.parametrize(("name", "text"), [("du-thao.txt", FEES), ("du-thao.md", FEES), ("a.html", HTML)])
def test_a_draft_is_read_from_a_file_on_the_machine(address: str, name: str, text: str) -> None:
    file = SimpleUploadedFile(name, text.encode())
    answer = client_of(OFFICER).post(f"{address}doc/", {"source": "tep", "own": file})
    assert answer.status_code == 302
    assert 'id="dieu-2-khoan-1-diem-b"' in html_of(client_of(OFFICER).get(address))


def test_a_file_that_is_missing_or_cannot_be_read_is_told_beside_its_field(address: str) -> None:
    missing = client_of(OFFICER).post(f"{address}doc/", {"source": "tep"})
    assert missing.status_code == 422 and "Chọn tệp dự thảo." in html_of(missing)
    image = SimpleUploadedFile("anh.png", b"x")
    other = client_of(OFFICER).post(f"{address}doc/", {"source": "tep", "own": image})
    assert other.status_code == 422 and "DOCX, PDF, HTML, MD hoặc TXT" in html_of(other)


def test_a_paste_of_megabytes_is_refused_in_words(address: str) -> None:
    pasted = urlencode({"source": "dan", "pasted": "a" * 3 * 1024**2})
    answer = client_of(OFFICER).post(
        f"{address}doc/", pasted, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 413 and "dài quá 2 MB" in html_of(answer)


def test_what_cannot_be_read_is_told_and_what_was_pasted_stays(address: str) -> None:
    answer = client_of(OFFICER).post(f"{address}doc/", {"source": "dan", "pasted": "Kính gửi các đồng chí"})
    assert answer.status_code == 422
    assert "Không thấy điều, mục hay khoản nào" in html_of(answer)
    assert "Kính gửi các đồng chí</textarea>" in html_of(answer)
    assert not DraftText.objects.exists()


def test_a_file_of_the_draft_is_read_in_a_child_process(address: str, driver: Driver) -> None:
    """The draft of the story came as a Word file: one click reads it; a file that cannot be read says why."""
    version = Criticism.objects.get(case=driver.case).draft.versions.get()
    file = version.files.get()
    html = html_of(client_of(OFFICER).get(f"{address}doc/"))
    assert file.name in html
    assert client_of(OFFICER).post(f"{address}doc/", {"source": file.public_id}).status_code == 302
    assert DraftText.objects.get().source == file
    assert 'id="dieu-5-khoan-2"' in html_of(client_of(OFFICER).get(address))
    scan = store(SimpleUploadedFile("ban-quet.pdf", samples.pdf()), by=version.by, at=driver.at(0))
    with guards_off():  # the files of a draft that was sent stay otherwise
        version.files.add(scan)
    answer = client_of(OFFICER).post(f"{address}doc/", {"source": scan.public_id})
    assert answer.status_code == 422
    assert "hãy gửi bản Word" in html_of(answer).lower().replace("gửi bản word", "gửi bản Word")


def test_a_piece_is_mended_line_by_line(address: str) -> None:
    read(address, FEES.replace("2. Hộ nghèo được giảm một nửa.", "Hộ nghèo được giảm một nửa."))
    assert 'id="dieu-2-khoan-2"' not in html_of(client_of(OFFICER).get(address))
    lines, edition = lines_of(address, 3)
    assert lines.startswith("Điều 2. Mức chi trả")
    mended = lines.replace("Hộ nghèo được", "2. Hộ nghèo được")
    answer = client_of(OFFICER).post(f"{address}sua/3/", {"lines": mended, "edition": edition})
    assert answer.status_code == 302
    assert 'id="dieu-2-khoan-2"' in html_of(client_of(OFFICER).get(address))
    late = client_of(OFFICER).post(f"{address}sua/3/", {"lines": "Điều 2. Khác", "edition": edition})
    assert late.status_code == 409
    assert "Điều 2. Khác" in html_of(late)  # what was typed is not lost


def test_a_reading_that_was_rolled_back_is_never_shown(address: str) -> None:
    """The next reading has its number, and not its words."""
    read(address)
    draft = Criticism.objects.get().draft
    with transaction.atomic():
        read(address, FEES.replace("giảm một nửa", "giảm hết"))
        assert "giảm hết" in provisions_of(newest_version(draft))["dieu-2-khoan-2"].text
        transaction.set_rollback(True)
    read(address, FEES.replace("giảm một nửa", "giảm một phần ba"))
    assert "giảm một phần ba" in provisions_of(newest_version(draft))["dieu-2-khoan-2"].text


def test_remarks_find_their_provision_and_hold_it(address: str, driver: Driver) -> None:
    """Whoever mends or reads the text again cannot pull a provision from under a remark."""
    read(address)
    draft = Criticism.objects.get(case=driver.case).draft
    version, mandate = draft.versions.get(), draft.versions.get().by
    Remark.objects.create(
        draft=draft, version=version, number=1, provision="khoản 2 Điều 2", text="Nên giảm hết",
        author="front", by=mandate, at=driver.at(0),
    )  # fmt: skip
    assert read(address) == 302
    assert Remark.objects.get().node == "dieu-2-khoan-2"
    html = html_of(client_of(OFFICER).get(address))
    assert "1 ý kiến" in html
    lines, edition = lines_of(address, 3)
    without = lines.replace("2. Hộ nghèo", "Hộ nghèo")
    answer = client_of(OFFICER).post(f"{address}sua/3/", {"lines": without, "edition": edition})
    assert answer.status_code == 422
    assert "Đang có ý kiến về khoản 2 Điều 2" in html_of(answer)
    assert read(address, FEES.replace("2. Hộ nghèo", "Hộ nghèo")) == 422


def test_only_the_chairing_body_prepares_the_text(address: str) -> None:
    read(address)
    for path in ("doc/", "sua/1/"):
        assert client_of(STRANGER).get(f"{address}{path}").status_code == 404
    assert client_of(STRANGER).get(address).status_code == 404
    assert client_of(AGENCY).get(address).status_code == 404  # nothing was sent to it yet


def test_a_long_text_costs_as_many_queries_as_a_short_one(address: str) -> None:
    read(address)
    few = queries(client_of(OFFICER), address)
    articles = "".join(f"Điều {n}. Tên\n1. Một.\n2. Hai:\na) Ba;\nb) Bốn.\n\n" for n in range(4, 204))
    read(address, FEES.replace("PHỤ LỤC I", f"{articles}PHỤ LỤC I"))
    assert queries(client_of(OFFICER), address) == few


def test_a_text_longer_than_any_law_gets_a_plain_answer(address: str) -> None:
    lines = "".join(f"Điều {n}. Tên\n1. Một.\n2. Hai.\n" for n in range(1, 7000))
    answer = client_of(OFFICER).post(f"{address}doc/", {"source": "dan", "pasted": lines})
    assert answer.status_code == 422
    assert "hãy tách ra" in html_of(answer)
    assert not DraftText.objects.exists()


SLIP = FEES.replace("2. Hộ nghèo được", "1. Hộ nghèo được")


def test_a_doubt_stands_at_its_place_and_is_mended_there(address: str) -> None:
    read(address, SLIP)
    html = html_of(client_of(OFFICER).get(address))
    line, doubt = "1. Hộ nghèo được giảm một nửa.", 'id="xem-1"'
    assert html.index(line) < html.index(doubt) < html.index("Điều 3. Hiệu lực")
    words = "đang là lời văn của Điều 2 khoản 1 điểm b"
    assert 'href="#xem-1"' in html and words in html
    (number,) = re.findall(r'du-thao/sua/(\d+)/"', html[html.index(doubt) : html.index("Điều 3. Hiệu lực")])
    piece = f"sua/{number}/"
    lines, edition = lines_of(address, int(number))
    assert words in html_of(client_of(OFFICER).get(address + piece))
    mended = lines.replace("&gt; 1. Hộ nghèo", "2. Hộ nghèo")
    assert client_of(OFFICER).post(address + piece, {"lines": mended, "edition": edition}).status_code == 302
    assert "Nên xem lại" not in html_of(client_of(OFFICER).get(address))


def test_a_doubt_that_is_unfounded_is_put_away_and_stays_away(address: str) -> None:
    read(address, SLIP)
    html = html_of(client_of(OFFICER).get(address))
    (key,) = re.findall(r'name="doubt" value="(\w+)"', html)
    send = {"doubt": key, "edition": DraftText.objects.get().edition}
    assert client_of(AGENCY).post(f"{address}da-xem/", send).status_code in (403, 404)
    assert client_of(OFFICER).post(f"{address}da-xem/", send | {"edition": "x"}).status_code == 409
    assert client_of(OFFICER).post(f"{address}da-xem/", send | {"doubt": "x"}).status_code == 409
    assert client_of(OFFICER).post(f"{address}da-xem/", send).status_code == 302
    html = html_of(client_of(OFFICER).get(address))
    assert "Nên xem lại" not in html and "1. Hộ nghèo được giảm một nửa." in html
    lines, edition = lines_of(address, 4)
    client_of(OFFICER).post(
        f"{address}sua/4/", {"lines": lines.replace("ban hành", "ký"), "edition": edition}
    )
    read(address, SLIP)
    assert "Nên xem lại" not in html_of(client_of(OFFICER).get(address))
    assert client_of(OFFICER).post(f"{address}da-xem/", send).status_code == 409


def test_nobody_else_sees_the_doubts(address: str) -> None:
    read(address, SLIP)
    for login in (AGENCY, STRANGER):
        assert "Nên xem lại" not in html_of(client_of(login).get(address))


def test_a_text_of_slips_is_told_to_be_misread_as_a_whole(address: str) -> None:
    read(address, "Điều 1. A\n1. Một.\n" + "1. Một.\n" * 300)
    html = html_of(client_of(OFFICER).get(address))
    assert html.count('class="gs-doubt"') == 200 and "có lẽ tệp được đọc sai cả" in html
