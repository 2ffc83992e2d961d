"""Minutes say what was written down about a session and nothing more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from supervision.documents.render import article_html
from supervision.errors import InvalidInput
from supervision.web.demo.driver import Driver
from tests.stages import AGENCIES, OFFICER, entries, go

Start = Callable[[str], Driver]
FIRST = AGENCIES[0]


def record(driver: Driver, **values: Any) -> str:
    """Draft the minutes of the first session; returns their text."""
    inquiry = driver.inquiry(FIRST)
    go(driver, -2, "review_response", inquiry)
    written = entries(driver, "draft_minutes", driver.day(0)) | values
    driver.do(0, OFFICER, "draft_minutes", inquiry, **written)
    return article_html(driver.item("sign_minutes", inquiry).document)


def test_without_times_the_day_alone_is_printed(stage: Start) -> None:
    driver = stage("answered")
    text = record(driver)
    day = driver.day(0)
    assert f"Thời gian bắt đầu:</b> ngày {day:%d} tháng" in text
    assert "giờ" not in text


def test_times_are_read_as_people_write_them(stage: Start) -> None:
    driver = stage("answered")
    text = record(driver, started_time="8h", ended_time="10 giờ 45")
    assert "08 giờ 00, ngày" in text and "10 giờ 45, ngày" in text
    session = driver.inquiry(FIRST).sessions.get()
    assert (session.started_time, session.ended_time) == (dt.time(8), dt.time(10, 45))


@pytest.mark.parametrize(
    ("begun", "ended", "wrong"),
    [
        ("25:00", "", "started_time"),
        ("", "10:75", "ended_time"),
        ("sáng", "", "started_time"),
        ("10:00", "09:30", "ended_time"),
        ("10:00", "10:00", "ended_time"),
    ],
)
def test_a_time_that_is_none_or_out_of_order_is_refused(
    stage: Start, begun: str, ended: str, wrong: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        record(stage("answered"), started_time=begun, ended_time=ended)
    assert list(refused.value.errors) == [wrong]


def test_each_person_and_each_question_has_a_line_of_its_own(stage: Start) -> None:
    driver = stage("answered")
    text = record(driver, questions="- Phí mới?\n- Thư xin lỗi?", attendance="Lãnh đạo\nĐầu mối")
    assert "- Phí mới?<br>- Thư xin lỗi?" in text
    assert "Lãnh đạo;" in text and "Đầu mối." in text
    delegation = text.partition("1. Đoàn giám sát:")[2].partition("2. Cơ quan")[0]
    assert delegation.count("<li>") == driver.case.delegation.members.count() > 0
