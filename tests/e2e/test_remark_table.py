"""The table of remarks and its files in a browser without scripts: axe, HTML checker, no sideways scroll."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from supervision.drafts.models import TableExport
from supervision.drafts.table import making
from tests.e2e.hands import Pointing
from tests.e2e.walk import Clock
from tests.pages import PageStore
from tests.remarks import AT, OFFICER, a_criticism
from tests.web.test_limits import client_of

pytestmark = pytest.mark.tier("all")


@pytest.fixture
def signed_in(no_script_page: Any, live_site: Any, clock: Clock) -> Any:
    """A page of the officer, on the day of the criticism."""
    clock.set(AT.date())
    return no_script_page


def test_the_table_is_read_narrowed_and_taken_away(
    signed_in: Any, live_site: Any, pages: PageStore, run_tasks: Callable[..., int]
) -> None:
    row, page = a_criticism(120), signed_in
    press = Pointing(page).press
    cookie = client_of(OFFICER).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_site.url}])
    page.goto(f"/phan-bien/{row.public_id}/")
    pages.keep(page, "criticism with a long table")
    press(page.get_by_role("link", name="Xem cả bảng"))
    pages.keep(page, "table")
    page.get_by_label("Của ai").select_option("expert")
    page.get_by_label("Tìm theo mã").fill("luat gia")
    press(page.get_by_role("button", name="Tìm ý kiến"))
    assert page.locator("tbody th").count() == 20
    press(page.get_by_role("link", name="Không tiếp thu"))
    pages.keep(page, "table narrowed")
    assert page.get_by_label("Của ai").input_value() == "expert"
    press(page.get_by_role("link", name="Tải cả bảng"))
    pages.keep(page, "files, none made")
    press(page.get_by_role("button", name="Tạo bản in PDF"))
    making.make_piece(TableExport.objects.get().pk, 1, at=AT)
    press(page.get_by_role("link", name="Xem lại tiến độ"))
    assert "trên 120 ý kiến" in page.inner_text("main")
    pages.keep(page, "files, one being made")
    run_tasks()
    assert TableExport.objects.get().state == TableExport.State.DONE, TableExport.objects.get().trouble
    press(page.get_by_role("link", name="Xem lại tiến độ"))
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tải bản in PDF").click()
    assert taken.value.suggested_filename == "bang-y-kien-pb-mau-120-du-lieu-mau.pdf"
    pages.keep(page, "files, one made")
    assert not (found := pages.problems()), found
