"""The annual plan as a paper: drafted once agreed, issued, published, amended (403 Art 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.choices import plan_chairs
from supervision.cases.models import AnnualPlan, PlanItem, PlanVersion
from supervision.cases.services import (
    annual_plans,
    opening,
    papers,
    plan_agreements,
    plan_overlaps,
    plan_progress,
    plan_withdrawals,
    plan_wordings,
)
from supervision.cases.services.judging import judged_by
from supervision.cases.services.plans import cited
from supervision.cases.services.records import keep
from supervision.cases.services.redactions import hidden
from supervision.cases.services.snapshots import facts_of
from supervision.deadlines import services as deadlines
from supervision.documents.models import Document
from supervision.errors import Errors, InvalidInput, NotAllowed, WrongState
from supervision.law.planning import PLAN_FORMS
from supervision.organizations.actors import Actor
from supervision.organizations.models import Kind
from supervision.publication import plans as public_plans
from supervision.publication import services as publication

GROUNDS = (
    "Căn cứ Luật Mặt trận Tổ quốc Việt Nam",
    "Căn cứ Nghị quyết liên tịch số 403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN ngày 15 tháng 6 năm 2017",
)
COLUMNS = ("Mục", "Nội dung", "Hình thức", "Cơ quan, đối tượng", "Thời gian", "Chủ trì")
ADDED, CHANGED, DROPPED = "added", "changed", "dropped"
CHANGE_WORDS = {ADDED: "bổ sung", CHANGED: "điều chỉnh", DROPPED: "bỏ khỏi kế hoạch"}


def _amended_for_a_reason(*, case: Case, subject: None, data: dict[str, Any], on: dt.date) -> Errors:
    plan = selectors.annual_plan_of(case)
    if plan.issued_at is not None and not data["changes"]:
        return {"changes": [_("Bản điều chỉnh phải nêu lý do điều chỉnh.")]}
    return {}


@judged_by(_amended_for_a_reason)
def draft_annual_plan(
    *, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime
) -> None:
    """Prepare the plan with its table of items; WrongState while a body has not agreed (403 Art 3(3))."""
    plan = annual_plans.in_hand(case)
    _require_agreed(case)
    keep(case=case, step="draft_annual_plan", data=data, actor=actor, at=at)
    number = plan_agreements.version_in_hand(plan)
    changes = changes_of(plan)
    told = [row.consultation.organization for row in plan_agreements.agreements_in_hand(plan)]
    beside = [body for body in plan_chairs(case, timezone.localdate(at)) if body.pk != case.lead_id]
    goes_to = papers.receivers(case, [*told, *beside], copies=papers.superiors(case))
    what = f"Kế hoạch giám sát, phản biện xã hội năm {plan.year}"
    papers.prepare(
        case=case,
        kind="annual_plan",
        subject_line=what[len("Kế hoạch ") :] if number == 1 else f"điều chỉnh lần {number - 1} {what}",
        context={
            "grounds": [*GROUNDS, *_earlier(plan)],
            "lead_in": _lead_in(plan, number),
            "purpose": data["purpose"],
            "requirements": data["requirements"],
            "changes": _changes_text(data["changes"], changes),
            "tables": [_table(plan)],
            "agreements": plan_agreements.agreed_lines(plan),
            "assignment": data["assignment"],
            "recipients": goes_to.lines,
        },
        addressees=goes_to.organizations,
        actor=actor,
        at=at,
    )
    audit.record(
        action="annual_plan.drafted", actor=actor, obj=plan, thread=case, at=at, data={"version": number}
    )


def _require_agreed(case: Case) -> None:
    if not plan_agreements.everyone_agrees(case, None):
        raise WrongState(_("Còn cơ quan chưa thống nhất các mục này nên chưa ban hành được kế hoạch."))


def require_still_true(*, case: Case, document: Document) -> None:
    """Raise WrongState where a drafted plan says what does not hold by now.

    Its items are no more those agreed to, it cites a version since withdrawn, or one is being withdrawn.
    """
    plan = annual_plans.in_hand(case)
    plan_withdrawals.require_none_being_signed(plan)
    _require_agreed(case)
    if document.context["grounds"] != [*GROUNDS, *_earlier(plan)]:
        raise WrongState(_("Căn cứ trong văn bản dẫn một bản đã thu hồi. Trả lại để soạn lại."))


def _earlier(plan: AnnualPlan) -> list[str]:
    first = plan_progress.standing_versions(plan).first()
    if first is None:
        return []
    return [cited(first.document, f"về giám sát, phản biện xã hội năm {plan.year}")]


def _lead_in(plan: AnnualPlan, number: int) -> str:
    body = plan.organization.deciding_body or plan.organization.name
    with_whom = (
        "các tổ chức chính trị - xã hội và trao đổi, thống nhất với các cơ quan nhà nước cùng cấp"
        if plan.organization.kind == Kind.FRONT
        else "các tổ chức cùng cấp và thống nhất với Ủy ban Mặt trận Tổ quốc Việt Nam cùng cấp"
    )
    what = "ban hành" if number == 1 else "điều chỉnh"
    return f"Sau khi hiệp thương với {with_whom}, {body} {what} Kế hoạch năm {plan.year} như sau:"


def _table(plan: AnnualPlan) -> dict[str, Any]:
    rows = [[row[name] for name in ROW] for row in rows_of(plan)]
    return {"caption": f"Các nội dung năm {plan.year}", "columns": list(COLUMNS), "rows": rows}


ROW = ("code", "title", "form_title", "agency", "period_title", "chair")


def rows_of(plan: AnnualPlan) -> list[dict[str, str]]:
    """Return the table of the plan as it would stand once issued, as plain words."""
    forms = dict(PLAN_FORMS)
    return [
        {
            "code": item.code,
            "title": item.title,
            "form": item.form,
            "form_title": forms[item.form].vi,
            "field": item.field,
            "agency": item.agency.short_name,
            "agency_code": item.agency.code,
            "period": item.period,
            "period_title": item.period_title.vi,
            "chair": item.chair.short_name,
            "chair_code": item.chair.code,
        }
        for item in plan_overlaps.current_items(plan)
    ]


def changes_of(plan: AnnualPlan) -> list[dict[str, str]]:
    """Return what the amendment in hand changes, item by item; nothing for a plan not issued yet."""
    if plan.issued_at is None:
        return []
    drafts = plan.items.filter(state=PlanItem.State.DRAFT) | plan.items.filter(amends__isnull=False)
    return [
        {"code": item.code, "what": _what(item), "title": item.title, "reason": item.reason}
        for item in drafts.order_by("number")
    ]


def _what(item: PlanItem) -> str:
    if item.amends_id is None:
        return ADDED
    return DROPPED if item.state == PlanItem.State.DROPPED else CHANGED


def _changes_text(reason: str | None, changes: list[dict[str, str]]) -> str:
    if not changes:
        return reason or ""
    lines = [
        f"- {one['code']}: {CHANGE_WORDS[one['what']]}, {one['title']}"
        + (f" ({one['reason']})" if one["reason"] else "")
        for one in changes
    ]
    return "\n".join([reason or "", *lines]).strip()


def issue(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """Once signed, the version stands: its items are in force, and Quarter IV's clock is met or missed."""
    plan = selectors.annual_plan_of(case)
    papers.mark_sent(document, at=at)
    version = PlanVersion.objects.create(
        plan=plan,
        number=plan_agreements.version_in_hand(plan),
        document=document,
        rows=rows_of(plan),
        changes=changes_of(plan),
        agreed=plan_agreements.agreed_rows(plan),
        issued_at=at,
    )
    sent = plan_wordings.reword(version, _put_in_force(plan, timezone.localdate(at)), at=at)
    plan.items.filter(amends__isnull=False).delete()
    if plan.issued_at is None:
        plan.issued_at = at
        plan.save(update_fields=["issued_at"])
    if plan.deadline.is_running:
        deadlines.meet(plan.deadline, on=timezone.localdate(at), at=at)
    papers.tell_of_copies(document, case, at)
    audit.record(
        action="annual_plan.issued",
        actor=Actor.of(document.signer),
        obj=plan,
        thread=case,
        at=at,
        data={"number": document.number_text},
        sent=sent,
    )


def _put_in_force(plan: AnnualPlan, on: dt.date) -> Iterator[PlanItem]:
    """Yield the items that take over what their amendment says, and the new ones, which stand now."""
    for draft in plan.items.filter(amends__isnull=False).select_related("amends", "agency", "chair"):
        item = draft.amends
        for name in (*annual_plans.CONTENT, "first_month", "last_month", "reason"):
            setattr(item, name, getattr(draft, name))
        if draft.state == PlanItem.State.DROPPED:
            item.state, item.dropped_on = PlanItem.State.DROPPED, on
        yield item
    for item in plan.items.filter(state=PlanItem.State.DRAFT, amends=None):
        item.state = PlanItem.State.IN_FORCE
        yield item


def publish_plan(*, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime) -> None:
    """Publish the signed version: a second person does, never the signer, with the checklist ticked."""
    if data["checked"] is not True:
        raise InvalidInput({"checked": [_("Phải kiểm tra nội dung phải che trước khi công bố.")]})
    plan = selectors.annual_plan_of(case)
    version = plan.versions.select_related("document__signer").order_by("-number")[0]
    if version.document.signer.user_id in actor.persons:
        raise NotAllowed(_("Người ký không tự công bố; người khác phải công bố."))
    version.publication = publication.publish(
        facts=facts_of(case, version.document, data["lead"]),
        at=at,
        by_label=audit.label_of(actor),
        actor=actor,
    )
    version.save(update_fields=["publication"])
    public_plans.publish_plan(
        publication=version.publication,
        year=plan.year,
        lines=hidden(case, plan_progress.lines_of(plan)),
        at=at,
    )
    audit.record(
        action="annual_plan.published",
        actor=actor,
        obj=plan,
        thread=case,
        at=at,
        data={"number": version.document.number_text},
    )


def _amended_while_it_stands(*, case: Case, subject: None, data: dict[str, Any], on: dt.date) -> Errors:
    if data["decision"] == "amend" and plan_progress.is_withdrawn(selectors.annual_plan_of(case)):
        return {"decision": [_("Kế hoạch đã thu hồi nên không điều chỉnh được; lập kế hoạch khác của năm.")]}
    return {}


@judged_by(_amended_while_it_stands)
def follow_plan(*, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime) -> None:
    """Keep the decision to amend the plan or to end its follow-up, with the reason."""
    opening.require_running(case)
    keep(case=case, step="follow_plan", data=data, actor=actor, at=at)


def amends(case: Case, subject: None) -> bool:
    """The flow's question: is the plan to be amended?"""
    record = selectors.latest_record(case, "follow_plan")
    return record is not None and record.data["decision"] == "amend"
