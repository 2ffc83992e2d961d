"""The public page keeps every round: what a side said before stands beside what it says later."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from supervision.cases import selectors
from supervision.cases.models import Recommendation
from supervision.demo.driver import Driver
from supervision.publication.models import FollowUp, Publication
from tests.markup import html_of
from tests.owner import guards_off
from tests.stages import go
from tests.workflows.delegation.acts import Start

SAID = (
    ("draft_reply", {"verdict": "partly_accepted", "text": "Làm phần một", "reason": "Phần hai thiếu vốn"}),
    ("approve_reply", {}),
    ("assess_reply", {"verdict": "satisfied", "text": "Ghi nhận phần một"}),
    ("report_carrying_out", {"extent": "part", "text": "Xong nửa phần một"}),
    ("verify", {"outcome": "not_yet", "text": "Mới thấy một nửa"}),
    ("report_carrying_out", {"extent": "full", "text": "Xong cả phần một"}),
    ("verify", {"outcome": "verified", "text": "Đã thấy đủ"}),
)
#: What must be read on the page afterwards, in this order of time.
WORDS = (
    "Tiếp thu một phần",
    "Làm phần một",
    "Phần hai thiếu vốn",
    "Ghi nhận phần một",
    "Xong nửa phần một",
    "Mới thấy một nửa",
    "Xong cả phần một",
    "Đã thấy đủ",
)


def read(page: Publication, number: int = 1) -> str:
    """Return what the public page says under one recommendation, as plain text."""
    html = html_of(Client().get(page.address))
    found = re.search(rf'<article class="gs-pair" id="kien-nghi-{number}".*?</article>', html, re.S)
    assert found
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[0])).split())


def in_order(text: str, words: tuple[str, ...]) -> list[str]:
    """Return the words that are missing, or stand before one that was said earlier."""
    missing, at = [], 0
    for word in words:
        place = text.find(word, at)
        if place < 0:
            missing.append(word)
        else:
            at = place
    return missing


def speak(driver: Driver, row: Recommendation, said: object = SAID, first_day: int = 26) -> None:
    for day, (step, words) in enumerate(said, start=first_day):  # type: ignore[arg-type]
        go(driver, day, step, row, **words)


@pytest.fixture
def driver(stage: Start) -> Driver:
    return stage("recommended")


def page_of(driver: Driver) -> Publication:
    page = selectors.publication_of(driver.case)
    assert page is not None
    return page


def test_a_partial_acceptance_and_its_reason_stay_when_more_is_reported(driver: Driver) -> None:
    row = driver.recommendation(1)
    go(driver, 22, "publish")
    go(driver, 25, "receive_recommendation", row)
    speak(driver, row)
    assert in_order(read(page_of(driver)), WORDS) == []


def test_what_was_said_before_publishing_is_published_too_and_told_once(driver: Driver) -> None:
    row = driver.recommendation(1)
    go(driver, 23, "receive_recommendation", row)
    speak(driver, row, SAID[:4], first_day=24)
    go(driver, 30, "publish")
    speak(driver, row, SAID[4:], first_day=31)
    page = page_of(driver)
    assert in_order(read(page), WORDS) == []
    told = [word["key"] for one in page.follow_ups.filter(number=1) for word in one.data["words"]]
    assert len(told) == len(set(told)) == 6
    # what a row tells does not grow with what was told before it
    assert max(len(one.data["words"]) for one in page.follow_ups.order_by("pk")[2:]) == 1


def test_each_reply_says_whether_it_came_in_time_and_what_the_front_said_to_it(driver: Driver) -> None:
    row = driver.recommendation(1)
    go(driver, 22, "publish")
    go(driver, 25, "receive_recommendation", row)
    again = driver.day(50)
    speak(
        driver,
        row,
        (
            (
                "draft_reply",
                {"verdict": "not_accepted", "text": "Không làm", "reason": "Trái thẩm quyền"},
            ),
            ("approve_reply", {}),
            ("assess_reply", {"verdict": "rejected", "text": "Có thẩm quyền", "again_on": again}),
        ),
    )
    speak(driver, row, (("draft_reply", {"text": "Sẽ làm"}), ("approve_reply", {})), first_day=55)
    text = read(page_of(driver))
    expected = (
        "Vòng 1 trên 2", "Không tiếp thu", "Trái thẩm quyền", "trả lời trong hạn", "Trả lời chưa đạt",
        "Có thẩm quyền", "Vòng 2 trên 2", "Tiếp thu", "Sẽ làm", "trả lời muộn", "Chưa đánh giá",
    )  # fmt: skip
    assert in_order(text, expected) == []


def test_a_page_from_before_words_were_kept_shows_what_it_has_and_all_of_it_after_the_next_act(
    driver: Driver,
) -> None:
    row = driver.recommendation(1)
    go(driver, 22, "publish")
    go(driver, 25, "receive_recommendation", row)
    speak(driver, row, SAID[:4])
    page = page_of(driver)
    newest = page.follow_ups.filter(number=1).latest("pk")
    old = {key: value for key, value in newest.data.items() if key != "words"}
    older = Publication.objects.create(
        **{
            field.name: getattr(page, field.name)
            for field in Publication._meta.concrete_fields
            if field.name not in ("id", "public_id", "code", "number_slug")
        },
        code="2" * 26,
        number_slug="ban-cu",
    )
    kept = {name: getattr(newest, name) for name in ("number", "at", "state", "addressee_code", "text")}
    FollowUp.objects.create(publication=older, addressee_name=newest.addressee_name, data=old, **kept)
    from supervision.publication import index

    index.rebuild(older)
    assert in_order(read(older), ("Xong nửa phần một", "Chưa xác minh")) == []
    row.conclusion.publication = older
    with guards_off():  # what is published of a conclusion stays otherwise
        row.conclusion.save()
    speak(driver, row, SAID[4:], first_day=40)
    assert in_order(read(older), WORDS) == []
