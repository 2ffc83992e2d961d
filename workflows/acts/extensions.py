"""More time for an addressee: asked for, granted unasked, and requests that need no answer any more."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.context import Context

from supervision.access import policy
from supervision.casefiles.models import Case
from supervision.cases.services import extensions
from supervision.errors import WrongState
from supervision.organizations.actors import Actor
from workflows.acts.reasons import given
from workflows.engine.processes import EXTENSION, locked
from workflows.engine.registry import flow_of
from workflows.inbox import work_items
from workflows.models import SupervisionProcess, WorkItem


def request_extension(
    *, actor: Actor, subject: extensions.Asked, to_on: dt.date, reason: str, at: dt.datetime
) -> None:
    """The agency asks for more time; a decision on it is offered to the chairing body."""
    policy.require(actor, "answer", subject, on=timezone.localdate(at))
    with locked(subject) as row:
        extensions.request_extension(actor=actor, subject=row, to_on=to_on, reason=given(reason), at=at)
        with Context(at=at):
            flow_of(EXTENSION).start.run(case=row.case, subject=row)


def grant_extension(
    *, actor: Actor, subject: extensions.Asked, to_on: dt.date, reason: str, at: dt.datetime
) -> None:
    """The Front moves the addressee's running clock to a later day, unasked."""
    policy.require(actor, "extend", subject, on=timezone.localdate(at))
    with locked(subject) as row:
        if extensions.waiting_request(row):
            raise WrongState(
                _("Cơ quan đã xin gia hạn; hãy quyết định ở việc “Quyết định về đề nghị gia hạn”.")
            )
        extensions.grant_extension(actor=actor, subject=row, to_on=to_on, reason=given(reason), at=at)


def end_moot_requests(case: Case, at: dt.datetime) -> None:
    """Take requests for more time out of every inbox where nothing is left to decide.

    Their clock has ended, or was counted anew, which answers what was asked before.
    """
    items = WorkItem.objects.filter(case=case, form=EXTENSION, finished_at__isnull=True)
    for item in items.select_related("inquiry", "recommendation", "criticism"):
        request = extensions.waiting_request(item.request)
        if request is None or (request.deadline.is_running and request.deadline.extension_requested_at):
            continue
        extensions.drop_request(request, at=at)
        work_items.drop_own_clock(item, at)
        work_items.close_item(item, outcome=WorkItem.Outcome.CANCELLED, by=None, at=at)
        flow_of(EXTENSION).instance.cancel(SupervisionProcess.objects.get(pk=item.process_id))
