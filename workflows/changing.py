"""Asking to correct or withdraw what is published, and taking the request back: its flow moves with it."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.context import Context

from supervision.access import policy
from supervision.cases.models import Case, ChangeRequest
from supervision.cases.services import changes
from supervision.errors import AlreadySent, WrongState
from supervision.files.sending import Sending, time_of
from supervision.law.specs import Field, Widget
from supervision.law.text import T
from supervision.organizations.actors import Actor
from supervision.publication.models import Publication
from workflows import inbox, inputs
from workflows.beside import locked_case
from workflows.models import SupervisionProcess, WorkItem
from workflows.outside import drop_own_clock
from workflows.registry import flow_of

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
            longest=80,
            help=T("Để trống nếu không có văn bản thay.", "Leave empty where nothing replaces it."),
            required=False,
        ),
        FILES,
    ),
}


def preview(
    *, actor: Actor, case: Case, publication: Publication, kind: str, data: dict[str, Any], at: dt.datetime
) -> dict[str, Any]:
    """Return {reason, changes, replaced_by} as the public would read them; raises what `ask` would."""
    cleaned = _cleaned(actor, case, publication, kind, data, at)
    reason, rows, replaced_by = changes.worded(publication=publication, case=case, kind=kind, data=cleaned)
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
    policy.require(actor, "change_publication", case, on=timezone.localdate(at))
    about, typed = f"{kind}:{publication.public_id}", inputs.sent(FIELDS[kind], data)
    sending = Sending.of(key, by=actor.mandate, act="change", about=about, typed=typed)
    if done := _asked(sending, actor, publication):  # before it is judged: the text may be another by now
        return done
    cleaned = _cleaned(actor, case, publication, kind, data, at)
    with locked_case(case) as held, Context(at=at):
        if done := _asked(sending, actor, publication):
            return done
        change = changes.ask(
            actor=actor, case=held, publication=publication, kind=kind, data=cleaned, sending=sending, at=at
        )
        flow_of(CHANGE).start.run(case=held, subject=change)
        return change


def _cleaned(
    actor: Actor, case: Case, publication: Publication, kind: str, data: dict[str, Any], at: dt.datetime
) -> dict[str, Any]:
    on = timezone.localdate(at)
    policy.require(actor, "change_publication", case, on=on)
    judge = functools.partial(changes.wrong, publication, case, kind)
    return inputs.clean(FIELDS[kind], data, case=case, actor=actor, on=on, judge=judge)


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
        drop_own_clock(item, at)
        inbox.close_item(item, outcome=WorkItem.Outcome.CANCELLED, by=actor.mandate, at=at)
        flow_class.instance.cancel(SupervisionProcess.objects.get(pk=item.process_id))
