"""Why a date is that date, the next rung of urging, the calendar and the mails: as pages, without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from supervision.deadlines import services
from supervision.demo.world import actor
from tests.e2e.hands import Pointing
from tests.e2e.walk import Clock, Walk
from tests.pages import PageStore
from tests.stages import OFFICER, go

pytestmark = pytest.mark.tier("all")


@pytest.fixture
def late(live_site: Any, stage: Callable[[str], Any], clock: Clock) -> Any:
    """A recommendation long unanswered, whose clock was paused and extended on the way."""
    driver = stage("recommended")
    row = driver.recommendation(2)
    go(driver, 25, "receive_recommendation", row)
    deadline = driver.recommendation(2).reply_deadline
    officer = actor(OFFICER).mandate
    services.pause(deadline, from_on=driver.day(30), reason="Mưa lũ chia cắt", by=officer)
    services.resume(deadline, on=driver.day(34))
    services.extend(deadline, to_on=driver.day(70), reason="Chờ số liệu cấp xã", by=officer, at=driver.at(35))
    clock.set(driver.day(73))
    return driver


@pytest.fixture
def someone(no_script_page: Any, live_site: Any, clock: Clock) -> Walk:
    return Walk(hands=Pointing(no_script_page), site=live_site, clock=clock)


def test_from_an_overdue_recommendation_to_why_and_to_the_letter(
    late: Any, someone: Walk, pages: PageStore
) -> None:
    page = someone.page
    page.set_viewport_size({"width": 320, "height": 800})
    someone.sign_in("canbo1")
    address = f"/kien-nghi/{late.recommendation(2).public_id}/"
    someone.hands.go(address)
    pages.keep(page, "the rung")
    someone.hands.press(page.locator("a.gs-chip--late").first)
    said = page.locator("main").inner_text()
    for words in ("Trả lời kiến nghị", "Căn cứ: ", "Mưa lũ chia cắt", "Chờ số liệu cấp xã", "Vì vậy hạn là"):
        assert words in said, words
    pages.keep(page, "why")
    page.emulate_media(media="print")
    assert not page.locator(".gs-nav--work").is_visible()
    page.emulate_media(media="screen")
    someone.hands.go(address)
    someone.hands.press(page.get_by_role("link", name="Soạn công văn"))
    assert page.locator("textarea").input_value().startswith("Đề nghị quý cơ quan")
    someone.hands.press(page.get_by_role("button", name="Trình ký văn bản đôn đốc"))
    someone.hands.go(address)
    assert "đang chờ ký" in page.locator("main").inner_text()
    assert not pages.problems()


def test_a_calendar_address_is_made_shown_once_used_and_revoked(
    late: Any, someone: Walk, pages: PageStore
) -> None:
    page = someone.page
    someone.sign_in("canbo1")
    someone.hands.press(page.locator(".gs-nav--work").get_by_role("link", name="Lịch và thư báo"))
    body = page.locator("form", has=page.locator("input[value='don-vi']"))
    pages.keep(page, "calendar and mail")
    someone.hands.press(body.get_by_role("button", name="Tạo địa chỉ"))
    pages.keep(page, "the address, once")
    (address,) = re.findall(r"http\S+\.ics", page.locator("main").inner_text())
    answer = page.request.get(address)
    assert answer.status == 200 and answer.text().startswith("BEGIN:VCALENDAR")
    someone.hands.press(body.get_by_role("button", name="Thu hồi"))
    assert page.request.get(address).status == 404
    page.get_by_label("Một thư mỗi sáng ngày làm việc").check()
    someone.hands.press(page.get_by_role("button", name="Lưu cách báo"))
    assert page.get_by_label("Một thư mỗi sáng ngày làm việc").is_checked()
    someone.hands.go("/en/lich-cua-toi/")
    pages.keep(page, "in English")
    assert not pages.problems()
