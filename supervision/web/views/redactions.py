"""What the public does not read of a case: the list, the outcome as published, adding, taking back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from supervision.access import policy
from supervision.casefiles.models import Case
from supervision.cases.models import Redaction
from supervision.cases.services import redactions
from supervision.documents import editions
from supervision.documents import services as documents
from supervision.law.specs import Field, Widget
from supervision.law.text import T
from supervision.publication import services as publishing
from supervision.web.actform import act_form
from supervision.web.acting import WorkRequest, work_page
from supervision.web.templatetags.gs import here
from supervision.web.views.cases import find_case
from workflows.acts import redactions as redaction_acts

PHRASES = Field(
    "phrases",
    T("Cụm từ phải che, mỗi dòng một cụm", "Passages to hide, one a line"),
    help=T(
        "Chép đúng như trong văn bản. Chữ hoa, chữ thường đều được che; che ở mọi chỗ sẽ công bố của hồ sơ.",
        "As they stand in the document. Capitals or not, each is hidden wherever the case is published.",
    ),
)
REASON = Field(
    "reason",
    T("Lý do, người đọc thấy tại chỗ che", "Reason, which readers see in its place"),
    Widget.CHOICE,
    choices=(
        ("personal", T("Dữ liệu cá nhân", "Personal data")),
        ("state_secret", T("Bí mật nhà nước", "State secret")),
        ("work_secret", T("Bí mật công tác", "Official secret")),
        ("business", T("Bí mật kinh doanh", "Trade secret")),
    ),
)


def _find(request: WorkRequest, public_id: str) -> Case:
    case = find_case(request, public_id)
    policy.require(request.actor, "redact", case)
    return case


def _address(case: Case) -> str:
    return here(f"/ho-so/{case.public_id}/che/")


@work_page
def redaction_list(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show what is hidden, and the outcome as the public will read it."""
    case = _find(request, public_id)
    document = redactions.public_paper(case)
    shown = editions.shown(document) if document else None
    published = redactions.publication_of(case)
    context = {
        "case": case,
        "rows": case.redactions.select_related("by__user").order_by("pk"),
        "is_published": published is not None,
        "published": published,
        "why_not": redactions.why_not(published) if published else "",
        "is_withdrawn": published is not None and publishing.is_withdrawn(published),
        "document": document,
        "is_edition": shown is not None and shown.rendition.is_public,
        "is_printing": document is not None and shown is None,
        "text": documents.article_html(shown.document) if shown else "",
    }
    return render(request, "web/redactions.html", context)


@work_page
def redaction_new(request: WorkRequest, public_id: str) -> HttpResponse:
    """Hide further passages."""
    case = _find(request, public_id)
    return act_form(
        request,
        fields=(PHRASES, REASON),
        case=case,
        heading=_("Che thông tin trước khi công bố"),
        hint=_("Bản gốc đã ký không đổi, vẫn ở nơi nhận. Bản công bố in lại, có dấu số của cơ quan."),
        button=_("Che các cụm từ này"),
        back=_address(case),
        do=lambda values: redaction_acts.redact(
            actor=request.actor,
            case=case,
            phrases=values["phrases"].splitlines(),
            reason=values["reason"],
            at=timezone.now(),
        ),
        done=_("Đã che. Xem lại văn bản ở dưới như người dân sẽ đọc."),
    )


@require_POST
@work_page
def redaction_remove(request: WorkRequest, public_id: str, number: int) -> HttpResponse:
    """Show a passage again."""
    case = _find(request, public_id)
    row = Redaction.objects.filter(case=case, pk=number).first()
    if row is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    redaction_acts.show_again(actor=request.actor, case=case, redaction=row, at=timezone.now())
    messages.success(request, _("Cụm từ không còn bị che."))
    return redirect(_address(case))
