"""Urging whoever is late, and turning to the competent body: the letter is drafted here, signed elsewhere."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.access import policy
from supervision.cases.board_selectors import supervision_of
from supervision.cases.models import BoardSupervision
from supervision.cases.services.ladder import escalation_text, target_of
from supervision.cases.services.overdue import urging_facts, urging_request
from supervision.cases.services.urged import Subject, urged
from supervision.law.specs import Field, Widget
from supervision.law.text import T
from supervision.web.actform import LETTER, act_form, case_address
from supervision.web.acting import WorkRequest, work_page
from supervision.web.templatetags.gs import here, in_language
from supervision.web.views.cases import find_case
from supervision.web.views.requests import find_criticism, find_recommendation
from workflows.acts import urging

_TO = Field("to", T("Gửi cấp có thẩm quyền", "To the competent body"), Widget.PICK, source="competent_bodies")


def _basis(subject: Subject) -> str:
    return _("Căn cứ: %(what)s.") % {
        "what": "; ".join(in_language(one.label) for one in urged(subject).basis)
    }


def _urge(request: WorkRequest, subject: Subject, back: str) -> HttpResponse:
    urging.may_urge(request.actor, subject, timezone.localdate())
    on, hint, one = timezone.localdate(), _basis(subject), urged(subject)
    facts = urging_facts(subject, on)  # an official letter is Vietnamese on every page
    return act_form(
        request,
        fields=(LETTER,),
        case=subject.case,
        heading=_("Soạn văn bản đôn đốc %(what)s") % {"what": in_language(one.what)},
        hint=f"{hint} {_('Công văn mở đầu:')} {facts}" if facts else hint,
        button=_("Trình ký văn bản đôn đốc"),
        back=back,
        do=lambda values: urging.urge(
            actor=request.actor, subject=subject, text=values["text"], at=timezone.now()
        ),
        done=_("Đã trình ký văn bản đôn đốc."),
        initial={"text": urging_request(subject, on)},
    )


def _escalate(request: WorkRequest, subject: Subject, back: str) -> HttpResponse:
    urging.may_urge(request.actor, subject, timezone.localdate())
    on, to = timezone.localdate(), target_of(subject, timezone.localdate())
    return act_form(
        request,
        fields=(_TO, LETTER),
        case=subject.case,
        heading=_("Kiến nghị cấp có thẩm quyền về %(what)s") % {"what": in_language(urged(subject).what)},
        hint=f"{_basis(subject)} {_('Chỉ sau khi đã đôn đốc.')}",
        button=_("Trình ký công văn"),
        back=back,
        do=lambda values: urging.escalate(
            actor=request.actor, subject=subject, to=values["to"], text=values["text"], at=timezone.now()
        ),
        done=_("Đã trình ký công văn."),
        initial={"text": escalation_text(subject, on), **({"to": to.public_id} if to else {})},
    )


@work_page
def urge_recommendation(request: WorkRequest, public_id: str) -> HttpResponse:
    """Draft an urging letter to an addressee that is late."""
    row = find_recommendation(request, public_id)
    return _urge(request, row, case_address(row.case))


@work_page
def escalate_recommendation(request: WorkRequest, public_id: str) -> HttpResponse:
    """Draft the letter that asks a competent body to consider the responsibility."""
    row = find_recommendation(request, public_id)
    return _escalate(request, row, case_address(row.case))


@work_page
def urge_criticism(request: WorkRequest, public_id: str) -> HttpResponse:
    """Draft an urging letter to a drafting agency that has not answered every remark in time."""
    row = find_criticism(request, public_id)
    return _urge(request, row, here(f"/phan-bien/{public_id}/"))


@work_page
def escalate_criticism(request: WorkRequest, public_id: str) -> HttpResponse:
    """Draft the letter to a competent body about answers that do not come."""
    row = find_criticism(request, public_id)
    return _escalate(request, row, here(f"/phan-bien/{public_id}/"))


@work_page
def urge_settlement(request: WorkRequest, public_id: str) -> HttpResponse:
    """Draft an urging letter to the committee that has not settled a board's paper in fifteen days."""
    case = find_case(request, public_id)
    policy.require(request.actor, "urge_settlement", case)
    if not BoardSupervision.objects.filter(case=case).exists():
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    row = supervision_of(case)
    row.case = case
    return _urge(request, row, case_address(case))
