"""The working session with an agency and the field survey (403 Art 8)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import Inquiry, Session, Survey
from supervision.cases.services import entries, opening, papers
from supervision.cases.services.judging import judged_by
from supervision.deadlines import services as deadlines
from supervision.documents import typesetting
from supervision.documents.models import Document
from supervision.errors import Errors, WrongState
from supervision.law.rules import RULES
from supervision.organizations.actors import Actor


def session_ends_after_it_began(*, case: Case, subject: Any, data: dict[str, Any], on: dt.date) -> Errors:
    """Refuse an end that lies before the beginning, by day and by time."""
    held, ended = data["held_on"], data["ended_on"]
    if held is None or ended is None:
        return {}
    if ended < held:
        return {"ended_on": [_("Ngày kết thúc phải từ ngày làm việc trở đi.")]}
    began_at, ended_at = data["started_time"], data["ended_time"]
    if began_at and ended_at and held == ended and ended_at <= began_at:
        return {"ended_time": [_("Giờ kết thúc phải sau giờ bắt đầu.")]}
    return {}


@judged_by(session_ends_after_it_began)
def draft_minutes(
    *, actor: Actor, case: Case, subject: Inquiry, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep what happened in the session and prepare its minutes for the head's signature."""
    opening.require_running(case)
    data = dict(data)
    files = data.pop("files", [])
    session = Session.objects.create(inquiry=subject, recorded_by=actor.mandate, recorded_at=at, **data)
    session.files.set(files)
    papers.prepare(
        case=case,
        kind="minutes",
        subject_line=f"Làm việc với {subject.agency.name}",
        context=_context(case, session, written_by=actor.user.display_name),
        addressees=[subject.agency],
        actor=actor,
        at=at,
        subject=subject,
        by_delegation=True,
    )
    audit.record(
        action="session.recorded",
        actor=actor,
        obj=session,
        thread=case,
        at=at,
        data={"agency": subject.agency.short_name, "held_on": session.held_on.isoformat()},
    )


def _context(case: Case, session: Session, *, written_by: str) -> dict[str, Any]:
    """Return what the minutes print: what was written down about the session, and nothing more."""
    agency = session.inquiry.agency
    return {
        "agency": agency.name,
        "place": session.place,
        "started_at": moment(session.held_on, session.started_time),
        "ended_at": moment(session.ended_on, session.ended_time),
        "delegation_present": _listed(entries.people(session.delegation_attendance)),
        "agency_present": entries.people(session.attendance),
        "chair": f"{selectors.delegation_of(case).head.user.display_name}, Trưởng đoàn",
        "secretary": written_by,
        "opening": session.opening,
        "report": session.report or entries.according_to(session.inquiry, session.held_on),
        "agency_proposals": session.requests,
        "questions": [{"question": session.questions, "explanation": session.explanations}],
        "conclusion": session.conclusion,
        "secretary_name": written_by,
        "recipients": papers.receivers(case, [agency], members=True).lines,
    }


def _listed(people: list[str]) -> str:
    """Return people as a list with dashes, punctuated as such lists are."""
    marks = [*[";"] * (len(people) - 1), "."]
    return "\n".join(f"- {typesetting.ended(one, mark)}" for one, mark in zip(people, marks, strict=False))


def moment(day: dt.date, clock: dt.time | None) -> str:
    """Return the moment for the paper, or the day alone where no time was written down."""
    if clock is None:
        return day.isoformat()
    return dt.datetime.combine(day, clock, timezone.get_default_timezone()).isoformat()


def hold_session(*, case: Case, subject: Inquiry, document: Document, at: dt.datetime) -> None:
    """Once the minutes are signed the session stands and the 15 days of the result report start."""
    papers.mark_sent(document, at=at)
    session = subject.sessions.order_by("-pk").first()
    subject.result_deadline = deadlines.set_deadline(
        rule="S2_RESULT",
        start_on=session.ended_on,
        start_label=RULES["S2_RESULT"].starts,
        at=at,
    )
    subject.save(update_fields=["result_deadline"])
    audit.record(
        action="session.held",
        actor=Actor.of(document.signer),
        obj=session,
        thread=case,
        at=at,
        data={
            "agency": subject.agency.short_name,
            "held_on": session.held_on.isoformat(),
            "conclusion": session.conclusion,
        },
    )


def record_survey(
    *, actor: Actor, case: Case, subject: Inquiry, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep the notes of a field survey, or that none was needed; the agency's part is done."""
    opening.require_running(case)
    if subject.state == Inquiry.State.WITHDRAWN:
        raise WrongState(_("Yêu cầu này đã kết thúc."))
    if data["needed"] == "yes":
        survey = Survey.objects.create(
            inquiry=subject,
            held_on=data["held_on"],
            notes=data["notes"],
            recorded_by=actor.mandate,
            recorded_at=at,
        )
        survey.files.set(data.get("files") or [])
    subject.state = Inquiry.State.DONE
    subject.save(update_fields=["state"])
    audit.record(
        action="survey.recorded" if data["needed"] == "yes" else "survey.not_needed",
        actor=actor,
        obj=subject,
        thread=case,
        at=at,
        data={"agency": subject.agency.short_name, "notes": data.get("notes") or ""},
    )
