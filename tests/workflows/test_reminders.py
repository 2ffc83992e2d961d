"""Reminders go out once, to whoever must act, while the clock runs; a stopped worker hides nothing."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from supervision.deadlines import services
from supervision.deadlines.models import Deadline, Reminder
from supervision.deadlines.reminders import PASSED
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.language.dates import VIETNAM
from supervision.notices.models import Notice
from supervision.notices.services import notices_of, recipients
from supervision.organizations.services import set_term
from tests.crowd import more_cases
from tests.markup import html_of
from tests.stages import AGENCIES, CHAIR, OFFICER, drafter, go, leader, org
from workflows.inbox import work_items
from workflows.models import WorkItem
from workflows.sweeps import reminders

Start = Callable[[str], Driver]
FIRST = AGENCIES[0]
DAY = dt.timedelta(days=1)
MANY = 3000


def morning(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(8), VIETNAM)


def told_on(day: dt.date) -> int:
    return reminders.remind(at=morning(day))


def of_reminders(**about: Any) -> list[Notice]:
    return list(Notice.objects.filter(key__startswith="reminder:", **about).order_by("pk"))


def report_clock(driver: Driver) -> Deadline:
    """The clock of the first agency's report: counted back from the session, ten days long."""
    return driver.item("receive_inquiry", driver.inquiry(FIRST)).deadline


def only_this_runs(clock: Deadline) -> None:
    others = Deadline.objects.running().exclude(pk=clock.pk)
    others.update(dropped_at=clock.created_at)


@pytest.fixture
def asked(stage: Start) -> tuple[Driver, Deadline]:
    """An agency owes its report, and nothing else in the database runs."""
    driver = stage("asked")
    clock = report_clock(driver)
    only_this_runs(clock)
    return driver, clock


def days_told(clock: Deadline, first: dt.date, last: dt.date) -> list[tuple[int, int]]:
    """Let the sweep run every morning; return (days before the date then, offset told) of each reminder."""
    day = first
    while day <= last:
        told_on(day)
        day += DAY
    rows = Reminder.objects.filter(deadline=clock).order_by("pk")
    return [((row.due_on - row.at.astimezone(VIETNAM).date()).days, row.days_before) for row in rows]


def test_each_offset_is_told_on_its_day_and_one_as_long_as_the_term_is_skipped(
    asked: tuple[Driver, Deadline],
) -> None:
    _driver, clock = asked
    created = clock.created_at.astimezone(VIETNAM).date()
    assert 7 < (clock.due_on - created).days <= 15
    assert days_told(clock, created, clock.due_on + 9 * DAY) == [(7, 7), (3, 3), (-1, PASSED)]
    assert not told_on(clock.due_on + 10 * DAY)


def test_whoever_must_act_is_told_and_the_chairing_body_once_it_is_late(
    asked: tuple[Driver, Deadline],
) -> None:
    driver, clock = asked
    told_on(clock.due_on - 7 * DAY)
    work_items.take(
        driver.item("receive_inquiry", driver.inquiry(FIRST)),
        actor=actor(drafter(FIRST)),
        at=morning(clock.due_on - 5 * DAY),
    )
    told_on(clock.due_on - 3 * DAY)
    told_on(clock.due_on + DAY)
    offered, taken, late, chairing = of_reminders()
    assert (offered.organization, offered.mandate, offered.kind) == (org(FIRST), None, "deadline.near")
    assert taken.mandate == late.mandate == actor(drafter(FIRST)).mandate
    assert (chairing.organization, chairing.mandate) == (driver.case.lead, None)
    assert {late.kind, chairing.kind} == {"deadline.passed"}
    assert offered in notices_of(actor(leader(FIRST)).mandate)
    assert chairing in notices_of(actor(CHAIR).mandate)
    for notice, key in ((taken, drafter(FIRST)), (chairing, OFFICER)):
        client = Client()
        client.force_login(actor(key).user, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(notice.address).status_code == 200, notice.address


def test_work_of_heads_is_told_to_heads(stage: Start) -> None:
    driver = stage("opened")
    go(driver, -30, "draft_plan")
    clock = driver.item("sign_plan").deadline
    only_this_runs(clock)
    told_on(clock.due_on - DAY)
    (notice,) = of_reminders()
    mailed = recipients(notice, clock.due_on)
    assert actor(CHAIR).user.email in mailed and actor(OFFICER).user.email not in mailed


def test_a_clock_that_stands_still_or_has_ended_reminds_nobody(asked: tuple[Driver, Deadline]) -> None:
    _driver, clock = asked
    officer = actor(OFFICER).mandate
    services.pause(clock, from_on=clock.due_on - 8 * DAY, reason="Bão", by=officer)
    assert not told_on(clock.due_on - 7 * DAY)
    services.resume(clock, on=clock.due_on - 5 * DAY)
    assert told_on(clock.due_on - 3 * DAY) == 1
    services.meet(clock, on=clock.due_on - 2 * DAY, at=morning(clock.due_on - 2 * DAY))
    assert not told_on(clock.due_on + DAY)


def test_an_extension_moves_the_reminders_with_the_date(asked: tuple[Driver, Deadline]) -> None:
    _driver, clock = asked
    told_on(clock.due_on - 3 * DAY)
    services.extend(
        clock,
        to_on=clock.due_on + 20 * DAY,
        reason="Thiếu số liệu",
        by=actor(OFFICER).mandate,
        at=morning(clock.due_on - 2 * DAY),
    )
    told = days_told(clock, clock.due_on - 22 * DAY, clock.due_on + DAY)
    assert told == [(3, 3), (15, 15), (7, 7), (3, 3), (-1, PASSED)]


def test_after_a_stop_only_the_nearest_reminder_is_told(asked: tuple[Driver, Deadline]) -> None:
    _driver, clock = asked
    assert told_on(clock.due_on - 2 * DAY) == 1
    assert [row.days_before for row in clock.reminders.all()] == [3]
    assert days_told(clock, clock.due_on - 2 * DAY, clock.due_on) == [(2, 3)]


def test_the_offsets_are_the_chairing_body_s_own(asked: tuple[Driver, Deadline]) -> None:
    driver, clock = asked
    at = clock.created_at
    set_term(organization=driver.case.lead.superior, key="reminder_offset_2", value=5, by=None, at=at)
    set_term(organization=driver.case.lead, key="reminder_offset_3", value=1, by=None, at=at)
    told = days_told(clock, clock.due_on - 9 * DAY, clock.due_on)
    assert told == [(5, 5), (1, 1)]


# -- three thousand ----------------------------------------------------------------------


def nearest(clock: Deadline, on: dt.date) -> int | None:
    """A second reckoning: the reminder a clerk would send on this day."""
    if clock.met_on or clock.dropped_at or (clock.paused_from_on and clock.paused_from_on <= on):
        return None
    if clock.due_on < on:
        return PASSED
    reached = [
        n for n in (15, 7, 3) if clock.due_on - n * DAY <= on and clock.start_on + n * DAY < clock.due_on
    ]
    return reached[-1] if reached else None


@pytest.fixture
def crowd(stage: Start) -> tuple[Driver, dt.date]:
    """Three thousand open clocks of every kind, due over forty days; a third are an agency's."""
    driver = stage("opened")
    more_cases(driver, MANY)
    officer = actor(OFFICER).mandate
    work = WorkItem.objects.filter(case__code__startswith="GS-NHIEU").order_by("pk")
    agency = [item.pk for item in work if item.mandate_id is None]
    WorkItem.objects.filter(pk__in=agency).update(organization=org(FIRST), duties="|agency_responder|")
    clocks = list(Deadline.objects.filter(work_items__in=work).order_by("pk"))
    today = min(clock.due_on for clock in clocks) + 5 * DAY
    for clock in clocks[:20]:
        services.drop(clock, at=morning(today))
    for clock in clocks[20:40]:
        services.meet(clock, on=today - DAY, at=morning(today))
    for clock in clocks[60:80]:
        services.pause(clock, from_on=today - 9 * DAY, reason="Chờ", by=officer)
    for clock in clocks[100:120]:
        services.extend(
            clock, to_on=clock.due_on + 12 * DAY, reason="Thiếu số liệu", by=officer, at=morning(today)
        )
    return driver, today


def at_once(number: int, act: Callable[[], object]) -> None:
    start, failures = threading.Barrier(number), []

    def run() -> None:
        try:
            start.wait()
            act()
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures


def inbox_of(key: str, day: dt.date) -> str:
    with time_machine.travel(morning(day), tick=True):
        client = Client()
        client.force_login(actor(key).user, backend="django.contrib.auth.backends.ModelBackend")
        return html_of(client.get("/viec-cua-toi/?nhom=chua-nhan&han=qua-han"))


@pytest.mark.tier("all")
def test_three_thousand_clocks_with_the_worker_stopped_for_a_week(crowd: tuple[Driver, dt.date]) -> None:
    driver, today = crowd
    clocks = list(Deadline.objects.filter(work_items__finished_at__isnull=True))
    assert len(clocks) > MANY
    told = {(one.pk, nearest(one, today)) for one in clocks} - {(one.pk, None) for one in clocks}
    at_once(2, lambda: told_on(today))
    assert set(Reminder.objects.values_list("deadline", "days_before")) == told

    back = today + 7 * DAY  # a week without a worker: pages derive what they show
    waiting = WorkItem.objects.filter(organization=org(FIRST), mandate__isnull=True).select_related(
        "deadline"
    )
    late = sum(nearest(item.deadline, back) == PASSED for item in waiting)
    assert f"{late} việc quá hạn" in inbox_of(drafter(FIRST), back)

    at_once(2, lambda: told_on(back))
    told |= {(one.pk, nearest(one, back)) for one in clocks} - {(one.pk, None) for one in clocks}
    counted = Counter(Reminder.objects.values_list("deadline", "days_before"))
    assert set(counted) == told
    assert set(counted.values()) == {1}
    assert_each_told_once(driver, told)
    assert told_on(back) == 0


def assert_each_told_once(driver: Driver, told: Iterable[tuple[int, int | None]]) -> None:
    """Whoever must act has one notice of each reminder; the chairing body one more of what is late."""
    items = {item.deadline_id: item for item in WorkItem.objects.filter(finished_at__isnull=True)}
    expected: Counter[tuple[str, int, int | None]] = Counter()
    for pk, days in told:
        item = items[pk]
        due = item.deadline.due_on.isoformat()
        owed = (f"reminder:{pk}:{due}:{days}", item.organization_id, item.mandate_id)
        expected[owed] = 1
        if days == PASSED:
            expected[owed[0], driver.case.lead_id, None] = 1
    rows = Notice.objects.filter(key__startswith="reminder:")
    assert Counter(rows.values_list("key", "organization", "mandate")) == expected


def test_a_sweep_costs_the_same_number_of_queries_for_ten_deadlines_and_for_two_hundred(
    crowd: tuple[Driver, dt.date],
) -> None:
    _driver, today = crowd
    waiting = sorted(reminders.due_now(today).values_list("pk", flat=True))
    counted = {}
    for size in (10, 200):
        batch, waiting = waiting[:size], waiting[size:]
        with CaptureQueriesContext(connection) as seen:
            assert reminders._tell(batch, on=today, at=morning(today)) > size / 2
        inserts = ("INSERT", "SAVEPOINT", "RELEASE")  # Django cuts what SQLite cannot store in one statement
        counted[size] = len([one for one in seen if not one["sql"].startswith(inserts)])
    assert counted[10] == counted[200] <= 8, counted


def test_the_sweep_reads_by_an_index(crowd: tuple[Driver, dt.date]) -> None:
    _driver, today = crowd
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    sql, params = reminders.due_now(today - 40 * DAY).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + sql, params)
        plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
    assert "SCAN deadlines_deadline" not in plan and "Seq Scan on deadlines_deadline" not in plan, plan
