"""Acts on what an agency owes: more time asked for and given, a new day of submission."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.access import policy
from supervision.cases.models import Inquiry
from supervision.cases.services.extensions import Asked, extendable_clock
from supervision.law.specs import Day, Field, Widget
from supervision.law.text import T
from supervision.web.actform import REASON, TO_DAY, act_form, case_address
from supervision.web.acting import WorkRequest, work_page
from supervision.web.templatetags.gs import here, short_date
from supervision.web.views.requests import find_criticism, find_inquiry, find_recommendation
from workflows.acts import extensions, steering

SUBMISSION = Field("to_on", T("Ngày trình mới", "New day of submission"), Widget.DATE, day=Day.NOT_PAST)


def _extension(request: WorkRequest, subject: Asked, back: str, *, granting: bool) -> HttpResponse:
    clock = extendable_clock(subject)
    now = _("Hạn hiện nay: %(day)s.") % {"day": short_date(clock.due_on)} if clock else ""
    act = extensions.grant_extension if granting else extensions.request_extension
    limit = _("Hạn do đoàn đặt không lùi quá mốc luật định.") if isinstance(subject, Inquiry) else ""
    return act_form(
        request,
        fields=(replace(TO_DAY, day=Day.TO_COME) if granting else TO_DAY, REASON),
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
        do=lambda values: steering.move_submission(
            actor=request.actor,
            criticism=criticism,
            to_on=values["to_on"],
            reason=values["reason"],
            at=timezone.now(),
        ),
        done=_("Đã ghi ngày trình mới."),
    )
