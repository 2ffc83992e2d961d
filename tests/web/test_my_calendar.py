"""A secret address shows open deadlines as a calendar, to whoever has it, until it is revoked."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from supervision.audit.models import Event
from supervision.deadlines import services
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.notices.models import CalendarFeed, MailChoice
from supervision.organizations.models import Mandate
from tests.crowd import more_cases
from tests.markup import html_of
from tests.notices.test_icalendar import parsed
from tests.owner import guards_off
from tests.stages import AGENCIES, MEMBER, OFFICER, OFFICER_2, drafter, go, leader
from tests.web.test_bad_input import Desk
from tests.workflows.test_reminders import at_once
from workflows.inbox import work_items

Start = Callable[[str], Driver]
FIRST, SECOND = AGENCIES[:2]
PAGE = "/lich-cua-toi/"


def make(desk: Desk, kind: str = "ca-nhan", english: bool = False) -> str:
    """Make an address as the page does; return its path."""
    answer = desk.post(f"{'/en' if english else ''}{PAGE}dia-chi/", lich=kind)
    assert answer.status_code == 200
    (address,) = re.findall(r"https?://[^/\s]+((?:/en)?/lich/[A-Za-z0-9_-]{43}\.ics)", html_of(answer))
    return address


def events(address: str) -> list[dict[str, str]]:
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "no-store" in answer["Cache-Control"] and not answer.cookies
    return parsed(answer.content)[1]


@pytest.fixture
def asked(stage: Start) -> Driver:
    return stage("asked")


def test_an_agency_sees_what_it_owes_without_signing_in(asked: Driver) -> None:
    with Desk(asked, drafter(FIRST), -18) as desk:
        mine, body = make(desk), make(desk, "don-vi")
        (event,) = events(mine)
        item = asked.item("receive_inquiry", asked.inquiry(FIRST))
        assert event["DTSTART;VALUE=DATE"] == f"{item.deadline.due_on:%Y%m%d}"
        assert asked.case.code in event["SUMMARY"] and event["SUMMARY"].startswith("Hạn: ")
        assert event["URL"].endswith(f"/viec-cua-toi/{item.public_id}/")
        assert [one["UID"] for one in events(body)] == [event["UID"]]
        assert "Due: " in events(make(desk, english=True))[0]["SUMMARY"]
    with Desk(asked, drafter(SECOND), -18) as desk:
        assert event["UID"] not in {one["UID"] for one in events(make(desk))}


def test_an_event_keeps_its_name_moves_with_the_date_and_goes_when_done(asked: Driver) -> None:
    inquiry = asked.inquiry(FIRST)
    clock = asked.item("receive_inquiry", inquiry).deadline
    with Desk(asked, drafter(FIRST), -18) as desk:
        address = make(desk)
        (before,) = events(address)
        officer = actor(OFFICER).mandate
        to_on = asked.day(-1)
        services.extend(clock, to_on=to_on, reason="Bão", by=officer, at=asked.at(-18))
        (after,) = events(address)
        assert after["UID"] == before["UID"] and after["DTSTART;VALUE=DATE"] == f"{to_on:%Y%m%d}"
        services.pause(clock, from_on=asked.day(-18), reason="Bão", by=officer)
        assert events(address) == [], "a clock that stands still has no date"
        services.resume(clock, on=asked.day(-18))
        assert len(events(address)) == 1
    go(asked, -17, "receive_inquiry", inquiry)
    go(asked, -12, "draft_response", inquiry)
    with Desk(asked, leader(FIRST), -11) as desk:
        leaders = make(desk)
        assert [one["UID"] for one in events(leaders)] == [before["UID"]], "the same deadline, the next step"
        assert events(address) == [], "no longer this person's work"
    go(asked, -10, "approve_response", inquiry)
    with time_machine.travel(asked.at(-10), tick=True):
        assert events(leaders) == []


def test_the_person_s_calendar_is_their_own_work_and_what_is_on_offer_to_them(stage: Start) -> None:
    driver = stage("opened")
    item = driver.item("draft_plan")
    with Desk(driver, OFFICER, -33) as desk:
        address = make(desk)
        assert len(events(address)) == 1
        work_items.take(item, actor=actor(OFFICER_2), at=driver.at(-33))
        assert events(address) == []
        assert len(events(make(desk, "don-vi"))) == 1


def test_a_new_address_ends_the_old_one_and_revoking_ends_all(asked: Driver) -> None:
    with Desk(asked, drafter(FIRST), -18) as desk:
        first = make(desk)
        second = make(desk)
        assert Client().get(first).status_code == 404
        assert Client().get(second).status_code == 200
        page = html_of(desk.get(PAGE))
        assert second not in page and "Thu hồi" in page, "the secret is shown once"
        desk.post(f"{PAGE}dia-chi/", lich="ca-nhan", **{"thu-hoi": "1"})
        assert Client().get(second).status_code == 404
        assert desk.post(f"{PAGE}dia-chi/", lich="moi-thu").status_code == 302
    done = Event.objects.filter(action__startswith="calendar_feed.").order_by("pk")
    assert [one.action.split(".")[1] for one in done] == ["made", "made", "revoked"]


def test_only_the_hash_is_kept_and_guessing_finds_nothing(asked: Driver) -> None:
    with Desk(asked, drafter(FIRST), -18) as desk:
        token = make(desk).removeprefix("/lich/").removesuffix(".ics")
    feed = CalendarFeed.objects.get()
    assert token not in str(vars(feed)) and len(feed.token_hash) == 64
    for wrong in (feed.token_hash, token[:-1], token + "a", "ạ"):
        assert Client().get(f"/lich/{wrong}.ics").status_code == 404, wrong
    assert token not in str(list(Event.objects.values_list("words__data", flat=True)))


def test_it_ends_with_the_mandate(asked: Driver) -> None:
    with Desk(asked, drafter(FIRST), -18) as desk:
        address = make(desk)
        assert Client().get(address).status_code == 200
        Mandate.objects.filter(pk=actor(drafter(FIRST)).mandate.pk).update(until_on=asked.day(-19))
        assert Client().get(address).status_code == 404


def test_two_tabs_make_one_address(asked: Driver) -> None:
    from supervision.notices.feeds import feeds_of, make_feed

    who = actor(MEMBER)
    at_once(2, lambda: make_feed(actor=who, whole_organization=False, at=asked.at(-18)))
    assert feeds_of(who).count() == 1


def test_a_calendar_costs_the_same_with_ten_deadlines_and_with_a_thousand(stage: Start) -> None:
    driver, counted = stage("opened"), {}
    with Desk(driver, OFFICER, -20) as desk:
        address = make(desk)
        for more in (10, 1000):
            more_cases(driver, more) if more == 10 else more_cases_again(driver, more)
            with CaptureQueriesContext(connection) as seen:
                assert len(events(address)) > more / 2
            counted[more] = len(seen)
    assert counted[10] == counted[1000] <= 4, counted


def more_cases_again(driver: Driver, count: int) -> None:
    from supervision.casefiles.models import Case

    with guards_off():  # the code of a case stays otherwise
        for case in Case.objects.filter(code__startswith="GS-NHIEU"):
            case.code = case.code.replace("GS-NHIEU", "GS-IT")
            case.save(update_fields=["code"])
    more_cases(driver, count)


def test_how_to_be_told_is_chosen_and_kept(asked: Driver) -> None:
    with Desk(asked, drafter(FIRST), -18) as desk:
        assert re.search(r'value="at_once"\s+checked', html_of(desk.get(PAGE)))
        desk.post(f"{PAGE}thu-bao/", **{"cach-bao": "morning"})
        assert 'value="morning" checked' in html_of(desk.get(PAGE))
        desk.post(f"{PAGE}thu-bao/", **{"cach-bao": "khac"})
        assert MailChoice.objects.get().how == "morning"
        assert "Each notice" in html_of(desk.get(f"/en{PAGE}"))
