"""A file with contributions is sent in with scripts off: the report, on a phone and on a desk."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from supervision.cases.models import Criticism
from supervision.drafts.models import Contribution
from tests.drafts.texts import FEES
from tests.e2e.hands import Pointing
from tests.e2e.walk import Clock, Walk
from tests.pages import PageStore
from tests.told import tell
from tests.web.test_contributions import C1, OFFICER, ask
from tests.web.test_limits import client_of

pytestmark = pytest.mark.tier("all")

ROWS = (
    ["STT", "Điều khoản", "Ý kiến", "Của ai", "Tên tổ chức"],
    [1, "khoản 2 Điều 2", "Nên giảm hết cho hộ nghèo.", "người dân", "Nguyễn Văn Mẫu"],
    [2, "Điều 99", "Bỏ điều này vì trùng với nghị quyết cũ.", "người dân", None],
    [3, "Điều 1", None, "cơ quan", "Sở Mẫu"],
    [None, "Tổng cộng", 3, None, None],
)


@pytest.fixture
def call(live_site: Any, clock: Clock) -> Any:
    told = tell("c1", C1, until=-13)
    clock.set(told.day(0))
    row = Criticism.objects.get(case=told.case)
    client_of(OFFICER).post(f"/phan-bien/{row.public_id}/du-thao/doc/", {"source": "dan", "pasted": FEES})
    return ask(row)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_spreadsheet_is_sent_in_and_the_rows_that_failed_are_read_and_fetched(
    call: Any,
    new_context: Callable[..., Any],
    live_site: Any,
    clock: Clock,
    pages: PageStore,
    tmp_path: Path,
    width: int,
) -> None:
    context = new_context(java_script_enabled=False, base_url=live_site.url)
    someone = Walk(hands=Pointing(context.new_page()), site=live_site, clock=clock)
    page = someone.page
    page.set_viewport_size({"width": width, "height": 800})
    someone.sign_in("canbo1")
    criticism = Criticism.objects.get(draft=call.draft)
    someone.hands.go(f"/phan-bien/{criticism.public_id}/gop-y/")
    someone.hands.press(page.get_by_role("link", name="Nhập góp ý thu trên giấy, qua thư"))
    pages.keep(page, "the form")
    someone.hands.press(page.get_by_role("button", name="Nhập góp ý trong tệp"))
    assert "Chọn tệp cần nhập." in page.locator("main").inner_text()
    pages.keep(page, "the form with an error")
    book = openpyxl.Workbook()
    for one in ROWS:
        book.active.append(one)
    out = io.BytesIO()
    book.save(out)
    page.locator("input[type=file]").set_input_files(
        {"name": "Phiếu xã Mẫu.xlsx", "mimeType": "application/octet-stream", "buffer": out.getvalue()}
    )
    someone.hands.press(page.get_by_role("button", name="Nhập góp ý trong tệp"))
    said = page.locator("main").inner_text()
    for words in ("Đã nhận 1 góp ý.", "2 dòng chưa nhận được.", "Dự thảo không có Điều 99.", "Thiếu ý kiến."):
        assert words in said, words
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    pages.keep(page, "the report")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="CSV").click()
    assert "Bỏ điều này" in Path(fetched.value.path()).read_text(encoding="utf-8-sig")
    assert Contribution.objects.get().provision == "khoản 2 Điều 2"
    assert not pages.problems()
