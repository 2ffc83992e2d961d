"""Later versions of a draft: taken in, compared clause by clause, each remark beside the issued text."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from supervision.access import policy
from supervision.access.rights import VIEW
from supervision.cases.models import Criticism
from supervision.drafts import reasons
from supervision.drafts.models import DraftVersion, Match, Outcome
from supervision.drafts.services import newest_version
from supervision.drafts.table import matrix
from supervision.drafts.texts import parts_of, provisions_of, text_of
from supervision.drafts.versions import comparison
from supervision.errors import InvalidInput
from supervision.law.forms.shared import YES_NO
from supervision.law.specs import Day, Field, Widget
from supervision.law.text import T
from supervision.legaltext.alignment import count, words
from supervision.legaltext.outline.citing import Finder
from supervision.page import known_in
from supervision.web.actform import act_form
from supervision.web.acting import WorkRequest, work_page
from supervision.web.draftforms import OutcomeForm
from supervision.web.templatetags.gs import here
from supervision.web.views.drafts import version_asked
from supervision.web.views.requests import find_criticism
from workflows.acts import drafts

PAGE = 20
OPEN = "can-xem"
TABS = (
    (OPEN, T("Cần xác nhận", "To be confirmed")),
    ("khac", T("Mọi thay đổi", "All changes")),
    ("reworded", T("Sửa lời", "Reworded")),
    ("moved", T("Chuyển chỗ", "Moved")),
    ("split", T("Tách, gộp", "Split, merged")),
    ("dropped", T("Bỏ", "Dropped")),
    ("new", T("Mới", "New")),
    ("same", T("Giữ nguyên", "Unchanged")),
)
VERSION = (
    Field(
        "issued",
        T("Đây là văn bản đã ban hành?", "Is this the text as issued?"),
        Widget.CHOICE,
        choices=YES_NO,
        help=T(
            "Nếu phải, mỗi ý kiến được đặt cạnh điều, khoản cuối cùng.",
            "If so, each remark is set beside the final clause.",
        ),
    ),
    Field("received_on", T("Ngày nhận", "Day received"), Widget.DATE, day=Day.HAPPENED),
    Field("number_text", T("Số, ký hiệu", "Number"), Widget.LINE, longest=80, required=False),
    Field("files", T("Văn bản", "The text"), Widget.FILES),
)


def _text_address(row: Criticism) -> str:
    return here(f"/phan-bien/{row.public_id}/du-thao/")


@work_page
def version_new(request: WorkRequest, public_id: str) -> HttpResponse:
    """Take in the next version of the draft, or the issued text."""
    row = find_criticism(request, public_id, "prepare_draft")
    return act_form(
        request,
        fields=VERSION,
        case=row.case,
        heading=_("Ghi nhận bản mới của dự thảo"),
        hint=_("Các bản trước vẫn giữ. Ghi nhầm thì bỏ được cho đến khi đọc bản mới thành điều, khoản."),
        button=_("Ghi nhận bản này"),
        back=_text_address(row),
        do=lambda values: drafts.receive_version(
            actor=request.actor, criticism=row, data=values, at=timezone.now()
        ),
        done=_("Đã ghi nhận bản mới. Hãy đọc nó thành điều, khoản."),
        initial={"issued": "no"},
    )


@require_POST
@work_page
def version_take_back(request: WorkRequest, public_id: str, number: int) -> HttpResponse:
    """Take out a version that was recorded by mistake, while nothing hangs on it."""
    row = find_criticism(request, public_id, "prepare_draft")
    drafts.take_back_version(actor=request.actor, criticism=row, number=number, at=timezone.now())
    messages.success(request, _("Đã bỏ bản %(number)s.") % {"number": number})
    return redirect(_text_address(row))


@work_page
def draft_compare(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show what changed since the version before, clause by clause, words added and removed said in words.

    Pairs are confirmed for the newest version; between those before it they are only read.
    """
    row = find_criticism(request, public_id, "read_draft")
    prepares = policy.can(request.actor, "prepare_draft", row)
    may_view = prepares or policy.can(request.actor, VIEW, row)
    version, versions = version_asked(request, row.draft, may_view=may_view)
    is_newest = version == versions[-1]
    before = comparison.version_before(version)
    counts = comparison.counts(version)
    if before is None or not any(counts.values()):
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    may_decide = is_newest and prepares
    kind = request.GET.get("nhom", "")
    if kind not in counts:
        kind = OPEN if counts[OPEN] and may_decide else "khac"
    paginator = Paginator(comparison.listed(version, kind), PAGE)
    paginator.count = counts[kind]
    page = paginator.get_page(request.GET.get("trang", "1")[:6])
    asked = "?" if is_newest else f"?ban={version.number}&"
    context = {
        "row": row,
        "case": row.case,
        "version": version,
        "is_newest": is_newest,
        "before": before,
        "kind": kind,
        "tabs": [
            {"address": f"{asked}nhom={one}", "words": title, "count": counts[one], "current": one == kind}
            for one, title in TABS
            if counts[one] or one == kind
        ],
        "page": page,
        "rows": _changes(page.object_list, before, version, may_view=may_view),
        "may_decide": may_decide,
        "is_behind": comparison.is_behind(version),
    }
    return render(request, "web/draft_compare.html", context)


def _changes(
    matches: Any, before: DraftVersion, version: DraftVersion, *, may_view: bool
) -> list[dict[str, Any]]:
    """Return what the page prints of each match; the texts are read once, the remarks in two queries."""
    was, now = parts_of(before), parts_of(version)
    matches = list(matches)
    remarks = comparison.remarks_by_node(version, before, matches) if may_view else {}
    rows = []
    for match in matches:
        olds = [was[one] for one in match.old if one in was]
        news = [now[one] for one in match.new if one in now]
        old, new = ("\n".join(own for _name, own in parts) for parts in (olds, news))
        pieces = words(old, new)
        rows.append(
            {
                "match": match,
                "old": [name for name, _own in olds],
                "new": [name for name, _own in news],
                "pieces": pieces,
                "count": count(pieces),
                "remarks": remarks.get(match.pk, []),
            }
        )
    return rows


@require_POST
@work_page
def match_decide(request: WorkRequest, public_id: str, match: int) -> HttpResponse:
    """Keep the official's word on whether two provisions belong together."""
    row = find_criticism(request, public_id, "prepare_draft")
    version = newest_version(row.draft)
    found = Match.objects.filter(pk=match, version=version).first()
    if found is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    cited, node = request.POST.get("den", "").strip()[:120], ""
    tab = next(name for name, changes in comparison.LISTS.items() if found.change in changes)
    back = here(f"/phan-bien/{public_id}/du-thao/so-sanh/?nhom={tab}")
    if cited:
        text = text_of(version)
        node = Finder(text.outline).find(cited) if text else ""
    try:
        if "den" in request.POST and not cited:
            raise InvalidInput({"node": [_("Ghi nay là điều, khoản nào của bản mới.")]})
        if "den" not in request.POST and request.POST.get("la") not in ("phai", "khong"):
            raise InvalidInput({"node": [_("Chưa có gì được ghi. Chọn: là một, hay không phải.")]})
        if cited and not node:
            raise InvalidInput({"node": [_("Bản mới không có %(cited)s.") % {"cited": cited}]})
        drafts.decide_match(
            actor=request.actor,
            criticism=row,
            match=found,
            belongs=request.POST.get("la") == "phai",
            to=node,
            at=timezone.now(),
        )
        messages.success(request, _("Đã ghi."))
    except InvalidInput as error:
        messages.error(request, error.message)
        return redirect(back)
    return redirect(here(f"/phan-bien/{public_id}/du-thao/so-sanh/"))


@work_page
def outcome_list(request: WorkRequest, public_id: str) -> HttpResponse:
    """Go through the remarks beside the issued text; a person decides what became of each."""
    row = find_criticism(request, public_id, "prepare_draft")
    version = newest_version(row.draft)
    if not version.is_issued:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    outcomes = Outcome.objects.filter(version=version).select_related("remark")
    kind = "xong" if request.GET.get("nhom") == "xong" else "cho"
    chosen = outcomes.exclude(verdict="") if kind == "xong" else outcomes.filter(verdict="")
    page = Paginator(chosen.order_by("remark__number"), PAGE).get_page(request.GET.get("trang", "1")[:6])
    done = outcomes.exclude(verdict="").count()
    context = {
        "row": row,
        "case": row.case,
        "version": version,
        "page": page,
        "rows": page.object_list,
        "tabs": [
            {"address": "?nhom=cho", "words": T("Chờ quyết định", "To be decided"),
             "count": outcomes.count() - done, "current": kind == "cho"},
            {"address": "?nhom=xong", "words": T("Đã quyết định", "Decided"), "count": done,
             "current": kind == "xong"},
        ],
    }  # fmt: skip
    return render(request, "web/outcome_list.html", context)


def _outcome(outcome: Outcome, version: DraftVersion, post: Any = None) -> dict[str, Any]:
    was, now = provisions_of(outcome.remark.version), provisions_of(version)
    before = was.get(outcome.remark.node)
    form = OutcomeForm(
        post,
        prefix=f"o{outcome.pk}",
        initial={"verdict": outcome.verdict, "note": outcome.note},
    )
    return {
        "outcome": outcome,
        "rests_on": reasons.rests_on(outcome),
        "differing": reasons.differences(outcome.differing),
        "before": before,
        "after": [now[node] for node in outcome.nodes if node in now],
        "answer": matrix.lines_of(version.draft, [outcome.remark])[0].answer,
        "form": form,
    }


@work_page
def outcome_decide(request: WorkRequest, public_id: str, outcome: int) -> HttpResponse:
    """Decide what became of one remark."""
    row = find_criticism(request, public_id, "prepare_draft")
    version = newest_version(row.draft)
    found = Outcome.objects.filter(pk=outcome, version=version).select_related("remark__version").first()
    if found is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    shown = _outcome(found, version, request.POST or None)
    form = shown["form"]
    request.known = known_in(form)
    if request.method == "POST" and form.is_valid():
        drafts.decide_outcome(
            actor=request.actor,
            criticism=row,
            outcome=found,
            verdict=form.cleaned_data["verdict"],
            note=form.cleaned_data["note"],
            at=timezone.now(),
        )
        messages.success(request, _("Đã ghi kết quả của %(code)s.") % {"code": found.remark.code})
        return redirect(here(f"/phan-bien/{public_id}/ket-qua/"))
    context = {"row": row, "case": row.case, "version": version, "one": shown}
    return render(request, "web/outcome.html", context, status=422 if form.errors else 200)
