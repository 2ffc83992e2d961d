"""Twelve queries a page, with ten cases and with ten thousand; no list reads a whole table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from viewflow.workflow.models import Task

from supervision.cases.models import Case
from supervision.deadlines.models import Deadline
from supervision.web.demo.driver import Driver
from supervision.web.demo.world import actor
from supervision.web.views.inbox import TABS, _ordered, tab_q
from tests.stages import CHAIR, OFFICER, drafter
from workflows.flows.s2 import DelegationFlow
from workflows.models import SupervisionProcess, WorkItem

MOST = 12
MANY = 10_000
Start = Callable[[str], Driver]


def more_cases(driver: Driver, count: int) -> None:
    """Store many cases beside the driven one, each with one open piece of work and its clock."""
    lead, officer, at = driver.case.lead, actor(OFFICER), driver.at(-20)
    cases = Case.objects.bulk_create(
        Case(
            code=f"GS-NHIEU-{number:05d}",
            form="doan-giam-sat",
            title=f"Giám sát số {number}",
            field="land",
            grounds="Kế hoạch",
            lead=lead,
            opened_by=officer.mandate,
            opened_at=at - dt.timedelta(minutes=number),
            search_text=f"gs-nhieu-{number:05d} giam sat so {number}",
        )
        for number in range(count)
    )
    kind = ContentType.objects.get_for_model(Case)
    processes = SupervisionProcess.objects.bulk_create(
        SupervisionProcess(
            flow_class=DelegationFlow, artifact_content_type=kind, artifact_object_id=case.pk, status="NEW"
        )
        for case in cases
    )
    node = DelegationFlow.draft_plan
    tasks = Task.objects.bulk_create(
        Task(process=process, flow_task=node, flow_task_type="HUMAN", status="NEW") for process in processes
    )
    pattern = Deadline.objects.filter(rule="STEP").first()
    clocks = Deadline.objects.bulk_create(_copy(pattern, number) for number in range(count))
    WorkItem.objects.bulk_create(
        WorkItem(
            task=task,
            process=process,
            form="doan-giam-sat",
            step="draft_plan",
            case=case,
            deadline=clock,
            organization=lead,
            duties="|officer|",
            mandate=officer.mandate if number % 3 else None,
            created_at=at,
        )
        for number, (task, process, case, clock) in enumerate(
            zip(tasks, processes, cases, clocks, strict=True)
        )
    )


def _copy(pattern: Deadline, number: int) -> Deadline:
    values = {
        field.attname: getattr(pattern, field.attname)
        for field in pattern._meta.concrete_fields
        if not field.primary_key
    }
    day = pattern.due_on + dt.timedelta(days=number % 40)
    return Deadline(**{**values, "due_on": day, "met_on": None, "met_at": None, "dropped_at": None})


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
