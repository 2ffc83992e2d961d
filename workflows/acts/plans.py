"""Acts on an annual plan outside a task: a member's proposal, a body's agreement entered from its paper."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.context import Context
from viewflow.workflow.models import Task

from supervision.access import policy
from supervision.audit import services as audit
from supervision.cases.models import AnnualPlan, Consultation
from supervision.cases.services import annual_plans, papers, plan_agreements, plan_progress
from supervision.errors import WrongState
from supervision.law.forms.annual_plan import AGREEMENT, PROPOSAL
from supervision.organizations.actors import Actor
from workflows.acts import inputs
from workflows.engine.branches import lead_back, leave_branch
from workflows.engine.processes import process_of
from workflows.engine.registry import flow_of
from workflows.inbox import work_items
from workflows.models import WorkItem

#: Steps at which a plan is made of what the bodies agreed to.
DRAFTING = ("draft_annual_plan", "sign_annual_plan")
LAPSED = "Một bản của kế hoạch đã thu hồi nên các mục không còn như khi các cơ quan thống nhất."


def record_agreement(
    *, actor: Actor, consultation: Consultation, data: dict[str, Any], at: dt.datetime
) -> None:
    """Enter a body's position on the annual plan from its paper; its branch goes on as if it had acted."""
    case = consultation.case
    policy.require(actor, "record_agreement", case, on=timezone.localdate(at))
    on = timezone.localdate(at)
    cleaned = inputs.clean(AGREEMENT, data, case=case, actor=actor, on=on)
    process = process_of(case)
    flow_class = flow_of(case.form)
    with flow_class.lock(process.pk):
        row = Consultation.objects.select_related("case__lead", "deadline", "organization", "agreement").get(
            pk=consultation.pk
        )
        item = WorkItem.objects.filter(process=process, consultation=row, finished_at=None).first()
        if item is None:
            raise WrongState(_("Nơi này không còn được chờ ý kiến."))
        plan_agreements.record_from_paper(actor=actor, case=row.case, subject=row, data=cleaned, at=at)
        work_items.close_item(item, outcome=WorkItem.Outcome.DONE, by=actor.mandate, at=at)
        with Context(at=at):
            leave_branch(Task.objects.get(pk=item.task_id), actor, flow_class.all_bodies_spoke)


def ask_again(sender: Any, plan: AnnualPlan, by: Actor, at: dt.datetime, **kwargs: Any) -> None:
    """Lead a plan whose items are no more those that the bodies agreed to back to the choice of its items.

    From there it is sent to every body anew. While bodies are still asked, the flow finds out by itself.
    """
    if plan_progress.is_withdrawn(plan):
        return
    process, flow_class = process_of(plan.case), flow_of(plan.case.form)
    with flow_class.lock(process.pk), Context(at=at):
        drafting = WorkItem.objects.filter(process=process, step__in=DRAFTING, finished_at=None)
        item = drafting.select_related("deadline", "document", "case").first()
        if item is None or plan_agreements.is_as_asked(plan):
            return
        if item.document:
            papers.return_paper(document=item.document, case=item.case, reason=LAPSED, actor=by, at=at)
        work_items.drop_own_clock(item, at)
        work_items.close_item(item, outcome=WorkItem.Outcome.CANCELLED, by=None, at=at)
        lead_back(Task.objects.get(pk=item.task_id), flow_class.choose_items)
        audit.record(action="agreement.lapsed", actor=by, obj=plan, thread=plan.case, at=at)


def propose(*, actor: Actor, plan: AnnualPlan, data: dict[str, Any], at: dt.datetime) -> None:
    """Hand in a proposal for the plan, from the account of an organization of the same place."""
    on = timezone.localdate(at)
    policy.require(actor, "propose", plan, on=on)
    cleaned = inputs.clean(PROPOSAL, data, case=plan.case, actor=actor, on=on)
    with transaction.atomic():
        row = AnnualPlan.objects.select_for_update(of=("self",)).select_related("case__lead").get(pk=plan.pk)
        annual_plans.propose(actor=actor, plan=row, data=cleaned, at=at)
