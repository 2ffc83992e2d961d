"""What people are refused and what they take out is written down; strangers are counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from supervision.audit.models import Event
from supervision.documents.models import Document
from supervision.limits import services as limits
from supervision.limits.models import Counter
from supervision.web.demo.driver import Driver
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
        assert limits.tallies(at=timezone.now())["refused 404"] >= 5


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
