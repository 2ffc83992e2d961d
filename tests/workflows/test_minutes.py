"""Minutes say what was written down about a session and nothing more."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest

from supervision.demo import world
from supervision.demo.driver import Driver
from supervision.documents.render import article_html
from supervision.errors import InvalidInput
from supervision.language.dates import long_date
from tests.markup import tight
from tests.owner import guards_off
from tests.stages import AGENCIES, OFFICER, entries, go

Start = Callable[[str], Driver]
FIRST = AGENCIES[0]


def record(driver: Driver, **values: Any) -> str:
    """Draft the minutes of the first session; returns their text."""
    inquiry = driver.inquiry(FIRST)
    go(driver, -2, "review_response", inquiry)
    written = entries(driver, "draft_minutes", driver.day(0)) | values
    driver.do(0, OFFICER, "draft_minutes", inquiry, **written)
    return tight(article_html(driver.item("sign_minutes", inquiry).document))


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
    text = record(
        driver,
        questions="- Phí mới?\n- Thư xin lỗi?",
        delegation_attendance="- Trưởng đoàn\n- Hai thành viên",
        attendance="Lãnh đạo\n– Đầu mối",
    )
    assert "- Phí mới?<br>- Thư xin lỗi?" in text
    delegation, _, rest = text.partition("1. Đoàn giám sát:")[2].partition("2. Cơ quan")
    assert items(delegation) == ["Trưởng đoàn;", "Hai thành viên."]
    assert items(rest.partition("Chủ trì")[0]) == ["Lãnh đạo;", "Đầu mối."]


def items(html: str) -> list[str]:
    return re.findall(r"<li>([^<]*)</li>", html)


def test_people_are_named_only_where_entered(stage: Start) -> None:
    driver = stage("answered")
    text = record(driver, delegation_attendance="Một người của đoàn")
    before = text.partition("Chủ trì:")[0]
    for member in driver.case.delegation.members.all():
        assert member.mandate.user.display_name not in before
    assert f"Thư ký:</b> {world.actor(OFFICER).user.display_name}." in text


def test_the_place_is_printed_only_where_entered(stage: Start) -> None:
    assert "Địa điểm" not in record(stage("answered"))
    assert "Địa điểm:</b> Phòng họp số 1." in record(stage("answered"), place="Phòng họp số 1")


def headings(text: str) -> list[str]:
    return re.findall(r"<h\d[^>]*>(\d\. .*?)</h\d>", text)


def test_nothing_is_said_of_opening_report_and_requests_but_what_was_written(stage: Start) -> None:
    driver = stage("answered")
    response = driver.inquiry(FIRST).responses.get()
    response.requests = "Đề nghị thêm biên chế"
    with guards_off():  # what was sent stays otherwise
        response.save(update_fields=["requests"])
    text = record(driver)
    name = driver.inquiry(FIRST).agency.name
    assert "công bố" not in text and response.summary not in text and response.requests not in text
    assert f"Theo Báo cáo gửi {long_date(driver.day(-11))} của {name}." in text
    assert [heading[:15] for heading in headings(text)] == [
        "1. Báo cáo của ",
        "2. Ý kiến của t",
        "3. Kiến nghị củ",
        "4. Kết luận của",
    ]
    assert "Không có." in text and "Tài liệu" not in text and "tài liệu" not in text


def test_what_was_written_of_opening_report_and_requests_is_printed(stage: Start) -> None:
    text = record(
        stage("answered"), opening="Đã công bố", report="Cơ quan báo cáo miệng", requests="Thêm biên chế"
    )
    assert "Đã công bố" in text and "Cơ quan báo cáo miệng" in text and "Thêm biên chế" in text
    assert "Theo Báo cáo" not in text and "Không có." not in text
    assert [heading[0] for heading in headings(text)] == list("12345")


def test_reports_sent_after_the_session_are_not_named_in_its_minutes(stage: Start) -> None:
    driver = stage("answered")
    with guards_off():
        driver.inquiry(FIRST).responses.update(submitted_at=driver.at(-1))
    text = record(driver, held_on=driver.day(-2), ended_on=driver.day(-2))
    assert "Theo Báo cáo" not in text
    assert headings(text)[0].startswith("1. Ý kiến")


def test_every_report_sent_by_the_session_is_named(stage: Start) -> None:
    driver = stage("answered")
    inquiry = driver.inquiry(FIRST)
    with guards_off():
        inquiry.responses.update(number_text="M1/BC-S")
    asked = {"points": "- Số liệu", "supplement_due_on": driver.day(-3)}
    go(driver, -9, "review_response", inquiry, decision="supplement", **asked)
    go(driver, -5, "draft_response", inquiry, number_text="M2/BC-S")
    go(driver, -4, "approve_response", inquiry)
    text = record(driver)
    name = inquiry.agency.name
    first, second = long_date(driver.day(-11)), long_date(driver.day(-4))
    assert (
        f"Theo Báo cáo số M1/BC-S, gửi {first} của {name}; "
        f"Báo cáo bổ sung số M2/BC-S, gửi {second} của {name}." in text
    )
