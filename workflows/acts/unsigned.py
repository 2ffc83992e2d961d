"""A paper that could not be signed is work for who signs it and who drafted it, until one settles it.

It runs in a small flow beside the case, for papers of every form alike. The flow that waits for the
signature is led back to the choice after its signing step, from where a return goes on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils.translation import gettext_lazy as _
from viewflow.workflow.context import Context
from viewflow.workflow.models import Task

from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import CaseDocument
from supervision.cases.services import papers
from supervision.documents import services as documents
from supervision.documents.models import Document
from supervision.errors import WrongState
from supervision.notices.services import News, tell_all
from supervision.organizations.actors import Actor
from workflows.acts.signatures import waiting_for
from workflows.engine import processes
from workflows.engine.branches import lead_back
from workflows.engine.registry import flow_of
from workflows.inbox import work_items
from workflows.models import UNSIGNED, SupervisionProcess, WorkItem

_acted_on: ContextVar[int | None] = ContextVar("acted_on", default=None)


def offer(sender: Any, document: Document, at: dt.datetime, **kwargs: Any) -> None:
    """Offer a paper that is not signed to its signer and its drafter; nothing where that was done."""
    link = CaseDocument.objects.filter(document=document).select_related("case__lead").first()
    if link is None or waiting_for(document) is None or open_work(document):
        return
    with Context(at=at):
        flow_of(UNSIGNED).start.run(case=link.case, subject=document)
        if work_items.next_of_paper(document) is not None:
            flow_of(UNSIGNED).start.run(case=link.case, subject=document)
    items = open_work(document)
    tell_all([_news(item, document) for item in items], at=at)


def open_work(document: Document) -> list[WorkItem]:
    """Return the open work of settling a paper."""
    items = WorkItem.objects.filter(form=UNSIGNED, document=document, finished_at__isnull=True)
    return list(items.select_related("deadline", "organization", "mandate__user", "case").order_by("pk"))


def offer_missing(at: dt.datetime) -> int:
    """Offer papers that got stuck before there was work for it, or whose offer was lost; how many."""
    asked = WorkItem.objects.filter(form=UNSIGNED, finished_at__isnull=True).values("document")
    missing = list(Document.objects.filter(state=Document.State.STUCK).exclude(pk__in=asked).order_by("pk"))
    for document in missing:
        offer(None, document, at)
    return len(missing)


def take_off(sender: Any, document: Document, at: dt.datetime, **kwargs: Any) -> None:
    """End the work on a paper that is stuck no more, whoever saw to it."""
    for item in open_work(document):
        if item.pk == _acted_on.get():
            continue
        work_items.drop_own_clock(item, at)
        work_items.close_item(item, outcome=WorkItem.Outcome.CANCELLED, by=None, at=at)
        flow_of(UNSIGNED).instance.cancel(SupervisionProcess.objects.get(pk=item.process_id))


@contextmanager
def held(item: WorkItem) -> Iterator[None]:
    """Hold what settling a paper changes besides its own process, in the order in which the worker does.

    The case's process, the one that waits for the signature (a letter's own), then the paper.
    """
    with ExitStack() as stack:
        stack.enter_context(flow_of(item.case.form).lock(processes.process_of(item.case).pk))
        task = waiting_for(item.document)
        if task is not None:
            stack.enter_context(task.flow_task.flow_class.lock(task.process_id))
        Document.objects.select_for_update().get(pk=item.document_id)
        token = _acted_on.set(item.pk)
        try:
            yield
        finally:
            _acted_on.reset(token)


def settle(*, actor: Actor, case: Case, subject: Document, data: dict[str, Any], at: dt.datetime) -> None:
    """Have a paper signed again, or lead its flow back to where it is mended; what both learn, both see end.

    Whoever has it signed again has confirmed so (the step asks for it). Raises WrongState for a paper that is
    not stuck any more, NotAllowed when its signer may sign no longer, or has not confirmed another day.
    """
    if data["decision"] != "mend":
        me, elsewhere = actor.mandate, data["decision"] == "elsewhere"
        documents.retry_signature(subject, at=at, by=me, confirmed_by=me, elsewhere=elsewhere)
        return
    task = waiting_for(subject)
    if task is None or subject.state != Document.State.STUCK:
        raise WrongState(_("Văn bản này không ở trạng thái ký chưa xong."))
    stays = subject.kind in selectors.LETTER_KINDS
    papers.return_unsigned(
        document=subject, case=case, reason=data["reason"], actor=actor, at=at, stays=stays
    )
    if task.flow_task.back:
        task.flow_task.back(actor=actor, case=case, subject=task.seed, reason=data["reason"], at=at)
    with Context(at=at):
        lead_back(task, _choice_before(task))


def _choice_before(task: Task) -> Any:
    """Return the choice between a signing step and the wait for its signature: it asks where to go on."""
    return next(iter(task.flow_task._incoming())).src


def _news(item: WorkItem, document: Document) -> News:
    words = f"{document.number_text}: {document.trouble}"
    key = f"document.stuck:{document.pk}:{document.attempts}"
    address = f"/viec-cua-toi/{item.public_id}/"
    return News(key, "document.stuck", item.organization, item.mandate, words, address, item.case.code)
