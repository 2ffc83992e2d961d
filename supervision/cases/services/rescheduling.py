"""A session moved to another day: every clock that hangs on that day goes with it."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases.models import Inquiry
from supervision.cases.services import inquiries, opening
from supervision.deadlines import services as deadlines
from supervision.deadlines.models import Deadline
from supervision.errors import Errors, InvalidInput, WrongState
from supervision.law.rules import RULES
from supervision.organizations.actors import Actor


def may_have_been_held(inquiry: Inquiry, on: dt.date) -> bool:
    """Whether the day of the session came before its case was put off: its minutes alone may be missing."""
    case = inquiry.case
    last = case.postponed_on if case.state == Case.State.POSTPONED else on
    return last is not None and inquiry.session_on <= last


def reschedule(
    *, case: Case, actor: Actor, days: dict[int, dt.date], reason: str, at: dt.datetime
) -> dict[int, dt.date]:
    """Fix new session days (`{inquiry id: day}`) and count the clocks from them again; return what moved.

    A day that stays is no move; where the case was put off every session that is to come is announced anew.
    Raises InvalidInput for a day that its notice can no longer precede by the law's 15 days, for a session
    to come that has no day where the case was put off, each on its own field "day_<inquiry id>", and where
    nothing moves. Raises WrongState for a session that was held.
    """
    if case.state not in (Case.State.POSTPONED, Case.State.RUNNING):
        raise WrongState(_("Hồ sơ đã kết thúc."))
    on, asked = timezone.localdate(at), opening.to_come(case)
    moved = {one.pk: days[one.pk] for one in asked if _is_move(case, one, days.get(one.pk), on)}
    if held := case.inquiries.filter(pk__in=days).exclude(pk__in=[one.pk for one in asked]).first():
        raise WrongState(
            _("Buổi làm việc với %(agency)s đã diễn ra hoặc yêu cầu đã kết thúc, không hẹn lại được.")
            % {"agency": held.agency.short_name}
        )
    if errors := _wrong_days(case, asked, moved, on):
        raise InvalidInput(errors)
    for inquiry in asked:
        if inquiry.pk in moved:
            _move(inquiry, moved[inquiry.pk], actor=actor, reason=reason, at=at)
    if case.state == Case.State.POSTPONED:
        for inquiry in opening.running_inquiries(case):  # of sessions held before the case was put off too
            _let_run(inquiry, on)
        case.state, case.outcome = Case.State.RUNNING, ""
        case.save(update_fields=["state", "outcome"])
        data = {"reason": reason}
        audit.record(action="case.resumed", actor=actor, obj=case, thread=case, at=at, data=data)
    return moved


def _is_move(case: Case, inquiry: Inquiry, day: dt.date | None, on: dt.date) -> bool:
    if day is None or day != inquiry.session_on:
        return day is not None
    return case.state == Case.State.POSTPONED and not may_have_been_held(inquiry, on)


def _let_run(inquiry: Inquiry, on: dt.date) -> None:
    """Let run what the case stopped; what a head stopped stays stopped."""
    for deadline in opening.before_the_session(inquiry):
        if deadline.pauses.filter(until_on__isnull=True, by_hand=False).exists():
            deadlines.resume(deadline, on=on)


def _wrong_days(case: Case, asked: list[Inquiry], moved: dict[int, dt.date], on: dt.date) -> Errors:
    errors: Errors = {}
    for inquiry in asked:
        day, first = moved.get(inquiry.pk), _first_day(case, inquiry, on)
        if day is None and case.state == Case.State.POSTPONED and not may_have_been_held(inquiry, on):
            errors[f"day_{inquiry.pk}"] = [_("Hồ sơ đang hoãn: hãy ấn định ngày làm việc mới.")]
        elif day is not None and day < on:
            errors[f"day_{inquiry.pk}"] = [_("Ngày làm việc mới không được ở trong quá khứ.")]
        elif day is not None and day < first:
            errors[f"day_{inquiry.pk}"] = [inquiries.too_near(first)]
    if case.state == Case.State.RUNNING and not moved and not errors:
        if not asked:
            raise WrongState(_("Không còn buổi làm việc nào để hẹn lại."))
        errors[f"day_{asked[0].pk}"] = [_("Chưa có ngày nào được đổi.")]
    return errors


def _first_day(case: Case, inquiry: Inquiry, on: dt.date) -> dt.date:
    """Return the first day to which the session may move.

    The announcement of the new day precedes it by the 15 days of 403 Art 7(3), or the notice that was
    sent already does: a day not earlier than the one announced takes no time from the agency.
    """
    first = inquiries.first_in_time(on)
    notice = inquiry.notice_deadline
    is_announced = case.state == Case.State.RUNNING and notice is not None and notice.met_on is not None
    return min(first, inquiry.session_on) if is_announced else first


def _move(inquiry: Inquiry, day: dt.date, *, actor: Actor, reason: str, at: dt.datetime) -> None:
    before, supplement = inquiry.session_on, inquiry.supplement_deadline
    supplement_before = supplement.due_on if supplement else None
    inquiry.session_on = day
    inquiry.save(update_fields=["session_on"])
    _count_anew(inquiry, at)
    _keep_asked_day(inquiry, at)
    if supplement and supplement_before and supplement.is_running:
        _keep_supplement_ahead(inquiry, supplement, supplement_before + (day - before), actor, at)
    opening.tell_agency(inquiry, "session.moved", "Có ngày làm việc mới", at)
    audit.record(
        action="session.moved",
        actor=actor,
        obj=inquiry,
        thread=inquiry.case,
        at=at,
        data={
            "agency": inquiry.agency.short_name,
            "from": before.isoformat(),
            "to": day.isoformat(),
            "reason": reason,
        },
    )


def _count_anew(inquiry: Inquiry, at: dt.datetime) -> None:
    """The new day is announced anew, 15 days ahead; a report that came stays valid, others get D-7 again."""
    on, starts = timezone.localdate(at), inquiry.session_on
    _let_run(inquiry, on)
    for deadline in (inquiry.report_deadline, inquiry.notice_deadline):
        if deadline and deadline.is_running:
            label = RULES[deadline.rule].starts
            deadlines.restart(deadline, start_on=starts, start_label=label, at=at)
    sent = inquiry.notice_deadline
    if sent and sent.met_on and sent.met_at:
        inquiry.notice_deadline = deadlines.set_deadline(
            rule="S2_NOTICE", start_on=starts, start_label=RULES["S2_NOTICE"].starts, at=at
        )
        if not inquiries.notice_precedes(starts, on):  # what was sent precedes the later day as well
            deadlines.meet(inquiry.notice_deadline, on=sent.met_on, at=sent.met_at)
        inquiry.save(update_fields=["notice_deadline"])


def _keep_asked_day(inquiry: Inquiry, at: dt.datetime) -> None:
    """Give up the delegation's own day where the law's comes before it, and one that has passed.

    Then the day of the law is the one that is announced, shown and judged by.
    """
    asked, on = inquiry.asked_deadline, timezone.localdate(at)
    if asked is None or not asked.is_running:
        return
    if not on <= asked.due_on <= inquiries.day_of_law(inquiry.session_on):
        deadlines.drop(asked, at=at)


def _keep_supplement_ahead(
    inquiry: Inquiry, clock: Deadline, as_before: dt.date, actor: Actor, at: dt.datetime
) -> None:
    """Bring the day of a supplement forward where it would come nearer to the session than it was.

    No law sets that day: it stays up to the day of the report, 7 days ahead, or up to `as_before`, as far
    ahead of the new session as the delegation had set it. What a head has stopped stays stopped.
    """
    latest = max(inquiries.day_of_law(inquiry.session_on), as_before)
    if clock.due_on <= latest:
        return
    stopped = clock.pauses.filter(until_on__isnull=True).first()
    deadlines.drop(clock, at=at)
    inquiry.supplement_deadline = deadlines.set_deadline(
        rule="SUPPLEMENT",
        start_on=clock.start_on,
        start_label=RULES["SUPPLEMENT"].starts,
        at=at,
        fixed_on=latest,
        set_by=inquiry.case.lead.short_name,
    )
    if stopped is not None:
        deadlines.pause(
            inquiry.supplement_deadline,
            from_on=timezone.localdate(at),
            reason=stopped.reason,
            by=actor.mandate,
            by_hand=True,
        )
    inquiry.save(update_fields=["supplement_deadline"])
