"""What a step opens with where nobody has typed yet: what was asked, proposed, or found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from supervision.cases.models import PlanItem, PlanProposal
from supervision.cases.selectors import ANY_LETTER, paper_in_hand
from supervision.cases.services import letters, plan_overlaps
from supervision.cases.services.extensions import waiting_request
from workflows.models import WorkItem


def _asked_day(item: WorkItem) -> dict[str, Any]:
    asked = waiting_request(item.request)
    return {"to_on": asked.to_on} if asked else {}


def _items(item: WorkItem) -> dict[str, Any]:
    """The items as they stand; before there are any, the proposals, to keep or to leave out."""
    plan = item.case.annual_plan
    numbers: dict[int, list[str]] = {}
    for number, item_number in plan.proposals.order_by("number").values_list("number", "item_number"):
        numbers.setdefault(item_number or 0, []).append(str(number))
    rows = [_item_row(one, numbers.get(one.number, [])) for one in plan_overlaps.current_items(plan)]
    if not rows:
        rows = [_proposal_row(one) for one in plan.proposals.select_related("agency").order_by("number")]
    return {"items": rows}


def _item_row(item: PlanItem, came_from: list[str]) -> dict[str, Any]:
    return {
        "number": item.code,
        "title": item.title,
        "form": item.form,
        "field": item.field,
        "agency": item.agency.public_id,
        "period": item.period,
        "chair": item.chair.public_id,
        "proposals": ", ".join(came_from),
        "fate": "keep",
        "reason": item.reason,
    }


def _proposal_row(proposal: PlanProposal) -> dict[str, Any]:
    return {
        "title": proposal.title,
        "form": proposal.form,
        "field": proposal.field,
        "agency": proposal.agency.public_id if proposal.agency else "",
        "period": proposal.period,
        "proposals": str(proposal.number),
        "fate": "keep",
    }


def _overlaps(item: WorkItem) -> dict[str, Any]:
    waiting = plan_overlaps.undecided(item.case.annual_plan)
    return {"overlaps": [{"overlap": one.public_id} for one in waiting]}


def _letter(item: WorkItem) -> dict[str, Any]:
    """What was written in the letter that was returned; the facts before it are counted anew."""
    letter = paper_in_hand(item.case, ANY_LETTER, item.subject)
    return {"text": letters.written_in(letter)} if letter else {}


#: Steps that open with something, whatever was typed at an earlier turn of theirs.
PREFILLED: dict[str, Callable[[WorkItem], dict[str, Any]]] = {
    "decide_extension": _asked_day,
    "mend_letter": _letter,
    "choose_items": _items,
    "settle_overlaps": _overlaps,
}
