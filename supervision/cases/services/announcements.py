"""The announcement of a change: a supervision cancelled, put off, or given new session days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.cases import selectors
from supervision.cases.models import Case, Inquiry
from supervision.cases.services import papers
from supervision.deadlines import services as deadlines
from supervision.documents.models import Document
from supervision.errors import WrongState
from supervision.language.dates import long_date
from supervision.organizations.actors import Actor
from supervision.organizations.models import Organization


def prepare_announcement(
    *,
    actor: Actor,
    case: Case,
    what: str,
    text: str,
    at: dt.datetime,
    moved: Iterable[Inquiry] | None = None,
) -> Document:
    """Prepare the announcement of a change to everyone who got the plan.

    `what` names the change ("hủy cuộc giám sát"). One of new days says the day of each of the
    `moved` inquiries and goes to their agencies: whoever is not told a day has no notice of it.
    """
    if selectors.letter_waits(case):
        raise WrongState(_("Đang có một thông báo chờ ký."))
    told = case.inquiries.filter(sent_at__isnull=False).exclude(withdrawn_at__lt=at).order_by("number")
    inquiries = list(told.select_related("agency") if moved is None else moved)
    lines = [] if moved is None else _new_days(inquiries, timezone.localdate(at))
    goes_to = papers.receivers(
        case,
        [inquiry.agency for inquiry in inquiries],
        copies=papers.superiors(case),
        members=True,
    )
    return papers.prepare(
        case=case,
        kind="announcement",
        subject_line=f"{what}: {case.title}",
        context={
            "to": [inquiry.agency.name for inquiry in inquiries],
            "body": "\n".join([text, *lines]),
            "recipients": goes_to.lines,
        },
        addressees=goes_to.organizations,
        actor=actor,
        at=at,
    )


def _new_days(inquiries: list[Inquiry], on: dt.date) -> list[str]:
    lines = []
    for inquiry in inquiries:
        due = _report_due(inquiry, on)
        report = f"; gửi báo cáo chậm nhất {long_date(due)}" if due else ""
        lines.append(f"{_session(inquiry.agency, inquiry)}{report};")
    return ["Ngày làm việc mới với từng cơ quan:", *lines]


def _session(agency: Organization, inquiry: Inquiry) -> str:
    return f"- {agency.name}: làm việc {long_date(inquiry.session_on)}"


def _report_due(inquiry: Inquiry, on: dt.date) -> dt.date | None:
    """Return the day until which a report is still awaited; None where it has come, or the day is past."""
    supplement = inquiry.supplement_deadline if inquiry.state == Inquiry.State.SUPPLEMENT else None
    clocks = [supplement, inquiry.asked_deadline, inquiry.report_deadline]
    days = [clock.due_on for clock in clocks if clock and clock.is_running and clock.due_on >= on]
    return min(days, default=None)


def meet_notice(case: Case, document: Document, at: dt.datetime) -> None:
    """The announcement is the notice, 15 days ahead, of each new session day that it states."""
    waiting = case.inquiries.filter(
        notice_deadline__isnull=False,
        notice_deadline__met_on=None,
        agency__in=document.case_link.addressees.all(),
    )
    lines = document.context["body"].split("\n")
    for inquiry in waiting.select_related("notice_deadline", "agency", "inherited_from").order_by("number"):
        asked = [agency for agency in (inquiry.agency, inquiry.inherited_from) if agency]
        stated = any(line.startswith(f"{_session(agency, inquiry)};") for agency in asked for line in lines)
        if stated and inquiry.notice_deadline.is_running:
            deadlines.meet(inquiry.notice_deadline, on=timezone.localdate(at), at=at)


def notice_kind(case: Case, organization: Organization) -> str:
    """Return the kind of mail that tells `organization` of an announcement."""
    if not case.inquiries.filter(agency=organization).exists():
        return "document.copy"
    return "case.cancelled" if case.state == Case.State.CANCELLED else "session.moved"
