"""The annual plan: gathered, consulted on, agreed, issued, published; amended the same way (403 Art 3)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.context import context

from supervision.cases import selectors
from supervision.cases.services import (
    annual_plans,
    opening,
    plan_agreements,
    plan_papers,
)
from supervision.law.forms.annual_plan import SPEC
from workflows.engine.base import SupervisionFlow
from workflows.engine.nodes import Choice, ForEach, Human, Join, Signature
from workflows.flows.parts.conference import Conference


class AnnualPlanFlow(Conference, SupervisionFlow):
    """Kế hoạch giám sát, phản biện xã hội hằng năm"""

    spec = SPEC

    @classmethod
    def opened(cls, activation: Any, case: Any) -> Any:
        """Start handler: the plan begins with its case."""
        at: dt.datetime = getattr(context, "at", None) or timezone.now()
        annual_plans.begin(case=case, at=at)
        return super().opened(activation, case)

    start = flow.StartHandle(this.opened).Next(this.gather)
    gather = Human(annual_plans.gather).Next(this.draft_invitation)

    # the consultation, whose minutes lead to the choice
    sign_conference = Conference.sign_conference.Next(this.choose_items)

    choose_items = Human(annual_plans.choose_items).Next(this.anything_overlaps)
    anything_overlaps = (
        Choice(annual_plans.has_open_overlaps).Then(this.settle_overlaps).Else(this.draft_exchange)
    )
    settle_overlaps = Human(annual_plans.settle_overlaps).Next(this.items_stay)
    items_stay = Choice(annual_plans.items_stay).Then(this.draft_exchange).Else(this.choose_items)

    # exchange and agreement: a branch for each body, and no way round one that has not spoken
    draft_exchange = Human(plan_agreements.draft_exchange).Next(this.sign_exchange)
    sign_exchange = Signature(
        plan_agreements.send_exchange,
        returned=this.draft_exchange,
        ready=plan_agreements.require_still_planned,
    ).Next(this.each_body)
    each_body = ForEach(lambda act: selectors.asked_consultations(act.process.artifact)).Next(this.agree)
    agree = Human(plan_agreements.agree).Next(this.all_bodies_spoke)
    all_bodies_spoke = Join().Next(this.everyone_agrees)
    everyone_agrees = (
        Choice(plan_agreements.everyone_agrees).Then(this.draft_annual_plan).Else(this.choose_items)
    )

    draft_annual_plan = Human(plan_papers.draft_annual_plan).Next(this.sign_annual_plan)
    sign_annual_plan = Signature(
        plan_papers.issue, returned=this.draft_annual_plan, ready=plan_papers.require_still_true
    ).Next(this.publish_plan)
    publish_plan = Human(plan_papers.publish_plan).Next(this.follow_plan)
    follow_plan = Human(plan_papers.follow_plan).Next(this.plan_goes_on)
    plan_goes_on = Choice(plan_papers.amends).Then(this.choose_items).Else(this.close_plan)
    close_plan = Human(opening.close_case).Next(this.end)
    end = flow.End()
