"""More time for an addressee: asked for, granted or refused; each with its reasons."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import Criticism, ExtensionRequest, Inquiry, Recommendation
from supervision.cases.services import criticism_progress, public
from supervision.cases.services.judging import judged_by
from supervision.deadlines import services as deadlines
from supervision.deadlines.models import Deadline
from supervision.errors import DomainError, Errors, InvalidInput, WrongState
from supervision.language.dates import vietnam_day
from supervision.notices.services import tell
from supervision.organizations.actors import Actor

Outcome = ExtensionRequest.Outcome
Asked = Inquiry | Recommendation | Criticism
_PAGES: dict[type, str] = {Inquiry: "yeu-cau", Recommendation: "kien-nghi", Criticism: "phan-bien"}


def request_extension(
    *, actor: Actor, subject: Asked, to_on: dt.date, reason: str, at: dt.datetime
) -> ExtensionRequest:
    """Record that the agency asks for more time; until decided the page says so, not only "overdue"."""
    deadline = extendable_clock(subject)
    if deadline is None:
        raise WrongState(_("Không có hạn nào đang chạy để xin gia hạn."))
    if to_on <= max(deadline.due_on, vietnam_day(at)):
        raise InvalidInput({"to_on": [_("Ngày xin gia hạn đến phải sau hôm nay và sau hạn đang chạy.")]})
    if refused := _past_the_law(subject, deadline, to_on):
        raise InvalidInput({"to_on": [refused]})
    if deadline.extension_requested_at and waiting_request(subject) is None:
        deadlines.decline_extension(deadline, at=at)  # asked before requests were kept: this one replaces it
    deadlines.request_extension(deadline, at=at)
    request = ExtensionRequest.objects.create(
        **{subject._meta.model_name: subject},
        deadline=deadline,
        to_on=to_on,
        reason=reason,
        by=actor.mandate,
        at=at,
    )
    case, agency = subject.case, agency_of(subject)
    tell(
        key=f"extension.asked:{deadline.pk}:{at.isoformat()}",
        kind="extension.asked",
        organization=case.lead,
        title=f"{agency.short_name}: {case.title}",
        address="/viec-cua-toi/",
        case_code=case.code,
        at=at,
    )
    _record("extension.asked", actor, subject, at, to_on=to_on.isoformat(), reason=reason)
    return request


def agency_of(subject: Asked) -> Any:
    """Return the body that owes the answer."""
    return subject.agency if isinstance(subject, Inquiry) else subject.addressee


def _record(action: str, actor: Actor, subject: Asked, at: dt.datetime, **data: Any) -> None:
    audit.record(
        action=action,
        actor=actor,
        obj=subject,
        thread=subject.case,
        at=at,
        data={"agency": agency_of(subject).short_name, **data},
    )


def extendable_clock(subject: Asked) -> Deadline | None:
    """Return the addressee's running clock: the one the delegation set before the one of the law."""
    if isinstance(subject, Inquiry):
        clocks = [subject.supplement_deadline, subject.asked_deadline, subject.report_deadline]
    elif isinstance(subject, Criticism):
        clocks = [subject.explain_deadline, subject.reply_deadline]
    else:
        clocks = [subject.reply_deadline, subject.action_deadline]
    return next((clock for clock in clocks if clock and clock.is_running), None)


def waiting_request(subject: Asked) -> ExtensionRequest | None:
    """Return the request for more time that still waits for its decision, or None."""
    return subject.extension_requests.filter(outcome=Outcome.WAITING).select_related("deadline", "by").first()


def _a_later_day_within_the_law(*, case: Case, subject: Asked, data: dict[str, Any], on: dt.date) -> Errors:
    clock, day = extendable_clock(subject), data["to_on"]
    if data["decision"] != "grant" or day is None or clock is None:
        return {}
    if day <= clock.due_on:
        return {"to_on": [_("Hạn mới phải sau hạn đang có.")]}
    if refused := _past_the_law(subject, clock, day):
        return {"to_on": [refused]}
    return {}


@judged_by(_a_later_day_within_the_law)
def decide_extension(
    *, actor: Actor, case: Case, subject: Asked, data: dict[str, Any], at: dt.datetime
) -> None:
    """Grant the time asked for, or another day, or keep the day; the agency reads the reasons."""
    request = waiting_request(subject)
    if request is None:
        raise WrongState(_("Đề nghị gia hạn này đã được quyết định hoặc không còn cần."))
    is_granted = data["decision"] == "grant"
    request.outcome = Outcome.GRANTED if is_granted else Outcome.REFUSED
    request.granted_to_on = data["to_on"] if is_granted else None
    request.decision_reason, request.decided_by, request.decided_at = data["reason"], actor.mandate, at
    request.save()  # before the event, which holds the hash of what was decided
    if is_granted:
        grant_extension(actor=actor, subject=subject, to_on=data["to_on"], reason=data["reason"], at=at)
        return
    deadlines.decline_extension(request.deadline, at=at)
    _tell_agency(subject, f"extension.refused:{request.pk}", at)
    _record("extension.refused", actor, subject, at, reason=data["reason"])


def drop_request(request: ExtensionRequest, *, at: dt.datetime) -> None:
    """Record that nothing is left to decide: the answer came, or what was asked for has ended."""
    request.outcome, request.decided_at = Outcome.MOOT, at
    request.save(update_fields=["outcome", "decided_at"])
    audit.fix([request], actor=None, at=at)


def _tell_agency(subject: Asked, key: str, at: dt.datetime) -> None:
    tell(
        key=key,
        kind="extension.decided",
        organization=agency_of(subject),
        title=subject.case.title,
        address=page_of(subject),
        case_code=subject.case.code,
        at=at,
    )


def grant_extension(*, actor: Actor, subject: Asked, to_on: dt.date, reason: str, at: dt.datetime) -> None:
    """Move the addressee's running clock to a later day, with a reason.

    A clock that the delegation set cannot pass the day of the law (403 Art 7(3): 7 days before).
    """
    deadline = extendable_clock(subject)
    if deadline is None:
        raise WrongState(_("Không có hạn nào đang chạy để gia hạn."))
    if refused := _past_the_law(subject, deadline, to_on):
        raise DomainError(refused)
    deadlines.extend(deadline, to_on=to_on, reason=reason, by=actor.mandate, at=at)
    _tell_agency(subject, f"extension:{deadline.pk}:{to_on.isoformat()}", at)
    _record("extension.granted", actor, subject, at, to_on=to_on.isoformat(), reason=reason)
    if isinstance(subject, Recommendation):
        public.follow_up(subject, at=at)
    if isinstance(subject, Criticism):
        criticism_progress.follow_up(subject, at=at)


def _latest_day(subject: Asked, deadline: Deadline) -> dt.date | None:
    """Return the day that the delegation cannot go past: the law's own, 7 days before the session."""
    if isinstance(subject, Inquiry) and deadline.rule in ("UNIT_ASKED", "S2_REPORT_IN"):
        return selectors.day_of("S2_REPORT_IN", subject.session_on)
    return None


def _past_the_law(subject: Asked, deadline: Deadline, to_on: dt.date) -> Any:
    """Return what to say about a day that the law does not allow, None for one that it does."""
    limit = _latest_day(subject, deadline)
    if limit is None or to_on <= limit:
        return None
    return _(
        "Không thể lùi quá mốc luật định, 7 ngày trước ngày làm việc. "
        "Muốn lùi thêm thì hẹn lại buổi làm việc."
    )


def page_of(subject: Asked) -> str:
    """Return the path of the page that both sides open."""
    return f"/{_PAGES[type(subject)]}/{subject.public_id}/"
