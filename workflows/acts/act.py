"""The one entry for doing a human step: key, lock, task re-read, right, one service call, execute.

Pages, imports, the demo seed and the tests all come through `act`; nothing else may call
`execute()`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.context import Context
from viewflow.workflow.models import Task

from supervision.access import policy
from supervision.audit.refusals import told_as_moved_on
from supervision.casefiles.models import Case
from supervision.cases import clocks
from supervision.cases.services import board_supervisions, boards, opening, records
from supervision.cases.services.judging import judge_of
from supervision.deadlines import services as deadlines
from supervision.documents.models import Document
from supervision.errors import AlreadyDone, AlreadySent, DomainError, NotAllowed
from supervision.files.sending import Sending, time_of
from supervision.law.registry import specs
from supervision.law.specs import FormSpec, Party, Step
from supervision.organizations.actors import Actor
from supervision.organizations.models import Kind, Level
from workflows.acts import confirming, extensions, inputs, out_of_date, receipts, unsigned
from workflows.engine import processes
from workflows.engine.registry import flow_of
from workflows.inbox import substitutes, work_items
from workflows.inbox.work_items import step_of
from workflows.models import UNSIGNED, Confirmation, DoneAct, Opening, WorkingCopy, WorkItem

#: What every case has; anything else that a form asks on opening is kept as its first record.
CASE_FIELDS = ("title", "field", "grounds")


def forms_of(actor: Actor) -> list[FormSpec]:
    """Return the forms of which the actor's body may open a case, in the order of their codes.

    A board opens its own supervisions and nothing else; only a commune's Front sets up boards.
    """
    board = boards.board_of(actor)
    if board is not None:
        opened = [spec for spec in specs().values() if spec.opened_by is Party.BOARD]
        found = [spec for spec in opened if spec.board in ("", board.kind)]
    else:
        body = actor.organization
        sets_up = body.kind == Kind.FRONT and body.level == Level.COMMUNE
        found = [
            spec
            for spec in specs().values()
            if spec.opening and spec.opened_by is Party.LEAD and (sets_up or not spec.commune_front_only)
        ]
    return sorted(found, key=lambda spec: spec.code)


def open_case(
    *,
    actor: Actor,
    form: str,
    data: dict[str, Any],
    at: dt.datetime,
    key: str = "",
) -> Case:
    """Open a case of a form and start its flow; the first work item is offered in the same transaction.

    `data` is judged as what was typed in a form; an item of an annual plan is one of those that the form
    offers. The same form (by the key of its page) opens one case. Raises InvalidInput, AlreadySent for
    other content under the key, DomainError, or NotAllowed when the actor may not open cases.
    """
    spec: FormSpec = specs()[form]
    policy.require(actor, "open_case", actor.organization, on=timezone.localdate(at))
    if spec not in forms_of(actor):
        raise DomainError(_("Hình thức này không do tổ chức của bạn mở."))
    typed = inputs.sent(spec.opening, data)
    sending = Sending.of(key, by=actor.mandate, act="open_case", about=spec.slug, typed=typed)
    if case := _opened(sending, actor):  # the item of a plan that it carries out is no longer on offer
        return case
    cleaned = inputs.clean(spec.opening, data, case=None, actor=actor, on=timezone.localdate(at), spec=spec)
    try:
        with transaction.atomic(), Context(at=at):
            return _opened(sending, actor) or _open(actor, spec, cleaned, sending, at)
    except IntegrityError:
        case = _opened(sending, actor)  # sent twice at the same instant: the other was first
        if case is None:
            raise
        return case


def _opened(sending: Sending, actor: Actor) -> Case | None:
    done = Opening.objects.filter(key=sending.key).select_related("case__lead").first()
    if done is None:
        return None
    is_own = done.mandate_id == actor.mandate.pk
    return sending.answer(done, is_own=is_own, at=done.case.opened_at).case


def _open(actor: Actor, spec: FormSpec, cleaned: dict[str, Any], sending: Sending, at: dt.datetime) -> Case:
    annual_item = cleaned.pop("annual_item", None)
    facts: dict[str, Any] = {name: cleaned.pop(name) for name in CASE_FIELDS if name in cleaned}
    if spec.opened_by is Party.BOARD:
        case = board_supervisions.open_supervision(
            actor=actor, spec=spec, at=at, annual_item=annual_item, **facts
        )
    else:
        case = opening.open_case(actor=actor, spec=spec, at=at, annual_item=annual_item, **facts)
    if cleaned:
        records.keep(case=case, step="open", data=cleaned, actor=actor, at=at)
    if sending.key:
        Opening.objects.create(key=sending.key, content=sending.content, mandate=actor.mandate, case=case)
    flow_of(spec.slug).start.run(case=case)
    return case


def act(
    *,
    actor: Actor,
    item: WorkItem,
    data: dict[str, Any],
    key: str,
    at: dt.datetime,
    confirmation: Confirmation | None = None,
) -> DoneAct:
    """Do the step of `item` as `actor` with `data`, once for each `key`.

    `confirmation` is spent by a step that asks for one (`confirming`). Returns the receipt; the
    same again returns the same receipt and does nothing. Raises AlreadyDone when another was first,
    AlreadySent for other content under the key, NotAllowed or Hidden without the right, InvalidInput with
    every error at once, NotConfirmed, WrongState when the case has moved on, or a row that the service
    would write.
    """
    with told_as_moved_on(), _locked(item):
        if done := done_under(key, actor=actor, item=item, data=data):
            return done
        item = WorkItem.objects.select_related("case", "case__lead", "deadline", "document").get(pk=item.pk)
        still_open(item)
        on = timezone.localdate(at)
        require(actor, item, on)
        step = step_of(item)
        actor = substitutes.acting(actor, item, on)
        substitutes.refuse_own_draft(actor, item, step)
        return _do(actor, item, step, data, at, key=key, confirmation=confirmation)


def _do(
    actor: Actor,
    item: WorkItem,
    step: Step,
    data: dict[str, Any],
    at: dt.datetime,
    *,
    key: str,
    confirmation: Confirmation | None,
) -> DoneAct:
    """Hand the step to its service, move the process on and write the receipt, under the lock of `act`."""
    on, subject = timezone.localdate(at), item.subject
    if subject is not None and not isinstance(subject, Document):
        subject.case = item.case
    task = Task.objects.get(pk=item.task_id)
    service = task.flow_task.service
    cleaned = _judged(actor, item, step, data, service=service, subject=subject, on=on)
    confirmed = None
    if confirming.is_asked(step, data):
        confirmed = confirming.spend(confirmation, actor=actor, item=item, data=data, at=at)
    sent = service(actor=actor, case=item.case, subject=subject, data=cleaned, at=at)
    _meet_own_clock(item, on, at)
    opening.enter_stage(item.case, step.stage)
    done_by = {"by": actor.mandate, "acted_for": actor.acting_for}
    work_items.close_item(item, outcome=WorkItem.Outcome.DONE, **done_by, at=at)
    with Context(at=at):
        _execute(task, actor)
    WorkingCopy.objects.filter(item=item).delete()
    if item.form != processes.EXTENSION:  # two decisions at once would wait for each other
        extensions.end_moot_requests(item.case, at)
    return DoneAct.objects.create(
        key=key,
        content=_sending(key, actor, item, data).content,
        item=item,
        mandate=actor.mandate,
        at=at,
        data=inputs.stored(step.fields, data),
        receipt=receipts.of(item, sent or cleaned.get("files") or []),
        confirmed=confirmed,
    )


def require(actor: Actor, item: WorkItem, on: dt.date) -> None:
    """Raise what `policy.require` raises for acting on the item, naming the limit of an authorization."""
    try:
        policy.require(actor, "act", item, on=on)
    except NotAllowed as refused:
        if words := substitutes.why_not(actor, item, on):
            raise NotAllowed(words) from refused
        raise


@contextmanager
def _locked(item: WorkItem) -> Iterator[None]:
    """Hold the process of the item; a decision on time takes its case's own first, as answers do.

    So does settling an unsigned paper, and the paper.
    """
    with ExitStack() as held:
        if item.form == processes.EXTENSION:
            held.enter_context(flow_of(item.case.form).lock(processes.process_of(item.case).pk))
        elif item.form == UNSIGNED:
            held.enter_context(unsigned.held(item))
        held.enter_context(flow_of(item.form).lock(item.process_id))
        yield


def done_under(key: str, *, actor: Actor, item: WorkItem, data: dict[str, Any]) -> DoneAct | None:
    """Return the act that a form has done, sent twice; None for a key that has done nothing yet.

    Raises AlreadySent when it was sent with other content, or belongs to anything else.
    """
    done = DoneAct.objects.filter(key=key).first()
    if done is None:
        return None
    if (done.mandate_id, done.item_id) != (actor.mandate.pk, item.pk):
        raise AlreadySent(_("Mẫu này đã được gửi cho một việc khác. Hãy mở lại việc rồi làm."))
    if done.content not in ("", _sending(key, actor, item, data).content):  # the step is done: no new form
        words = _("Việc này đã được gửi lúc %(time)s với nội dung khác. Nội dung vừa gõ chưa được ghi.")
        raise AlreadySent(words % {"time": time_of(done.at)})
    return done


def _sending(key: str, actor: Actor, item: WorkItem, data: dict[str, Any]) -> Sending:
    typed = inputs.sent(step_of(item).fields, data)
    return Sending.of(key, by=actor.mandate, act="step", about=item.public_id, typed=typed)


def check(*, actor: Actor, item: WorkItem, data: dict[str, Any], at: dt.datetime) -> None:
    """Raise what `act` would raise about the input alone: InvalidInput with every error at once."""
    on = timezone.localdate(at)
    require(actor, item, on)
    service = Task.objects.get(pk=item.task_id).flow_task.service
    _judged(actor, item, step_of(item), data, service=service, subject=item.subject, on=on)


def _judged(
    actor: Actor, item: WorkItem, step: Step, data: dict[str, Any], *, service: Any, subject: Any, on: dt.date
) -> dict[str, Any]:
    """Return `data` as the service takes it; InvalidInput also for a paper that the day has made wrong."""
    judge = judge_of(service, case=item.case, subject=subject, on=on)
    cleaned = inputs.clean(step.fields, data, case=item.case, actor=actor, on=on, judge=judge)
    if confirming.is_asked(step, data):
        out_of_date.require_still_right(item, on=on)
    return cleaned


def still_open(item: WorkItem) -> None:
    """Raise AlreadyDone, saying by whom and when, if the item is finished."""
    if item.outcome == WorkItem.Outcome.CANCELLED:
        raise AlreadyDone(_("Việc này đã được hủy cùng hồ sơ hoặc yêu cầu của nó."))
    if item.finished_at is not None:
        name = item.finished_by.user.display_name if item.finished_by else ""
        time = timezone.localtime(item.finished_at)
        raise AlreadyDone(
            _("Việc này vừa được %(who)s làm xong lúc %(time)s. Không có gì bị ghi hai lần.")
            % {"who": name, "time": f"{time:%H:%M %d/%m/%Y}"}
        )


def _meet_own_clock(item: WorkItem, on: dt.date, at: dt.datetime) -> None:
    """An internal step's clock belongs to the item alone and ends with it."""
    deadline = item.deadline
    if deadline and deadline.rule in clocks.OF_ONE_STEP and deadline.is_running:
        deadlines.meet(deadline, on=on, at=at)


def _execute(task: Any, actor: Actor) -> None:
    activation = task.flow_task.activation_class(task)
    activation.assign(actor.user)
    activation.start(None)
    activation.execute()
