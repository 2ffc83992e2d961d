"""Publishing the conclusion, and keeping the public page true to what has become of it since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import Conclusion, Embargo, Recommendation
from supervision.cases.services import criticism_progress, plan_progress
from supervision.cases.services.public_clocks import clock_told, reply_rows
from supervision.cases.services.redactions import hidden
from supervision.cases.services.snapshots import facts_of
from supervision.cases.services.voices import DECISION_WORDS, newest, words_on
from supervision.deadlines.models import Deadline
from supervision.documents.models import Document
from supervision.errors import InvalidInput, NotAllowed, WrongState
from supervision.language.dates import vietnam_day
from supervision.law.registry import spec_of
from supervision.law.text import T
from supervision.organizations.actors import Actor
from supervision.publication import progress as standing
from supervision.publication import services as publication
from supervision.publication.models import Publication
from supervision.publication.progress import Clock, Decision, Progress
from supervision.publication.vocabulary import State

R = Recommendation.State

#: States in which the agency has spoken last: an earlier word of the Front is not about what it says now.
FRONT_OWES = {
    R.REPLIED: standing.TO_BE_ASSESSED,
    R.RECONSIDER: standing.TO_BE_RECONSIDERED,
    R.IMPLEMENTED: standing.TO_BE_VERIFIED,
}
STANDS = {
    R.SENT: State.WAITING,
    R.RECEIVED: State.WAITING,
    R.RECONSIDER: State.PAUSED,
    R.REPLIED: State.ANSWERED,
    R.REPLY_REJECTED: State.RETURNED,
    R.IMPLEMENTING: State.DOING,
    R.IMPLEMENTED: State.REPORTED,
    R.VERIFIED: State.VERIFIED,
    R.SATISFIED: State.EXPLAINED,
    R.ANSWERED: State.EXPLAINED,
    R.CLOSED: State.VERIFIED,
    R.WITHDRAWN: State.CLOSED,
}


def publish_conclusion(
    *, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime
) -> None:
    """Publish the case's signed document, or have it published on a later day.

    A second person publishes, never the signer; the checklist must be ticked.
    """
    if data["checked"] is not True:
        raise InvalidInput({"checked": [_("Phải kiểm tra nội dung phải che trước khi công bố.")]})
    document = selectors.outcome_paper(case)
    if document is None:
        raise WrongState(_("Văn bản chưa ký xong nên chưa công bố được."))
    if document.signer.user_id in actor.persons:
        raise NotAllowed(_("Người ký không tự công bố; người khác phải công bố."))
    public_on = data.get("public_on")
    if public_on is not None and public_on > vietnam_day(at):
        facts_of(case, document, data["lead"])  # it could be published today
        Embargo.objects.create(case=case, public_on=public_on, lead=data["lead"], by=actor.mandate, at=at)
        said = {"number": document.number_text, "public_on": public_on.isoformat()}
        audit.record(action="conclusion.embargoed", actor=actor, obj=case, thread=case, at=at, data=said)
        return
    put_on_portal(case, document, data["lead"], actor, at)


def put_on_portal(case: Case, document: Document, lead: str, actor: Actor, at: dt.datetime) -> None:
    """Make the public page of the case's outcome, as `actor` decided."""
    conclusion = selectors.conclusion_of(case)
    conclusion.publication = publication.publish(
        facts=facts_of(case, document, lead),
        progress=[
            *hidden(case, [progress_of(row) for row in _followed_in_public(case, conclusion)]),
            *criticism_progress.progress_in(case),
        ],
        at=at,
        by_label=audit.label_of(actor),
        actor=actor,
    )
    conclusion.save(update_fields=["publication"])
    criticism_progress.tell_remarks(case, at=at)
    audit.record(
        action="conclusion.published",
        actor=actor,
        obj=conclusion,
        thread=case,
        at=at,
        data={"number": document.number_text},
    )
    plan_progress.follow(case, at=at)


def _followed_in_public(case: Case, conclusion: Conclusion) -> Iterable[Recommendation]:
    """Return what is published while it is still followed; a notice of results says it all itself."""
    if spec_of(case.form).outcome != "sign_recommendations":
        return []
    return conclusion.recommendations.order_by("number")


def follow_up(subject: Recommendation, *, at: dt.datetime) -> None:
    """Add the recommendation's new standing to its public page, if it has one."""
    subject = Recommendation.objects.select_related(
        "addressee",
        "conclusion__publication",
        "conclusion__case",
        "reply_deadline",
        "assess_deadline",
        "action_deadline",
    ).get(pk=subject.pk)
    page: Publication | None = subject.conclusion.publication
    if page is not None:
        progress = hidden(subject.conclusion.case, progress_of(subject))
        publication.follow_up(publication=page, progress=progress, at=at)


def progress_of(subject: Recommendation) -> Progress:
    """Return where the recommendation stands, each side in its own words."""
    reply, deadline, words = selectors.sent_reply(subject), _running_clock(subject), words_on(subject)
    answered = reply is not None and reply.verdict != "reconsider"  # asking again is no answer
    stopped = deadline is not None and deadline.paused_from_on is not None
    return Progress(
        number=subject.number,
        state=State.PAUSED if stopped and deadline == subject.reply_deadline else _public_state(subject),
        addressee_code=subject.addressee.code,
        addressee_name=subject.addressee.name,
        text=_signed_text(subject),
        due_on=deadline.due_on if deadline and not stopped else None,
        first_due_on=_before_extensions(deadline) if deadline else None,
        start_on=subject.reply_deadline.start_on if subject.reply_deadline else None,
        reply_due_on=subject.reply_deadline.due_on if subject.reply_deadline else None,
        answered_on=vietnam_day(reply.submitted_at) if reply and answered else None,
        is_paused=stopped,
        agency=newest(words, "agency") or standing.NOT_ANSWERED,
        front=FRONT_OWES.get(R(subject.state)) or newest(words, "front") or standing.NOT_ASSESSED,
        words=words,
        rows=reply_rows(subject.reply_deadline),
        clocks=_clocks_beside_reply(subject, deadline),
        decisions=_decisions(subject),
    )


def _clocks_beside_reply(subject: Recommendation, running: Deadline | None) -> list[Clock]:
    """Return the dates of carrying out and of the Front's own part, once each, the reply's left out."""
    told = {one.pk: one for one in (subject.action_deadline, running) if one and not one.dropped_at}
    return [clock_told(one) for pk, one in told.items() if pk != subject.reply_deadline_id]


def _signed_text(subject: Recommendation) -> str:
    """Return the wording in the signed document: the text in force may have been amended since."""
    first = subject.reconsiderations.filter(decision="amended").order_by("pk").first()
    return first.old_text if first else subject.text


def _before_extensions(deadline: Deadline) -> dt.date:
    """Return the first date where it was extended; what a pause has moved is no extension."""
    return (
        deadline.first_due_on if deadline.extensions.filter(superseded_at=None).exists() else deadline.due_on
    )


def _decisions(subject: Recommendation) -> list[Decision]:
    """Return what the Front decided on the recommendation itself, with days and reasons."""
    decided = [
        Decision(
            DECISION_WORDS[row.decision],
            vietnam_day(row.at),
            row.reason,
            row.new_text if row.decision == "amended" else "",
        )
        for row in subject.reconsiderations.order_by("pk")
    ]
    if subject.state == R.CLOSED and subject.closed_at:
        words = T("Kết thúc kiến nghị", "Recommendation closed")
        decided.append(Decision(words, vietnam_day(subject.closed_at), subject.closing_reason))
    return decided


def _public_state(subject: Recommendation) -> State:
    if subject.state == R.CLOSED and subject.closed_as != "verified":
        return State.CLOSED
    return STANDS.get(R(subject.state), State.WAITING)


def _running_clock(subject: Recommendation) -> Deadline | None:
    """Return the clock that runs in the state reached; a paused one shows no date."""
    return {
        R.SENT: subject.reply_deadline,
        R.RECEIVED: subject.reply_deadline,
        R.REPLY_REJECTED: subject.reply_deadline,
        R.REPLIED: subject.assess_deadline,
        R.IMPLEMENTED: subject.assess_deadline,
        R.IMPLEMENTING: subject.action_deadline,
    }.get(R(subject.state))
