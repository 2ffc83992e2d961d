"""Opening, postponing, cancelling and closing a case."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case, CaseNumber
from supervision.cases import plan_clocks, selectors
from supervision.cases.models import (
    Consultation,
    Criticism,
    Embargo,
    Inquiry,
    PlanItem,
    PlannedCase,
    Recommendation,
    Session,
)
from supervision.cases.services import calling_off, papers, plan_progress
from supervision.deadlines import services as deadlines
from supervision.deadlines.models import Deadline
from supervision.errors import DomainError, WrongState
from supervision.language.folding import fold
from supervision.law.basis import law
from supervision.law.specs import FormSpec
from supervision.notices.services import tell
from supervision.organizations.actors import Actor
from supervision.organizations.models import Kind, Level, Organization


def open_case(
    *,
    actor: Actor,
    spec: FormSpec,
    title: str,
    grounds: str,
    at: dt.datetime,
    field: str = "other",
    lead: Organization | None = None,
    annual_item: PlanItem | None = None,
) -> Case:
    """Open a case chaired by the actor's organization and give it its number of the year.

    `annual_item` is the item of an annual plan that the case carries out. Raises DomainError when
    the organization may not chair, or not that item in this form (Front Law Art 26), WrongState when the
    item waits for no case.
    """
    lead = lead or actor.organization
    _require_chair(lead, spec)
    on = timezone.localdate(at)
    with transaction.atomic():
        if annual_item is not None:
            plan_progress.require_ready(annual_item, spec=spec, lead=lead, on=on)
        register, _created = CaseNumber.objects.select_for_update().get_or_create(
            organization=lead, prefix=spec.prefix, year=on.year
        )
        register.last += 1
        register.save(update_fields=["last"])
        code = f"{spec.prefix}-{lead.code.upper()}-{on.year}-{register.last:03d}"
        case = Case.objects.create(
            code=code,
            form=spec.slug,
            title=title,
            field=field,
            grounds=grounds,
            lead=lead,
            opened_by=actor.mandate,
            opened_at=at,
            search_text=fold(f"{code} {title} {lead.name}"),
        )
        if annual_item is not None:
            PlannedCase.objects.create(case=case, item=annual_item)
        said = {
            "grounds": grounds,
            "plan_item": f"{annual_item}, {annual_item.plan.year}" if annual_item else "",
        }
        audit.record(action="case.opened", actor=actor, obj=case, thread=case, at=at, data=said)
        plan_progress.follow(case, at=at)
    return case


def _require_chair(lead: Organization, spec: FormSpec) -> None:
    if not lead.is_front_side:
        raise DomainError(_("Chỉ Mặt trận và tổ chức chính trị - xã hội được chủ trì giám sát."), law(26))
    if spec.commune_front_only and (lead.kind, lead.level) != (Kind.FRONT, Level.COMMUNE):
        raise DomainError(_("Chỉ Mặt trận cấp xã mở hồ sơ đối thoại của xã với người dân."), spec.basis[0])


def enter_stage(case: Case, stage: int) -> None:
    """Remember the furthest stage reached, for lists; going back to mend a paper does not lower it."""
    Case.objects.filter(pk=case.pk, stage__lt=stage).update(stage=stage)


def require_running(case: Case) -> None:
    """Raise WrongState unless the case is running."""
    if case.state == Case.State.POSTPONED:
        raise WrongState(_("Hồ sơ đang hoãn. Hẹn lại ngày làm việc rồi mới làm tiếp."))
    if case.state != Case.State.RUNNING:
        raise WrongState(_("Hồ sơ đã kết thúc."))


def require_not_ended(case: Case) -> None:
    """Raise WrongState once the case has ended; one that is put off has not."""
    if case.ended_at is not None:
        raise WrongState(_("Hồ sơ đã kết thúc."))


def postpone(*, case: Case, actor: Actor, reason: str, at: dt.datetime) -> None:
    """Put the case off with a reason; the clocks of its open inquiries stand still.

    The law has no procedure for this (Practice); what the agencies already sent stays valid.
    """
    require_running(case)
    on = timezone.localdate(at)
    case.state, case.outcome, case.postponed_on = Case.State.POSTPONED, reason, on
    case.save(update_fields=["state", "outcome", "postponed_on"])
    for inquiry in running_inquiries(case):
        for deadline in before_the_session(inquiry):
            if deadline.is_running:
                deadlines.pause(deadline, from_on=on, reason=reason, by=actor.mandate)
    for inquiry in to_come(case):
        tell_agency(inquiry, "session.moved", "Buổi làm việc được hoãn", at)
    audit.record(action="case.postponed", actor=actor, obj=case, thread=case, at=at, data={"reason": reason})


def before_the_session(inquiry: Inquiry) -> list[Deadline]:
    """Return the clocks that hang on the day of the session and end before it."""
    clocks = (
        inquiry.notice_deadline,
        inquiry.report_deadline,
        inquiry.asked_deadline,
        inquiry.supplement_deadline,
    )
    return [clock for clock in clocks if clock is not None]


def cancel(*, case: Case, actor: Actor, reason: str, at: dt.datetime) -> None:
    """End the case before its result, with a reason; open inquiries are withdrawn, clocks dropped."""
    if case.state in (Case.State.CANCELLED, Case.State.CLOSED):
        raise WrongState(_("Hồ sơ đã kết thúc."))
    if case.recommendations.exclude(state=Recommendation.State.DRAFT).exists():
        raise WrongState(
            _("Kiến nghị đã gửi nên không hủy được cuộc giám sát; hãy theo dõi đến khi kết thúc.")
        )
    calling_off.end_boards_part(case, at)
    calling_off.end_criticism(case, by=actor.mandate, at=at)
    calling_off.end_year(case, at)
    for inquiry in running_inquiries(case):
        _withdraw(inquiry, reason=reason, at=at)
    for inquiry in (
        case.inquiries.filter(state=Inquiry.State.DONE).select_related("result_deadline").order_by("number")
    ):
        if inquiry.result_deadline and inquiry.result_deadline.is_running:
            deadlines.drop(inquiry.result_deadline, at=at)
    for one in selectors.asked_consultations(case):
        keep_silence(actor=actor, consultation=one, at=at)
    papers.give_up(selectors.papers_in_hand(case), by=actor, at=at, reason=reason)
    plan_clocks.give_up(case, at=at)
    case.state, case.outcome, case.ended_at = Case.State.CANCELLED, reason, at
    case.save(update_fields=["state", "outcome", "ended_at"])
    for planned in PlannedCase.objects.filter(case=case):
        planned.is_called_off = True
        planned.save(update_fields=["is_called_off"])
    plan_progress.follow(case, at=at)
    audit.record(action="case.cancelled", actor=actor, obj=case, thread=case, at=at, data={"reason": reason})


def withdraw_inquiry(*, inquiry: Inquiry, actor: Actor, reason: str, at: dt.datetime) -> None:
    """Take one agency out of the case as an ordinary outcome; its clocks are dropped, its words stay."""
    if inquiry.state in (Inquiry.State.WITHDRAWN, Inquiry.State.DONE):
        raise WrongState(_("Yêu cầu này đã kết thúc."))
    _withdraw(inquiry, reason=reason, at=at)
    papers.give_up(selectors.papers_in_hand(inquiry.case, inquiry=inquiry), by=actor, at=at, reason=reason)
    audit.record(
        action="inquiry.withdrawn",
        actor=actor,
        obj=inquiry,
        thread=inquiry.case,
        at=at,
        data={"agency": inquiry.agency.short_name, "reason": reason},
    )


def _withdraw(inquiry: Inquiry, *, reason: str, at: dt.datetime) -> None:
    was_sent = inquiry.state != Inquiry.State.PREPARED
    inquiry.state, inquiry.withdrawn_at, inquiry.withdrawal_reason = Inquiry.State.WITHDRAWN, at, reason
    inquiry.save(update_fields=["state", "withdrawn_at", "withdrawal_reason"])
    for deadline in (*before_the_session(inquiry), inquiry.result_deadline):
        if deadline and deadline.is_running:
            deadlines.drop(deadline, at=at)
    if was_sent:
        tell_agency(inquiry, "inquiry.withdrawn", "Yêu cầu báo cáo đã được rút", at)


def keep_silence(*, actor: Actor, consultation: Consultation, at: dt.datetime) -> None:
    """Record that no opinion is waited for any more, and tell who was asked; WrongState when it was given."""
    if consultation.state != Consultation.State.ASKED:
        raise WrongState(_("Việc lấy ý kiến này đã kết thúc."))
    consultation.state = Consultation.State.SILENT
    consultation.save(update_fields=["state"])
    if consultation.deadline and consultation.deadline.met_on is None:
        deadlines.drop(consultation.deadline, at=at)
    tell(
        key=f"consultation.ended:{consultation.pk}",
        kind="consultation.ended",
        organization=consultation.organization,
        mandate=consultation.person,
        title=consultation.case.title,
        address="/viec-cua-toi/",
        case_code=consultation.case.code,
        at=at,
    )
    audit.record(
        action="consultation.silent",
        actor=actor,
        obj=consultation,
        thread=consultation.case,
        at=at,
        data={"name": consultation.name},
    )


def running_inquiries(case: Case) -> list[Inquiry]:
    open_states = [Inquiry.State.WITHDRAWN, Inquiry.State.DONE]
    return list(
        case.inquiries.exclude(state__in=open_states).select_related("agency", "case").order_by("number")
    )


def to_come(case: Case) -> list[Inquiry]:
    """Return the inquiries whose session can be moved: sent, not ended, and no minutes of it were written."""
    going = running_inquiries(case)
    held = set(Session.objects.filter(inquiry__in=going).values_list("inquiry_id", flat=True))
    return [one for one in going if one.state != Inquiry.State.PREPARED and one.pk not in held]


def tell_agency(inquiry: Inquiry, kind: str, title: str, at: dt.datetime) -> None:
    tell(
        key=f"{kind}:{inquiry.pk}:{at.isoformat()}",
        kind=kind,
        organization=inquiry.agency,
        title=f"{title}: {inquiry.case.title}",
        address=f"/yeu-cau/{inquiry.public_id}/",
        case_code=inquiry.case.code,
        at=at,
    )


def close_case(*, actor: Actor, case: Case, subject: None, data: dict[str, str], at: dt.datetime) -> None:
    """Close the case once every recommendation is closed (Front Law Art 28(7): follow up and urge)."""
    require_running(case)
    closed = [Recommendation.State.CLOSED, Recommendation.State.WITHDRAWN]
    if case.recommendations.exclude(state__in=closed).exists():
        raise WrongState(_("Còn kiến nghị chưa kết thúc."))
    if Criticism.objects.filter(case=case).exclude(state=Criticism.State.ACCEPTED).exists():
        raise WrongState(_("Còn ý kiến phản biện chưa được trả lời."))
    if Embargo.objects.filter(case=case).exists():
        raise WrongState(_("Văn bản kết quả chưa đến ngày công khai; công khai rồi mới kết thúc hồ sơ."))
    if selectors.letters_in_hand(case).exists():
        raise WrongState(_("Còn công văn chờ ký hoặc đang sửa; hãy ký, hoặc bỏ, rồi mới kết thúc hồ sơ."))
    case.state, case.outcome, case.ended_at = Case.State.CLOSED, data["summary"], at
    case.save(update_fields=["state", "outcome", "ended_at"])
    plan_progress.follow(case, at=at)
    audit.record(action="case.closed", actor=actor, obj=case, thread=case, at=at, data=data)
