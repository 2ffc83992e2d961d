"""When the worker has signed a paper, the waiting flow goes on; or back, when it cannot be signed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.context import Context
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from supervision.access import policy
from supervision.casefiles.models import Case
from supervision.cases.models import CaseDocument
from supervision.cases.services import papers, redactions
from supervision.documents.models import Document
from supervision.errors import WrongState
from supervision.organizations.actors import Actor
from workflows.engine import processes
from workflows.engine.branches import lead_back
from workflows.models import SupervisionProcess, WorkItem


def hold(sender: Any, document: Document, **kwargs: Any) -> None:
    """Hold the process of the case, then the one that waits for `document` (a letter's own), as steps do."""
    link = CaseDocument.objects.filter(document=document).select_related("case").first()
    task = waiting_for(document)
    held = [processes.process_of(link.case).pk] if link is not None else []
    for pk in held + ([task.process_id] if task is not None else []):
        SupervisionProcess.objects.select_for_update().get(pk=pk)


def go_on(sender: Any, document: Document, **kwargs: Any) -> None:
    """Complete the node that waits for `document`, inside the worker's final transaction."""
    at = document.signed_at or timezone.now()
    for case in Case.objects.filter(papers__document=document, redactions__isnull=False).distinct():
        redactions.refresh(case, at=at)
    task = waiting_for(document)
    if task is None:
        return
    with Context(at=at):
        task.flow_task.run(task, document=document, at=at)


def sign_anew(document: Document, *, actor: Actor, at: dt.datetime) -> None:
    """Give up a stuck paper with its number and offer the same text for signature again.

    For when its signer may no longer sign: the mandate ended, or leave to sign was revoked. Raises
    NotAllowed without the right, WrongState for a paper that is not stuck, that nothing waits for, or whose
    signer may still sign it.
    """
    policy.require(actor, "sign_anew", document, on=timezone.localdate(at))
    task = waiting_for(document)
    signed = WorkItem.objects.filter(document=document, outcome=WorkItem.Outcome.DONE)
    last = signed.select_related("task").order_by("-finished_at", "-pk").first()
    if task is None or last is None:
        raise WrongState(_("Văn bản này không ở trạng thái ký chưa xong."))
    with task.flow_task.flow_class.lock(task.process_id), Context(at=at):
        papers.prepare_again(document, actor=actor, at=at)
        lead_back(task, last.task.flow_task)


def waiting_for(document: Document) -> Task | None:
    """Return the task that waits for the signature of a paper, None where nothing does."""
    waiting = Task.objects.filter(external_task_id=f"document:{document.pk}", status=STATUS.NEW)
    found: Task | None = waiting.first()
    return found
