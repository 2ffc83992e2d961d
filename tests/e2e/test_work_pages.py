"""The workspace without scripts: inbox, dates, mistakes, drafts, requests that print, large files."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from viewflow.workflow.models import Task

from supervision.cases.models import Inquiry, Recommendation
from supervision.demo.world import actor
from tests.e2e.hands import Pointing
from tests.e2e.walk import VIETNAM, Clock, Walk
from tests.files import samples
from workflows.inbox.work_items import take
from workflows.models import WorkingCopy, WorkItem

pytestmark = pytest.mark.tier("all")


@pytest.fixture
def at(live_site: Any, stage: Callable[[str], Any], clock: Clock) -> Callable[[str, int], Any]:
    """`at("asked", -19)`: a supervision at that stage, on that day of it."""

    def start(name: str, offset: int) -> Any:
        driver = stage(name)
        clock.set(driver.day(offset))
        return driver

    return start


@pytest.fixture
def someone(no_script_page: Any, live_site: Any, clock: Clock) -> Walk:
    return Walk(hands=Pointing(no_script_page), site=live_site, clock=clock)


def test_the_inbox_says_what_for_whom_and_how_late_at_320_pixels(
    at: Callable[[str, int], Any], someone: Walk
) -> None:
    at("asked", -2)
    someone.page.set_viewport_size({"width": 320, "height": 800})
    someone.sign_in("daumoi6")
    row = someone.page.locator("ol.gs-work > li")
    assert row.count() == 1
    said = row.inner_text()
    for part in ("Tiếp nhận yêu cầu báo cáo", "GS-MTTQ-24-2026-001", "UBND xã Mẫu Thượng", "Quá hạn", "Hạn"):
        assert part in said, said
    assert re.search(r"Quá hạn \d+ ngày", said)
    assert row.locator(".govuk-button").count() == 1
    assert someone.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_inbox_puts_the_most_urgent_first(at: Callable[[str, int], Any], someone: Walk) -> None:
    at("answered", -9)
    someone.sign_in("canbo1")
    due = [
        dt.datetime.strptime(one, "%d/%m/%Y")
        for one in someone.page.locator(".gs-work__due time").all_inner_texts()
    ]
    assert len(due) == 3
    assert due == sorted(due)


def test_each_state_of_a_deadline_has_words_an_icon_and_a_filter_that_counts_right(
    at: Callable[[str, int], Any], someone: Walk
) -> None:
    driver = at("asked", -12)
    words = {
        "qua-han": "Quá hạn",
        "sap-den": "Còn",
        "dung-han": "Đúng hạn",
        "xin-gia-han": "xin gia hạn",
        "gia-han": "gia hạn",
        "tam-dung": "Tạm dừng",
    }
    items = list(WorkItem.objects.filter(finished_at=None, step="receive_inquiry").order_by("pk"))
    first = items[0]
    own = actor("so-nnmt-24.dau_moi")
    _one_of_each(driver, first)
    for item in WorkItem.objects.filter(finished_at=None, organization=first.organization):
        take(item, actor=own, at=dt.datetime.combine(driver.day(-12), dt.time(9), VIETNAM))
    someone.sign_in("daumoi1")
    pills = someone.page.get_by_label("Lọc theo hạn").get_by_role("link")
    told = [(one.get_attribute("href"), int(one.locator("b").inner_text())) for one in pills.all()]
    assert len(told) == 7
    seen = 0
    for href, count in told[1:]:
        someone.hands.go(f"/viec-cua-toi/{href}")
        chips = someone.page.locator(".gs-work__due .gs-chip")
        assert chips.count() == count, href
        kind = (href or "").rpartition("=")[2]
        for chip in chips.all():
            assert words[kind].lower() in chip.inner_text().lower()
            assert chip.locator("svg").count() == 1
            seen += 1
    assert seen == told[0][1] == 6


def _one_of_each(driver: Any, item: WorkItem) -> None:
    """Beside the item, five copies of it, so that each state of a deadline is there once."""
    from supervision.deadlines import services as deadlines
    from supervision.law.rules import RULES

    on = driver.day(-12)
    moment = dt.datetime.combine(on, dt.time(8, 30), VIETNAM)
    by = actor("mttq-24.truong_doan").mandate

    def clock(days: int) -> Any:
        return deadlines.set_deadline(
            rule="UNIT_ASKED",
            start_on=on - dt.timedelta(days=20),
            start_label=RULES["UNIT_ASKED"].starts,
            at=moment,
            fixed_on=on + dt.timedelta(days=days),
            set_by="Đoàn",
        )

    late, soon, well, asked, extended, paused = (clock(days) for days in (-2, 1, 20, 9, 5, 10))
    deadlines.request_extension(asked, at=moment)
    deadlines.extend(extended, to_on=on + dt.timedelta(days=12), reason="Đối soát", by=by, at=moment)
    deadlines.pause(paused, from_on=on, reason="Hoãn", by=by)
    item.deadline = late
    item.save(update_fields=["deadline"])
    free = Task.objects.filter(work_item__isnull=True).order_by("pk")
    for other, task in zip((soon, well, asked, extended, paused), free[:5], strict=True):
        item.pk, item.public_id, item.task_id, item.deadline = None, f"{other.pk:026d}", task.pk, other
        item._state.adding = True
        item.save()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_fifth_of_march_is_the_fifth_of_march_in_both_languages(
    at: Callable[[str, int], Any], someone: Walk, prefix: str
) -> None:
    driver = at("decided", -25)
    someone.clock.set(dt.date(2026, 2, 2))
    del driver
    someone.sign_in("canbo1")
    item = WorkItem.objects.get(finished_at=None)
    someone.hands.go(f"{prefix}/viec-cua-toi/{item.public_id}/")
    boxes = someone.page.locator("#id_asked_on_0, #id_asked_on_1, #id_asked_on_2")
    labels = someone.page.locator(".govuk-date-input").last.locator("label").all_inner_texts()
    assert labels == (["Ngày", "Tháng", "Năm"] if not prefix else ["Day", "Month", "Year"])
    for box, part in zip(boxes.all(), ("05", "03", "2026"), strict=True):
        box.fill(part)
    someone.hands.press(someone.page.locator("button.govuk-button[name=luu]"))
    assert WorkingCopy.objects.get(item=item).data["asked_on"] == "2026-03-05"
    someone.page.locator("#id_asked_on_0").fill("05/03/2026")  # a whole date pasted into one box
    for n in (1, 2):
        someone.page.locator(f"#id_asked_on_{n}").fill("")
    someone.hands.press(someone.page.locator("button.govuk-button[name=luu]"))
    assert WorkingCopy.objects.get(item=item).data["asked_on"] == "2026-03-05"
    for n, part in enumerate(("31", "02", "2026")):
        someone.page.locator(f"#id_asked_on_{n}").fill(part)
    someone.hands.press(someone.page.locator("form.gs-form button:not([name])").last)
    assert "31/02/2026" in someone.page.inner_text("#loi")


def test_every_mistake_is_named_at_once_and_all_that_was_typed_and_uploaded_stays(
    at: Callable[[str, int], Any], someone: Walk, tmp_path: Path
) -> None:
    driver = at("asked", -18)
    driver.do(-18, "ubnd-24-24m01.dau_moi", "receive_inquiry", driver.inquiry("ubnd-24-24m01"))
    someone.sign_in("daumoi6")
    someone.open_work("draft_response")
    report = tmp_path / "Báo cáo, phụ lục số 1.pdf"
    report.write_bytes(samples.pdf())
    macro, old = tmp_path / "Bảng tính.xlsm", tmp_path / "Biểu mẫu.doc"
    macro.write_bytes(b"x")
    old.write_bytes(b"y")
    someone.page.locator("#id_files").set_input_files([report, macro, old])
    someone.hands.put_all({"difficulties": "Thiếu người", "number_text": "M1/BC-UBND"})
    with someone.page.expect_response(lambda response: response.request.method == "POST") as sent:
        someone.hands.press(someone.page.get_by_role("button", name="Trình lãnh đạo duyệt báo cáo"))
    assert sent.value.status == 422
    assert someone.page.title().startswith("Lỗi: ")
    assert someone.page.url.endswith("#loi")
    errors = someone.page.locator("#loi a")
    assert errors.count() == 3
    summary = someone.page.inner_text("#loi")
    for part in ("Kết quả, số liệu theo đề cương", "Bảng tính.xlsm", "Biểu mẫu.doc"):
        assert part in summary
    for link in errors.all():
        target = someone.page.locator(f"[id='{(link.get_attribute('href') or '')[1:]}']")
        assert target.count() == 1
    assert someone.page.locator("#id_difficulties").input_value() == "Thiếu người"
    assert someone.page.locator("#id_number_text").input_value() == "M1/BC-UBND"
    assert "Báo cáo, phụ lục số 1.pdf" in someone.page.inner_text(".gs-kept")
    someone.page.keyboard.press("Tab")  # the summary is next in order: its first link has the focus
    assert someone.page.evaluate("document.querySelector('#loi').contains(document.activeElement)")
    someone.hands.put_all({"summary": "Đã giải quyết 305 hồ sơ"})
    someone.hands.press(someone.page.get_by_role("button", name="Trình lãnh đạo duyệt báo cáo"))
    response = Inquiry.objects.get(agency__code="ubnd-24-24m01").responses.get()
    assert [file.name for file in response.files.all()] == ["Báo cáo, phụ lục số 1.pdf"]


def test_a_working_copy_is_there_after_the_session_ran_out(
    at: Callable[[str, int], Any], someone: Walk
) -> None:
    driver = at("opened", -33)
    someone.sign_in("canbo1")
    step = someone.open_work("draft_plan")
    someone.hands.put_all({"purpose": "Nắm tình hình cấp Giấy chứng nhận"})
    someone.hands.press(someone.page.get_by_role("button", name="Lưu nháp", exact=True))
    ends = re.search(r"Phiên hết hạn lúc (\d\d):(\d\d)", someone.page.inner_text("header"))
    assert ends and ends[0] == "Phiên hết hạn lúc 20:00"
    someone.clock.set(driver.day(-33), hour=21)
    someone.page.reload()
    assert "/dang-nhap/" in someone.page.url  # the session is over
    someone.hands.fill(someone.page.get_by_label("Tên đăng nhập"), "canbo1")
    someone.hands.fill(someone.page.get_by_label("Mật khẩu", exact=True), settings.DEMO_PASSWORD)
    someone.hands.press(someone.page.locator("main").get_by_role("button", name="Đăng nhập", exact=True))
    assert step.title.vi in someone.page.inner_text("h1")  # back where one was
    assert someone.page.locator("#id_purpose").input_value() == "Nắm tình hình cấp Giấy chứng nhận"


def test_a_request_to_an_agency_prints_on_one_or_two_pages(
    at: Callable[[str, int], Any],
    live_site: Any,
    new_context: Callable[..., Any],
    clock: Clock,
    tmp_path: Path,
) -> None:
    """What is asked, on what basis, until when and why then, contact, files; no menus on paper."""
    driver = at("asked", -18)
    inquiry = driver.inquiry("ubnd-24-24m01")
    page = new_context(base_url=live_site.url).new_page()  # page.pdf() prints with scripts allowed
    walk = Walk(hands=Pointing(page), site=live_site, clock=clock)
    walk.sign_in("daumoi6")
    walk.hands.go(f"/yeu-cau/{inquiry.public_id}/")
    said = page.inner_text("main")
    for part in (
        inquiry.outline.splitlines()[0],
        "Căn cứ",
        "Luật Mặt trận Tổ quốc Việt Nam",
        "Thời hạn",
        "Hạn",
        "Nơi yêu cầu",
    ):
        assert part in said, part
    file = tmp_path / "yeu-cau.pdf"
    file.write_bytes(page.pdf(format="A4"))
    assert samples_pages(file) <= 2
    printed = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True).stdout
    assert "I. Tình hình" in printed
    assert "Đăng xuất" not in printed and "Danh mục làm việc" not in printed


def samples_pages(file: Path) -> int:
    import pikepdf

    with pikepdf.open(file) as document:
        return len(document.pages)


def test_a_reply_is_given_for_each_recommendation_with_reasons_owner_day_and_files(
    at: Callable[[str, int], Any], someone: Walk, tmp_path: Path
) -> None:
    driver = at("recommended", 25)
    row = Recommendation.objects.get(addressee__code="so-nnmt-24")
    driver.do(25, "so-nnmt-24.dau_moi", "receive_recommendation", row)
    someone.sign_in("daumoi1")
    someone.open_work("draft_reply")
    group = someone.page.locator("fieldset", has_text="Ý kiến của cơ quan")
    assert group.get_by_role("radio").count() == 4
    someone.hands.put_all({"verdict": "not_accepted", "text": "Chưa làm được"})
    someone.hands.press(someone.page.get_by_role("button", name="Trình lãnh đạo duyệt trả lời"))
    assert "Giải trình phần không tiếp thu" in someone.page.inner_text("#loi")
    proof = tmp_path / "Quyết định giao việc.pdf"
    proof.write_bytes(samples.pdf(1))
    someone.hands.put_all(
        {
            "verdict": "partly_accepted",
            "reason": "Phần mềm do bộ quản lý",
            "owner": "Phòng Đăng ký đất đai",
            "due_on": driver.day(60),
            "files": proof,
        }
    )
    someone.hands.press(someone.page.get_by_role("button", name="Trình lãnh đạo duyệt trả lời"))
    reply = row.replies.get()
    assert (reply.verdict, reply.owner, reply.due_on) == (
        "partly_accepted",
        "Phòng Đăng ký đất đai",
        driver.day(60),
    )
    assert [file.name for file in reply.files.all()] == ["Quyết định giao việc.pdf"]


def test_twenty_megabytes_over_a_slow_line_arrive_whole(
    at: Callable[[str, int], Any],
    someone: Walk,
    tmp_path: Path,
    measured: Callable[[str, float], None],
) -> None:
    """400 kbit/s take seven minutes, so the line is 100 times quicker here unless SLOW_LINE=1 is set.

    How long it took is kept with the results, not asserted.
    """
    driver = at("asked", -18)
    inquiry = driver.inquiry("ubnd-24-24m01")
    driver.do(-18, "ubnd-24-24m01.dau_moi", "receive_inquiry", inquiry)
    big = tmp_path / "Ảnh chụp hồ sơ giấy.pdf"
    big.write_bytes(_large_pdf(settings.UPLOAD_MAX_BYTES))
    someone.sign_in("daumoi6")
    someone.open_work("draft_response")
    assert "mỗi tệp nhiều nhất 20 MB" in someone.page.inner_text("#id_files_helptext")
    session = someone.page.context.new_cdp_session(someone.page)
    session.send("Network.enable")
    speed = 400_000 / 8 * (1 if os.environ.get("SLOW_LINE") else 100)
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 4, "downloadThroughput": speed, "uploadThroughput": speed},
    )
    someone.hands.put_all({"summary": "Kết quả", "files": big})
    began = time.monotonic()
    someone.page.get_by_role("button", name="Trình lãnh đạo duyệt báo cáo").click(timeout=900_000)
    someone.page.wait_for_url("**/bien-nhan/**", timeout=900_000)
    measured("seconds", round(time.monotonic() - began, 1))
    measured("bytes", big.stat().st_size)
    (file,) = inquiry.responses.get().files.all()
    assert file.name == "Ảnh chụp hồ sơ giấy.pdf"
    assert file.blob.size == big.stat().st_size


def _large_pdf(size: int) -> bytes:
    """A PDF of at most `size` bytes that does not shrink."""
    import io
    import random

    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        noise = random.Random(1).randbytes(size - 5000)
        document.Root.Noise = pikepdf.Stream(document, noise)
        document.save(out, compress_streams=False)
    assert size - 10_000 < out.tell() <= size
    return out.getvalue()


def test_a_table_becomes_a_labelled_stack_on_a_phone(at: Callable[[str, int], Any], someone: Walk) -> None:
    at("asked", -18)
    someone.sign_in("canbo1")
    label = "e => getComputedStyle(e, '::before').content"
    for address in ("/ho-so/", "/van-ban/"):
        someone.hands.go(address)
        cells = someone.page.locator("table.gs-stack tbody td")
        assert cells.count() >= 4
        someone.page.set_viewport_size({"width": 390, "height": 800})
        for cell in cells.all():
            name = cell.get_attribute("data-th")
            assert name and name in cell.evaluate(label)
        assert someone.page.evaluate("document.documentElement.scrollWidth") <= 390
        someone.page.set_viewport_size({"width": 1280, "height": 800})
        assert all(cell.evaluate(label) == "none" for cell in cells.all())
