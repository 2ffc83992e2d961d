"""Every deadline that someone is shown leads to the page that tells why it is on that day."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from supervision.access import policy
from supervision.deadlines import services
from supervision.deadlines.models import Deadline
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.law.counting import date_words
from supervision.organizations.services import set_term
from tests.markup import html_of
from tests.stages import AGENCIES, CHAIR, MEMBER, OFFICER, PROVINCE, drafter, leader
from tests.web.test_limits import client_of
from workflows.sweeps import reminders

Start = Callable[[str], Driver]
FIRST, SECOND = AGENCIES[:2]
MOST = 20


def text_of(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


@pytest.fixture
def asked(stage: Start) -> tuple[Driver, Deadline]:
    driver = stage("asked")
    return driver, driver.item("receive_inquiry", driver.inquiry(FIRST)).deadline


def page(key: str, deadline: Deadline, english: bool = False) -> str:
    answer = client_of(key).get(f"{'/en' if english else ''}/han/{deadline.public_id}/")
    assert answer.status_code == 200
    return text_of(html_of(answer))


def test_the_page_tells_rule_start_days_and_result(asked: tuple[Driver, Deadline]) -> None:
    driver, _clock = asked
    clock = driver.inquiry(FIRST).report_deadline
    with time_machine.travel(driver.at(-18), tick=True):
        told, english = page(OFFICER, clock), page(OFFICER, clock, english=True)
    assert "Căn cứ: " in told and "Số ngày do văn bản nêu trên quy định." in told
    assert "Sự việc làm mốc: ngày làm việc với cơ quan" in told
    assert f"Vì vậy hạn là hết ngày {date_words(clock.due_on).vi}" in told
    assert "So it is due by the end of" in english and "Vì vậy" not in english


def test_a_day_that_the_delegation_asked_for_stands_beside_the_law_s(asked: tuple[Driver, Deadline]) -> None:
    """D is Tue 09/06/2026: the report was asked for by D-11, Fri 29/05; D-7 is Tue 02/06."""
    driver, clock = asked
    assert (clock.rule, clock.due_on) == ("UNIT_ASKED", driver.day(-11))
    with time_machine.travel(driver.at(-18), tick=True):
        told = page(OFFICER, clock)
    assert "khoản 3 Điều 7), là hết ngày thứ Ba, 02/06/2026." in told
    assert "luật không quy định" not in told.casefold()


def test_the_page_tells_pauses_extensions_and_reminders_with_reasons(asked: tuple[Driver, Deadline]) -> None:
    driver, clock = asked
    officer = actor(OFFICER).mandate
    services.extend(
        clock,
        to_on=driver.day(-1),
        reason="Thiếu số liệu cấp xã",
        by=officer,
        at=driver.at(-18),
        document_number="12/CV",
    )
    reminders.remind(at=driver.at(-4))
    with time_machine.travel(driver.at(-3), tick=True):
        told = page(drafter(FIRST), clock)
    assert "Gia hạn" in told and "Thiếu số liệu cấp xã" in told and "12/CV" in told
    assert "đã nhắc, theo mốc 3 ngày trước hạn" in told


def test_a_number_that_no_law_sets_is_said_to_be_whose_it_is(stage: Start) -> None:
    driver = stage("opened")
    clock = driver.item("draft_plan").deadline
    assert "số mặc định của phần mềm" in page(OFFICER, clock)
    lead = driver.case.lead
    set_term(organization=lead, key="step_days", value=4, by=None, at=driver.at(-33))
    clock = Deadline.objects.get(pk=clock.pk)
    assert "luật không quy định số ngày" in page(OFFICER, clock)


def test_whoever_may_see_what_it_is_for_may_ask_why_and_nobody_else(asked: tuple[Driver, Deadline]) -> None:
    driver, clock = asked
    with time_machine.travel(driver.at(-18), tick=True):
        for key in (OFFICER, CHAIR, MEMBER, drafter(FIRST), leader(FIRST)):
            assert policy.can(actor(key), "view", clock), key
        for key in (drafter(SECOND), drafter(PROVINCE)):
            assert client_of(key).get(f"/han/{clock.public_id}/").status_code == 404, key
        assert client_of(OFFICER).get("/han/khong-co/").status_code == 404
        assert Client().get(f"/han/{clock.public_id}/").status_code == 302


@pytest.mark.parametrize(
    ("at", "when", "who"),
    [
        ("opened", -33, OFFICER),
        ("asked", -18, OFFICER),
        ("asked", -18, drafter(FIRST)),
        ("reported", 16, CHAIR),
        ("recommended", 24, OFFICER),
        ("recommended", 24, drafter(FIRST)),
    ],
)
def test_each_deadline_on_each_page_leads_to_its_story(stage: Start, at: str, when: int, who: str) -> None:
    driver = stage(at)
    client = client_of(who)
    with time_machine.travel(driver.at(when), tick=True):
        pages = ["/viec-cua-toi/?nhom=chua-nhan", "/viec-cua-toi/?nhom=cua-toi"]
        if who in (OFFICER, CHAIR):
            pages.append(f"/ho-so/{driver.case.public_id}/")
        for model, path in (("inquiries", "yeu-cau"), ("recommendations", "kien-nghi")):
            rows = policy.visible(actor(who), getattr(driver.case, model).all())
            pages += [f"/{path}/{row.public_id}/" for row in rows]
        shown = set()
        for address in pages:
            html = html_of(client.get(address))
            links = set(re.findall(r'class="gs-chip[^"]*" href="(/han/[^"]+)"', html))
            shown |= links
        assert shown
        for address in shown:
            with CaptureQueriesContext(connection) as seen:
                assert client.get(address).status_code == 200, address
            assert len(seen) <= MOST, len(seen)
