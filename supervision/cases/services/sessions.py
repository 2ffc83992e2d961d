"""The working session with an agency and the field survey (403 Art 8)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.cases import selectors
from supervision.cases.models import Case, Inquiry, Session, Survey
from supervision.cases.services import opening, papers
from supervision.deadlines import services as deadlines
from supervision.documents.models import Document
from supervision.errors import InvalidInput, WrongState
from supervision.law.rules import RULES
from supervision.organizations.actors import Actor

#: "08:00", "8h", "8 giờ 30".
_CLOCK = re.compile(r"\s*(\d{1,2})\s*(?:giờ|[:hg])\s*(\d{2})?\s*")


def draft_minutes(
    *, actor: Actor, case: Case, subject: Inquiry, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep what happened in the session and prepare its minutes for the head's signature."""
    opening.require_running(case)
    data = {**data, **_times(data)}
    _check_days(data, timezone.localdate(at))
    files = data.pop("files", [])
    session = Session.objects.create(inquiry=subject, recorded_by=actor.mandate, recorded_at=at, **data)
    session.files.set(files)
    delegation = selectors.delegation_of(case)
    members = delegation.members.select_related("mandate__user", "mandate__organization").order_by("pk")
    response = selectors.sent_response(subject)
    papers.prepare(
        case=case,
        kind="minutes",
        subject_line=f"Làm việc với {subject.agency.name}",
        context={
            "agency": subject.agency.name,
            "place": subject.place,
            "started_at": _moment(data["held_on"], data["started_time"]),
            "ended_at": _moment(data["ended_on"], data["ended_time"]),
            "delegation_present": "\n".join(
                f"- {member.mandate.user.display_name}, {member.mandate.organization.short_name}"
                for member in members
            ),
            "agency_present": [line for line in data["attendance"].splitlines() if line.strip()],
            "chair": f"{delegation.head.user.display_name}, Trưởng đoàn",
            "secretary": f"{delegation.secretary.user.display_name}, Thư ký",
            "opening": _opening(case),
            "report": response.summary if response else "",
            "agency_proposals": response.requests if response else "",
            "questions": [{"question": data["questions"], "explanation": data["explanations"], "noted": ""}],
            "conclusion": data["conclusion"],
            "secretary_name": delegation.secretary.user.display_name,
            "recipients": papers.recipients(case, [subject.agency]),
        },
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


def _opening(case: Case) -> str:
    """Return the first act of a session: the head announces plan and decision (403 Art 8(1))."""
    numbers = [
        f"{kind} số {paper.number_text}"
        for kind, code in (("Kế hoạch", "plan"), ("Quyết định", "decision"))
        if (paper := selectors.signed_paper(case, code))
    ]
    return f"Trưởng đoàn công bố {', '.join(numbers)} và nêu yêu cầu, chương trình làm việc."


def _check_days(data: dict[str, Any], on: dt.date) -> None:
    begun, ended = data["started_time"], data["ended_time"]
    if begun and ended and data["held_on"] == data["ended_on"] and ended <= begun:
        raise InvalidInput({"ended_time": [_("Giờ kết thúc phải sau giờ bắt đầu.")]})
    if data["held_on"] > on:
        raise InvalidInput({"held_on": [_("Buổi làm việc chưa diễn ra nên chưa lập biên bản được.")]})
    if data["ended_on"] < data["held_on"]:
        raise InvalidInput({"ended_on": [_("Ngày kết thúc phải từ ngày làm việc trở đi.")]})


def _moment(day: dt.date, clock: dt.time | None) -> str:
    """Return the moment for the paper, or the day alone where no time was written down."""
    if clock is None:
        return day.isoformat()
    return dt.datetime.combine(day, clock, timezone.get_default_timezone()).isoformat()


def _times(data: dict[str, Any]) -> dict[str, dt.time | None]:
    """Read the times of the session, "08:00" or "8 giờ 00"; InvalidInput names each that is none."""
    times: dict[str, dt.time | None] = {}
    errors: dict[str, list[Any]] = {}
    for key in ("started_time", "ended_time"):
        times[key] = None
        text = data.get(key) or ""
        found = _CLOCK.fullmatch(text)
        try:
            times[key] = dt.time(int(found[1]), int(found[2] or 0)) if found else None
        except ValueError:
            found = None
        if text and not found:
            errors[key] = [_("Giờ phải có thật, viết như 08:00.")]
    if errors:
        raise InvalidInput(errors)
    return times


def hold_session(*, case: Case, subject: Inquiry, document: Document, at: dt.datetime) -> None:
    """Once the minutes are signed the session stands and the 15 days of the result report start."""
    papers.mark_sent(document)
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
        if data["held_on"] > timezone.localdate(at):
            raise InvalidInput({"held_on": [_("Ngày khảo sát chưa tới.")]})
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
