"""Acts on a whole case outside a task: cancel, postpone, withdraw an agency; they move tasks and timers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.context import Context
from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS

from supervision.access import policy
from supervision.casefiles.models import Case
from supervision.cases import clocks, selectors
from supervision.cases.models import Criticism, Inquiry
from supervision.cases.services import announcements, conferences, criticisms, letters, opening, rescheduling
from supervision.deadlines import services as deadlines
from supervision.documents.models import Document
from supervision.errors import WrongState
from supervision.law.registry import specs
from supervision.organizations.actors import Actor
from workflows.acts import extensions
from workflows.acts.reasons import given
from workflows.engine.branches import leave_branch
from workflows.engine.processes import EXTENSION, LETTER, locked, process_of, start_letter
from workflows.engine.registry import flow_of
from workflows.inbox import work_items
from workflows.models import SupervisionProcess, WorkItem

_OPEN = [STATUS.NEW, STATUS.ASSIGNED, STATUS.STARTED, STATUS.SCHEDULED]


def _returned(case: Case) -> QuerySet[WorkItem]:
    """Return the open work of mending a letter about the case as a whole."""
    items = WorkItem.objects.filter(case=case, form=LETTER, step="mend_letter", finished_at__isnull=True)
    return items.filter(inquiry=None, recommendation=None).select_related("deadline")


def _held(case: Case) -> Case:
    """Return the case as it stands now, held against change; whoever mends a letter holds that one first."""
    letters_of = SupervisionProcess.objects.filter(pk__in=_returned(case).values("process"))
    list(letters_of.select_for_update().order_by("pk"))
    return Case.objects.select_for_update().get(pk=case.pk)


def cancel_case(*, actor: Actor, case: Case, reason: str, at: dt.datetime) -> None:
    """Cancel the case: its open tasks end, agencies are told, and an announcement goes for signature."""
    policy.require(actor, "steer", case, on=timezone.localdate(at))
    reason = given(reason)
    process = process_of(case)
    flow_class = flow_of(case.form)
    with flow_class.lock(process.pk):
        case = _held(case)
        _refuse_while_signing(process)
        opening.cancel(case=case, actor=actor, reason=reason, at=at)
        conferences.call_off(case=case, at=at)
        for item in _open_items(process):
            work_items.drop_own_clock(item, at)
            work_items.close_item(item, outcome=WorkItem.Outcome.CANCELLED, by=actor.mandate, at=at)
        flow_class.instance.cancel(process)
        extensions.end_moot_requests(case, at)
        _announce(actor, case, "hủy cuộc giám sát", reason, at)


def postpone_case(*, actor: Actor, case: Case, reason: str, at: dt.datetime) -> None:
    """Put the case off: clocks of open inquiries stand still until a new day is fixed."""
    on, process = timezone.localdate(at), process_of(case)
    policy.require(actor, "steer", case, on=on)
    with flow_of(case.form).lock(process.pk):
        case = _held(case)
        reason = given(reason)
        opening.postpone(case=case, actor=actor, reason=reason, at=at)
        for item in _with_requests(case, process):
            if work_items.own_clock_runs(item):
                deadlines.pause(item.deadline, from_on=on, reason=reason, by=actor.mandate)
        _announce(actor, case, "hoãn cuộc giám sát", reason, at)


def reschedule_case(
    *, actor: Actor, case: Case, days: dict[int, dt.date], reason: str, at: dt.datetime
) -> None:
    """Fix new session days; D-15 and D-7 are counted again from them."""
    policy.require(actor, "steer", case, on=timezone.localdate(at))
    process = process_of(case)
    with flow_of(case.form).lock(process.pk):
        case, reason = _held(case), given(reason)
        days = rescheduling.reschedule(case=case, actor=actor, days=days, reason=reason, at=at)
        extensions.end_moot_requests(case, at)
        for item in _with_requests(case, process):
            _go_on(item, days, at)
        if moved := _moved(case, days):
            _announce(actor, case, "ngày làm việc mới của cuộc giám sát", reason, at, moved=moved)


def _open_items(process: Process) -> Any:
    items = WorkItem.objects.filter(process=process, finished_at__isnull=True)
    return items.select_related("deadline", "inquiry", "case__lead").order_by("pk")


def _with_requests(case: Case, process: Process) -> list[WorkItem]:
    """The case's own open items and those that decide on its requests for more time."""
    requests = WorkItem.objects.filter(case=case, form=EXTENSION, finished_at__isnull=True)
    return [
        *_open_items(process),
        *requests.select_related("deadline", "inquiry", "case__lead").order_by("pk"),
    ]


def _go_on(item: WorkItem, days: dict[int, dt.date], at: dt.datetime) -> None:
    """Let the item's own clock run again; one fixed on a session day moves with that day.

    Work of the agency whose clock was given up for another one follows that.
    """
    if item.deadline and item.deadline.dropped_at and item.inquiry_id in days:
        _follow(item, at)
    if not work_items.own_clock_runs(item):
        return
    if item.deadline.rule == "SESSION" and item.inquiry_id in days:
        deadlines.drop(item.deadline, at=at)
        _follow(item, at)
    elif item.deadline.pauses.filter(until_on__isnull=True).exists():
        deadlines.resume(item.deadline, on=timezone.localdate(at))


def _follow(item: WorkItem, at: dt.datetime) -> None:
    """Give the item the clock that now runs for its step."""
    step = specs()[item.form].step(item.step)
    item.deadline = clocks.deadline_for(step, item.case, item.inquiry, at=at)
    item.save(update_fields=["deadline"])


def _moved(case: Case, days: dict[int, dt.date]) -> list[Inquiry]:
    """Return the inquiries that have been given a new day, as they stand now."""
    ended = (Inquiry.State.PREPARED, Inquiry.State.DONE, Inquiry.State.WITHDRAWN)
    clocks = ("supplement_deadline", "asked_deadline", "report_deadline")
    rows = case.inquiries.filter(pk__in=days).exclude(state__in=ended)
    return list(rows.select_related("agency", *clocks).order_by("number"))


def _announce(
    actor: Actor, case: Case, what: str, text: str, at: dt.datetime, *, moved: list[Inquiry] | None = None
) -> None:
    """Agencies that had the plan get a signed announcement; before anything was sent none is needed."""
    if case.inquiries.filter(sent_at__isnull=False).exists():
        _replace_returned(actor, case, at)
        announcements.prepare_announcement(actor=actor, case=case, what=what, text=text, at=at, moved=moved)
        start_letter(at, case=case)


def _replace_returned(actor: Actor, case: Case, at: dt.datetime) -> None:
    """Give up an announcement that was returned and not mended: the newer one takes its place."""
    for item in _returned(case):
        letter = selectors.paper_in_hand(case, selectors.ANY_LETTER)
        if letter is None or letter.kind != "announcement":
            continue
        letters.drop(actor=actor, case=case, letter=letter, reason="Có thông báo mới thay thế", at=at)
        work_items.drop_own_clock(item, at)
        work_items.close_item(item, outcome=WorkItem.Outcome.CANCELLED, by=actor.mandate, at=at)
        flow_of(LETTER).instance.cancel(SupervisionProcess.objects.get(pk=item.process_id))


def withdraw_inquiry(*, actor: Actor, inquiry: Inquiry, reason: str, at: dt.datetime) -> None:
    """Take one agency out: its branch goes straight to the join, which may then move on."""
    policy.require(actor, "steer", inquiry.case, on=timezone.localdate(at))
    case = inquiry.case
    process = process_of(case)
    flow_class = flow_of(case.form)
    with flow_class.lock(process.pk):
        inquiry = Inquiry.objects.select_related("case", "agency").get(pk=inquiry.pk)
        item = WorkItem.objects.filter(process=process, inquiry=inquiry, finished_at__isnull=True).first()
        if item is None and inquiry.state not in (Inquiry.State.DONE, Inquiry.State.WITHDRAWN):
            raise WrongState(_("Yêu cầu chưa gửi, hoặc biên bản đang được ký; hãy thử lại khi ký xong."))
        opening.withdraw_inquiry(inquiry=inquiry, actor=actor, reason=given(reason), at=at)
        work_items.drop_own_clock(item, at)
        work_items.close_item(item, outcome=WorkItem.Outcome.CANCELLED, by=actor.mandate, at=at)
        with Context(at=at):
            leave_branch(Task.objects.get(pk=item.task_id), actor, flow_class.all_agencies_done)
        extensions.end_moot_requests(case, at)


def move_submission(
    *, actor: Actor, criticism: Criticism, to_on: dt.date, reason: str, at: dt.datetime
) -> None:
    """Record that the drafting agency submits its draft on another day; the 15 days count from it."""
    policy.require(actor, "extend", criticism, on=timezone.localdate(at))
    with locked(criticism) as row:
        criticisms.move_submission(actor=actor, criticism=row, to_on=to_on, reason=given(reason), at=at)


def stop_waiting(*, actor: Actor, case: Case, at: dt.datetime) -> None:
    """Wait no longer for opinions: whoever has not spoken is silent, and the work goes on without."""
    policy.require(actor, "stop_waiting", case, on=timezone.localdate(at))
    process = process_of(case)
    flow_class = flow_of(case.form)
    if not hasattr(flow_class, "all_opinions_in"):  # an agreement that the law asks for is waited for
        raise WrongState(_("Hình thức này không được đi tiếp khi còn nơi chưa cho ý kiến."))
    with flow_class.lock(process.pk):
        open_items = WorkItem.objects.filter(process=process, finished_at=None).filter(
            Q(consultation__isnull=False) | Q(step="explain")
        )
        items = list(open_items.select_related("consultation__case", "criticism", "deadline").order_by("pk"))
        if not items:
            raise WrongState(_("Không còn nơi nào đang được chờ ý kiến."))
        for item in items:
            if item.consultation:
                opening.keep_silence(actor=actor, consultation=item.consultation, at=at)
            else:
                deadlines.drop(item.criticism.explain_deadline, at=at)
            work_items.close_item(item, outcome=WorkItem.Outcome.CANCELLED, by=actor.mandate, at=at)
            with Context(at=at):
                task = Task.objects.get(pk=item.task_id)
                leave_branch(task, actor, next(iter(task.flow_task._outgoing())).dst)


def _refuse_while_signing(process: Process) -> None:
    """A signature that has been asked for is waited for; one that got stuck is given up with the case."""
    waiting = Task.objects.filter(process=process, external_task_id__startswith="document:", status__in=_OPEN)
    papers = [name.removeprefix("document:") for name in waiting.values_list("external_task_id", flat=True)]
    if Document.objects.filter(pk__in=papers, state=Document.State.SIGNING).exists():
        raise WrongState(_("Một văn bản đang được ký; hãy thử lại khi ký xong."))
