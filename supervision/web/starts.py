"""What a step's form begins with: a working copy, what was entered before a return, a suggestion."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from supervision.cases.services import dialogues, points
from supervision.drafts.services import working_round
from supervision.organizations.actors import Actor
from supervision.organizations.services import setting
from supervision.web.prefill import PREFILLED
from workflows.models import DoneAct, WorkingCopy, WorkItem


def typed_before(item: WorkItem, actor: Actor, wanted: str) -> dict[str, Any]:
    """Return what the form begins with; `wanted` is the number of a colleague's draft, if asked for."""
    copies = WorkingCopy.objects.filter(item=item)
    if wanted.isdecimal() and len(wanted) < 12 and actor.organization.pk == item.organization_id:
        copy = copies.filter(pk=int(wanted)).first()
    else:
        copy = copies.filter(mandate=actor.mandate).first()
    if copy is not None:
        return dict(copy.data)
    if item.step in PREFILLED:
        return PREFILLED[item.step](item)
    if item.step.startswith(("sign_", "approve_", "review_board_")):
        return {}
    return _entered_before(item) or _suggestion(item)


def _entered_before(item: WorkItem) -> dict[str, Any]:
    before = DoneAct.objects.filter(
        item__case=item.case,
        item__step=item.step,
        item__inquiry=item.inquiry,
        item__recommendation=item.recommendation,
        item__consultation=item.consultation,
        item__criticism=item.criticism,
        item__organization=item.organization,
    )
    last = before.order_by("-pk").first()
    data = dict(last.data) if last is not None else {}
    if item.step == "draft_answers" and working_round(item.criticism.draft) is None:
        return {"answers": data.get("answers", [])}  # a new round has its own word, number and papers
    return data


def _suggestion(item: WorkItem) -> dict[str, Any]:
    """Return what a step's form may begin with when nothing was entered yet."""
    if item.step == "draft_compilation":
        return {"points": points.suggested(item.case)}
    if item.step == "draft_dialogue_notice":
        plan = dialogues.plan_of(item.case)
        return {name: plan[name] for name in ("held_on", "start_time", "place")}
    if item.step == "draft_request":
        days = setting(item.case.lead, "written_opinion_days")
        return {"due_on": timezone.localdate() + timedelta(days=days)}
    return {}
