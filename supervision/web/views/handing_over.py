"""Whose piece of work it is: take it, give it back with a reason, give it to a colleague."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from supervision.access import policy
from supervision.web.acting import WorkRequest, work_page
from supervision.web.pieces import colleagues, go, item_of
from supervision.web.templatetags.gs import here
from workflows.inbox import work_items


@require_POST
@work_page
def take(request: WorkRequest, public_id: str) -> HttpResponse:
    """Take a free piece of work."""
    item = item_of(request, public_id)
    policy.require(request.actor, "act", item)
    work_items.take(item, actor=request.actor, at=timezone.now())
    return go(item)


@require_POST
@work_page
def give_back(request: WorkRequest, public_id: str) -> HttpResponse:
    """Return work to the offer, with a reason."""
    item = item_of(request, public_id)
    reason = request.POST.get("reason", "").strip()
    if not reason:
        messages.error(request, _("Hãy ghi lý do trả việc."))
        return go(item)
    work_items.give_back(item, actor=request.actor, reason=reason, at=timezone.now())
    messages.success(request, _("Đã trả việc. Đồng nghiệp có thể nhận."))
    return redirect(here("/viec-cua-toi/"))


@require_POST
@work_page
def assign(request: WorkRequest, public_id: str) -> HttpResponse:
    """Give work to a colleague."""
    item = item_of(request, public_id)
    policy.require(request.actor, "assign", item)
    to = next((one for one in colleagues(item) if one.public_id == request.POST.get("mandate")), None)
    if to is None:
        messages.error(request, _("Chọn một người trong danh sách."))
        return go(item)
    work_items.assign(
        item, to=to, actor=request.actor, reason=request.POST.get("reason", "").strip(), at=timezone.now()
    )
    messages.success(request, _("Đã giao việc cho %(name)s.") % {"name": to.user.display_name})
    return go(item)
