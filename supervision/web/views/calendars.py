"""My calendar and my mails: secret addresses of feeds, made and revoked; how to hear of notices."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from supervision.client import limited
from supervision.notices.choices import choice_of, choose_mail
from supervision.notices.feeds import feeds_of, find_feed, make_feed, revoke_feed
from supervision.notices.icalendar import calendar_text
from supervision.notices.models import MailChoice
from supervision.page import english
from supervision.web.acting import WorkRequest, work_page
from supervision.web.templatetags.gs import here
from workflows.inbox.feeds import events_of

PERSON, ORGANIZATION = "ca-nhan", "don-vi"


@never_cache
@require_safe
@limited(get="code")
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Hand out a calendar to whoever holds its secret address; no sign-in, nothing kept by caches."""
    at = timezone.now()
    on = timezone.localdate(at)
    found = find_feed(token, on)
    if found is None:
        raise Http404
    row, actor = found
    name = actor.organization.short_name if row.whole_organization else _("Việc của tôi")
    events = events_of(row, actor, on=on, site=settings.PUBLIC_URL, language="en" if english() else "vi")
    text = calendar_text(_("Hạn: %(name)s") % {"name": name}, events, at=at)
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="han.ics"'
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@never_cache
@work_page
def my_calendar(request: WorkRequest) -> HttpResponse:
    """Show which addresses work, and how this person hears of notices."""
    return _page(request)


@never_cache
@require_POST
@work_page
def change_feed(request: WorkRequest) -> HttpResponse:
    """Make an address anew, shown this once, or revoke it."""
    kind = request.POST.get("lich", "")
    if kind not in (PERSON, ORGANIZATION):
        messages.error(request, _("Chọn lịch của bạn hoặc lịch của đơn vị."))
        return redirect(here("/lich-cua-toi/"))
    whose: Any = {"actor": request.actor, "whole_organization": kind == ORGANIZATION, "at": timezone.now()}
    if "thu-hoi" in request.POST:
        revoke_feed(**whose)
        messages.success(request, _("Đã thu hồi. Địa chỉ cũ không còn dùng được."))
        return redirect(here("/lich-cua-toi/"))
    return _page(request, kind=kind, token=make_feed(**whose))


@require_POST
@work_page
def change_mail(request: WorkRequest) -> HttpResponse:
    """Keep how this person wants to hear of notices."""
    how = request.POST.get("cach-bao", "")
    if how not in MailChoice.How.values:
        messages.error(request, _("Chọn một trong ba cách báo."))
    else:
        choose_mail(user=request.actor.user, how=MailChoice.How(how), at=timezone.now())
        messages.success(request, _("Đã lưu cách báo bằng thư."))
    return redirect(here("/lich-cua-toi/"))


def _page(request: WorkRequest, *, kind: str = "", token: str = "") -> HttpResponse:
    working = {row.whole_organization: row for row in feeds_of(request.actor)}
    address = f"{settings.PUBLIC_URL}{here(f'/lich/{token}.ics')}" if token else ""
    organization = request.actor.organization.short_name
    feeds = [
        {"kind": PERSON, "title": _("Lịch của tôi"), "row": working.get(False)},
        {
            "kind": ORGANIZATION,
            "title": _("Lịch của đơn vị: %(name)s") % {"name": organization},
            "row": working.get(True),
        },
    ]
    for one in feeds:
        one["address"] = address if one["kind"] == kind else ""
    chosen = choice_of(request.actor.user)
    ways = [{"value": how.value, "words": how.label, "chosen": how == chosen} for how in MailChoice.How]
    return render(request, "web/my_calendar.html", {"feeds": feeds, "ways": ways})
