"""The drafting agency's answers to the remarks; has every remark one? (Front Law Art 36(3), 35(5))."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import Criticism
from supervision.cases.services import criticism_progress
from supervision.cases.services.approving import send_or_return
from supervision.cases.services.criticisms import tell_drafter
from supervision.cases.services.judging import judged_by
from supervision.cases.services.records import keep
from supervision.deadlines import services as deadlines
from supervision.drafts import services as drafts
from supervision.drafts.models import AnswerRound, Remark
from supervision.errors import Errors, WrongState
from supervision.files.models import Attachment
from supervision.law.rules import RULES
from supervision.notices.services import tell
from supervision.organizations.actors import Actor

State = Criticism.State
_OPEN = (State.RECEIVED, State.RETURNED)


def _codes(remarks: Iterable[Remark]) -> str:
    return ", ".join(remark.code for remark in remarks)


def _nothing_is_left_out_unsaid(
    *, case: Case, subject: Criticism, data: dict[str, Any], on: dt.date
) -> Errors:
    answered = {row["row"].pk for row in data["answers"]}
    left = drafts.open_rows(subject.draft).exclude(pk__in=answered)
    if not answered or data["in_part"] or not left:
        return {}
    sentence = _("Chưa trả lời: %(codes)s. Trả lời hết, hoặc đánh dấu ở dưới để gửi trước phần đã trả lời.")
    return {"answers": [sentence % {"codes": _codes(left)}]}


@judged_by(_nothing_is_left_out_unsaid)
def draft_answers(
    *, actor: Actor, case: Case, subject: Criticism, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep the next round of answers for the leader to approve."""
    if subject.state not in _OPEN:
        raise WrongState(_("Văn bản phản biện này không chờ trả lời."))
    served = drafts.with_mates(subject.draft, [row["row"] for row in data["answers"]])
    round_ = drafts.draft_round(
        subject.draft,
        [(remark, row) for row in data["answers"] for remark in served[row["row"].pk]],
        number_text=data["number_text"],
        summary=data["summary"],
        files=data["files"],
        by=actor.mandate,
        at=at,
    )
    _note(actor, subject, "answers.drafted", at, count=round_.answers.count())


def approve_answers(
    *, actor: Actor, case: Case, subject: Criticism, data: dict[str, Any], at: dt.datetime
) -> list[Attachment]:
    """Send the round as the agency's own word, or return it to its drafter with reasons.

    Returns the files that went out, for the receipt.
    """
    round_ = drafts.working_round(subject.draft) if subject.state in _OPEN else None
    return send_or_return(
        round_,
        actor=actor,
        data=data,
        missing=_("Không có trả lời nào chờ duyệt."),
        send=lambda: _submit(subject, round_, actor, at),
        returned=lambda: _note(actor, subject, "answers.sent_back", at, reason=data["reason"]),
    )


def _submit(subject: Criticism, round_: AnswerRound, actor: Actor, at: dt.datetime) -> None:
    """Fix the round with its time; lateness is recorded and never blocks."""
    clock, on = subject.reply_deadline, timezone.localdate(at)
    is_late = deadlines.meet_if_running(clock, on=on, at=at)
    drafts.send_round(round_, by=actor.mandate, is_late=is_late, at=at)
    subject.state = State.ANSWERED
    subject.assess_deadline = selectors.start_open_term("C_ASSESS", subject.case, at=at)
    subject.save(update_fields=["state", "assess_deadline"])
    tell(
        key=f"answers:{round_.pk}",
        kind="criticism.answered",
        organization=subject.case.lead,
        title=f"{subject.addressee.short_name}: {subject.draft.title}",
        address=f"/ho-so/{subject.case.public_id}/",
        case_code=subject.case.code,
        at=at,
    )
    said = {"count": round_.answers.count(), "late": is_late, "text": round_.summary}
    _note(actor, subject, "answers.submitted", at, **said)


def were_sent(case: Case, subject: Any) -> bool:
    """The flow's question after approval: did the round go out?"""
    return drafts.working_round(selectors.criticism_of(case).draft) is None


def _the_verdict_fits_the_table(*, case: Case, subject: None, data: dict[str, Any], on: dt.date) -> Errors:
    left = drafts.open_remarks(selectors.criticism_of(case).draft)
    if data["verdict"] == "accepted" and data["again"]:
        return {"again": [_("Đã đề nghị trả lời lại thì đánh giá là chưa đủ.")]}
    if data["verdict"] == "accepted" and left:
        sentence = _("Còn ý kiến chưa được trả lời nên chưa kết thúc được: %(codes)s.")
        return {"verdict": [sentence % {"codes": _codes(left)}]}
    if data["verdict"] == "returned" and not left and not data["again"]:
        return {"again": [_("Mọi ý kiến đã có câu trả lời; chọn ý kiến cần trả lời lại.")]}
    return {}


@judged_by(_the_verdict_fits_the_table)
def assess_answers(*, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime) -> None:
    """Keep whether every remark has its answer, what is to be answered again, and what is maintained."""
    criticism = selectors.criticism_of(case)
    if criticism.state != State.ANSWERED:
        raise WrongState(_("Không có trả lời nào chờ đánh giá."))
    keep(case=case, step="assess_answers", data=data, actor=actor, at=at)
    if criticism.assess_deadline and criticism.assess_deadline.is_running:
        deadlines.meet(criticism.assess_deadline, on=timezone.localdate(at), at=at)
    criticism.reservations = data["reservations"]
    if data["verdict"] == "accepted":
        criticism.state = State.ACCEPTED
    else:
        drafts.reopen(criticism.draft, data["again"])
        criticism.state = State.RETURNED
        criticism.reply_deadline = deadlines.set_deadline(
            rule="C_REPLY_AGAIN",
            start_on=timezone.localdate(at),
            start_label=RULES["C_REPLY_AGAIN"].starts,
            at=at,
            fixed_on=data["again_on"],
            set_by=case.lead.short_name,
        )
    criticism.save(update_fields=["state", "reservations", "reply_deadline"])
    tell_drafter(criticism, "criticism.judged", f"{criticism.draft.rounds.count()}", at)
    left = _codes(drafts.open_remarks(criticism.draft))
    _note(actor, criticism, "answers.assessed", at, assessed=data["verdict"], text=data["text"], left=left)


def are_accepted(case: Case, subject: Any) -> bool:
    """The flow's question after the assessment: has every remark its answer?"""
    return selectors.criticism_of(case).state == State.ACCEPTED


def _note(actor: Actor, subject: Criticism, action: str, at: dt.datetime, **data: Any) -> None:
    """Record the event and bring the public page to the state just reached; working rounds stay inside."""
    audit.record(
        action=action,
        actor=actor,
        obj=subject,
        thread=subject.case,
        at=at,
        data={"agency": subject.addressee.short_name, **data},
    )
    if action not in ("answers.drafted", "answers.sent_back"):
        criticism_progress.follow_up(subject, at=at)
        criticism_progress.tell_remarks(subject.case, at=at)
