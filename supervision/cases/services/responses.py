"""The agency's report: drafted by several, approved by its leader, accepted or supplemented."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import Inquiry, Response, SupplementRequest
from supervision.cases.services.approving import send_or_return
from supervision.deadlines import services as deadlines
from supervision.errors import WrongState
from supervision.files.models import Attachment
from supervision.law.rules import RULES
from supervision.notices.services import tell
from supervision.organizations.actors import Actor

_OPEN = (Inquiry.State.RECEIVED, Inquiry.State.SUPPLEMENT)


def draft_response(
    *, actor: Actor, case: Case, subject: Inquiry, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep the next version of the report for the leader to approve; a sent one is never touched."""
    if subject.state not in _OPEN:
        raise WrongState(_("Yêu cầu này không còn chờ báo cáo."))
    files = data.pop("files", [])
    response = Response.objects.create(
        inquiry=subject,
        version=selectors.next_version(subject.responses.all()),
        drafted_by=actor.mandate,
        drafted_at=at,
        **{name: data.get(name) or "" for name in ("number_text", "summary", "difficulties", "requests")},
    )
    response.files.set(files)
    audit.record(
        action="response.drafted",
        actor=actor,
        obj=response,
        thread=case,
        at=at,
        data={"agency": subject.agency.short_name, "version": response.version},
    )


def approve_response(
    *, actor: Actor, case: Case, subject: Inquiry, data: dict[str, Any], at: dt.datetime
) -> list[Attachment]:
    """Send the report as the agency's own word, or return it to its drafter with reasons.

    Returns the files that went out, for the receipt. Lateness is recorded and never blocks
    (403 Art 7(3)). Raises NotAllowed for one's own draft.
    """
    response = selectors.working_response(subject) if subject.state in _OPEN else None
    return send_or_return(
        response,
        actor=actor,
        data=data,
        missing=_("Không có báo cáo nào chờ duyệt."),
        send=lambda: submit_response(response=response, actor=actor, at=at),
        returned=lambda: _returned(response, actor=actor, case=case, reason=data["reason"], at=at),
    )


def _returned(response: Response, *, actor: Actor, case: Case, reason: str, at: dt.datetime) -> None:
    audit.record(
        action="response.returned",
        actor=actor,
        obj=response,
        thread=case,
        at=at,
        data={"agency": response.inquiry.agency.short_name, "reason": reason},
    )


def was_sent(case: Case, subject: Inquiry) -> bool:
    """The flow's question after approval: did the report go out?"""
    newest = subject.responses.order_by("-version").first()
    return newest is not None and newest.submitted_at is not None


def submit_response(*, response: Response, actor: Actor, at: dt.datetime) -> None:
    """Fix the report with its time, meet the clocks it answers, tell the delegation."""
    inquiry, on = response.inquiry, timezone.localdate(at)
    supplementing = inquiry.state == Inquiry.State.SUPPLEMENT
    own = inquiry.supplement_deadline if supplementing else inquiry.report_deadline
    response.approved_by, response.submitted_at = actor.mandate, at
    clocks = [own] if supplementing else [inquiry.report_deadline, inquiry.asked_deadline]
    for deadline in clocks:
        deadlines.meet_if_running(deadline, on=on, at=at)
    response.is_late = bool(own and on > own.due_on)  # by the day in force once a pause has ended
    response.save(update_fields=["approved_by", "submitted_at", "is_late"])
    inquiry.state = Inquiry.State.ANSWERED
    inquiry.save(update_fields=["state"])
    tell(
        key=f"response.submitted:{response.pk}",
        kind="response.submitted",
        organization=inquiry.case.lead,
        title=f"{inquiry.agency.short_name}: {inquiry.case.title}",
        address=f"/ho-so/{inquiry.case.public_id}/",
        case_code=inquiry.case.code,
        at=at,
    )
    audit.record(
        action="response.submitted",
        actor=actor,
        obj=response,
        thread=inquiry.case,
        at=at,
        data={
            "agency": inquiry.agency.short_name,
            "version": response.version,
            "late": response.is_late,
            "number": response.number_text,
            "summary": response.summary,
        },
    )


def review_response(
    *, actor: Actor, case: Case, subject: Inquiry, data: dict[str, Any], at: dt.datetime
) -> None:
    """Accept the report, or ask for a supplement with every point in one message (Law Art 29(2)).

    The first report stands with its time whatever follows.
    """
    if subject.state != Inquiry.State.ANSWERED:
        raise WrongState(_("Không có báo cáo nào chờ nghiên cứu."))
    if data["decision"] == "accept":
        subject.state = Inquiry.State.ACCEPTED
        subject.save(update_fields=["state"])
        audit.record(
            action="response.accepted",
            actor=actor,
            obj=subject,
            thread=case,
            at=at,
            data={"agency": subject.agency.short_name, "note": data.get("note") or ""},
        )
        return
    _ask_supplement(actor=actor, case=case, inquiry=subject, data=data, at=at)


def _ask_supplement(
    *, actor: Actor, case: Case, inquiry: Inquiry, data: dict[str, Any], at: dt.datetime
) -> None:
    points = [line.strip(" -•") for line in data["points"].splitlines() if line.strip()]
    due_on = data["supplement_due_on"]
    inquiry.supplement_deadline = deadlines.set_deadline(
        rule="SUPPLEMENT",
        start_on=timezone.localdate(at),
        start_label=RULES["SUPPLEMENT"].starts,
        at=at,
        fixed_on=due_on,
        set_by=selectors.by_delegation(case),
    )
    inquiry.state = Inquiry.State.SUPPLEMENT
    inquiry.save(update_fields=["supplement_deadline", "state"])
    request = SupplementRequest.objects.create(
        inquiry=inquiry, points=points, due_on=due_on, by=actor.mandate, at=at
    )
    tell(
        key=f"supplement:{request.pk}",
        kind="inquiry.returned",
        organization=inquiry.agency,
        title=case.title,
        address=f"/yeu-cau/{inquiry.public_id}/",
        case_code=case.code,
        at=at,
    )
    audit.record(
        action="supplement.asked",
        actor=actor,
        obj=inquiry,
        thread=case,
        at=at,
        data={"agency": inquiry.agency.short_name, "points": points, "due_on": due_on.isoformat()},
    )


def is_accepted(case: Case, subject: Inquiry) -> bool:
    """The flow's question after study: is the report complete?"""
    subject.refresh_from_db(fields=["state"])
    return bool(subject.state == Inquiry.State.ACCEPTED)
