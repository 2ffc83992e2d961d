"""The clocks of an annual plan: Quarter IV until it is issued, the end of its year afterwards."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from supervision.casefiles.models import Case
from supervision.deadlines import services as deadlines
from supervision.deadlines.models import Deadline
from supervision.law.rules import RULES
from supervision.law.specs import Step


def clock_for(step: Step, case: Case, *, at: dt.datetime) -> Deadline | None:
    """Return the plan's own clock of a step, None where an internal one is to run.

    An amendment has no Quarter IV: 403 Art 3(5) lets it come at any time.
    """
    plan = case.annual_plan
    if step.rule == "PLAN_Q4":
        return plan.deadline if plan.deadline.is_running else None
    if step.rule != "PLAN_YEAR":
        return None
    return deadlines.set_deadline(
        rule="PLAN_YEAR",
        start_on=timezone.localdate(at),
        start_label=RULES["PLAN_YEAR"].starts,
        at=at,
        fixed_on=dt.date(plan.year, 12, 31),
        set_by=case.lead.short_name,
    )


def give_up(case: Case, *, at: dt.datetime) -> None:
    """Stop Quarter IV's clock of a plan whose case is cancelled; other cases have none.

    Its year is free for another plan, unless this one was issued: then it stands until it is withdrawn.
    """
    plan = getattr(case, "annual_plan", None)
    if plan is None:
        return
    if plan.issued_at is None:
        plan.given_up_at = at
        plan.save(update_fields=["given_up_at"])
    if plan.deadline.is_running:
        deadlines.drop(plan.deadline, at=at)
