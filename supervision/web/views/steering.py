"""Acts on a whole case outside a task: cancel, postpone, reschedule, withdraw an agency, wait no longer."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.access import policy
from supervision.casefiles.models import Case
from supervision.cases.models import Inquiry
from supervision.cases.services import opening, rescheduling
from supervision.law.specs import Field, Widget
from supervision.law.text import T
from supervision.web.actform import REASON, act_form, case_address
from supervision.web.acting import WorkRequest, work_page
from supervision.web.views.cases import find_case
from supervision.web.views.requests import find_inquiry
from workflows.acts import boards, steering

STAYS = T(
    "Giữ nguyên hoặc để trống nếu buổi làm việc đã diễn ra.",
    "Leave it as it is, or empty, if the session has been held.",
)


@work_page
def cancel(request: WorkRequest, public_id: str) -> HttpResponse:
    """Cancel a case with a reason."""
    case = find_case(request, public_id)
    policy.require(request.actor, "steer", case)
    return act_form(
        request,
        fields=(REASON,),
        case=case,
        heading=_("Hủy hồ sơ"),
        hint=_("Mọi việc đang mở kết thúc; cơ quan đã nhận yêu cầu được báo; thông báo hủy được trình ký."),
        button=_("Hủy hồ sơ này"),
        back=case_address(case),
        do=lambda values: steering.cancel_case(
            actor=request.actor, case=case, reason=values["reason"], at=timezone.now()
        ),
        done=_("Đã hủy hồ sơ."),
    )


@work_page
def postpone(request: WorkRequest, public_id: str) -> HttpResponse:
    """Put a case off with a reason."""
    case = find_case(request, public_id)
    policy.require(request.actor, "steer", case)
    return act_form(
        request,
        fields=(REASON,),
        case=case,
        heading=_("Hoãn hồ sơ"),
        hint=_(
            "Hạn của các cơ quan dừng lại cho đến khi có ngày làm việc mới. Báo cáo đã nhận vẫn có giá trị."
        ),
        button=_("Hoãn hồ sơ này"),
        back=case_address(case),
        do=lambda values: steering.postpone_case(
            actor=request.actor, case=case, reason=values["reason"], at=timezone.now()
        ),
        done=_("Đã hoãn. Khi có ngày mới, hãy hẹn lại."),
    )


def _new_day(inquiry: Inquiry, today: dt.date) -> Field:
    """Return the field that asks for another day with one agency; required unless it may have been held."""
    over = rescheduling.may_have_been_held(inquiry, today)
    agency = inquiry.agency.short_name
    return Field(
        f"day_{inquiry.pk}",
        T(f"Ngày làm việc mới với {agency}", f"New session day with {agency}"),
        Widget.DATE,
        help=STAYS if over else None,
        required=not over,
    )


@work_page
def reschedule(request: WorkRequest, public_id: str) -> HttpResponse:
    """Fix a new session day for each agency that is still to be visited."""
    case = find_case(request, public_id)
    policy.require(request.actor, "steer", case)
    inquiries, today = opening.to_come(case), timezone.localdate()
    limits = _(
        "Ngày mới phải được thông báo trước ít nhất 15 ngày, hoặc không sớm hơn ngày đã thông báo. "
        "Các mốc 15 ngày và 7 ngày được tính lại theo ngày mới."
    )
    is_put_off = case.state == Case.State.POSTPONED  # then each day is announced anew
    unchanged = "" if is_put_off else _("Ngày không đổi thì để nguyên, không phải báo lại.")
    fields = tuple(_new_day(inquiry, today) for inquiry in inquiries)
    return act_form(
        request,
        fields=(*fields, REASON),
        case=case,
        heading=_("Hẹn lại ngày làm việc"),
        hint=f"{limits} {unchanged}".strip(),
        button=_("Ấn định ngày làm việc mới"),
        back=case_address(case),
        do=lambda values: steering.reschedule_case(
            actor=request.actor,
            case=case,
            days={one.pk: day for one in inquiries if (day := values[f"day_{one.pk}"])},
            reason=values["reason"],
            at=timezone.now(),
        ),
        done=_("Đã ấn định ngày làm việc mới."),
        initial={f"day_{inquiry.pk}": inquiry.session_on for inquiry in inquiries},
    )


@work_page
def stop_waiting(request: WorkRequest, public_id: str) -> HttpResponse:
    """Wait no longer for opinions that were asked for."""
    case = find_case(request, public_id)
    policy.require(request.actor, "stop_waiting", case)
    return act_form(
        request,
        fields=(),
        case=case,
        heading=_("Không chờ thêm ý kiến"),
        hint=_("Nơi chưa góp ý được ghi là không có ý kiến; việc chuyển sang tổng hợp."),
        button=_("Không chờ thêm, chuyển sang tổng hợp"),
        back=case_address(case),
        do=lambda values: steering.stop_waiting(actor=request.actor, case=case, at=timezone.now()),
        done=_("Đã chuyển sang tổng hợp ý kiến."),
    )


@work_page
def go_to_front(request: WorkRequest, public_id: str) -> HttpResponse:
    """The board asks the Front to recommend, because nobody has settled its paper in time."""
    case = find_case(request, public_id)
    policy.require(request.actor, "go_to_front", case)
    return act_form(
        request,
        fields=(Field("text", T("Nội dung đề nghị Mặt trận", "What the Front is asked to recommend")),),
        case=case,
        heading=_("Đề nghị Mặt trận kiến nghị"),
        hint=_("Đã hết 15 ngày mà chưa có kết quả giải quyết. Ban không chờ thêm; Mặt trận xem xét đề nghị."),
        button=_("Gửi đề nghị đến Mặt trận"),
        back=case_address(case),
        do=lambda values: boards.go_to_the_front(
            actor=request.actor, case=case, text=values["text"], at=timezone.now()
        ),
        done=_("Đã đề nghị Mặt trận kiến nghị."),
    )


@work_page
def withdraw(request: WorkRequest, public_id: str) -> HttpResponse:
    """Take one agency out of a case."""
    inquiry = find_inquiry(request, public_id)
    policy.require(request.actor, "steer", inquiry.case)
    return act_form(
        request,
        fields=(REASON,),
        case=inquiry.case,
        heading=_("Rút yêu cầu đối với %(agency)s") % {"agency": inquiry.agency.short_name},
        hint=_("Cơ quan không phải báo cáo nữa; những gì đã gửi vẫn được giữ."),
        button=_("Rút yêu cầu này"),
        back=case_address(inquiry.case),
        do=lambda values: steering.withdraw_inquiry(
            actor=request.actor, inquiry=inquiry, reason=values["reason"], at=timezone.now()
        ),
        done=_("Đã rút yêu cầu."),
    )
