"""Which deadline runs for a step of a case: its own, one that the case keeps, or a new one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from supervision.cases import board_selectors, plan_clocks, selectors
from supervision.cases.models import Case, Consultation, Criticism, Inquiry, Recommendation
from supervision.cases.year import year_clock
from supervision.deadlines import services as deadlines
from supervision.deadlines.models import Deadline, Recount
from supervision.law.rules import RULES
from supervision.law.specs import Step


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
        return selectors.start_open_term(step.rule, case, at=at, start_on=_START_OF[step.rule](case))
    is_open = step.rule in RULES and RULES[step.rule].term
    return selectors.start_open_term(step.rule if is_open else "STEP", case, at=at)


def _of_inquiry(rule: str, inquiry: Inquiry, case: Case, at: dt.datetime) -> Deadline | None:
    if rule == "SESSION":
        return _session_clock(inquiry, case, at)
    if inquiry.state == Inquiry.State.SUPPLEMENT:
        return inquiry.supplement_deadline
    return inquiry.asked_deadline or inquiry.report_deadline


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
            "S_ASSESS": subject.assess_deadline,
            "S_VERIFY": subject.assess_deadline,
            "S_ACTION": subject.action_deadline,
        }.get(rule)
    if isinstance(subject, Criticism):
        return {
            "C_EXPLAIN": subject.explain_deadline,
            "C_REPLY": subject.reply_deadline,
            "C_ASSESS": subject.assess_deadline,
        }.get(rule)
    return None


def _reported_on(case: Case) -> dt.date | None:
    report = selectors.signed_paper(case, "result_report")
    return report.issued_on if report else None


#: Open terms that count from a day of the case, not from the day on which the step was opened.
_START_OF: dict[str, Callable[[Case], dt.date | None]] = {
    "S_RECOMMEND": _reported_on,
    "S3_MINUTES": board_selectors.last_day_of,
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
