"""The annual plan until its items stand: proposals, choice, overlaps settled (403 Art 2-3)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import AnnualPlan, PlanItem, PlanProposal
from supervision.cases.services import opening, plan_overlaps, plan_progress
from supervision.cases.services.judging import judged_by
from supervision.cases.services.records import keep
from supervision.deadlines import services as deadlines
from supervision.errors import Errors, InvalidInput, WrongState
from supervision.language.folding import fold
from supervision.law.planning import PERIODS
from supervision.law.rules import RULES
from supervision.organizations.actors import Actor

_NUMBER = re.compile(r"(?:kh[-\s]*)?0*(\d{1,3})")
#: What of an item an amendment may change.
CONTENT = ("title", "form", "field", "agency", "period", "chair")


def begin(*, case: Case, at: dt.datetime) -> AnnualPlan:
    """Make the plan of a case just opened, with its clock of Quarter IV (403 Art 3(3)).

    Raises InvalidInput when the organization has a plan for that year already.
    """
    record = selectors.latest_record(case, "open")
    year = timezone.localdate(at).year + (1 if record is None or record.data["year"] == "next" else 0)
    has_one = InvalidInput({"year": [_("Đơn vị đã có kế hoạch của năm %(year)s.") % {"year": year}]})
    if AnnualPlan.objects.filter(organization=case.lead, year=year, given_up_at=None).exists():
        raise has_one
    clock = deadlines.set_deadline(
        rule="PLAN_Q4", start_on=dt.date(year - 1, 10, 1), start_label=RULES["PLAN_Q4"].starts, at=at
    )
    try:
        with transaction.atomic():
            plan = AnnualPlan.objects.create(case=case, organization=case.lead, year=year, deadline=clock)
    except IntegrityError as error:  # begun at the same instant: the other was first
        raise has_one from error
    audit.fix([plan], actor=None, at=at)
    return plan


def in_hand(case: Case) -> AnnualPlan:
    """Return the plan that a case makes or amends; WrongState once the case has ended or it is withdrawn."""
    opening.require_running(case)
    plan = selectors.annual_plan_of(case)
    plan_progress.require_standing(plan)
    return plan


def gather(*, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime) -> None:
    """Keep what came by letters, the press, citizens and drafting bodies; no more proposals from now on."""
    plan = in_hand(case)
    for row in data["proposals"]:
        _propose(plan, source=row.pop("source"), who=row.pop("who"), row=row, actor=actor, at=at)
    plan.gathers = False
    plan.save(update_fields=["gathers"])
    audit.record(
        action="proposals.gathered",
        actor=actor,
        obj=plan,
        thread=case,
        at=at,
        data={"count": plan.proposals.count()},
    )


def propose(*, actor: Actor, plan: AnnualPlan, data: dict[str, Any], at: dt.datetime) -> PlanProposal:
    """Take a proposal from a member organization's own account; WrongState once gathering has ended."""
    opening.require_running(plan.case)
    if not plan.gathers:
        raise WrongState(_("Việc tập hợp đề xuất đã kết thúc; hãy nêu ý kiến tại hội nghị hiệp thương."))
    source = "front" if actor.organization.pk == plan.organization_id else "member"
    proposal = _propose(plan, source=source, who="", row=dict(data), actor=actor, at=at)
    proposal.organization = actor.organization
    proposal.save(update_fields=["organization"])
    audit.record(
        action="proposal.handed_in",
        actor=actor,
        obj=proposal,
        thread=plan.case,
        at=at,
        data={"name": actor.organization.short_name, "number": proposal.number, "text": proposal.title},
    )
    return proposal


def _propose(
    plan: AnnualPlan, *, source: str, who: str, row: dict[str, Any], actor: Actor, at: dt.datetime
) -> PlanProposal:
    number = plan.proposals.count() + 1
    return PlanProposal.objects.create(
        plan=plan,
        number=number,
        source=source,
        who=who,
        by=actor.mandate,
        at=at,
        **row,
    )


def number_in(text: str | None) -> int | None:
    """Return 3 for "KH-03", "kh 3" or "3"; None for anything else."""
    match = _NUMBER.fullmatch(fold(text or "").strip())
    return int(match[1]) if match else None


def numbers_in(text: str | None) -> list[int]:
    """Return the numbers of a list typed as "1, 4"."""
    return [int(one) for one in re.findall(r"\d+", text or "")]


def _items_can_be_told_apart(*, case: Case, subject: None, data: dict[str, Any], on: dt.date) -> Errors:
    plan, seen, taken = selectors.annual_plan_of(case), set[int](), set[int]()
    errors: Errors = {}
    known = set(plan.items.exclude(state=PlanItem.State.DROPPED).values_list("number", flat=True))
    proposed = set(plan.proposals.values_list("number", flat=True))
    standing = {item.number: item for item in plan.items.filter(state=PlanItem.State.IN_FORCE)}
    for row in data["items"]:
        number = number_in(row["number"])
        if row["number"] and (number not in known or number in seen):
            errors[f"{row.key}-number"] = [_("Mã mục không có trong kế hoạch, hoặc ghi hai lần.")]
        seen |= {number} if number else set()
        of_row = set(numbers_in(row["proposals"]))
        if not of_row <= proposed:
            errors[f"{row.key}-proposals"] = [_("Không có đề xuất mang số này.")]
        elif again := of_row & taken:  # it went into one item: the first would be forgotten
            words = _("Đề xuất số %(n)s đã ghi ở mục khác.")
            errors[f"{row.key}-proposals"] = [words % {"n": ", ".join(map(str, sorted(again)))}]
        taken |= of_row
        if _needs_a_reason(standing.get(number or 0), row):
            errors[f"{row.key}-reason"] = [_("Mục đã ban hành: ghi lý do đổi.")]
    if data["items"] and all(row["fate"] == "leave" for row in data["items"]) and plan.issued_at is None:
        errors["items"] = [_("Kế hoạch phải có ít nhất một mục.")]
    return errors


def _needs_a_reason(item: PlanItem | None, row: dict[str, Any]) -> bool:
    """An item that was issued is not changed without saying why (403 Art 3(5))."""
    if item is None or row["reason"] or row["fate"] == "leave":
        return False
    return bool(changed(item, row))


def changed(item: PlanItem, row: dict[str, Any]) -> list[str]:
    """Return what of an item the row says otherwise; what could not be read does not count."""
    return [name for name in CONTENT if row[name] is not None and getattr(item, name) != row[name]]


@judged_by(_items_can_be_told_apart)
def choose_items(*, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime) -> None:
    """Keep the items of the plan, or of its amendment, and look for overlaps.

    What stands in the plan already and is not named stays as it is.
    """
    plan = in_hand(case)
    plan.items.filter(Q(state=PlanItem.State.DRAFT) | Q(amends__isnull=False)).delete()
    standing = {item.number: item for item in plan.items.filter(state=PlanItem.State.IN_FORCE)}
    if plan.issued_at is None:
        plan.proposals.update(item_number=None)
        _leave_out(plan.proposals.exclude(left_out_reason=""), "")
    for row in data["items"]:
        _keep_row(plan, standing, row)
    plan.save(update_fields=["last_number"])
    plan_overlaps.record(plan)
    audit.record(
        action="items.chosen",
        actor=actor,
        obj=plan,
        thread=case,
        at=at,
        data={"count": len(plan_overlaps.current_items(plan))},
    )


def _keep_row(plan: AnnualPlan, standing: dict[int, PlanItem], row: dict[str, Any]) -> None:
    left, number = row["fate"] == "leave", number_in(row["number"])
    item = standing.get(number or 0)
    proposals = plan.proposals.filter(number__in=numbers_in(row["proposals"]))
    if left and item is None:
        before = Q(at__lt=plan.issued_at) if plan.issued_at else Q()  # was judged with the plan as issued
        _leave_out(proposals.exclude(before & ~Q(left_out_reason="")), row["reason"])
        return
    if item is None or left or changed(item, row):
        number = number or _next_number(plan)
        plan.last_number = max(plan.last_number, number)
        PlanItem.objects.create(
            plan=plan,
            number=number,
            amends=item,
            state=PlanItem.State.DROPPED if left else PlanItem.State.DRAFT,
            reason=row["reason"],
            **{name: row[name] for name in CONTENT},
            **_months(row["period"]),
        )
    proposals.update(item_number=number)


def _leave_out(proposals: QuerySet[PlanProposal], reason: str) -> None:
    for proposal in proposals:
        proposal.left_out_reason = reason
        proposal.save(update_fields=["left_out_reason"])


def _next_number(plan: AnnualPlan) -> int:
    plan.last_number += 1
    return plan.last_number


def _months(period: str) -> dict[str, int]:
    return {"first_month": PERIODS[period].first, "last_month": PERIODS[period].last}


def has_open_overlaps(case: Case, subject: None) -> bool:
    """The flow's question after the choice: does an overlap wait for a person?"""
    return bool(plan_overlaps.undecided(selectors.annual_plan_of(case)).exists())


def _each_overlap_is_settled(*, case: Case, subject: None, data: dict[str, Any], on: dt.date) -> Errors:
    if data["then"] != "go_on":
        return {}
    waiting = set(plan_overlaps.undecided(selectors.annual_plan_of(case)).values_list("pk", flat=True))
    if waiting - {row["overlap"].pk for row in data["overlaps"] if row["overlap"]}:
        return {"overlaps": [_("Còn chỗ chồng chéo chưa ghi cách giải quyết.")]}
    return {}


@judged_by(_each_overlap_is_settled)
def settle_overlaps(
    *, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep how each overlap is settled and why it stays; or go back to change the items."""
    plan = in_hand(case)
    for row in data["overlaps"]:
        plan_overlaps.decide(plan=plan, actor=actor, at=at, **row)
    keep(case=case, step="settle_overlaps", data={"then": data["then"]}, actor=actor, at=at)


def items_stay(case: Case, subject: None) -> bool:
    """The flow's question after the overlaps: do the items stay as they are?"""
    record = selectors.latest_record(case, "settle_overlaps")
    return record is not None and record.data["then"] == "go_on"
