"""The four stories, told on their own days, end as their authors worked them out by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from supervision.casefiles.models import Case
from supervision.cases.models import CaseDocument, Inquiry, Recommendation
from supervision.demo import world
from supervision.demo.clock import Clock
from supervision.demo.driver import Driver
from supervision.demo.script import perform, read
from workflows.models import WorkItem

pytestmark = pytest.mark.django_db

SO, XA, PHUONG = "so-nnmt-24", "ubnd-24-24m01", "ubnd-24-24m05"
State = Recommendation.State


def tell(name: str, first_day: dt.date, until: int = 1000) -> Driver:
    world.build(at=Clock().at(world.SINCE))
    driver = Driver(first_day, seed=f"{name}-{until}")
    for told in read(name):
        if told.day <= until:
            perform(driver, told)
    driver.case.refresh_from_db()
    return driver


def dates(driver: Driver, deadline) -> tuple[int, int | None, bool | None]:
    """Return (due, done, in time) in days from D, as the stories write them."""
    offset = lambda day: (day - driver.first_day).days  # noqa: E731
    if deadline.met_on is None:
        return offset(deadline.due_on), None, None
    return offset(deadline.due_on), offset(deadline.met_on), deadline.met_on <= deadline.due_on


def test_s2a_whole_keeps_every_deadline_of_the_story():
    driver = tell("s2a", dt.date(2026, 6, 9))
    clocks = {
        (code, field): dates(driver, getattr(driver.inquiry(code), f"{field}_deadline"))
        for code in (SO, XA, PHUONG)
        for field in ("notice", "report", "result")
    }
    assert clocks == {
        (SO, "notice"): (-15, -20, True),
        (XA, "notice"): (-13, -20, True),
        (PHUONG, "notice"): (-12, -20, True),
        (SO, "report"): (-7, -12, True),
        (XA, "report"): (-5, -1, False),  # late on purpose
        (PHUONG, "report"): (-4, -5, True),
        (SO, "result"): (15, 14, True),
        (XA, "result"): (17, 14, True),
        (PHUONG, "result"): (20, 14, True),  # D+18 is a Saturday
    }
    assert dates(driver, driver.inquiry(SO).supplement_deadline) == (7, 6, True)
    assert dates(driver, driver.inquiry(PHUONG).asked_deadline) == (-5, -5, True)  # extended from D-11
    _replies_and_verdicts_are_those_of_the_story(driver)


def _replies_and_verdicts_are_those_of_the_story(driver: Driver) -> None:
    replies = {number: dates(driver, driver.recommendation(number).reply_deadline) for number in (1, 3, 4, 6)}
    assert replies == {1: (52, 45, True), 3: (52, 38, True), 4: (52, 50, True), 6: (52, 51, True)}
    # Eleven days of re-consideration (D+30 to D+41) are not counted.
    assert dates(driver, driver.recommendation(2).reply_deadline) == (63, 50, True)
    first = driver.recommendation(5).replies.get(version=1)
    assert first.is_late and (first.submitted_at.date() - driver.first_day).days == 66
    states = [driver.recommendation(number).state for number in range(1, 7)]
    assert states == [State.CLOSED, State.IMPLEMENTED] + [State.CLOSED] * 4
    assert driver.recommendation(6).closed_as == "satisfied"
    assert list(driver.recommendation(5).urgings.order_by("pk").values_list("level", "ordinal")) == [
        ("urge", 1),
        ("urge", 2),
        ("escalate", 1),
    ]


def test_s2b_is_chaired_by_the_womens_union_and_closes():
    driver = tell("s2b", dt.date(2026, 4, 7))
    case = driver.case
    assert (case.lead.code, case.state) == ("phn-24-24m04", Case.State.CLOSED)
    assert {row.closed_as for row in case.recommendations.all()} == {"verified"}
    for link in CaseDocument.objects.filter(case=case):
        document = link.document
        assert document.signer.user_id != document.drafted_by.user_id
    for inquiry in case.inquiries.all():
        for deadline in (inquiry.notice_deadline, inquiry.report_deadline, inquiry.result_deadline):
            assert deadline.met_on <= deadline.due_on


def test_s2c_cancelled_leaves_nothing_open():
    case = tell("s2c", dt.date(2026, 7, 14)).case
    inquiry = case.inquiries.get()
    assert (case.state, inquiry.state) == (Case.State.CANCELLED, Inquiry.State.WITHDRAWN)
    assert inquiry.report_deadline.dropped_at and not inquiry.report_deadline.met_on
    assert not WorkItem.objects.filter(case=case, finished_at__isnull=True).exists()


def test_s2d_put_off_stops_the_clocks_and_the_new_day_moves_them():
    driver = tell("s2d", dt.date(2026, 7, 21), until=5)
    assert driver.case.state == Case.State.POSTPONED
    session = driver.item("draft_minutes", driver.inquiry(XA)).deadline
    assert session.paused_from_on == driver.day(-1)

    driver = tell("s2d", dt.date(2026, 7, 21))
    assert driver.case.state == Case.State.RUNNING
    session = driver.item("draft_minutes", driver.inquiry(XA)).deadline
    assert session.due_on == driver.inquiry(XA).session_on == driver.day(28)
    assert dates(driver, driver.inquiry(XA).report_deadline) == (-7, -8, True)  # what came early still counts
