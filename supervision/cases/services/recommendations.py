"""Conclusion and recommendations: issued, sent, replied to, judged, carried out, verified, closed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import reply_clocks, selectors
from supervision.cases.models import Commendation, Conclusion, Delegation, Recommendation
from supervision.cases.services import opening, papers, public
from supervision.cases.services import recommendation_document as document_text
from supervision.cases.services.telling import tell_judged
from supervision.deadlines import services as deadlines
from supervision.documents.models import Document
from supervision.errors import WrongState
from supervision.language.folding import lower_first
from supervision.law.registry import spec_of
from supervision.notices.services import tell
from supervision.organizations.actors import Actor

State = Recommendation.State


def draft_recommendations(
    *, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep conclusion and recommendations and prepare the document for the chairing body's signature."""
    opening.require_running(case)
    case.recommendations.filter(state=State.DRAFT).delete()
    conclusion = Conclusion.objects.create(
        case=case,
        version=selectors.next_version(case.conclusions.all()),
        text=data["conclusion"],
        by=actor.mandate,
        at=at,
    )
    conclusion.competent.set(data.get("competent") or [])
    Commendation.objects.bulk_create(
        Commendation(conclusion=conclusion, number=number, **row)
        for number, row in enumerate(data.get("commended") or [], start=1)
    )
    rows = [
        Recommendation.objects.create(
            case=case,
            conclusion=conclusion,
            number=number,
            addressee=row["addressee"],
            title=row["title"],
            text=row["text"],
            action_asked_on=row.get("action_due_on"),
        )
        for number, row in enumerate(data["recommendations"], start=1)
    ]
    _prepare_document(case, conclusion, rows, actor, at)
    audit.record(
        action="conclusion.drafted",
        actor=actor,
        obj=conclusion,
        thread=case,
        at=at,
        data={"recommendations": len(rows)},
    )


def _prepare_document(
    case: Case, conclusion: Conclusion, rows: list[Recommendation], actor: Actor, at: dt.datetime
) -> None:
    to = list({row.addressee_id: row.addressee for row in rows}.values())
    to += [inquiry.agency for inquiry in selectors.open_inquiries(case).select_related("agency")]
    goes_to = papers.receivers(
        case,
        [*to, *conclusion.competent.order_by("pk")],
        copies=[*papers.superiors(case), *document_text.same_level_front(case)],
        members=Delegation.objects.filter(case=case).exists(),
    )
    what = f"kết luận và {spec_of(case.form).followed.vi}" if rows else "kết luận"
    papers.prepare(
        case=case,
        kind=selectors.outcome_kind(case),
        subject_line=f"{what} sau {lower_first(case.title)}",
        context={
            "to": [body.name for body in goes_to.direct or goes_to.organizations],
            "lead_in": document_text.lead_in(case, what),
            "conclusion": conclusion.text,
            "commended": document_text.commended(conclusion),
            "recommendations": [
                {
                    "code": row.code,
                    "text": row.text,
                    "addressee": row.addressee.short_name,
                    "action_due_on": row.action_asked_on.isoformat() if row.action_asked_on else None,
                }
                for row in rows
            ],
            "answering": document_text.answering(case) if rows else "",
            **({"reply_term": reply_clocks.asked(case, _reply_rule(case))} if rows else {}),
            "recipients": goes_to.lines,
        },
        addressees=goes_to.organizations,
        actor=actor,
        at=at,
    )


def has_recommendations(case: Case, subject: None) -> bool:
    """The flow's question after publication: is there anything to follow up?"""
    return selectors.issued_recommendations(case).exists()


def issue_recommendations(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """Send the signed document to addressees, competent bodies and the superior (403 Art 9(3))."""
    papers.mark_sent(document, at=at)
    conclusion = selectors.conclusion_of(case)
    signer = Actor.of(document.signer)
    for row in conclusion.recommendations.select_related("addressee", "case").order_by("number"):
        row.state, row.sent_at = State.SENT, at
        row.reply_deadline = reply_clocks.at_sending(_reply_rule(case), case, at=at)
        row.save(update_fields=["state", "sent_at", "reply_deadline"])
        tell(
            key=f"recommendation.sent:{row.pk}",
            kind="recommendation.sent",
            organization=row.addressee,
            title=row.title,
            address=f"/kien-nghi/{row.public_id}/",
            case_code=case.code,
            at=at,
        )
    addressees = conclusion.recommendations.values("addressee")
    papers.tell_of_copies(document, case, at, besides=addressees)
    audit.record(
        action="recommendations.issued",
        actor=signer,
        obj=conclusion,
        thread=case,
        at=at,
        data={"number": document.number_text, "count": conclusion.recommendations.count()},
    )


def _reply_rule(case: Case) -> str:
    return spec_of(case.form).step("draft_reply").rule


def receive_recommendation(
    *, actor: Actor, case: Case, subject: Recommendation, data: dict[str, Any], at: dt.datetime
) -> None:
    """Record receipt; the time to reply runs from this day, as the chairing organization set it."""
    if subject.state != State.SENT:
        raise WrongState(_("Kiến nghị này không còn chờ tiếp nhận."))
    subject.state, subject.received_at, subject.unit = State.RECEIVED, at, data.get("unit") or ""
    running, agency = subject.reply_deadline, subject.addressee
    subject.reply_deadline = reply_clocks.at_receipt(running, _reply_rule(case), case, agency, at=at)
    subject.save(update_fields=["state", "received_at", "unit", "reply_deadline"])
    _note(actor, subject, "recommendation.received", at)


def hold_dialogue(
    *, actor: Actor, case: Case, subject: Recommendation, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep the record of the dialogue that the agency asked for (Law Art 28(4), 29(4))."""
    files = data.pop("files", [])
    dialogue = subject.dialogues.create(by=actor.mandate, at=at, **data)
    dialogue.files.set(files)
    _note(actor, subject, "dialogue.held", at, notes=data["notes"])


def decide_reconsideration(
    *, actor: Actor, case: Case, subject: Recommendation, data: dict[str, Any], at: dt.datetime
) -> None:
    """Uphold, amend or withdraw the recommendation with reasons; the first wording stays on record."""
    if subject.state != State.RECONSIDER:
        raise WrongState(_("Kiến nghị này không chờ xem xét lại."))
    decision, on = data["decision"], timezone.localdate(at)
    subject.reconsiderations.create(
        decision=decision,
        reason=data["reason"],
        old_text=subject.text,
        new_text=data.get("new_text") or "",
        by=actor.mandate,
        at=at,
    )
    if decision == "withdrawn":
        end_followed(subject, state=State.WITHDRAWN, closed_as="withdrawn", reason=data["reason"], at=at)
    else:
        if decision == "amended":
            subject.text = data["new_text"]
        subject.state = State.RECEIVED
        subject.save(update_fields=["text", "state"])
        if subject.reply_deadline and subject.reply_deadline.pauses.filter(until_on__isnull=True).exists():
            deadlines.resume(subject.reply_deadline, on=on)
    tell_judged(subject, f"reconsidered:{subject.pk}:{subject.reconsiderations.count()}", at)
    _note(actor, subject, f"recommendation.{decision}", at, reason=data["reason"], text=subject.text)


def report_carrying_out(
    *, actor: Actor, case: Case, subject: Recommendation, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep the agency's word on what it has done, with its evidence; the Front verifies it apart."""
    if subject.state != State.IMPLEMENTING:
        raise WrongState(_("Kiến nghị này không ở bước thực hiện."))
    row = subject.carrying_outs.create(
        is_full=data["extent"] == "full", text=data["text"], by=actor.mandate, at=at
    )
    row.files.set(data.get("files") or [])
    clock = subject.action_deadline
    if row.is_full and clock and clock.is_running:
        on = timezone.localdate(at)
        deadlines.pause(clock, from_on=on, reason="Chờ Mặt trận xác minh", by=actor.mandate)
    subject.state = State.IMPLEMENTED
    subject.assess_deadline = selectors.clock_of("verify", case, at=at)
    subject.save(update_fields=["state", "assess_deadline"])
    _note(actor, subject, "carrying_out.reported", at, extent=data["extent"], text=data["text"])


def verify(
    *, actor: Actor, case: Case, subject: Recommendation, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep the Front's own look at the carrying out: verified, or to be followed up further."""
    if subject.state != State.IMPLEMENTED:
        raise WrongState(_("Kiến nghị này không chờ xác minh."))
    row = subject.verifications.create(outcome=data["outcome"], text=data["text"], by=actor.mandate, at=at)
    row.files.set(data.get("files") or [])
    subject.state = State.VERIFIED if data["outcome"] == "verified" else State.IMPLEMENTING
    subject.save(update_fields=["state"])
    if subject.assess_deadline and subject.assess_deadline.met_on is None:
        deadlines.meet(subject.assess_deadline, on=timezone.localdate(at), at=at)
    _settle_action(subject, at)
    _note(actor, subject, "verification.recorded", at, outcome=data["outcome"], text=data["text"])


def _settle_action(subject: Recommendation, at: dt.datetime) -> None:
    """Meet the clock of carrying out once verified, on the day the agency said that all was done: the
    Front's own time makes nobody late. What was not yet done runs on, and no day is given for asking."""
    clock, done = subject.action_deadline, subject.carrying_outs.order_by("-pk").first()
    if clock is None or not clock.is_running:
        return
    stop = clock.pauses.filter(until_on__isnull=True, by_hand=False).first()
    if subject.state == State.VERIFIED:
        deadlines.meet(clock, on=timezone.localdate(done.at if done and done.is_full else at), at=at)
    elif stop is not None:
        deadlines.resume(clock, on=stop.from_on)


def close_recommendation(
    *, actor: Actor, case: Case, subject: Recommendation, data: dict[str, Any], at: dt.datetime
) -> None:
    """Close it as verified, or as satisfied by well-founded reasons; never while neither holds."""
    if subject.state not in (State.VERIFIED, State.SATISFIED):
        raise WrongState(_("Kiến nghị chỉ kết thúc khi đã xác minh hoặc giải trình được chấp nhận."))
    end_followed(subject, state=State.CLOSED, closed_as=str(subject.state), reason=data["reason"], at=at)
    _note(actor, subject, "recommendation.closed", at, reason=data["reason"])


def end_followed(
    subject: Recommendation, *, state: str, closed_as: str, reason: str, at: dt.datetime
) -> None:
    """End it for good with a reason; clocks that were not met stop."""
    subject.state, subject.closed_at = state, at
    subject.closed_as, subject.closing_reason = closed_as, reason
    subject.save(update_fields=["state", "closed_at", "closed_as", "closing_reason"])
    for deadline in (subject.reply_deadline, subject.action_deadline, subject.assess_deadline):
        if deadline and deadline.met_on is None:
            deadlines.drop(deadline, at=at)


def _note(actor: Actor, subject: Recommendation, action: str, at: dt.datetime, **data: Any) -> None:
    """Record the event and bring the public follow-up to the state just reached."""
    audit.record(
        action=action,
        actor=actor,
        obj=subject,
        thread=subject.case,
        at=at,
        data={"number": subject.number, "agency": subject.addressee.short_name, **data},
    )
    public.follow_up(subject, at=at)


def in_state(*states: str) -> Any:
    """Return the flow's question whether the recommendation stands in one of `states`."""

    def answer(case: Case, subject: Recommendation) -> bool:
        subject.refresh_from_db(fields=["state"])
        return subject.state in states

    return answer
