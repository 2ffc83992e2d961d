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
from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import ChangeRequest
from supervision.cases.services import change_papers, changes
from supervision.documents.models import Document
from supervision.errors import AlreadySent, InvalidInput, WrongState
from supervision.publication import naming
from supervision.publication import services as publishing
from supervision.publication.models import Publication
from supervision.web.acting import WorkRequest, work_page
from supervision.web.change_briefs import as_read, history
from supervision.web.formkeys import form_key, sent_before
from supervision.web.retyping import known_of
from supervision.web.stepforms import Draft
from supervision.web.templatetags.gs import here
from workflows.acts import changes as change_acts
from workflows.acts import unsigned

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
    gone = publishing.is_withdrawn(found)
    may_ask = policy.can(request.actor, "change_publication", case)
    context = {
        "case": case,
        "publication": found,
        "is_withdrawn": gone,
        "is_corrected": found.entries.filter(what="correct").exists(),
        "may_ask": may_ask and not gone and waiting is None,
        "waiting": waiting,
        **(_how_it_waits(request, waiting) if waiting else {}),
        **_how_it_is_mended(request, found),
        "rows": history(found, given_up=change_acts.given_up(found)),
    }
    return render(request, "web/published.html", context)


def _how_it_waits(request: WorkRequest, change: ChangeRequest) -> dict[str, Any]:
    """Return what became of the paper of an open request, and what the reader may do about it."""
    paper = selectors.paper_in_hand(change.case, selectors.ANY_CHANGE, change)
    assert paper is not None
    me, is_stuck = request.actor.mandate.pk, paper.state == Document.State.STUCK
    work = (
        next((one for one in unsigned.open_work(paper) if one.mandate_id == me), None) if is_stuck else None
    )
    return {
        "may_take_back": change.by_id == me and paper.state == Document.State.PREPARED,
        "paper": paper,
        "is_stuck": is_stuck,
        "work": work,
        "may_read_paper": policy.visible(request.actor, Document.objects.filter(pk=paper.pk)).exists(),
    }


def _how_it_is_mended(request: WorkRequest, publication: Publication) -> dict[str, Any]:
    """Return the open work on a request that came back, and whether it is the reader's."""
    item = change_acts.mending(publication).select_related("mandate__user", "organization").first()
    return {"mending": item, "is_mine": item is not None and policy.can(request.actor, "act", item)}


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
    if not posted:
        changes.require_free(found)
    fields = change_acts.FIELDS[kind]
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
    """Ask, or only return what the public would read; None where what was typed cannot be read."""
    about: dict[str, Any] = {"case": case, "publication": found, "kind": kind, "data": draft.values()}
    at = timezone.now()
    if not draft.parses() or draft.refused_files:
        return None
    if "xem" in request.POST:
        return change_acts.preview(actor=request.actor, at=at, **about)
    change_acts.ask(actor=request.actor, key=form_key(request), at=at, **about)
    return {}


def _asked_before(found: Publication, kind: str) -> dict[str, Any] | None:
    """Return what was asked last and refused, or could not be signed: it is mended, not typed again."""
    last = found.change_requests.order_by("-pk").first()
    again = (ChangeRequest.State.REFUSED, ChangeRequest.State.RETURNED)
    if last is None or last.kind != kind or last.state not in again or last.pk in change_acts.given_up(found):
        return None
    paper = naming.named(last.replaced_by) if last.replaced_by else ""
    return {"reason": last.reason, "changes": last.changes, "replaced_by": paper}


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
    change_acts.take_back(actor=request.actor, change=change, at=timezone.now())
    messages.success(request, _("Đã rút đề nghị. Trang công khai không đổi."))
    return redirect(here(changes.page_of(found)))
