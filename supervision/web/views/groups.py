"""Groups of remarks: proposed by their words, confirmed by a person, answered together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from supervision.access import policy
from supervision.drafts import reasons
from supervision.drafts.models import Remark, RemarkGroup
from supervision.errors import InvalidInput
from supervision.law.text import T
from supervision.web.acting import WorkRequest, work_page
from supervision.web.draftforms import ticked
from supervision.web.templatetags.gs import here
from supervision.web.views.requests import find_criticism
from workflows.acts import drafts

PAGE = 10
#: Of remarks that were kept out of a group for one reason, so many are shown.
TOLD = 3
DECISIONS = {"nhan": "confirm", "bo": "refuse", "tach": "dissolve"}


@work_page
def group_list(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show the proposals with the words that speak for them, and the groups that were confirmed."""
    row = find_criticism(request, public_id, "prepare_draft")
    if request.method == "POST":
        try:
            count = drafts.propose_groups(actor=request.actor, criticism=row, at=timezone.now())
            words = ngettext("Có %(count)s nhóm được đề xuất.", "Có %(count)s nhóm được đề xuất.", count)
            messages.success(request, words % {"count": count})
        except InvalidInput as error:
            messages.error(request, error.message)
        return redirect(request.path)
    is_confirmed = request.GET.get("nhom") == "xong"
    state = RemarkGroup.State.CONFIRMED if is_confirmed else RemarkGroup.State.PROPOSED
    groups = row.draft.groups.filter(state=state).order_by("-score", "pk")
    page = Paginator(groups, PAGE).get_page(request.GET.get("trang", "1")[:6])
    open_count = row.draft.groups.filter(state=RemarkGroup.State.PROPOSED).count()
    done = row.draft.groups.filter(state=RemarkGroup.State.CONFIRMED).count()
    context = {
        "row": row,
        "case": row.case,
        "page": page,
        "rows": _rows(page.object_list),
        "is_confirmed": is_confirmed,
        "chosen": ticked(request.GET, "chon"),
        "tabs": [
            {"address": "?nhom=cho", "words": T("Đề xuất", "Proposed"), "count": open_count,
             "current": not is_confirmed},
            {"address": "?nhom=xong", "words": T("Đã xác nhận", "Confirmed"), "count": done,
             "current": is_confirmed},
        ],
        "has_remarks": row.draft.remarks.exists(),
    }  # fmt: skip
    return render(request, "web/group_list.html", context)


def _rows(groups: Iterable[RemarkGroup]) -> list[dict[str, Any]]:
    """Return each group with its remarks: of a proposal all, of a confirmed one those that are in it."""
    groups = list(groups)
    kept_out = {group.pk: reasons.apart(group) for group in groups}
    told = [pk for rows in kept_out.values() for members, _why in rows for pk in members[:TOLD]]
    remarks = Remark.objects.in_bulk([*(pk for group in groups for pk in group.members), *told])
    rows = []
    for group in groups:
        found = [remarks[pk] for pk in group.members if pk in remarks]
        if group.state == RemarkGroup.State.CONFIRMED:
            found = [remark for remark in found if remark.group_id == group.pk]
        beside = [
            ([remarks[pk] for pk in members[:TOLD] if pk in remarks], len(members), why)
            for members, why in kept_out[group.pk]
        ]
        words = reasons.variants(group)
        members = [(remark, words.get(remark.pk, [])) for remark in found]
        rows.append({"group": group, "remarks": members, "apart": [one for one in beside if one[0]]})
    return rows


@require_POST
@work_page
def group_decide(request: WorkRequest, public_id: str, group: str) -> HttpResponse:
    """Confirm a group with the members that were ticked, refuse it, or let it go."""
    row = find_criticism(request, public_id, "prepare_draft")
    found = row.draft.groups.filter(public_id=group).first()
    if found is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    chosen, decision = ticked(request.POST, "chon"), DECISIONS.get(request.POST.get("lam", ""))
    back: dict[str, Any] = {"nhom": "xong"} if decision == "dissolve" else {}
    try:
        if decision is None:
            raise InvalidInput({"lam": [_("Chưa có gì được ghi. Bấm nút của việc cần làm với nhóm này.")]})
        drafts.decide_group(
            actor=request.actor,
            criticism=row,
            group=found,
            members=chosen,
            decision=decision,
            at=timezone.now(),
        )
        messages.success(request, _("Đã ghi."))
    except InvalidInput as error:
        messages.error(request, error.message)
        back["chon"] = chosen  # the ticks stay
    return redirect(here(f"/phan-bien/{public_id}/nhom/?{urlencode(back, doseq=True)}"))
