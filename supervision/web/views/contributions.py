"""What is said of a draft: asking for it, sending it as one of those asked, putting it into the table."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from supervision.access import policy
from supervision.cases.models import Criticism
from supervision.cases.services.calls import may_speak_for_others
from supervision.drafts.forms import ContributionForm
from supervision.drafts.models import Call, Contribution
from supervision.drafts.taking import calls, contributions, moderation
from supervision.drafts.taking.authors import own_author
from supervision.drafts.texts import provisions_of
from supervision.errors import InvalidInput
from supervision.files import services as files
from supervision.files.models import Attachment
from supervision.law.forms.shared import YES_NO
from supervision.law.specs import Day, Field, Widget
from supervision.law.text import T
from supervision.page import known_in
from supervision.web.actform import act_form
from supervision.web.acting import WorkRequest, work_page
from supervision.web.blocks import file_rows
from supervision.web.draftforms import RefusalForm
from supervision.web.formkeys import form_key
from supervision.web.templatetags.gs import here
from supervision.web.views.requests import find_criticism
from workflows.acts import drafts

PAGE = 25
CALL = (
    Field(
        "is_public",
        T("Mọi người dân được góp ý?", "May everyone contribute?"),
        Widget.CHOICE,
        choices=YES_NO,
        help=T(
            "Nếu có, toàn văn hiện trên trang công khai, cả sau khi hết hạn.",
            "If so, the text is on the public page, also after the last day.",
        ),
    ),
    Field(
        "invited",
        T("Tổ chức được mời góp ý", "Organizations invited"),
        Widget.PICKS,
        source="consultable",
        required=False,
        help=T(
            "Họ được báo và góp ý bằng tài khoản của mình.",
            "They are told, and contribute by their accounts.",
        ),
    ),
    Field("closes_on", T("Nhận góp ý đến hết ngày", "Last day"), Widget.DATE, day=Day.NOT_PAST),
    Field("introduction", T("Lời giới thiệu", "Introduction"), required=False),
)
STATES = (
    (Contribution.State.WAITING, T("Chờ xem", "Waiting")),
    (Contribution.State.TAKEN, T("Đã đưa vào bảng", "In the table")),
    (Contribution.State.REFUSED, T("Không đưa vào", "Kept out")),
)


def _text_address(row: Criticism, node: str = "") -> str:
    return here(f"/phan-bien/{row.public_id}/du-thao/{f'#{node}' if node else ''}")


def find_call(row: Criticism) -> Call:
    """Return the newest call on the draft; Hidden where nobody was asked yet."""
    call = calls.newest_call(row.draft)
    if call is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    return call


@work_page
def call_open(request: WorkRequest, public_id: str) -> HttpResponse:
    """Ask organizations, and everyone where the official says so, what they say of the draft."""
    row = find_criticism(request, public_id, "prepare_draft")
    return act_form(
        request,
        fields=CALL,
        case=row.case,
        heading=_("Lấy ý kiến về dự thảo"),
        hint=_("Mỗi điều, khoản có chỗ góp ý riêng. Người gửi có số biên nhận và xem được kết quả."),
        button=_("Bắt đầu lấy ý kiến"),
        back=_text_address(row),
        do=lambda values: drafts.open_call(
            actor=request.actor, criticism=row, data=values, at=timezone.now()
        ),
        done=_("Đã bắt đầu lấy ý kiến."),
    )


@require_POST
@work_page
def call_close(request: WorkRequest, public_id: str) -> HttpResponse:
    """End the call before its last day is over."""
    row = find_criticism(request, public_id, "prepare_draft")
    drafts.close_call(actor=request.actor, criticism=row, call=find_call(row), at=timezone.now())
    messages.success(request, _("Đã kết thúc lấy ý kiến."))
    return redirect(here(f"/phan-bien/{public_id}/gop-y/"))


@work_page
def draft_contribute(request: WorkRequest, public_id: str) -> HttpResponse:
    """Send what one of those asked says of a provision; it is in the table at once."""
    row = find_criticism(request, public_id, "contribute")
    call = find_call(row)
    node, seen = request.POST.get("o", request.GET.get("o", ""))[:80], request.POST.get("doc", "")
    provision = provisions_of(call.version).get(node)
    posted = request.method == "POST"
    if node and provision is None and not posted:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    author, name = own_author(request.actor.organization)
    form = ContributionForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        anyone=False,
        is_own=not may_speak_for_others(request.actor, row),
        initial={"author": author, "author_name": name},
    )
    request.known = known_in(form)
    if posted and form.is_valid():
        try:
            sent = _sent(request, row, call, form, node)
        except InvalidInput as error:
            node, seen = form.add_refusal(error, node, seen)
        else:
            messages.success(
                request,
                _("Đã nhận góp ý, mã %(code)s, biên nhận %(receipt)s.")
                % {"code": sent.remark.code if sent.remark else "", "receipt": sent.receipt},
            )
            return redirect(_text_address(row, node))
    context = {
        "row": row,
        "case": row.case,
        "form": form,
        "node": node,
        "seen": seen,
        "provision": provision,
        "own": name if form.is_own else "",
        "key": form_key(request),
    }
    return render(request, "web/draft_contribute.html", context, status=422 if form.errors else 200)


def _sent(
    request: WorkRequest, row: Criticism, call: Call, form: ContributionForm, node: str
) -> Contribution:
    at, said = timezone.now(), form.said(node, request.POST.get("doc", ""))
    contributions.provision_of(call, node, said.seen)  # before a file is kept
    upload = form.cleaned_data["file"]
    by = request.actor.mandate
    kept = files.store_all([upload], by=by, at=at, is_private=True) if upload else []
    key = form_key(request)
    return drafts.contribute(
        actor=request.actor, criticism=row, call=call, said=said, key=key, files=kept, at=at
    )


@work_page
def contribution_list(request: WorkRequest, public_id: str) -> HttpResponse:
    """Go through what came, equal ones folded: into the table, or kept out for a reason that is public."""
    row = find_criticism(request, public_id, "prepare_draft")
    call = find_call(row)
    state = request.GET.get("nhom", Contribution.State.WAITING)
    if state not in Contribution.State:
        state = Contribution.State.WAITING
    is_waiting = state == Contribution.State.WAITING
    form = RefusalForm(request.POST if request.method == "POST" else None, is_waiting=is_waiting)
    request.known = known_in(form)
    if request.method == "POST" and form.is_valid():
        count = _sorted_out(request, row, call, form, state)
        words = ngettext("Đã xử lý %(count)s góp ý.", "Đã xử lý %(count)s góp ý.", count)
        messages.success(request, words % {"count": count})
        return redirect(request.get_full_path())
    came = call.contributions.filter(state=state)
    page = Paginator(moderation.folded(came), PAGE).get_page(request.GET.get("trang", "1")[:6])
    counts = calls.counts(call)
    context: dict[str, Any] = {
        "row": row,
        "case": row.case,
        "call": call,
        "is_open": calls.is_open(call, timezone.localdate()),
        "state": state,
        "tabs": [
            {"address": f"?nhom={one}", "words": words, "count": counts[one], "current": one == state}
            for one, words in STATES
        ],
        "page": page,
        "rows": _rows(came, page.object_list),
        "form": form,
        "is_workable": row.sent_at is None and row.case.ended_at is None,
    }
    return render(request, "web/contribution_list.html", context, status=422 if form.errors else 200)


def _sorted_out(request: WorkRequest, row: Criticism, call: Call, form: RefusalForm, state: str) -> int:
    """Do what was chosen with the contributions that were ticked; returns how many there are with equals."""
    act: dict[str, Any] = {"actor": request.actor, "criticism": row, "call": call, "first": form.chosen}
    if state != Contribution.State.WAITING:
        return drafts.put_back(**act, state=state, at=timezone.now())
    return drafts.moderate(
        **act,
        named=form.named,
        refusal=form.cleaned_data["refusal"] if form.is_refusing else "",
        note=form.cleaned_data["note"],
        at=timezone.now(),
    )


def _rows(came: QuerySet[Contribution], folded: Any) -> list[dict[str, Any]]:
    """Return each folded row with its first contribution and what differs among its equals.

    The number of queries does not depend on the number of rows.
    """
    rows = list(folded)
    by_key = Contribution.objects.select_related("remark").in_bulk([one["first"] for one in rows])
    beside = moderation.beside(came, rows)
    kept = [file.value for about in beside.values() if "files" in about for file in about["files"].shown]
    attachments = Attachment.objects.select_related("blob").in_bulk(kept)
    found = []
    for one in rows:
        about = beside[one["node"], one["fingerprint"]]
        files = [attachments[int(file.value)] for file in about["files"].shown] if "files" in about else []
        ways = [(Contribution.Channel(way.value).label, way.count) for way in about["channel"].shown]
        own = {"one": by_key[one["first"]], "count": one["count"], "ways": ways, "kept": file_rows(files)}
        found.append(about | own)
    return found
