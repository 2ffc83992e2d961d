"""The steps of a case say what was done, what was not needed, where it stands: as list and as picture."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.utils import timezone

from supervision.casefiles.models import Case
from supervision.demo import script, world
from supervision.demo.clock import Clock
from supervision.demo.driver import Driver
from supervision.law.registry import spec_of
from supervision.web.chart import DONE, LEFT_OUT, OPEN, TO_COME, marked
from supervision.web.overview import overview
from tests.markup import html_of
from tests.web.test_limits import client_of, queries
from tests.worker import complete_unprinted

pytestmark = pytest.mark.django_db
OFFICER, CHAIR = "mttq-24.can_bo_2", "mttq-24.chu_tich"
SVG = {"s": "http://www.w3.org/2000/svg"}
Tell = Callable[[str, int], Driver]


@pytest.fixture
def tell() -> Tell:
    """`tell("s4", 3)` tells a story up to a day; no paper is printed."""
    world.build(at=timezone.now())

    def told(name: str, until: int) -> Driver:
        driver = Driver(dt.date(2026, 3, 24), seed=name, clock=Clock(), worker=complete_unprinted)
        for one in sorted(script.read(name), key=lambda one: one.day):
            if one.day <= until:
                script.perform(driver, one)
        driver.case.refresh_from_db()
        return driver

    return told


def ended_early(tell: Tell) -> Case:
    """S4 in which the lead body left nothing out: nothing is recommended, published or followed up."""
    driver = tell("s4", 3)
    driver.do(20, OFFICER, "report_to_leaders", left_out="no", result="Đủ.")
    driver.do(24, CHAIR, "consider", decision="end", reason="Không còn gì.")
    driver.do(25, CHAIR, "close_case", summary="Đã tham gia.")
    return Case.objects.get(pk=driver.case.pk)


def said(case: Case) -> list[str]:
    return [str(step["said"][0]) for step in overview(case, world.actor(OFFICER)).steps]


def test_a_stage_that_a_case_left_out_is_not_called_done(tell: Tell) -> None:
    assert said(ended_early(tell)) == ["Đã xong"] * 5 + ["Không cần", "Đã xong"]


def test_a_study_without_opinions_and_conference_says_so(tell: Tell) -> None:
    driver = tell("s1", -29)
    driver.do(-28, "mttq-24.can_bo_1", "draft_study", **(STUDY | {"way": "neither"}))
    driver.sign(-27, "mttq-24.chu_tich", "sign_study")
    case = Case.objects.get(pk=driver.case.pk)
    assert said(case)[:5] == ["Đã xong", "Đã xong", "Không cần", "Không cần", "Đang làm"]


#: What else the study asks; the story's own words serve.
STUDY = next(told for told in script.read("s1") if told.act == "draft_study").data


def test_each_step_has_its_mark(tell: Tell) -> None:
    driver = tell("s1", -18)
    marks = {
        step.name: mark for one in marked(driver.case, spec_of(driver.case.form)) for step, mark in one.steps
    }
    assert marks["choose_text"] == marks["sign_request"] == DONE
    assert marks["give_opinion"] == OPEN and marks["publish"] == TO_COME
    case = ended_early(tell)
    marks = {step.name: mark for one in marked(case, spec_of(case.form)) for step, mark in one.steps}
    assert marks["publish"] == LEFT_OUT and marks["close_case"] == DONE


def test_the_picture_says_in_words_what_it_shows_and_obeys_the_policy_for_styles(tell: Tell) -> None:
    driver = tell("s1", -18)
    with time_machine.travel(driver.at(-17), tick=True):
        client = client_of("mttq-24.can_bo_1")
        page = client.get(f"/ho-so/{driver.case.public_id}/so-do/")
        response = client.get(f"/ho-so/{driver.case.public_id}/so-do.svg")
        english = html_of(client.get(f"/en/ho-so/{driver.case.public_id}/so-do.svg"))
        case_page = html_of(client.get(f"/ho-so/{driver.case.public_id}/"))
    assert f'href="/ho-so/{driver.case.public_id}/so-do/"' in case_page
    assert f'src="/ho-so/{driver.case.public_id}/so-do.svg"' in html_of(page)
    assert response["Content-Type"].startswith("image/svg+xml")
    picture = html_of(response)
    assert "<style" not in picture and " style=" not in picture and "<script" not in picture
    root = ET.fromstring(picture)
    assert root.get("role") == "img" and root.get("aria-labelledby") == "t d"
    assert driver.case.code in root.findtext("s:title", "", SVG)
    words = root.findtext("s:desc", "", SVG)
    shown = " ".join(text.text or "" for text in root.iterfind(".//s:text", SVG))
    for one in marked(driver.case, spec_of(driver.case.form)):
        assert one.stage.title.vi in words
        for row in one.said:
            assert f"{row['title'].vi}: {str(row['words']).lower()}" in words
            assert row["title"].vi in shown and row["title"].vi in html_of(page)
    assert "Still to come" in english and not re.search("Chưa tới|Đã xong", english)


def test_what_is_written_stays_inside_the_picture(tell: Tell) -> None:
    driver = tell("s1", -39)
    with time_machine.travel(driver.at(-39), tick=True):
        client = client_of("mttq-24.can_bo_1")
        root = ET.fromstring(client.get(f"/ho-so/{driver.case.public_id}/so-do.svg").content)
    boxes = [
        (int(b.get("y", 0)), int(b.get("y", 0)) + int(b.get("height", 0)))
        for b in root.iterfind("s:rect", SVG)
    ]
    for (_top, bottom), (following, _end) in itertools.pairwise(boxes):
        assert bottom < following
    lowest = max(int(text.get("y", 0)) for text in root.iterfind("s:text", SVG))
    assert lowest < boxes[-1][1] <= int(root.get("height", "0")) and int(root.get("width", "0")) <= 360
    assert max(len(text.text or "") for text in root.iterfind("s:text", SVG)) <= 36


def test_a_stranger_sees_no_picture_and_the_page_costs_little(tell: Tell) -> None:
    driver = tell("s1", -18)
    address = f"/ho-so/{driver.case.public_id}/so-do"
    with time_machine.travel(driver.at(-17), tick=True):
        stranger = client_of("so-yt-24.dau_moi")
        assert stranger.get(f"{address}/").status_code == stranger.get(f"{address}.svg").status_code == 404
        queries(client_of("mttq-24.can_bo_1"), f"{address}/")
        queries(client_of("mttq-24.can_bo_1"), f"{address}.svg")
