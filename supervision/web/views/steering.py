"""Acts outside a task: cancel, postpone, reschedule, withdraw an agency, extend, urge, escalate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.access import policy
from supervision.cases.models import Case, Inquiry, Recommendation
from supervision.cases.services.letters import extendable_clock
from supervision.cases.services.overdue import urging_facts, urging_request
from supervision.errors import InvalidInput
from supervision.law.specs import Field, Widget
from supervision.law.text import T
from supervision.web.acting import WorkRequest, work_page
from supervision.web.stepforms import Draft
from supervision.web.templatetags.gs import here, short_date
from supervision.web.views.cases import find_case
from supervision.web.views.requests import find_inquiry, find_recommendation
from workflows import inputs, outside

REASON = Field("reason", T("Lý do", "Reasons"))
TO_DAY = Field("to_on", T("Hạn mới", "New due date"), Widget.DATE)
LETTER = Field(
    "text",
    T("Nội dung công văn", "Text of the letter"),
    help=T(
        "Người ký sẽ đọc và ký; sau đó công văn mới được gửi.",
        "It is sent only after someone else has signed it.",
    ),
)


def _form(
    request: WorkRequest,
    *,
    fields: tuple[Field, ...],
    case: Case,
    heading: Any,
    hint: Any,
    button: Any,
    back: str,
    do: Callable[[dict[str, Any]], None],
    done: Any,
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    """Draw, check and do one act outside a task; the same page for all of them."""
    posted = request.method == "POST"
    on = timezone.localdate()
    draft = Draft(
        fields,
        case=case,
        actor=request.actor,
        on=on,
        post=request.POST if posted else None,
        initial=initial,
    )
    if posted:
        try:
            values = inputs.clean(fields, draft.values(), case=case, actor=request.actor, on=on)
            if draft.parses():
                do(values)
                messages.success(request, done)
                return redirect(back)
        except InvalidInput as error:
            draft.add(error)
    errors = draft.summary() if posted else []
    context = {
        "case": case,
        "draft": draft,
        "heading": heading,
        "hint": hint,
        "button": button,
        "back": back,
        "errors": errors,
    }
    return render(request, "web/act_form.html", context, status=422 if errors else 200)


def _case_address(case: Case) -> str:
    return here(f"/ho-so/{case.public_id}/")


@work_page
def cancel(request: WorkRequest, public_id: str) -> HttpResponse:
    """Cancel a case with a reason."""
    case = find_case(request, public_id)
    policy.require(request.actor, "steer", case)
    return _form(
        request,
        fields=(REASON,),
        case=case,
        heading=_("Hủy cuộc giám sát"),
        hint=_("Mọi việc đang mở kết thúc; cơ quan đã nhận yêu cầu được báo; thông báo hủy được trình ký."),
        button=_("Hủy cuộc giám sát này"),
        back=_case_address(case),
        do=lambda values: outside.cancel_case(
            actor=request.actor, case=case, reason=values["reason"], at=timezone.now()
        ),
        done=_("Đã hủy cuộc giám sát."),
    )


@work_page
def postpone(request: WorkRequest, public_id: str) -> HttpResponse:
    """Put a case off with a reason."""
    case = find_case(request, public_id)
    policy.require(request.actor, "steer", case)
    return _form(
        request,
        fields=(REASON,),
        case=case,
        heading=_("Hoãn cuộc giám sát"),
        hint=_(
            "Hạn của các cơ quan dừng lại cho đến khi có ngày làm việc mới. Báo cáo đã nhận vẫn có giá trị."
        ),
        button=_("Hoãn cuộc giám sát này"),
        back=_case_address(case),
        do=lambda values: outside.postpone_case(
            actor=request.actor, case=case, reason=values["reason"], at=timezone.now()
        ),
        done=_("Đã hoãn. Khi có ngày mới, hãy hẹn lại."),
    )


@work_page
def reschedule(request: WorkRequest, public_id: str) -> HttpResponse:
    """Fix a new session day for each agency that is still to be visited."""
    case = find_case(request, public_id)
    policy.require(request.actor, "steer", case)
    finished = (Inquiry.State.DONE, Inquiry.State.WITHDRAWN, Inquiry.State.PREPARED)
    inquiries = list(case.inquiries.exclude(state__in=finished).select_related("agency").order_by("number"))
    fields = tuple(
        Field(
            f"day_{inquiry.pk}",
            T(
                f"Ngày làm việc mới với {inquiry.agency.short_name}",
                f"New session day with {inquiry.agency.short_name}",
            ),
            Widget.DATE,
        )
        for inquiry in inquiries
    )
    return _form(
        request,
        fields=(*fields, REASON),
        case=case,
        heading=_("Hẹn lại ngày làm việc"),
        hint=_("Các mốc 15 ngày và 7 ngày được tính lại theo ngày mới."),
        button=_("Ấn định ngày làm việc mới"),
        back=_case_address(case),
        do=lambda values: outside.reschedule_case(
            actor=request.actor,
            case=case,
            days={inquiry.pk: values[f"day_{inquiry.pk}"] for inquiry in inquiries},
            reason=values["reason"],
            at=timezone.now(),
        ),
        done=_("Đã ấn định ngày làm việc mới."),
        initial={f"day_{inquiry.pk}": inquiry.session_on for inquiry in inquiries},
    )


@work_page
def withdraw(request: WorkRequest, public_id: str) -> HttpResponse:
    """Take one agency out of a case."""
    inquiry = find_inquiry(request, public_id)
    policy.require(request.actor, "steer", inquiry.case)
    return _form(
        request,
        fields=(REASON,),
        case=inquiry.case,
        heading=_("Rút yêu cầu đối với %(agency)s") % {"agency": inquiry.agency.short_name},
        hint=_("Cơ quan không phải báo cáo nữa; những gì đã gửi vẫn được giữ."),
        button=_("Rút yêu cầu này"),
        back=_case_address(inquiry.case),
        do=lambda values: outside.withdraw_inquiry(
            actor=request.actor, inquiry=inquiry, reason=values["reason"], at=timezone.now()
        ),
        done=_("Đã rút yêu cầu."),
    )


def _extension(
    request: WorkRequest, subject: Inquiry | Recommendation, back: str, *, granting: bool
) -> HttpResponse:
    clock = extendable_clock(subject)
    now = _("Hạn hiện nay: %(day)s.") % {"day": short_date(clock.due_on)} if clock else ""
    act = outside.grant_extension if granting else outside.request_extension
    limit = _("Hạn do đoàn đặt không lùi quá mốc luật định.") if isinstance(subject, Inquiry) else ""
    return _form(
        request,
        fields=(TO_DAY, REASON),
        case=subject.case,
        heading=_("Gia hạn") if granting else _("Xin gia hạn"),
        hint=f"{now} {limit}".strip(),
        button=_("Gia hạn đến ngày này") if granting else _("Gửi đề nghị gia hạn"),
        back=back,
        do=lambda values: act(
            actor=request.actor,
            subject=subject,
            to_on=values["to_on"],
            reason=values["reason"],
            at=timezone.now(),
        ),
        done=_("Đã gia hạn.") if granting else _("Đã gửi đề nghị gia hạn."),
    )


@work_page
def extend_inquiry(request: WorkRequest, public_id: str) -> HttpResponse:
    """Move the clock of an inquiry to a later day."""
    inquiry = find_inquiry(request, public_id)
    policy.require(request.actor, "extend", inquiry)
    return _extension(request, inquiry, _case_address(inquiry.case), granting=True)


@work_page
def extend_recommendation(request: WorkRequest, public_id: str) -> HttpResponse:
    """Move the clock of a recommendation to a later day."""
    recommendation = find_recommendation(request, public_id)
    policy.require(request.actor, "extend", recommendation)
    return _extension(request, recommendation, _case_address(recommendation.case), granting=True)


@work_page
def ask_inquiry(request: WorkRequest, public_id: str) -> HttpResponse:
    """The agency asks for more time for its report."""
    inquiry = find_inquiry(request, public_id)
    policy.require(request.actor, "answer", inquiry)
    return _extension(request, inquiry, here(f"/yeu-cau/{inquiry.public_id}/"), granting=False)


@work_page
def ask_recommendation(request: WorkRequest, public_id: str) -> HttpResponse:
    """The agency asks for more time for its reply or for carrying out."""
    recommendation = find_recommendation(request, public_id)
    policy.require(request.actor, "answer", recommendation)
    return _extension(request, recommendation, here(f"/kien-nghi/{public_id}/"), granting=False)


@work_page
def urge(request: WorkRequest, public_id: str) -> HttpResponse:
    """Draft an urging letter to an addressee that is late."""
    recommendation = find_recommendation(request, public_id)
    policy.require(request.actor, "follow_up", recommendation)
    on, hint = timezone.localdate(), _("Căn cứ Luật Mặt trận Tổ quốc Việt Nam, khoản 7 Điều 28.")
    facts = urging_facts(recommendation, on)  # an official letter is Vietnamese on every page
    return _form(
        request,
        fields=(LETTER,),
        case=recommendation.case,
        heading=_("Soạn văn bản đôn đốc kiến nghị %(number)s") % {"number": recommendation.number},
        hint=f"{hint} {_('Công văn mở đầu:')} {facts}" if facts else hint,
        button=_("Trình ký văn bản đôn đốc"),
        back=_case_address(recommendation.case),
        do=lambda values: outside.urge(
            actor=request.actor, recommendation=recommendation, text=values["text"], at=timezone.now()
        ),
        done=_("Đã trình ký văn bản đôn đốc."),
        initial={"text": urging_request(recommendation, on)},
    )


@work_page
def escalate(request: WorkRequest, public_id: str) -> HttpResponse:
    """Draft the letter that asks a competent body to consider the responsibility."""
    recommendation = find_recommendation(request, public_id)
    policy.require(request.actor, "follow_up", recommendation)
    superior = recommendation.addressee.superior
    fields = (
        Field("to", T("Gửi cấp có thẩm quyền", "To the competent body"), Widget.PICK, source="addressees"),
        LETTER,
    )
    return _form(
        request,
        fields=fields,
        case=recommendation.case,
        heading=_("Kiến nghị cấp có thẩm quyền về kiến nghị %(number)s") % {"number": recommendation.number},
        hint=_("Căn cứ Luật Mặt trận Tổ quốc Việt Nam, khoản 7 Điều 28. Chỉ sau khi đã đôn đốc."),
        button=_("Trình ký công văn"),
        back=_case_address(recommendation.case),
        do=lambda values: outside.escalate(
            actor=request.actor,
            recommendation=recommendation,
            to=values["to"],
            text=values["text"],
            at=timezone.now(),
        ),
        done=_("Đã trình ký công văn."),
        initial={"to": superior.public_id} if superior else None,
    )
