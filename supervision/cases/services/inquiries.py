"""Asking agencies: the notice with outline, its sending, its receipt (403 Art 7(3))."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import Inquiry
from supervision.cases.services import opening, papers
from supervision.cases.services.judging import judged_by
from supervision.deadlines import services as deadlines
from supervision.deadlines.models import Deadline
from supervision.documents import typesetting
from supervision.documents.models import Document
from supervision.errors import Errors, WrongState
from supervision.language.dates import short_date
from supervision.law.calendar import ONE_DAY
from supervision.law.rules import RULES
from supervision.notices.services import tell
from supervision.organizations.actors import Actor


def _agencies_can_be_asked(*, case: Case, subject: None, data: dict[str, Any], on: dt.date) -> Errors:
    """Each session day is late enough for the notice, no date later than the law's own.

    A notice precedes the session by 15 days and the report by 7 (403 Art 7(3)).
    """
    rows: list[Any] = data["agencies"]
    errors: Errors = {}
    days = {row.key: row["session_on"] for row in rows if row["session_on"]}
    for key, day in days.items():
        if not notice_precedes(day, on):
            errors[f"{key}-session_on"] = [too_near(first_in_time(on))]
    asked = data["asked_on"]
    if asked and any(asked > day_of_law(day) for day in days.values()):
        errors["asked_on"] = [_("Đoàn không thể đặt hạn muộn hơn mốc luật định: 7 ngày trước ngày làm việc.")]
    return errors


@judged_by(_agencies_can_be_asked)
def draft_notice(*, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime) -> None:
    """Keep whom the delegation will ask, when it will come, and prepare the notice with its outline."""
    opening.require_running(case)
    case.inquiries.filter(state=Inquiry.State.PREPARED).delete()
    inquiries = [
        Inquiry.objects.create(
            case=case,
            number=number,
            asked_on=data.get("asked_on"),
            agency=row["agency"],
            outline=data["outline"],
            session_on=row["session_on"],
            place=row["place"],
        )
        for number, row in enumerate(data["agencies"], start=1)
    ]
    asked = data.get("asked_on")
    agencies = [inquiry.agency for inquiry in inquiries]
    papers.prepare(
        case=case,
        kind="notice",
        subject_line=case.title,
        context={
            "lead_in": data["body"],
            "sessions": [
                _row(inquiry, row["session_time"], asked)
                for inquiry, row in zip(inquiries, data["agencies"], strict=True)
            ],
            "outline": data["outline"],
            "recipients": papers.receivers(case, agencies, members=True).lines,
        },
        addressees=agencies,
        actor=actor,
        at=at,
        by_delegation=True,
    )
    audit.record(
        action="notice.drafted",
        actor=actor,
        obj=case,
        thread=case,
        at=at,
        data={"agencies": [agency.short_name for agency in agencies]},
    )


def _row(inquiry: Inquiry, begin: dt.time | None, asked: dt.date | None) -> dict[str, str]:
    """Return the agency's row in the table of the notice."""
    return {
        "agency": inquiry.agency.name,
        "on": inquiry.session_on.isoformat(),
        "at": typesetting.clock(begin) if begin else "",
        "place": inquiry.place,
        "report_due_on": (asked or _law_day(inquiry)).isoformat(),
    }


def too_near(first: dt.date) -> str:
    """Return what is said of a session day before `first`, the first that may be chosen."""
    words = _("Thông báo phải gửi trước ngày làm việc ít nhất 15 ngày: chọn từ ngày %(day)s trở đi.")
    return words % {"day": short_date(first)}


def notice_precedes(session_on: dt.date, on: dt.date) -> bool:
    """Whether a notice sent on day `on` precedes the session by the days of 403 Art 7(3)."""
    return selectors.day_of("S2_NOTICE", session_on) >= on


def first_in_time(on: dt.date) -> dt.date:
    """Return the first session day that `notice_precedes` accepts; on a day off it lies further away."""
    day = on + dt.timedelta(days=RULES["S2_NOTICE"].length or 0)
    while not notice_precedes(day, on):
        day += ONE_DAY
    return day


def day_of_law(session_on: dt.date) -> dt.date:
    """Return the day until which the law wants the report before a session on that day."""
    return selectors.day_of("S2_REPORT_IN", session_on)


def _law_day(inquiry: Inquiry) -> dt.date:
    return day_of_law(inquiry.session_on)


def _asked(day: dt.date, case: Case, notice: Document, at: dt.datetime) -> Deadline:
    """Start the clock of the delegation's own date; the request is made when the notice is sent."""
    delegation = selectors.by_delegation(case)
    return deadlines.set_deadline(
        rule="UNIT_ASKED",
        start_on=timezone.localdate(at),
        start_label=RULES["UNIT_ASKED"].starts,
        at=at,
        fixed_on=day,
        set_by=delegation,
        paper=selectors.as_source(notice, by=delegation),
    )


def send_inquiries(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """Send the signed notice: every agency's clocks start, the agency is told, the duty of D-15 is met."""
    papers.mark_sent(document, at=at)
    inquiries = selectors.open_inquiries(case).select_related("agency")
    for kind in ("plan", "decision"):
        signed = selectors.signed_paper(case, kind)
        if signed:
            signed.case_link.addressees.add(*(inquiry.agency_id for inquiry in inquiries))
            papers.mark_sent(signed, at=at)
    on = timezone.localdate(at)
    for inquiry in inquiries:
        for field, rule in (("notice_deadline", "S2_NOTICE"), ("report_deadline", "S2_REPORT_IN")):
            deadline = deadlines.set_deadline(
                rule=rule, start_on=inquiry.session_on, start_label=RULES[rule].starts, at=at
            )
            setattr(inquiry, field, deadline)
        deadlines.meet(inquiry.notice_deadline, on=on, at=at)
        if inquiry.asked_on:
            inquiry.asked_deadline = _asked(inquiry.asked_on, case, document, at)
        inquiry.state, inquiry.sent_at = Inquiry.State.SENT, at
        inquiry.save()
        tell(
            key=f"inquiry.sent:{inquiry.pk}",
            kind="inquiry.sent",
            organization=inquiry.agency,
            title=case.title,
            address=f"/yeu-cau/{inquiry.public_id}/",
            case_code=case.code,
            at=at,
        )
        audit.record(
            action="inquiry.sent",
            actor=Actor.of(document.signer),
            obj=inquiry,
            thread=case,
            at=at,
            data={"agency": inquiry.agency.short_name, "number": document.number_text},
        )


def receive_inquiry(
    *, actor: Actor, case: Case, subject: Inquiry, data: dict[str, Any], at: dt.datetime
) -> None:
    """Record that the agency has the request, and whom to call there."""
    if subject.state != Inquiry.State.SENT:
        raise WrongState(_("Yêu cầu này không còn chờ tiếp nhận."))
    subject.state, subject.received_at, subject.received_by = Inquiry.State.RECEIVED, at, actor.mandate
    subject.contact = data.get("contact") or ""
    subject.save(update_fields=["state", "received_at", "received_by", "contact"])
    audit.record(
        action="inquiry.received",
        actor=actor,
        obj=subject,
        thread=case,
        at=at,
        data={"agency": subject.agency.short_name},
    )
