"""A clock stopped by hand and let run again, from the page that tells why the date is the date."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.access import policy
from supervision.cases.services import pauses
from supervision.cases.services.extensions import Asked
from supervision.deadlines.models import Deadline
from supervision.web.actform import REASON, act_form
from supervision.web.acting import WorkRequest, work_page
from supervision.web.templatetags.gs import here, in_language, short_date
from workflows.acts import pauses as pause_acts


def ways(request: WorkRequest, subject: Asked | None, deadline: Deadline | None) -> dict[str, Any]:
    """Return what the pages say of stopping this clock: whether the reader may, or why nobody can."""
    if deadline is None or subject is None or not deadline.is_running:
        return {}
    if not policy.can(request.actor, "pause", deadline):
        return {}
    if deadline.paused_from_on and pauses.is_stopped_by_hand(deadline):
        return {"may_resume": deadline}
    refused = pauses.why_not_pause(subject, deadline, timezone.localdate())
    return {"no_pause": refused} if refused else {"may_pause": deadline}


def _found(request: WorkRequest, public_id: str) -> tuple[Deadline, Asked]:
    rows = Deadline.objects.filter(public_id=public_id)
    deadline = policy.visible(request.actor, rows).first()
    if deadline is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    policy.require(request.actor, "pause", deadline)
    subject = pauses.holder_of(deadline)
    if subject is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    return deadline, subject


@work_page
def pause(request: WorkRequest, public_id: str) -> HttpResponse:
    """Stop an addressee's clock, with a reason."""
    deadline, subject = _found(request, public_id)
    return act_form(
        request,
        fields=(REASON,),
        case=subject.case,
        heading=_("Tạm dừng hạn: %(what)s") % {"what": in_language(deadline.law_rule.title)},
        hint=_(
            "Hạn hiện nay: %(day)s. Những ngày tạm dừng không tính vào hạn, từ hôm nay đến khi cho chạy lại. "
            "Việc tạm dừng là thực tiễn của nơi đặt hạn, luật không quy định. Cơ quan được báo, lý do được "
            "đọc cả trên trang công khai: không ghi bí mật, dữ liệu cá nhân."
        )
        % {"day": short_date(deadline.due_on)},
        button=_("Tạm dừng hạn này"),
        back=here(f"/han/{public_id}/"),
        do=lambda values: pause_acts.pause_clock(
            actor=request.actor, deadline=deadline, reason=values["reason"], at=timezone.now()
        ),
        done=_("Đã tạm dừng. Khi lý do không còn, hãy cho hạn chạy lại."),
    )


@work_page
def resume(request: WorkRequest, public_id: str) -> HttpResponse:
    """Let a clock that was stopped by hand run again."""
    deadline, subject = _found(request, public_id)
    return act_form(
        request,
        fields=(),
        case=subject.case,
        heading=_("Cho hạn chạy lại: %(what)s") % {"what": in_language(deadline.law_rule.title)},
        hint=_(
            "Hôm nay là ngày đầu tiên được đếm lại. Hạn lùi thêm đúng số ngày đã tạm dừng; cơ quan được báo."
        ),
        button=_("Cho hạn này chạy lại"),
        back=here(f"/han/{public_id}/"),
        do=lambda values: pause_acts.resume_clock(actor=request.actor, deadline=deadline, at=timezone.now()),
        done=_("Hạn đã chạy lại."),
    )
