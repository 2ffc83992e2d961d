"""Official papers and files: lists, state of signing, the exact PDF, checked downloads."""

from __future__ import annotations

import io
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from supervision.access import policy
from supervision.casefiles.models import Case
from supervision.documents import elsewhere, signers
from supervision.documents import services as documents
from supervision.documents.kinds import KINDS
from supervision.documents.models import Document
from supervision.errors import InvalidInput
from supervision.files.models import Attachment
from supervision.files.responses import download
from supervision.publication.models import Publication
from supervision.web.acting import WorkRequest, work_page
from supervision.web.templatetags.gs import here
from workflows.acts import signatures, unsigned

PAGE = 25


def _find(request: WorkRequest, public_id: str) -> Document:
    papers = Document.objects.select_related(
        "organization", "signer__user", "drafted_by__user", "authorization"
    )
    found = policy.visible(request.actor, papers).filter(public_id=public_id).first()
    if found is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    return found


@work_page
def paper_list(request: WorkRequest) -> HttpResponse:
    """List the papers that the actor may read, newest first, and the numbers that are not used."""
    without_number = Document.objects.filter(state=Document.State.ABANDONED, number=None).values("pk")
    papers = policy.visible(request.actor, Document.objects.exclude(pk__in=without_number))
    stuck = papers.filter(state=Document.State.STUCK).count()
    page = Paginator(papers.select_related("organization").order_by("-pk"), PAGE).get_page(
        request.GET.get("trang")
    )
    rows = [{"document": paper, "kind": KINDS[paper.kind].title} for paper in page.object_list]
    return render(request, "web/paper_list.html", {"page": page, "rows": rows, "stuck": stuck})


@work_page
def paper(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show a paper: its text, who signs, whether the signature is there, the exact PDF."""
    document = _find(request, public_id)
    signed = document.renditions.select_related("blob").filter(is_signed=True).first()
    stuck = document.state == Document.State.STUCK
    context = {
        "document": document,
        "case": policy.visible(request.actor, Case.objects.filter(papers__document=document)).first(),
        "kind": KINDS[document.kind].title,
        "published": Publication.objects.filter(code=document.code).first() if document.code else None,
        "text": documents.article_html(document),
        "signed": signed,
        "signatures": document.signatures.select_related("mandate__user", "organization").order_by("pk"),
        "to_sign": elsewhere.print_to_sign(document),
        "may_retry": stuck and policy.can(request.actor, "retry", document),
        "is_dated_anew": stuck and signers.is_dated_anew(document, timezone.localdate()),
        "is_past_its_day": stuck and signers.is_past_its_day(document, timezone.localdate()),
        "work": _work_on(request, document) if stuck else [],
        "after": Document.objects.filter(continues=document).first(),
        "may_sign_anew": stuck
        and policy.can(request.actor, "sign_anew", document)
        and documents.may_be_prepared_again(document, on=timezone.localdate()),
    }
    return render(request, "web/paper.html", context)


def _work_on(request: WorkRequest, document: Document) -> list[dict[str, Any]]:
    """Return who has the work on a paper that is not signed, and where the reader does it."""
    return [
        {
            "who": item.mandate.user.display_name if item.mandate else item.organization.short_name,
            "address": here(f"/viec-cua-toi/{item.public_id}/")
            if policy.can(request.actor, "act", item)
            else "",
        }
        for item in unsigned.open_work(document)
    ]


@work_page
def paper_pdf(request: WorkRequest, public_id: str) -> HttpResponse | FileResponse:
    """Send the signed PDF, or the print as it would be signed now."""
    document = _find(request, public_id)
    signed = document.renditions.select_related("blob").filter(is_signed=True).first()
    name = f"{document.number_text.replace('/', '-') or document.kind}.pdf"
    if signed is not None:
        return download(signed.blob, name)
    response = FileResponse(io.BytesIO(documents.preview_pdf(document)), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="ban-xem-truoc.pdf"'
    response["Content-Security-Policy"] = "sandbox"
    return response


@require_POST
@work_page
def retry(request: WorkRequest, public_id: str) -> HttpResponse:
    """Ask the worker again for a signature that got stuck; number and code stay."""
    document = _find(request, public_id)
    policy.require(request.actor, "retry", document)
    documents.retry_signature(document, at=timezone.now(), by=request.actor.mandate)
    messages.success(request, _("Đã yêu cầu ký lại. Tải lại trang sau ít giây."))
    return redirect(here(f"/van-ban/{document.public_id}/"))


@require_POST
@work_page
def hand_out(request: WorkRequest, public_id: str) -> HttpResponse:
    """Have a stuck paper printed to be signed on the signer's own machine."""
    document = _find(request, public_id)
    policy.require(request.actor, "retry", document)
    documents.retry_signature(document, at=timezone.now(), by=request.actor.mandate, elsewhere=True)
    messages.success(request, _("Đang dựng bản in để ký. Tải lại trang sau ít giây."))
    return redirect(here(f"/van-ban/{document.public_id}/"))


@work_page
def to_sign(request: WorkRequest, public_id: str) -> HttpResponse | FileResponse:
    """Send the exact bytes that are to be signed on another machine."""
    document = _find(request, public_id)
    policy.require(request.actor, "retry", document)
    found = elsewhere.print_to_sign(document)
    if found is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    return download(found.blob, f"de-ky-{document.number_text.replace('/', '-')}.pdf")


def _uploaded(request: WorkRequest) -> bytes:
    upload = request.FILES.get("tep")
    if upload is None:
        raise InvalidInput({"file": [_("Hãy chọn tệp đã ký.")]})
    if upload.size > settings.UPLOAD_MAX_BYTES:
        raise InvalidInput({"file": [_("Tệp lớn hơn 20 MB; chọn tệp nhỏ hơn.")]})
    return bytes(upload.read())


@require_POST
@work_page
def take_signed(request: WorkRequest, public_id: str) -> HttpResponse:
    """Take the file that was signed on another machine."""
    document = _find(request, public_id)
    policy.require(request.actor, "retry", document)
    try:
        elsewhere.take_signed(document, _uploaded(request), at=timezone.now())
    except InvalidInput as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Đã nhận bản ký. Văn bản đã ban hành."))
    return redirect(here(f"/van-ban/{document.public_id}/"))


@require_POST
@work_page
def sign_anew(request: WorkRequest, public_id: str) -> HttpResponse:
    """Give up a stuck paper's number and offer its text for signature again, to whoever may sign."""
    signatures.sign_anew(_find(request, public_id), actor=request.actor, at=timezone.now())
    messages.success(request, _("Đã hủy số và trình ký lại. Việc ký đang chờ người ký nhận."))
    return redirect(here(f"/van-ban/{public_id}/"))


@work_page
def file(request: WorkRequest, public_id: str) -> HttpResponse | FileResponse:
    """Send an attachment to whoever may read it."""
    rows = Attachment.objects.select_related("blob")
    found = policy.visible(request.actor, rows).filter(public_id=public_id).first()
    if found is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    return download(found)
