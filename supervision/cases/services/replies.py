"""The addressee's reply to a recommendation, and the Front's assessment of it (Law Art 28-29)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import Recommendation, Reply
from supervision.cases.services import public
from supervision.cases.services.approving import send_or_return
from supervision.cases.services.judging import judged_by
from supervision.cases.services.telling import tell_judged
from supervision.deadlines import services as deadlines
from supervision.deadlines.models import Deadline
from supervision.errors import Errors, WrongState
from supervision.files.models import Attachment
from supervision.law.registry import spec_of
from supervision.law.rules import RULES
from supervision.notices.services import tell
from supervision.organizations.actors import Actor
from supervision.organizations.services import settings_of

State = Recommendation.State
_OPEN = (State.RECEIVED, State.REPLY_REJECTED)


def _reconsidered_as_often_as_is_set(
    *, case: Case, subject: Recommendation, data: dict[str, Any], on: dt.date
) -> Errors:
    """Asked for as often, and as soon, as the chairing body has set; the law sets neither."""
    if data["verdict"] != "reconsider":
        return {}
    limits = settings_of([case.lead], ("reconsider_times", "reconsider_within_days"))[case.lead_id]
    times, within = limits["reconsider_times"], limits["reconsider_within_days"]
    if times and subject.reconsiderations.count() >= times:
        said = _("%(who)s đặt ra: mỗi kiến nghị được đề nghị xem xét lại %(count)s lần; luật không quy định.")
        return {"verdict": [said % {"who": case.lead.short_name, "count": times}]}
    received = subject.received_at and timezone.localdate(subject.received_at)
    if within and received and (on - received).days > within:
        said = _(
            "%(who)s đặt ra: đề nghị xem xét lại trong %(days)s ngày từ khi tiếp nhận; luật không quy định."
        )
        return {"verdict": [said % {"who": case.lead.short_name, "days": within}]}
    return {}


@judged_by(_reconsidered_as_often_as_is_set)
def draft_reply(
    *, actor: Actor, case: Case, subject: Recommendation, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep the next version of the reply for the leader to approve."""
    if subject.state not in _OPEN:
        raise WrongState(_("Kiến nghị này không chờ trả lời."))
    reply = Reply.objects.create(
        recommendation=subject,
        version=selectors.next_version(subject.replies.all()),
        verdict=data["verdict"],
        text=data["text"],
        reason=data.get("reason") or "",
        owner=data.get("owner") or "",
        due_on=data.get("due_on"),
        number_text=data.get("number_text") or "",
        drafted_by=actor.mandate,
        drafted_at=at,
    )
    reply.files.set(data.get("files") or [])
    _note(actor, subject, "reply.drafted", at, version=reply.version)


def approve_reply(
    *, actor: Actor, case: Case, subject: Recommendation, data: dict[str, Any], at: dt.datetime
) -> list[Attachment]:
    """Send the reply as the agency's own word, or return it to its drafter with reasons.

    Returns the files that went out, for the receipt.
    """
    reply = selectors.working_reply(subject) if subject.state in _OPEN else None
    return send_or_return(
        reply,
        actor=actor,
        data=data,
        missing=_("Không có trả lời nào chờ duyệt."),
        send=lambda: submit_reply(reply=reply, actor=actor, at=at),
        returned=lambda: _note(actor, subject, "reply.returned", at, reason=data["reason"]),
    )


def submit_reply(*, reply: Reply, actor: Actor, at: dt.datetime) -> None:
    """Fix the reply with its time; lateness is recorded and never blocks.

    A request to re-consider pauses the clock until it is decided.
    """
    subject, on = reply.recommendation, timezone.localdate(at)
    deadline = subject.reply_deadline
    reply.approved_by, reply.submitted_at = actor.mandate, at
    if reply.verdict == "reconsider":
        subject.state, reply.is_late = State.RECONSIDER, False
        if deadline and deadline.is_running:
            deadlines.pause(deadline, from_on=on, reason="Chờ kết quả xem xét lại", by=actor.mandate)
            reply.is_late = on > deadline.due_on
    else:
        reply.is_late = deadlines.meet_if_running(deadline, on=on, at=at)
        replied(subject, at)
    reply.save(update_fields=["approved_by", "submitted_at", "is_late"])
    subject.save(update_fields=["state", "assess_deadline"])
    tell(
        key=f"reply:{reply.pk}",
        kind="recommendation.answered",
        organization=subject.case.lead,
        title=f"{subject.addressee.short_name}: {subject.title}",
        address=f"/ho-so/{subject.case.public_id}/",
        case_code=subject.case.code,
        at=at,
    )
    _note(
        actor,
        subject,
        "reply.submitted",
        at,
        verdict=reply.verdict,
        late=reply.is_late,
        text=reply.text,
        reply_number=reply.number_text,
    )


def replied(subject: Recommendation, at: dt.datetime) -> None:
    """Put it before the Front for assessment, with the form's clock for that; the caller saves."""
    subject.state = State.REPLIED
    subject.assess_deadline = selectors.clock_of("assess_reply", subject.case, at=at)


def was_sent(case: Case, subject: Recommendation) -> bool:
    """The flow's question after approval: did the reply go out?"""
    newest = subject.replies.order_by("-version").first()
    return newest is not None and newest.submitted_at is not None


def _reasons_do_not_close_what_was_accepted(
    *, case: Case, subject: Recommendation, data: dict[str, Any], on: dt.date
) -> Errors:
    reply = selectors.sent_reply(subject)
    if data["verdict"] == "explanation_satisfied" and reply and reply.verdict == "accepted":
        sentence = _("Cơ quan đã tiếp thu nên phải theo dõi thực hiện, không kết thúc bằng giải trình.")
        return {"verdict": [sentence]}
    return {}


@judged_by(_reasons_do_not_close_what_was_accepted)
def assess_reply(
    *, actor: Actor, case: Case, subject: Recommendation, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep the Front's verdict: satisfied, satisfied by the reasons, or to be replied to again."""
    if subject.state != State.REPLIED:
        raise WrongState(_("Không có trả lời nào chờ đánh giá."))
    reply, verdict, on = selectors.sent_reply(subject), data["verdict"], timezone.localdate(at)
    subject.assessments.create(reply=reply, verdict=verdict, text=data["text"], by=actor.mandate, at=at)
    if subject.assess_deadline and subject.assess_deadline.met_on is None:
        deadlines.meet(subject.assess_deadline, on=on, at=at)
    _move_on(subject, reply, verdict, data, case, at)
    tell_judged(subject, f"assessed:{subject.pk}:{subject.assessments.count()}", at)
    _note(actor, subject, "reply.assessed", at, verdict=verdict, text=data["text"])


def ask_again(subject: Recommendation, day: dt.date, at: dt.datetime) -> None:
    """Send the reply back, to come anew by `day`, which the Front sets; the caller saves."""
    rule = f"{spec_of(subject.case.form).step('draft_reply').rule}_AGAIN"
    subject.state = State.REPLY_REJECTED
    subject.reply_deadline = deadlines.set_deadline(
        rule=rule,
        start_on=timezone.localdate(at),
        start_label=RULES[rule].starts,
        at=at,
        fixed_on=day,
        set_by=subject.case.lead.short_name,
    )


def _move_on(
    subject: Recommendation,
    reply: Reply,
    verdict: str,
    data: dict[str, Any],
    case: Case,
    at: dt.datetime,
) -> None:
    if verdict == "rejected":
        ask_again(subject, data["again_on"], at)
    elif verdict == "explanation_satisfied":
        subject.state = State.SATISFIED
    else:
        subject.state = State.IMPLEMENTING
        subject.action_deadline = _fixed_action(subject, reply, case, at) or subject.action_deadline
    subject.save(update_fields=["state", "reply_deadline", "action_deadline"])


def _note(actor: Actor, subject: Recommendation, action: str, at: dt.datetime, **data: Any) -> None:
    audit.record(
        action=action,
        actor=actor,
        obj=subject,
        thread=subject.case,
        at=at,
        data={"number": subject.number, "agency": subject.addressee.short_name, **data},
    )
    if action not in ("reply.drafted", "reply.returned"):
        public.follow_up(subject, at=at)


def _fixed_action(subject: Recommendation, reply: Reply, case: Case, at: dt.datetime) -> Deadline | None:
    """Start the clock of carrying out on the day the agency promised in `reply`, else on the day the
    Front asked for; None when neither named one. A day that has passed is late from the start."""
    promised = reply.due_on is not None
    day = reply.due_on or subject.action_asked_on
    if day is None:
        return None
    rule = spec_of(case.form).step("report_carrying_out").rule
    return deadlines.set_deadline(
        rule=rule,
        start_on=timezone.localdate((reply.submitted_at if promised else subject.sent_at) or at),
        start_label=RULES[rule].starts,
        at=at,
        fixed_on=day,
        set_by=subject.addressee.short_name if promised else case.lead.short_name,
    )
