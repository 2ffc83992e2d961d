"""Asking to correct or withdraw what is published, and taking the request back: its flow moves with it."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.context import Context

from supervision.access import policy
from supervision.casefiles.models import Case
from supervision.cases.models import ChangeRequest
from supervision.cases.services import change_words, changes
from supervision.errors import AlreadySent, WrongState
from supervision.files.sending import Sending, time_of
from supervision.law.specs import Field, Widget
from supervision.law.text import T
from supervision.organizations.actors import Actor
from supervision.publication.models import Publication
from workflows.acts import inputs
from workflows.engine.processes import locked_case
from workflows.engine.registry import flow_of
from workflows.inbox import work_items
from workflows.inbox.work_items import drop_own_clock
from workflows.models import DoneAct, SupervisionProcess, WorkItem

CHANGE = "dinh-chinh"
State = ChangeRequest.State
#: Requests that ended without a paper: the same words are asked for anew.
ENDED = (State.REFUSED, State.TAKEN_BACK, State.RETURNED)
ASKED_IN_VAIN = _(
    "Đề nghị này đã gửi lúc %(time)s và đã kết thúc (%(state)s); nội dung vừa gõ còn ở dưới, chưa được ghi. "
    "Gửi lại nếu vẫn muốn đề nghị."
)
REASON = Field(
    "reason",
    T("Lý do, công khai nguyên văn", "Reason, which the public will read"),
    help=T(
        "Nói sai ở đâu, vì sao sai. Hiện nguyên văn trên cổng công khai; không nêu tên cá nhân.",
        "Say what is wrong and why. Shown on the portal as written; name no private person.",
    ),
)
FILES = Field(
    "files",
    T("Căn cứ kèm theo, chỉ đơn vị mình đọc", "Supporting files, read by your own body alone"),
    Widget.FILES,
    help=T(
        "Biên bản, văn bản đề nghị đính chính của cơ quan.", "Minutes, an agency's request for correction."
    ),
    required=False,
)
FIELDS: dict[str, tuple[Field, ...]] = {
    ChangeRequest.Kind.CORRECT: (
        Field(
            "changes",
            T("Chỗ sai", "What is wrong"),
            Widget.ROWS,
            singular=T("Chỗ sai", "Passage"),
            columns=(
                Field(
                    "place",
                    T("Vị trí", "Place"),
                    Widget.LINE,
                    help=T("Ví dụ: Mục 2, câu thứ nhất", "For example: Part 2, first sentence"),
                ),
                Field(
                    "was",
                    T("Đang công bố", "As published"),
                    help=T("Chép nguyên văn chỗ sai.", "Copy the wrong passage as it stands."),
                ),
                Field("now", T("Sửa thành", "Corrected to")),
            ),
        ),
        REASON,
        FILES,
    ),
    ChangeRequest.Kind.WITHDRAW: (
        REASON,
        Field(
            "replaced_by",
            T("Số, ký hiệu văn bản thay thế, đã công bố", "Number of the published paper that replaces it"),
            Widget.LINE,
            help=T(
                "Trùng số thì thêm ngày: “07/KL-MTTQ-BTT ngày 05/03/2026”; hoặc chép mã, địa chỉ trang công "
                "khai. Để trống nếu không có văn bản thay.",
                "Where several have that number add the day: “07/KL-MTTQ-BTT ngày 05/03/2026”; or copy the "
                "code or the address of its public page. Leave empty where nothing replaces it.",
            ),
            required=False,
        ),
        FILES,
    ),
}


def preview(
    *, actor: Actor, case: Case, publication: Publication, kind: str, data: dict[str, Any], at: dt.datetime
) -> dict[str, Any]:
    """Return {reason, changes, replaced_by} as the public would read them; raises what `ask` would."""
    _require(actor, case, at)
    changes.require_free(publication)
    cleaned = _cleaned(actor, case, publication, kind, data, at)
    reason, rows, replaced_by = change_words.worded(
        publication=publication, case=case, kind=kind, data=cleaned
    )
    return {"reason": reason, "changes": rows, "replaced_by": replaced_by}


def ask(
    *,
    actor: Actor,
    case: Case,
    publication: Publication,
    kind: str,
    data: dict[str, Any],
    key: str,
    at: dt.datetime,
) -> ChangeRequest:
    """Ask to correct or withdraw a publication of the case, once for each `key`; a signer decides.

    `data` is what `FIELDS[kind]` asks. Raises NotAllowed or Hidden without the right, InvalidInput with
    every error at once, WrongState while another request is open or once it is withdrawn, AlreadySent for
    other content under the key, and for the same once it was refused or taken back.
    """
    _require(actor, case, at)
    about, typed = f"{kind}:{publication.public_id}", inputs.sent(FIELDS[kind], data)
    sending = Sending.of(key, by=actor.mandate, act="change", about=about, typed=typed)
    if done := _asked(sending, actor, publication):  # before it is judged: the text may be another by now
        return done
    changes.require_free(publication)
    cleaned = _cleaned(actor, case, publication, kind, data, at)
    with _mending_held(publication), locked_case(case) as held, Context(at=at):
        if done := _asked(sending, actor, publication):
            return done
        change = changes.ask(
            actor=actor, case=held, publication=publication, kind=kind, data=cleaned, sending=sending, at=at
        )
        _end_mending(publication, actor, at)
        flow_of(CHANGE).start.run(case=held, subject=change)
        return change


def mending(publication: Publication) -> QuerySet[WorkItem]:
    """Return the open work on requests about a publication that came back."""
    found = WorkItem.objects.filter(form=CHANGE, step="mend_change", finished_at__isnull=True)
    return found.filter(change__publication=publication).order_by("pk")


def given_up(publication: Publication) -> dict[int, str]:
    """Return why requests about a publication that came back are made no more, by their keys."""
    acts = DoneAct.objects.filter(item__step="mend_change", item__change__publication=publication)
    return {act.item.change_id: act.data["reason"] for act in acts.select_related("item")}


@contextmanager
def _mending_held(publication: Publication) -> Iterator[None]:
    """Hold that work before the case is held, as giving the request up does."""
    with transaction.atomic(), ExitStack() as held:
        for process in mending(publication).values_list("process", flat=True):
            held.enter_context(flow_of(CHANGE).unpinned_lock(process))
        yield


def _end_mending(publication: Publication, actor: Actor, at: dt.datetime) -> None:
    """Close the work on earlier requests that came back: the one just made takes their place."""
    for item in mending(publication).select_related("deadline"):
        _end(item, WorkItem.Outcome.DONE, actor, at)


def _end(item: WorkItem, outcome: str, actor: Actor, at: dt.datetime) -> None:
    drop_own_clock(item, at)
    work_items.close_item(item, outcome=outcome, by=actor.mandate, at=at)
    flow_of(CHANGE).instance.cancel(SupervisionProcess.objects.get(pk=item.process_id))


def _cleaned(
    actor: Actor, case: Case, publication: Publication, kind: str, data: dict[str, Any], at: dt.datetime
) -> dict[str, Any]:
    on, judge = timezone.localdate(at), functools.partial(change_words.wrong, publication, case, kind)
    return inputs.clean(FIELDS[kind], data, case=case, actor=actor, on=on, judge=judge)


def _require(actor: Actor, case: Case, at: dt.datetime) -> None:
    policy.require(actor, "change_publication", case, on=timezone.localdate(at))


def _asked(sending: Sending, actor: Actor, publication: Publication) -> ChangeRequest | None:
    """Return what the form has asked already; one that is no longer asked is no answer to it."""
    done = ChangeRequest.objects.filter(key=sending.key).first()
    if done is None:
        return None
    is_own = (done.by_id, done.publication_id) == (actor.mandate.pk, publication.pk)
    try:
        sending.answer(done, is_own=is_own, at=done.at)
    except AlreadySent:
        if is_own:  # where nothing may be asked now, sending again would not help
            changes.require_free(publication)
        raise
    if done.state in ENDED:
        words = {"time": time_of(done.at), "state": done.get_state_display()}
        raise AlreadySent(ASKED_IN_VAIN % words)
    return done


def take_back(*, actor: Actor, change: ChangeRequest, at: dt.datetime) -> None:
    """Take one's own request back before it is signed: its work leaves the signers' inboxes."""
    policy.require(actor, "change_publication", change.case, on=timezone.localdate(at))
    item = WorkItem.objects.filter(change=change, finished_at__isnull=True).select_related("deadline").first()
    if item is None:
        raise WrongState(_("Đề nghị này đang được ký hoặc đã được quyết định."))
    flow_class = flow_of(CHANGE)
    with flow_class.lock(item.process_id):
        item.refresh_from_db()
        if item.finished_at is not None:
            raise WrongState(_("Đề nghị này đang được ký hoặc đã được quyết định."))
        held = ChangeRequest.objects.select_for_update(of=("self",)).select_related("case", "publication")
        changes.take_back(actor=actor, change=held.get(pk=change.pk), at=at)
        _end(item, WorkItem.Outcome.CANCELLED, actor, at)
