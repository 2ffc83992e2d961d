"""What people are refused and what they take out is written down; strangers are counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from supervision.audit.models import Event
from supervision.demo.driver import Driver
from supervision.documents.models import Document
from supervision.limits import services as limits
from supervision.limits.models import Counter
from supervision.web.recording import refusals_today
from tests.stages import AGENCIES, OFFICER, drafter
from tests.web.test_bad_input import Desk

Start = Callable[[str], Driver]


def events(action: str) -> list[Event]:
    return list(Event.objects.filter(action=action).select_related("words").order_by("pk"))


def test_a_refusal_says_who_where_and_which(stage: Start) -> None:
    driver = stage("asked")
    paper = Document.objects.first()
    with Desk(driver, drafter(AGENCIES[2]), -15) as desk:
        foreign = f"/ho-so/{driver.case.public_id}/"
        assert desk.get(foreign).status_code == 404
        desk.post(f"/van-ban/{paper.public_id}/ky-lai/")
    first = events("access.refused")[0]
    assert first.data == {"status": 404, "address": foreign, "method": "GET"}
    assert first.actor_mandate_id == desk.who.mandate.pk and len(events("access.refused")) == 2


def test_after_sixty_refusals_they_are_only_counted(stage: Start) -> None:
    driver = stage("asked")
    with Desk(driver, OFFICER, -15) as desk:
        for n in range(65):
            desk.get(f"/ho-so/khong-co-{n}/")
        assert len(events("access.refused")) == 60
        assert limits.tallies(at=timezone.now())["refused 404 signed in"] >= 5
    (more,) = events("access.refused_more")
    assert more.data["address"] == "/ho-so/khong-co-60/" and more.actor_user_id == desk.who.user.pk


@pytest.mark.tier("all")
def test_a_script_of_one_person_writes_no_more_than_a_day_s_share(stage: Start, settings: Any) -> None:
    settings.LIMITS = settings.LIMITS | {"refusal_day": "70/86400"}
    driver = stage("asked")
    with Desk(driver, OFFICER, -15) as desk, time_machine.travel(driver.at(-15), tick=False) as clock:
        for hour in range(3):
            clock.move_to(driver.at(-15) + dt.timedelta(hours=hour))
            for n in range(65):
                desk.get(f"/ho-so/khong-co-{n}/")
    assert (len(events("access.refused")), len(events("access.refused_more"))) == (70, 1)


def test_addresses_where_no_page_is_do_not_hide_those_where_one_is(stage: Start) -> None:
    driver = stage("asked")
    with Desk(driver, OFFICER, -15) as desk:
        for n in range(80):
            assert desk.get(f"/admin-{n}.php").status_code == 404
        assert (len(events("access.refused")), len(events("access.refused_more"))) == (10, 1)
        desk.get("/ho-so/khong-co/")
    assert events("access.refused")[-1].data["address"] == "/ho-so/khong-co/"


def _ways(client: Client, place: str) -> dict[str, tuple[int, Callable[[], Any]]]:
    """Return requests that something other than a page of the workspace refuses."""
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies = client.cookies
    return {
        "token": (403, lambda: strict.post(place, {})),
        "method": (405, lambda: client.get(f"{place}nhan/")),
        "method that is none": (405, lambda: client.generic("BIA", "/suc-khoe/live")),
        "nul in the query": (400, lambda: client.get("/viec-cua-toi/?q=%00")),
        "nul in the address": (400, lambda: client.get("/viec-cua-toi/\0/")),
        "fields": (400, lambda: client.post(place, {f"a{n}": "1" for n in range(700)})),
        "host": (400, lambda: client.get("/viec-cua-toi/", HTTP_HOST="a b")),
        "length": (413, lambda: client.post(place, {"a": "1"}, CONTENT_LENGTH=str(30 * 1024 * 1024))),
        "public page": (404, lambda: client.get("/v/khong-co/")),
        "nowhere": (404, lambda: client.get("/khong-co/")),
    }


def test_whatever_refuses_somebody_who_is_signed_in_it_is_an_event(stage: Start) -> None:
    driver = stage("asked")
    place = f"/viec-cua-toi/{driver.item('receive_inquiry', driver.inquiry(AGENCIES[0])).public_id}/"
    with Desk(driver, OFFICER, -15) as desk:
        wrong, before = {}, limits.tallies(at=timezone.now())
        for name, (status, ask) in _ways(desk.client, place).items():
            count = len(events("access.refused"))
            answer = ask().status_code
            found = events("access.refused")[count:]
            if answer != status or [(one.data["status"], one.actor_user_id) for one in found] != [
                (status, desk.who.user.pk)
            ]:
                wrong[name] = answer, [one.data for one in found]
        assert not wrong
        assert limits.tallies(at=timezone.now()) == before, "and none is counted as a stranger's"


def test_whatever_refuses_a_stranger_it_is_counted_and_no_event(stage: Start) -> None:
    driver = stage("asked")
    place = f"/viec-cua-toi/{driver.item('receive_inquiry', driver.inquiry(AGENCIES[0])).public_id}/"
    with time_machine.travel(driver.at(-15), tick=True):
        before = limits.tallies(at=timezone.now())
        answers = [ask().status_code for _status, ask in _ways(Client(), place).values()]
        after = limits.tallies(at=timezone.now())
    counted = sum(after.values()) - sum(before.values())
    assert counted == sum(answer in (400, 403, 404, 405, 413) for answer in answers) >= 8
    assert not events("access.refused")


def test_whatever_leaves_as_a_file_is_written_down(stage: Start) -> None:
    driver = stage("asked")
    paper = Document.objects.filter(renditions__is_signed=True).first()
    with Desk(driver, OFFICER, -15) as desk:
        assert desk.get(f"/van-ban/{paper.public_id}/tep.pdf").status_code == 200
        assert desk.get(f"/van-ban/{paper.public_id}/").status_code == 200
    (taken,) = events("file.taken")
    assert paper.public_id in taken.data["address"] and "attachment" in taken.data["as"]


@pytest.mark.django_db
def test_strangers_are_counted_by_the_day_and_the_doctor_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_TALLIES", limits._Tallies())  # other tests counted on other days
    start = dt.datetime(2026, 11, 30, 3, 0, tzinfo=dt.UTC)
    before = refusals_today().get("404", 0)
    with time_machine.travel(start, tick=False) as clock:
        for minute in range(3):
            clock.move_to(start + dt.timedelta(minutes=2 * minute))
            assert Client().get("/khong-co/").status_code == 404
        assert refusals_today()["404"] >= before + 3
        clock.move_to(start + dt.timedelta(days=1))
        assert refusals_today().get("404", 0) == 0
    assert not Event.objects.filter(action="access.refused").exists()
    assert Counter.objects.filter(kind="refused 404").count() <= 2
