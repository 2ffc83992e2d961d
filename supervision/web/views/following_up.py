"""Acts on what an agency owes: more time asked for and given, urging, turning to a competent body."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.access import policy
from supervision.cases.models import Inquiry
from supervision.cases.services.extensions import Asked, extendable_clock
from supervision.cases.services.ladder import escalation_text
from supervision.cases.services.overdue import urging_facts, urging_request
from supervision.law.specs import Day, Field, Widget
from supervision.law.text import T
from supervision.web.actform import LETTER, REASON, TO_DAY, act_form, case_address
from supervision.web.acting import WorkRequest, work_page
from supervision.web.templatetags.gs import here, in_language, short_date
from supervision.web.views.requests import find_criticism, find_inquiry, find_recommendation
from workflows import beside, outside

SUBMISSION = Field("to_on", T("Ngày trình mới", "New day of submission"), Widget.DATE, day=Day.NOT_PAST)


def _extension(request: WorkRequest, subject: Asked, back: str, *, granting: bool) -> HttpResponse:
    clock = extendable_clock(subject)
    now = _("Hạn hiện nay: %(day)s.") % {"day": short_date(clock.due_on)} if clock else ""
    act = outside.grant_extension if granting else outside.request_extension
    limit = _("Hạn do đoàn đặt không lùi quá mốc luật định.") if isinstance(subject, Inquiry) else ""
    return act_form(
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
    return _extension(request, inquiry, case_address(inquiry.case), granting=True)


@work_page
def extend_recommendation(request: WorkRequest, public_id: str) -> HttpResponse:
    """Move the clock of a recommendation to a later day."""
    recommendation = find_recommendation(request, public_id)
    policy.require(request.actor, "extend", recommendation)
    return _extension(request, recommendation, case_address(recommendation.case), granting=True)


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
def extend_criticism(request: WorkRequest, public_id: str) -> HttpResponse:
    """Move the clock of the answers to a criticism to a later day."""
    criticism = find_criticism(request, public_id)
    policy.require(request.actor, "extend", criticism)
    return _extension(request, criticism, case_address(criticism.case), granting=True)


@work_page
def ask_criticism(request: WorkRequest, public_id: str) -> HttpResponse:
    """The drafting agency asks for more time for its answers."""
    criticism = find_criticism(request, public_id)
    policy.require(request.actor, "answer", criticism)
    return _extension(request, criticism, here(f"/phan-bien/{public_id}/"), granting=False)


@work_page
def move_submission(request: WorkRequest, public_id: str) -> HttpResponse:
    """Record the day to which the drafting agency has moved the submission of its draft."""
    criticism = find_criticism(request, public_id)
    policy.require(request.actor, "extend", criticism)
    return act_form(
        request,
        fields=(SUBMISSION, REASON),
        case=criticism.case,
        heading=_("Ghi ngày trình mới"),
        hint=_("Theo văn bản của cơ quan soạn thảo. Mốc 15 ngày được tính lại theo ngày mới."),
        button=_("Ghi ngày trình này"),
        back=here(f"/phan-bien/{public_id}/"),
        do=lambda values: beside.move_submission(
            actor=request.actor,
            criticism=criticism,
            to_on=values["to_on"],
            reason=values["reason"],
            at=timezone.now(),
        ),
        done=_("Đã ghi ngày trình mới."),
    )


@work_page
def urge(request: WorkRequest, public_id: str) -> HttpResponse:
    """Draft an urging letter to an addressee that is late."""
    recommendation = find_recommendation(request, public_id)
    policy.require(request.actor, "follow_up", recommendation)
    on, hint = timezone.localdate(), _("Căn cứ Luật Mặt trận Tổ quốc Việt Nam, khoản 7 Điều 28.")
    facts = urging_facts(recommendation, on)  # an official letter is Vietnamese on every page
    return act_form(
        request,
        fields=(LETTER,),
        case=recommendation.case,
        heading=_("Soạn văn bản đôn đốc %(what)s") % {"what": in_language(recommendation.called)},
        hint=f"{hint} {_('Công văn mở đầu:')} {facts}" if facts else hint,
        button=_("Trình ký văn bản đôn đốc"),
        back=case_address(recommendation.case),
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
    return act_form(
        request,
        fields=fields,
        case=recommendation.case,
        heading=_("Kiến nghị cấp có thẩm quyền về %(what)s") % {"what": in_language(recommendation.called)},
        hint=_("Căn cứ Luật Mặt trận Tổ quốc Việt Nam, khoản 7 Điều 28. Chỉ sau khi đã đôn đốc."),
        button=_("Trình ký công văn"),
        back=case_address(recommendation.case),
        do=lambda values: outside.escalate(
            actor=request.actor,
            recommendation=recommendation,
            to=values["to"],
            text=values["text"],
            at=timezone.now(),
        ),
        done=_("Đã trình ký công văn."),
        initial={
            "text": escalation_text(recommendation, timezone.localdate()),
            **({"to": superior.public_id} if superior else {}),
        },
    )
