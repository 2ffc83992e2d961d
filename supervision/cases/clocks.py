"""Which deadline runs for a step of a case: its own, one that the case keeps, or a new one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from supervision.casefiles.models import Case
from supervision.cases import board_selectors, plan_clocks, selectors
from supervision.cases.models import Consultation, Criticism, Inquiry, Recommendation
from supervision.cases.year import year_clock
from supervision.deadlines import services as deadlines
from supervision.deadlines.models import Deadline, Recount
from supervision.law.rules import RULES
from supervision.law.specs import Step
from supervision.organizations.models import Organization

#: Rules whose clock belongs to one piece of work alone: it is met, stands still and ends with it.
OF_ONE_STEP = (
    "STEP",
    "SESSION",
    "PLAN_YEAR",
    "S_RECOMMEND",
    "S_RECONSIDER",
    "D_RECONSIDER",
    "S3_MINUTES",
    "S4_NAME",
)


def deadline_for(step: Step, case: Case, subject: selectors.Subject, *, at: dt.datetime) -> Deadline | None:
    """Return the deadline that runs for a step, starting one when the rule has none of its own yet.

    Steps of the agency and the follow-up share the clocks of the inquiry or recommendation;
    internal steps get `step_days` of the chairing organization.
    """
    if isinstance(subject, Inquiry) and step.rule in ("S2_REPORT_IN", "SESSION"):
        return _of_inquiry(step.rule, subject, case, at)
    if isinstance(subject, Consultation):
        return subject.deadline
    if step.rule == "S2_RESULT":
        return _result_clock(case)
    kept = _clock_of(subject, step.rule) or _of_case(step, case, at)
    if kept is not None and kept.met_on is None:
        return kept
    if step.rule in _START_OF:
        begin = _START_OF[step.rule](case, subject)
        return selectors.start_open_term(step.rule, case, at=at, start_on=begin)
    if step.rule == "S4_NAME":
        return _invited_by(case, at) or selectors.start_open_term("STEP", case, at=at)
    is_open = step.rule in RULES and RULES[step.rule].term
    return selectors.start_open_term(step.rule if is_open else "STEP", case, at=at)


def _of_inquiry(rule: str, inquiry: Inquiry, case: Case, at: dt.datetime) -> Deadline | None:
    if rule == "SESSION":
        return _session_clock(inquiry, case, at)
    if inquiry.state == Inquiry.State.SUPPLEMENT:
        return inquiry.supplement_deadline
    asked = inquiry.asked_deadline
    return asked if asked and asked.dropped_at is None else inquiry.report_deadline


def _of_case(step: Step, case: Case, at: dt.datetime) -> Deadline | None:
    """Return the clock that the case as a whole keeps for the step, by what kind of case it is."""
    if step.rule == "C_ASSESS":
        return selectors.criticism_of(case).assess_deadline
    if step.rule == "GD_DIALOGUE":
        return year_clock(case, at=at)
    if step.rule in board_selectors.CLOCKS:
        return board_selectors.clock(step.rule, case)
    return plan_clocks.clock_for(step, case, at=at) if step.rule.startswith("PLAN_") else None


def _result_clock(case: Case) -> Deadline | None:
    """Return the earliest clock of the result report: sessions with several agencies end on several days."""
    first = selectors.open_inquiries(case).filter(result_deadline__isnull=False)
    row = first.select_related("result_deadline").order_by("result_deadline__due_on").first()
    return row.result_deadline if row else None


def _clock_of(subject: selectors.Subject, rule: str) -> Deadline | None:
    """Return the clock of `rule` that a recommendation or criticism keeps for both sides."""
    if isinstance(subject, Recommendation):
        return {
            "S_REPLY": subject.reply_deadline,
            "O_REPLY": subject.reply_deadline,
            "D_REPLY": subject.reply_deadline,
            "S_ASSESS": subject.assess_deadline,
            "D_ASSESS": subject.assess_deadline,
            "S_VERIFY": subject.assess_deadline,
            "D_VERIFY": subject.assess_deadline,
            "S_ACTION": subject.action_deadline,
            "D_ACTION": subject.action_deadline,
        }.get(rule)
    if isinstance(subject, Criticism):
        return {
            "C_EXPLAIN": subject.explain_deadline,
            "C_REPLY": subject.reply_deadline,
            "C_ASSESS": subject.assess_deadline,
        }.get(rule)
    return None


def _reported_on(case: Case, subject: selectors.Subject) -> dt.date | None:
    report = selectors.signed_paper(case, "result_report")
    return report.issued_on if report else None


def _asked_again_on(case: Case, subject: selectors.Subject) -> dt.date | None:
    """The day on which the addressee's request to reconsider came, whenever the dialogue on it was held."""
    reply = selectors.sent_reply(subject) if isinstance(subject, Recommendation) else None
    return timezone.localdate(reply.submitted_at) if reply and reply.submitted_at else None


def _invited_by(case: Case, at: dt.datetime) -> Deadline | None:
    """Start the clock of the day by which the inviting body wants a name; None where it named no day."""
    invitation = selectors.latest_record(case, "draft_appointment")
    if invitation is None or not invitation.data.get("answer_by"):
        return None
    said = invitation.data
    return deadlines.set_deadline(
        rule="S4_NAME",
        start_on=dt.date.fromisoformat(said["received_on"]),
        start_label=RULES["S4_NAME"].starts,
        at=at,
        fixed_on=dt.date.fromisoformat(said["answer_by"]),
        set_by=Organization.objects.get(public_id=said["inviting"]).short_name,
    )


#: Open terms that count from a day of the case, not from the day on which the step was opened.
_START_OF: dict[str, Callable[[Case, selectors.Subject], dt.date | None]] = {
    "S_RECOMMEND": _reported_on,
    "S_RECONSIDER": _asked_again_on,
    "D_RECONSIDER": _asked_again_on,
    "S3_MINUTES": lambda case, subject: board_selectors.last_day_of(case),
}


def _session_clock(inquiry: Inquiry, case: Case, at: dt.datetime) -> Deadline:
    """Start the clock of the session on its own day, from the day on which that day was announced.

    The notice fixed it, on the delegation's behalf, until a later day was fixed by the chairing
    organization: then the clock of the notice was set, or counted, anew.
    """
    clock = inquiry.notice_deadline
    moved = clock.recounts.filter(cause=Recount.Cause.START_MOVED).last() if clock else None
    fixed_at = moved.at if moved else clock.created_at if clock else at
    as_announced = fixed_at == (inquiry.sent_at or at)
    return deadlines.set_deadline(
        rule="SESSION",
        start_on=timezone.localdate(fixed_at),
        start_label=RULES["SESSION"].starts,
        at=at,
        fixed_on=inquiry.session_on,
        set_by=selectors.by_delegation(case) if as_announced else case.lead.short_name,
    )
