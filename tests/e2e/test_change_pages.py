"""Correcting and withdrawing what is published, in a browser without scripts, by the links of the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings

from supervision.cases import selectors
from tests.e2e.hands import Pointing
from tests.e2e.walk import Clock
from tests.pages import PageStore
from tests.stages import CHAIR, CLERK, OFFICER, go
from tests.web.test_limits import client_of

pytestmark = pytest.mark.tier("all")

WHY = "Khi chép từ biên bản đã bỏ sót con số."


class Office:
    """One browser in which the people of an office sign in one after the other."""

    def __init__(self, page: Any, site: str, case: Any) -> None:
        self.page, self.site, self.case = page, site, case
        self.hands = Pointing(page)

    def sit_down(self, key: str) -> None:
        self.page.context.clear_cookies()
        cookie = client_of(key).cookies["sessionid"].value
        self.page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": self.site}])

    def follow(self, name: str, role: str = "link") -> None:
        self.hands.press(self.page.get_by_role(role, name=name).first)

    def open_published(self, key: str, link: str) -> None:
        self.sit_down(key)
        self.page.goto(f"/ho-so/{self.case.public_id}/")
        section = self.page.get_by_role("region", name="Đã công bố")
        self.hands.press(section.get_by_role("link").first)
        self.follow(link)

    def open_work(self) -> None:
        self.sit_down(CHAIR)
        self.page.goto("/viec-cua-toi/?nhom=chua-nhan")
        self.hands.press(self.page.get_by_role("link", name="Ký văn bản đính chính, thu hồi").first)


def test_a_paper_is_corrected_then_withdrawn_by_two_people_and_the_public_reads_why(
    stage: Callable[[str], Any], live_site: Any, clock: Clock, no_script_page: Any, pages: PageStore
) -> None:
    driver, page = stage("recommended"), no_script_page
    go(driver, 22, "publish")
    clock.set(driver.day(23))
    published = selectors.publication_of(driver.case)
    assert published is not None
    office = Office(page, live_site.url, driver.case)

    office.open_published(CLERK, "Đề nghị đính chính")
    pages.keep(page, "asking for a correction")
    page.get_by_label("Vị trí").fill("Bảng 1, KN-1")
    page.get_by_label("Đang công bố").fill("Rà soát hồ sơ")
    page.get_by_label("Sửa thành").fill("Rà soát 71 hồ sơ")
    page.get_by_label("Lý do, công khai nguyên văn").fill(WHY)
    office.follow("Xem người đọc sẽ thấy gì", "button")
    assert WHY in page.get_by_role("region", name="Người đọc sẽ thấy").inner_text()
    pages.keep(page, "a correction as readers will see it")
    office.follow("Trình ký đính chính", "button")
    assert "chờ người ký" in page.inner_text("main")
    pages.keep(page, "published, a request waits")

    clock.set(driver.day(24))
    office.open_work()
    assert WHY in page.get_by_role("region", name="Người đọc sẽ thấy").inner_text()
    pages.keep(page, "signing a correction")
    document = driver.item("sign_change").document
    page.locator("[name=password]").fill(settings.DEMO_PASSWORD)
    office.follow("Ký văn bản này", "button")
    driver.worker(document.pk, at=driver.at(24))
    page.context.clear_cookies()
    page.goto(published.address)
    assert WHY in page.get_by_role("region", name="Đã đính chính").first.inner_text()
    pages.keep(page, "corrected")

    for reason in ("Ghi nhầm tên cơ quan", "Ghi nhầm tên cơ quan ở mục 1 và bảng 1"):
        office.open_published(OFFICER, "Đề nghị thu hồi")
        page.get_by_label("Lý do, công khai nguyên văn").fill(reason)
        office.follow("Trình ký thu hồi", "button")
        office.open_work()
        if reason.endswith("cơ quan"):
            page.get_by_text("Trả lại người soạn, có lý do", exact=True).first.click()
            page.locator("textarea[name=reason]").fill("Nói rõ chỗ nào")
            office.follow("Trả lại người soạn, có lý do", "button")
            office.open_published(OFFICER, "Trang công khai")
            page.go_back()
            assert "Nói rõ chỗ nào" in page.inner_text("main")
            pages.keep(page, "published, a request refused")
    document = driver.item("sign_change").document
    page.locator("[name=password]").fill(settings.DEMO_PASSWORD)
    office.follow("Ký văn bản này", "button")
    driver.worker(document.pk, at=driver.at(24))
    page.context.clear_cookies()
    assert page.goto(published.address).status == 410
    assert "Ghi nhầm tên cơ quan ở mục 1" in page.inner_text("main")
    pages.keep(page, "withdrawn")
    assert not (found := pages.problems()), found
