"""What the body has published of a case: its record, and asking to correct or withdraw it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from supervision.access import policy
from supervision.cases.models import Case, ChangeRequest
from supervision.cases.services import change_papers, changes
from supervision.errors import AlreadySent, InvalidInput, WrongState
from supervision.publication.models import Publication
from supervision.web.acting import WorkRequest, work_page
from supervision.web.change_briefs import as_read, history
from supervision.web.formkeys import form_key, sent_before
from supervision.web.retyping import known_of
from supervision.web.stepforms import Draft
from supervision.web.templatetags.gs import here
from workflows import changing

Kind = ChangeRequest.Kind
WORDS: dict[str, dict[str, Any]] = {
    Kind.CORRECT: {
        "heading": gettext_lazy("Đính chính văn bản đã công bố"),
        "hint": gettext_lazy(
            "Văn bản vẫn có hiệu lực, địa chỉ không đổi; trang công khai nói rõ chỗ sai và sửa thành gì."
        ),
        "button": gettext_lazy("Trình ký đính chính"),
        "done": gettext_lazy("Đã trình ký đính chính. Trang công khai chưa đổi cho đến khi có người ký."),
    },
    Kind.WITHDRAW: {
        "heading": gettext_lazy("Thu hồi văn bản đã công bố"),
        "hint": gettext_lazy(
            "Toàn văn và tệp không hiện nữa; địa chỉ và mã xác minh vẫn còn, nói rõ vì sao. "
            "Việc theo dõi kiến nghị trong hồ sơ không tự kết thúc."
        ),
        "button": gettext_lazy("Trình ký thu hồi"),
        "done": gettext_lazy("Đã trình ký thu hồi. Trang công khai chưa đổi cho đến khi có người ký."),
    },
}


def _find(request: WorkRequest, public_id: str) -> tuple[Case, Publication]:
    """Return a publication and its case, if the actor may see the case; Hidden otherwise."""
    found = Publication.objects.filter(public_id=public_id).first()
    cases = policy.visible(request.actor, Case.objects.select_related("lead"))
    case = cases.filter(papers__document__code=found.code).first() if found else None
    if found is None or case is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    return case, found


@work_page
def published(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show how a publication stands, what was asked about it and decided, and what may be asked now."""
    case, found = _find(request, public_id)
    waiting = changes.open_change(found)
    gone = changes.is_withdrawn(found)
    may_ask = policy.can(request.actor, "change_publication", case)
    context = {
        "case": case,
        "publication": found,
        "is_withdrawn": gone,
        "is_corrected": found.entries.filter(what="correct").exists(),
        "may_ask": may_ask and not gone and waiting is None,
        "may_take_back": waiting is not None and waiting.by_id == request.actor.mandate.pk,
        "waiting": waiting,
        "rows": history(found),
    }
    return render(request, "web/published.html", context)


@work_page
def correct(request: WorkRequest, public_id: str) -> HttpResponse:
    """Ask for a correction."""
    return _form(request, public_id, Kind.CORRECT)


@work_page
def withdraw(request: WorkRequest, public_id: str) -> HttpResponse:
    """Ask for a withdrawal."""
    return _form(request, public_id, Kind.WITHDRAW)


def _form(request: WorkRequest, public_id: str, kind: str) -> HttpResponse:
    case, found = _find(request, public_id)
    policy.require(request.actor, "change_publication", case)
    posted = request.method == "POST"
    if not posted and (changes.is_withdrawn(found) or changes.open_change(found)):
        raise WrongState(_("Văn bản đã thu hồi, hoặc đang có một đề nghị về văn bản chờ người ký."))
    fields = changing.FIELDS[kind]
    request.known = known_of(fields, request.POST, case)
    draft = Draft(
        fields,
        case=case,
        actor=request.actor,
        on=timezone.localdate(),
        post=request.POST if posted else None,
        files=request.FILES if posted else None,
        initial=None if posted else _asked_before(found, kind),
    )
    read, status = None, 422
    if posted:
        draft.take_files(timezone.now())
    if posted and "them" not in request.POST:
        try:
            read = _preview_or_ask(request, case, found, kind, draft)
        except InvalidInput as error:
            draft.add(error)
        except AlreadySent as error:
            status = sent_before(request, error, draft.errors.append)
        if read is not None and "xem" not in request.POST:
            messages.success(request, WORDS[kind]["done"])
            return redirect(here(changes.page_of(found)))
    return _page(request, case, found, kind, draft, read, status)


def _preview_or_ask(
    request: WorkRequest, case: Case, found: Publication, kind: str, draft: Draft
) -> dict[str, Any] | None:
    """Return what the public would read, or nothing when the request was made; None where it is wrong."""
    about: dict[str, Any] = {"case": case, "publication": found, "kind": kind, "data": draft.values()}
    at = timezone.now()
    if not draft.parses() or draft.refused_files:
        return None
    if "xem" in request.POST:
        return changing.preview(actor=request.actor, at=at, **about)
    changing.ask(actor=request.actor, key=form_key(request), at=at, **about)
    return {}


def _asked_before(found: Publication, kind: str) -> dict[str, Any] | None:
    """Return what was asked last and refused, or could not be signed: it is mended, not typed again."""
    last = found.change_requests.order_by("-pk").first()
    again = (ChangeRequest.State.REFUSED, ChangeRequest.State.RETURNED)
    if last is None or last.kind != kind or last.state not in again:
        return None
    number = last.replaced_by.number_text if last.replaced_by else ""
    return {"reason": last.reason, "changes": last.changes, "replaced_by": number}


def _page(
    request: WorkRequest,
    case: Case,
    found: Publication,
    kind: str,
    draft: Draft,
    read: dict[str, Any] | None,
    status: int,
) -> HttpResponse:
    judged = request.method == "POST" and "them" not in request.POST
    errors = draft.summary() if judged else []
    context = {
        **WORDS[kind],
        "case": case,
        "publication": found,
        "kind": kind,
        "draft": draft,
        "errors": errors,
        "read": as_read(found, kind, read, at=timezone.now()) if read else None,
        "told": len(change_papers.recipients(found)),
        "back": here(changes.page_of(found)),
        "key": form_key(request),
    }
    return render(request, "web/change.html", context, status=status if errors else 200)


@require_POST
@work_page
def take_back(request: WorkRequest, public_id: str) -> HttpResponse:
    """Take one's own request back while nobody has signed it."""
    case, found = _find(request, public_id)
    policy.require(request.actor, "change_publication", case)
    change = changes.open_change(found)
    if change is None:
        raise WrongState(_("Đề nghị này đã được quyết định."))
    changing.take_back(actor=request.actor, change=change, at=timezone.now())
    messages.success(request, _("Đã rút đề nghị. Trang công khai không đổi."))
    return redirect(here(changes.page_of(found)))
