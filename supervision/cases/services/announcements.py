"""The announcement of a change: a supervision cancelled, put off, or given new session days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import Inquiry
from supervision.cases.services import papers
from supervision.deadlines import services as deadlines
from supervision.documents.models import Document
from supervision.errors import WrongState
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
        raise WrongState(_("Đang có một thông báo chờ ký hoặc đang sửa."))
    told = case.inquiries.filter(sent_at__isnull=False).exclude(withdrawn_at__lt=at).order_by("number")
    inquiries = list(told.select_related("agency") if moved is None else moved)
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
            "body": text,
            "days": [] if moved is None else [_day(one, timezone.localdate(at)) for one in inquiries],
            "recipients": goes_to.lines,
        },
        addressees=goes_to.organizations,
        actor=actor,
        at=at,
    )


def days_of(letter: Document, case: Case, on: dt.date) -> list[dict[str, str]]:
    """Return the days that an announcement states, as they stand on day `on` for whom they still concern."""
    stated = [row["agency"] for row in letter.context.get("days", [])]
    named = Q(agency__name__in=stated) | Q(inherited_from__name__in=stated)
    ended = (Inquiry.State.DONE, Inquiry.State.WITHDRAWN)
    rows = case.inquiries.filter(named).exclude(state__in=ended).order_by("number")
    clocks = ("supplement_deadline", "asked_deadline", "report_deadline")
    return [_day(inquiry, on) for inquiry in rows.select_related("agency", *clocks)]


def _day(inquiry: Inquiry, on: dt.date) -> dict[str, str]:
    """Return what the paper states to one agency: its new session day and until when it reports."""
    row = {"agency": inquiry.agency.name, "on": inquiry.session_on.isoformat(), "report_due_on": ""}
    days = _report_days(inquiry)
    if to_come := [day for day in days if day >= on]:
        row["report_due_on"] = min(to_come).isoformat()
    elif days:
        row["report_was_due_on"] = max(days).isoformat()
    return row


def _report_days(inquiry: Inquiry) -> list[dt.date]:
    """Return the days until which a report is awaited, the delegation's own and the law's."""
    clocks = [inquiry.supplement_deadline, inquiry.asked_deadline, inquiry.report_deadline]
    return [one.due_on for one in clocks if one and one.is_running and one.paused_from_on is None]


def meet_notice(case: Case, document: Document, at: dt.datetime) -> None:
    """The announcement is the notice, 15 days ahead, of each new session day that it states."""
    waiting = case.inquiries.filter(
        notice_deadline__isnull=False,
        notice_deadline__met_on=None,
        agency__in=document.case_link.addressees.all(),
    )
    stated = {(row["agency"], row["on"]) for row in document.context.get("days", [])}
    for inquiry in waiting.select_related("notice_deadline", "agency", "inherited_from").order_by("number"):
        told = [agency.name for agency in (inquiry.agency, inquiry.inherited_from) if agency]
        is_stated = any((name, inquiry.session_on.isoformat()) in stated for name in told)
        if is_stated and inquiry.notice_deadline.is_running:
            deadlines.meet(inquiry.notice_deadline, on=timezone.localdate(at), at=at)


def notice_kind(case: Case, organization: Organization) -> str:
    """Return the kind of mail that tells `organization` of an announcement."""
    if not case.inquiries.filter(agency=organization).exists():
        return "document.copy"
    return "case.cancelled" if case.state == Case.State.CANCELLED else "session.moved"
