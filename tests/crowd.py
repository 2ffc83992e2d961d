"""Many cases beside one that was driven, each with open work and its clock, by a few statements."""

from __future__ import annotations

import datetime as dt

from django.contrib.contenttypes.models import ContentType
from viewflow.workflow.models import Task

from supervision.casefiles.models import Case
from supervision.deadlines.models import Deadline
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from tests.stages import OFFICER
from workflows.flows.s2 import DelegationFlow
from workflows.models import SupervisionProcess, WorkItem


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
        if not field.primary_key and field.name != "public_id"
    }
    day = pattern.due_on + dt.timedelta(days=number % 40)
    return Deadline(**{**values, "due_on": day, "met_on": None, "met_at": None, "dropped_at": None})
