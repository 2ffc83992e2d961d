"""Opinions of a collection: the list, receiving one on a phone, sorting, public wording, receipt, author."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from supervision.access import policy
from supervision.access.opinions import IDENTIFY
from supervision.casefiles.models import Case
from supervision.cases import reply_clocks
from supervision.cases.models import Opinion, OpinionSource
from supervision.cases.services.opinions import is_collecting, is_workable
from supervision.errors import AlreadySent, InvalidInput, WrongState
from supervision.law.forms.o1 import (
    AUTHORS,
    CHANNELS,
    CLEARING,
    COMPILED,
    RECEIVING,
    ROUTED,
    SORTING,
    SPHERES,
)
from supervision.law.rules import RULES, set_by_words
from supervision.law.text import T
from supervision.organizations.services import setting_owner
from supervision.web.acting import WorkRequest, work_page
from supervision.web.blocks import file_rows
from supervision.web.formkeys import form_key, sent_before
from supervision.web.retyping import known_of
from supervision.web.stepforms import Draft
from supervision.web.templatetags.gs import here
from supervision.web.views.cases import find_case
from workflows.acts import inputs, opinions

PAGE = 25
SORT, CLEAR = "phan-loai", "bien-tap"
#: What is typed the same again and again in one morning; never the text, never the author.
KEPT = ("channel", "received_on", "sphere")
WORDS: dict[str, T] = {**dict(CHANNELS), **dict(SPHERES), **dict(AUTHORS)}


def _find(request: WorkRequest, public_id: str) -> Opinion:
    rows = Opinion.objects.select_related(
        "case__lead", "about", "received_by__user", "sorted_by__user", "routing", "point__addressee"
    )
    found = policy.visible(request.actor, rows).filter(public_id=public_id).first()
    if found is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    return found


def standing(row: Opinion) -> tuple[str, Any, str]:
    """Return the chip of an opinion: kind, words, icon. A complaint and a denunciation look alike."""
    if row.is_routed:
        return ("", _("Đã chuyển theo thủ tục riêng"), "lock")
    if row.kind == Opinion.Kind.UNSORTED:
        return ("soon", _("Chưa phân loại"), "ring")
    if row.kind == Opinion.Kind.OUT_OF_SCOPE:
        return ("", _("Ngoài phạm vi"), "cross")
    if row.cleared_at is None:
        return ("soon", _("Chưa có bản công khai"), "ring")
    if row.point is None:
        return ("info", _("Chờ tổng hợp"), "ring")
    return ("info", row.point.get_state_display(), "ring")


@work_page
def opinion_list(request: WorkRequest, public_id: str) -> HttpResponse:
    """List the opinions of a collection by number: neither authors nor originals."""
    case: Any = find_case(request, public_id, rights=("receive_opinion",))
    rows = policy.visible(request.actor, case.opinions.select_related("about", "point").order_by("-number"))
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    sources = policy.visible(request.actor, OpinionSource.objects.all())
    context = {
        "case": case,
        "page": page,
        "rows": [
            {"row": row, "chip": standing(row), "channel": WORDS[row.channel], "sphere": WORDS[row.sphere]}
            for row in page.object_list
        ],
        "may_receive": case.may_receive_opinion and is_collecting(case),
        "may_see_slips": sources.filter(opinion__case=case, opinion__kind__in=ROUTED).exists(),
    }
    return render(request, "web/opinion_list.html", context)


@work_page
def opinion_new(request: WorkRequest, public_id: str) -> HttpResponse:
    """Record one opinion and come back to an empty form: sixty in a morning, on a phone."""
    case = find_case(request, public_id)
    policy.require(request.actor, "receive_opinion", case)
    posted = request.method == "POST"
    request.known = known_of(RECEIVING, request.POST, case)
    last = policy.visible(request.actor, case.opinions.all()).filter(public_id=request.GET.get("sau", ""))
    before = last.first()
    draft = Draft(
        RECEIVING,
        case=case,
        actor=request.actor,
        on=timezone.localdate(),
        post=request.POST if posted else None,
        files=request.FILES if posted else None,
        initial={name: getattr(before, name) for name in KEPT}
        if before
        else {"received_on": timezone.localdate()},
    )
    row, status = None, 422
    try:
        row = _received(request, case, draft) if posted else None
    except AlreadySent as error:
        status = sent_before(request, error, draft.errors.append)
    if row is not None:
        return redirect(f"{here(f'/ho-so/{case.public_id}/y-kien/moi/')}?sau={row.public_id}#ghi-xong")
    errors = draft.summary() if posted else []
    context = {
        "case": case,
        "draft": draft,
        "before": before,
        "errors": errors,
        "is_open": is_collecting(case),
        "key": form_key(request),
    }
    return render(request, "web/opinion_new.html", context, status=status if errors else 200)


def _received(request: WorkRequest, case: Case, draft: Draft) -> Opinion | None:
    """Record what was posted; None where it has mistakes, which the form then names. Files are kept."""
    at = timezone.now()
    draft.take_files(at, are_private=True)
    try:
        data = draft.values()
        if draft.refused_files:  # the other mistakes are named with it
            inputs.clean(RECEIVING, data, case=case, actor=request.actor, on=timezone.localdate(at))
            return None
        return opinions.receive(actor=request.actor, case=case, data=data, key=form_key(request), at=at)
    except InvalidInput as error:
        draft.add(error)
        return None


@work_page
def opinion(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show one opinion, its original to those who may read it, and the act that it waits for."""
    row = _find(request, public_id)
    request.known = known_of((*SORTING, *CLEARING), request.POST, row.case)
    if request.method == "POST":
        _require_in_hand(request, row)
    source = policy.visible(request.actor, OpinionSource.objects.filter(opinion=row)).first()
    may = source is not None and is_workable(row) and policy.can(request.actor, "sort", row)
    doing = _doing(request, row) if may else ""
    draft = _draft(request, row, source, doing) if doing else None
    if draft is not None and request.method == "POST":
        try:
            act = opinions.sort if doing == SORT else opinions.clear
            act(actor=request.actor, opinion=row, data=draft.values(), at=timezone.now())
        except InvalidInput as error:
            draft.add(error)
        else:
            return redirect(_next(request, row.case, doing))
    errors = draft.summary() if draft and request.method == "POST" else []
    context = {
        "row": row,
        "case": row.case,
        "chip": standing(row),
        "words": [WORDS[row.channel], WORDS[row.sphere], WORDS[row.author_kind]],
        "source": source,
        "files": file_rows(source.files.select_related("blob")) if source else [],
        "may_identify": source is not None and policy.can(request.actor, IDENTIFY, source),
        "doing": doing,
        "other": _other(row, doing) if may else "",
        "draft": draft,
        "errors": errors,
    }
    return render(request, "web/opinion.html", context, status=422 if errors else 200)


def _require_in_hand(request: WorkRequest, row: Opinion) -> None:
    """Refuse what comes too late in words, with all that was typed; another form is no answer to it."""
    opinions.require_in_hand(actor=request.actor, opinion=row, at=timezone.now())
    if request.POST.get("viec") not in _possible(row):
        raise WrongState(_("Ý kiến đã được phân loại khác đi nên không còn việc này."))


def _possible(row: Opinion) -> list[str]:
    return [SORT, CLEAR] if row.kind in COMPILED else [SORT]


def _doing(request: WorkRequest, row: Opinion) -> str:
    """Return the act of the form: the one asked for, else the one the opinion waits for."""
    possible = _possible(row)
    wanted = request.POST.get("viec") or request.GET.get("viec", "")
    if wanted in possible:
        return wanted
    if row.kind == Opinion.Kind.UNSORTED:
        return SORT
    return CLEAR if CLEAR in possible and row.cleared_at is None else ""


def _other(row: Opinion, doing: str) -> list[tuple[str, Any]]:
    """Return the acts that may be done again while the opinion has not been compiled."""
    words = [(SORT, _("Phân loại lại"))] if row.kind != Opinion.Kind.UNSORTED else []
    if row.kind in COMPILED and row.cleared_at:
        words.append((CLEAR, _("Sửa bản công khai")))
    return [(code, text) for code, text in words if code != doing]


def _draft(request: WorkRequest, row: Opinion, source: OpinionSource, doing: str) -> Draft:
    before: dict[str, Any] = {"public_text": row.public_text or source.text}
    if doing == SORT:
        kind = "" if row.kind == Opinion.Kind.UNSORTED else row.kind
        before = {"kind": kind, "note": row.note, "field": row.field, "sent_on": timezone.localdate()}
        before["about"] = row.about.public_id if row.about else ""
    return Draft(
        SORTING if doing == SORT else CLEARING,
        case=row.case,
        actor=request.actor,
        on=timezone.localdate(),
        post=request.POST if request.method == "POST" else None,
        initial=before,
    )


def _next(request: WorkRequest, case: Case, doing: str) -> str:
    """Return the next opinion that waits for the same act, else the list."""
    waiting = case.opinions.filter(kind=Opinion.Kind.UNSORTED)
    if doing == CLEAR:
        waiting = case.opinions.filter(kind__in=COMPILED, cleared_at=None)
    readable = policy.visible(request.actor, OpinionSource.objects.all()).values("opinion")
    row = waiting.filter(pk__in=readable).order_by("number").first()
    return here(f"/y-kien/{row.public_id}/" if row else f"/ho-so/{case.public_id}/y-kien/")


@work_page
def opinion_receipt(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show the receipt to print for whoever gave the opinion; it names nobody."""
    row = _find(request, public_id)
    owner, silence = setting_owner(row.case.lead, "opinion_reply_days"), RULES["O_REPLY"].silence
    nobody = T(f"số mặc định, đơn vị chưa đặt riêng; {silence.vi}", f"the default; {silence.en}")
    context = {
        "row": row,
        "case": row.case,
        "channel": WORDS[row.channel],
        "time": reply_clocks.counted(row.case, "O_REPLY"),
        "whose": set_by_words(owner.short_name, silence) if owner else nobody,
    }
    return render(request, "web/opinion_receipt.html", context)


@require_POST
@work_page
def opinion_author(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show who gave the opinion, once, to those few who may know; that they looked is recorded."""
    row = _find(request, public_id)
    source = opinions.identify(actor=request.actor, opinion=row, at=timezone.now())
    response = render(request, "web/opinion_author.html", {"row": row, "case": row.case, "source": source})
    response["Cache-Control"] = "no-store"
    return response
