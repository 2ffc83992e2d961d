"""Twelve queries a page, with ten cases and with ten thousand; no list reads a whole table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.web.views.inbox import TABS, _ordered, tab_q
from tests.crowd import more_cases
from tests.stages import CHAIR, OFFICER, drafter
from workflows.models import WorkItem

MOST = 12
MANY = 10_000
Start = Callable[[str], Driver]


def analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.fixture(params=[10, MANY], ids=["ten", "ten thousand"])
def crowd(request: pytest.FixtureRequest, stage: Start, settings: Any) -> Iterator[Driver]:
    """The driven case, published to be, among many others."""
    driver = stage("recommended")
    more_cases(driver, request.param)
    analyze()
    with time_machine.travel(driver.at(22), tick=True):
        yield driver


def client_of(key: str) -> Client:
    client, who = Client(), actor(key)
    client.force_login(who.user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["mandate"] = who.mandate.public_id
    session.save()
    return client


def queries(client: Client, address: str) -> int:
    client.get(address)  # what is read once in a process is not the page's cost
    with CaptureQueriesContext(connection) as seen:
        response = client.get(address)
    assert response.status_code == 200, address
    count = len([one for one in seen.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))])
    assert count <= MOST, "\n".join(one["sql"][:200] for one in seen.captured_queries)
    return count


def test_pages_of_the_workspace(crowd: Driver) -> None:
    office, chair = client_of(OFFICER), client_of(CHAIR)
    counted = {}
    for tab in TABS:
        counted[f"/viec-cua-toi/?nhom={tab}"] = queries(office, f"/viec-cua-toi/?nhom={tab}")
    counted["inbox"] = queries(office, "/viec-cua-toi/")
    counted["late"] = queries(office, "/viec-cua-toi/?nhom=cua-toi&han=qua-han")
    counted["cases"] = queries(office, "/ho-so/")
    counted["words"] = queries(office, "/ho-so/?q=giam+sat+so+7")
    counted["case"] = queries(office, f"/ho-so/{crowd.case.public_id}/")
    counted["case of the chair"] = queries(chair, f"/ho-so/{crowd.case.public_id}/")
    counted["inbox of an agency"] = queries(client_of(drafter("so-nnmt-24")), "/viec-cua-toi/")
    print(counted)


def plan_of(items: Any) -> str:
    sql, params = items.query.sql_with_params()
    with connection.cursor() as cursor:
        explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
        cursor.execute(explain + sql, params)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_the_inbox_reads_by_its_indexes(stage: Start) -> None:
    """Among ten thousand pieces of work of one body, those of a small one are found at once."""
    driver = stage("asked")
    more_cases(driver, MANY)
    analyze()
    for key in (drafter("so-nnmt-24"), OFFICER):
        who = actor(key)
        for tab in ("cua-toi", "chua-nhan", "da-giao"):
            if key == OFFICER and tab != "da-giao":
                continue  # half of all rows are this officer's own: reading them all is right there
            plan = plan_of(_ordered(WorkItem.objects.filter(tab_q(who, tab)), who, tab)[:25])
            table = "supervision_workflows_workitem"
            assert f"SCAN {table}" not in plan and f"Seq Scan on {table}" not in plan, f"{tab}\n{plan}"
