"""The notice and the result report print what was entered, under the name of who said it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation

from supervision.demo.driver import Driver
from supervision.documents.render import article_html
from supervision.errors import InvalidInput
from supervision.language.dates import long_date
from tests.owner import guards_off
from tests.stages import AGENCIES, go, org

Start = Callable[[str], Driver]
FIRST, SECOND = AGENCIES[:2]


def notice(driver: Driver, **row: Any) -> str:
    """Draft a notice to two agencies, the second with `row`; returns its text."""
    rows = [
        {"agency": org(FIRST), "session_on": driver.day(0)},
        {"agency": org(SECOND), "session_on": driver.day(2), **row},
    ]
    go(driver, -22, "draft_notice", agencies=rows)
    return article_html(driver.item("sign_notice").document)


def test_the_notice_names_no_time_and_place_that_nobody_entered(stage: Start) -> None:
    driver = stage("decided")
    text = notice(driver)
    assert "giờ" not in text.partition("<table")[2].partition("</table>")[0]
    assert "Địa điểm" not in text
    assert [inquiry.place for inquiry in driver.case.inquiries.all()] == ["", ""]


def test_the_notice_prints_time_and_place_where_entered(stage: Start) -> None:
    text = notice(stage("decided"), session_time="14h30", place="Hội trường xã")
    assert text.count(" giờ ") == 1 and "14 giờ 30, " in text
    assert "Địa điểm</th>" in text and ">Hội trường xã</td>" in text and 'data-th="Địa điểm"></td>' in text


def test_a_time_of_the_notice_that_is_none_is_refused_at_its_row(stage: Start) -> None:
    with pytest.raises(InvalidInput) as refused:
        notice(stage("decided"), session_time="25:00")
    assert list(refused.value.errors) == ["agencies-1-session_time"]


def finding(kind: str, title: str, **other: str) -> dict[str, Any]:
    return {"about": org(FIRST), "kind": kind, "title": title, "text": "Nội dung", "evidence": "E"} | other


def result(driver: Driver, *findings: dict[str, Any]) -> str:
    """Draft the result report after the sessions; returns its text."""
    for code in AGENCIES:
        go(driver, 4, "survey", driver.inquiry(code))
    go(driver, 13, "draft_result", findings=list(findings))
    return article_html(driver.item("sign_result").document)


def headings(text: str) -> list[str]:
    return re.findall(r"<h\d[^>]*>([IVX]+\. .*?|\d\. .*?)</h\d>", text)


def test_what_an_agency_reported_stands_as_its_word_with_every_report(stage: Start) -> None:
    driver = stage("met")
    inquiry = driver.inquiry(FIRST)
    with guards_off():  # what was sent stays otherwise
        inquiry.responses.update(number_text="M1/BC-S", summary="Lần đầu")
        driver.inquiry(SECOND).responses.update(submitted_at=None)
    one = inquiry.responses.get()
    one.pk, one.version, one.number_text, one.summary = None, 2, "M2/BC-S", "Bổ sung"
    one.submitted_at = driver.at(6)
    one.save()
    text = result(driver, finding("shortcoming", "Chậm"))
    name, day = inquiry.agency.name, long_date(driver.day(-11))
    first = text.index(f"Theo Báo cáo số M1/BC-S, gửi {day} của {name}:")
    second = text.index(f"Theo Báo cáo bổ sung số M2/BC-S, gửi {long_date(driver.day(6))} của {name}:")
    assert first < text.index("Lần đầu") < second < text.index("Bổ sung</p>")
    assert f"1. {name}" in headings(text)
    assert not any(driver.inquiry(SECOND).agency.name in heading for heading in headings(text))


def test_without_any_report_there_is_no_part_of_reports(stage: Start) -> None:
    driver = stage("met")
    with guards_off():
        for code in AGENCIES:
            driver.inquiry(code).responses.update(submitted_at=None)
    text = result(driver, finding("good_practice", "Tổ lưu động"))
    assert "KẾT QUẢ GIÁM SÁT</h" not in text and "<table" not in text
    assert [heading for heading in headings(text) if heading[0] in "IV"] == [
        "I. KHÁI QUÁT QUÁ TRÌNH GIÁM SÁT",
        "II. NHẬN XÉT, ĐÁNH GIÁ",
        "III. KIẾN NGHỊ",
    ]
    assert [heading for heading in headings(text) if heading[0].isdigit()][:2] == [
        "1. Ưu điểm",
        "2. Nguyên nhân",
    ]


def test_shortcomings_are_tabled_and_good_practices_listed_in_vietnamese(stage: Start) -> None:
    driver = stage("met")
    with translation.override("en"):
        text = result(
            driver,
            finding("shortcoming", "Niêm yết chậm", text="Một\nHai", evidence="Biên bản\nẢnh chụp"),
            finding("good_practice", "Tổ lưu động", evidence="Khảo sát tại chỗ"),
        )
    strengths, _, rest = text.partition("Ưu điểm</h")[2].partition("<table")
    table = rest.partition("</table>")[0]
    assert "Tổ lưu động. Nội dung" in strengths and "Căn cứ: Khảo sát tại chỗ" in strengths
    assert "Tổ lưu động" not in table and "Niêm yết chậm. Một<br>Hai" in table
    assert "Biên bản<br>Ảnh chụp" in table and org(FIRST).name in table
    for said in ("Giải trình", "Ý kiến của cơ quan", "Chưa có ý kiến", "shortcoming", "good practice"):
        assert said not in text
