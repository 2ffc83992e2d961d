"""Points of a collection: compiled, forwarded, answered, published or kept (Front Law Art 15(4), 24(2)).

A point is a `Recommendation` of its form: one addressee, one clock, the addressee's word and ours.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import reply_clocks, selectors
from supervision.cases.models import Conclusion, Opinion, Recommendation, Reply
from supervision.cases.services import opening, papers, point_papers
from supervision.cases.services.judging import judged_by
from supervision.cases.services.recommendations import end_followed
from supervision.cases.services.replies import ask_again, replied
from supervision.cases.services.telling import tell_judged
from supervision.deadlines import services as deadlines
from supervision.documents.models import Document
from supervision.errors import Errors, WrongState
from supervision.law.forms.o1 import COMPILED
from supervision.notices.services import tell
from supervision.organizations.actors import Actor
from supervision.organizations.models import Kind

State = Recommendation.State
PUBLISHED, KEPT = "published", "kept"


def suggested(case: Case) -> list[dict[str, Any]]:
    """Return the points to begin with: one for each body, sphere and field, with its opinions' wordings."""
    groups: dict[tuple[int, str, str], list[Opinion]] = {}
    opinions = case.opinions.filter(kind__in=COMPILED).select_related("about")
    for one in opinions.order_by("sphere", "about", "field", "number"):
        groups.setdefault((one.about_id or 0, one.sphere, one.field), []).append(one)
    return [
        {
            "addressee": rows[0].about.public_id if rows[0].about else "",
            "title": "",
            "text": "\n".join(one.public_text for one in rows),
            "opinions": [one.public_id for one in rows],
        }
        for rows in groups.values()
    ]


def _every_opinion_once(*, case: Case, subject: None, data: dict[str, Any], on: dt.date) -> Errors:
    chosen = [one.pk for row in data["points"] for one in row["opinions"]]
    open_ones = case.opinions.filter(kind__in=COMPILED)
    left = open_ones.exclude(pk__in=chosen).order_by("number").values_list("number", flat=True)
    twice = open_ones.filter(pk__in=[pk for pk in chosen if chosen.count(pk) > 1]).order_by("number")
    said = []
    if left:
        said.append(_("Chưa nằm trong điểm nào: ý kiến số %(n)s.") % {"n": ", ".join(map(str, left))})
    if twice:
        numbers = ", ".join(str(one.number) for one in twice)
        said.append(_("Nằm trong hai điểm: ý kiến số %(n)s.") % {"n": numbers})
    return {"points": said} if said else {}


@judged_by(_every_opinion_once)
def draft_compilation(
    *, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep the points with the opinions in each, and prepare the compilation with its letter."""
    opening.require_running(case)
    case.opinions.update(point=None)
    case.recommendations.filter(state=State.DRAFT).delete()
    version = selectors.next_version(case.conclusions.all())
    compilation = Conclusion.objects.create(
        case=case, version=version, text=data["summary"], by=actor.mandate, at=at
    )
    compilation.competent.set(data["upward"])
    for number, row in enumerate(data["points"], start=1):
        point = Recommendation.objects.create(
            case=case,
            conclusion=compilation,
            number=number,
            addressee=row["addressee"],
            title=row["title"],
            text=row["text"],
        )
        case.opinions.filter(pk__in=[one.pk for one in row["opinions"]]).update(point=point)
    point_papers.prepare_compilation(case, compilation, actor, at)
    audit.record(
        action="compilation.drafted",
        actor=actor,
        obj=compilation,
        thread=case,
        at=at,
        data={"count": len(data["points"])},
    )


def forward(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """Send the signed compilation to those who are to answer, and upward.

    A Party committee has no account: it gets the paper, and its own time runs from that day.
    """
    papers.mark_sent(document, at=at)
    compilation = selectors.conclusion_of(case)
    for row in compilation.recommendations.select_related("addressee", "case__lead").order_by("number"):
        row.state, row.sent_at = State.SENT, at
        if not answers_here(case, row):
            row.state, row.received_at = State.RECEIVED, at
            row.reply_deadline = reply_clocks.at_receipt(None, "O_REPLY", case, row.addressee, at=at)
        else:
            row.reply_deadline = reply_clocks.at_sending("O_REPLY", case, at=at)
        row.save(update_fields=["state", "sent_at", "received_at", "reply_deadline"])
        tell(
            key=f"point.sent:{row.pk}",
            kind="point.sent",
            organization=row.addressee,
            title=row.title,
            address=f"/kien-nghi/{row.public_id}/",
            case_code=case.code,
            at=at,
        )
    papers.tell_of_copies(document, case, at, besides=compilation.recommendations.values("addressee"))
    audit.record(
        action="compilation.sent",
        actor=Actor.of(document.signer),
        obj=compilation,
        thread=case,
        at=at,
        data={"number": document.number_text, "count": compilation.recommendations.count()},
    )


def answers_here(case: Case, subject: Recommendation) -> bool:
    """The flow's question: has the addressee an inbox, or does its answer come on paper?"""
    return subject.addressee.kind != Kind.PARTY


def record_reply(
    *, actor: Actor, case: Case, subject: Recommendation, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep the answer that came on paper, in the words and on the day of the paper."""
    if subject.state not in (State.RECEIVED, State.REPLY_REJECTED):
        raise WrongState(_("Điểm góp ý này không chờ trả lời."))
    on, clock = data["answered_on"], subject.reply_deadline
    reply = Reply.objects.create(
        recommendation=subject,
        version=selectors.next_version(subject.replies.all()),
        verdict=data["verdict"],
        text=data["text"],
        reason=data["reason"],
        owner=data["owner"],
        due_on=data["due_on"],
        number_text=data["number_text"],
        drafted_by=actor.mandate,
        drafted_at=at,
        approved_by=actor.mandate,
        submitted_at=at,
        is_late=deadlines.meet_if_running(clock, on=on, at=at),
    )
    reply.files.set(data["files"])
    replied(subject, at)
    subject.save(update_fields=["state", "assess_deadline"])
    _note(actor, subject, "reply.recorded", at, verdict=reply.verdict, late=reply.is_late, text=reply.text)


def assess_answer(
    *, actor: Actor, case: Case, subject: Recommendation, data: dict[str, Any], at: dt.datetime
) -> None:
    """Say whether the answer is clear; one that is not is asked for again, by a day."""
    if subject.state != State.REPLIED:
        raise WrongState(_("Không có trả lời nào chờ đánh giá."))
    reply, verdict = selectors.sent_reply(subject), data["verdict"]
    subject.assessments.create(reply=reply, verdict=verdict, text=data["text"], by=actor.mandate, at=at)
    if subject.assess_deadline and subject.assess_deadline.met_on is None:
        deadlines.meet(subject.assess_deadline, on=timezone.localdate(at), at=at)
    if verdict == "rejected":
        ask_again(subject, data["again_on"], at)
    else:
        subject.state = State.ANSWERED
    subject.save(update_fields=["state", "reply_deadline"])
    tell_judged(subject, f"assessed:{subject.pk}:{subject.assessments.count()}", at)
    _note(actor, subject, "reply.assessed", at, verdict=verdict, text=data["text"])


def close_point(
    *, actor: Actor, case: Case, subject: Recommendation, data: dict[str, Any], at: dt.datetime
) -> None:
    """Decide what becomes of the point: published with its answer, or kept, with a reason."""
    if subject.state != State.ANSWERED:
        raise WrongState(_("Điểm góp ý chỉ được quyết định khi đã có trả lời rõ ràng."))
    end_followed(subject, state=State.CLOSED, closed_as=data["outcome"], reason=data["reason"], at=at)
    _note(actor, subject, f"point.{data['outcome']}", at, reason=data["reason"])


def any_to_publish(case: Case, subject: None) -> bool:
    """The flow's question once every point is decided."""
    return case.recommendations.filter(closed_as=PUBLISHED).exists()


def draft_results(*, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime) -> None:
    """Prepare the notice of what became of each point that is published; who wrote is in none of it."""
    opening.require_running(case)
    point_papers.prepare_results(case, data["opening"], actor, at)
    audit.record(action="results.drafted", actor=actor, obj=case, thread=case, at=at, data={})


def announce_results(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """Send the signed notice to those who answered."""
    papers.mark_sent(document, at=at)
    papers.tell_of_copies(document, case, at)


def _note(actor: Actor, subject: Recommendation, action: str, at: dt.datetime, **data: Any) -> None:
    about = {"number": subject.number, "agency": subject.addressee.short_name, **data}
    audit.record(action=action, actor=actor, obj=subject, thread=subject.case, at=at, data=about)
