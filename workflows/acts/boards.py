"""A board's paper that nobody answers: the board goes to the Front, an act outside any task (ADR 0016)."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.context import Context
from viewflow.workflow.models import Task

from supervision.access import policy
from supervision.casefiles.models import Case
from supervision.cases.services import settlements
from supervision.errors import InvalidInput, WrongState
from supervision.law.specs import Party
from supervision.organizations.actors import Actor
from workflows.engine.branches import leave_branch
from workflows.engine.processes import process_of
from workflows.engine.registry import flow_of
from workflows.inbox import work_items
from workflows.inbox.work_items import step_of
from workflows.models import WorkItem


def go_to_the_front(*, actor: Actor, case: Case, text: str, at: dt.datetime) -> None:
    """Ask the Front to recommend because the time to settle has passed without an answer.

    What the committee still had to do ends; WrongState while it is in time or once it has answered.
    """
    policy.require(actor, "go_to_front", case, on=timezone.localdate(at))
    if not text.strip():
        raise InvalidInput({"text": [_("Chưa điền mục này.")]})
    process = process_of(case)
    flow_class = flow_of(case.form)
    with flow_class.lock(process.pk):
        case = Case.objects.select_related("lead").get(pk=case.pk)
        settlements.go_to_the_front(actor=actor, case=case, text=text.strip(), at=at)
        open_items = WorkItem.objects.filter(process=process, finished_at=None).select_related("deadline")
        item = next((one for one in open_items if step_of(one).party is Party.SETTLER), None)
        if item is None:
            raise WrongState(_("Chưa hết hạn giải quyết, hoặc đã có kết quả giải quyết."))
        work_items.close_item(item, outcome=WorkItem.Outcome.CANCELLED, by=actor.mandate, at=at)
        with Context(at=at):
            goes_on = flow_class.judge_settlement._outgoing()  # as after the board's own view of an answer
            leave_branch(Task.objects.get(pk=item.task_id), actor, next(iter(goes_on)).dst)
