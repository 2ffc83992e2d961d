"""Choosing in which capacity to act."""

from __future__ import annotations

from typing import cast
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from supervision.organizations.models import User
from supervision.organizations.services import capacities
from supervision.web.acting import choose
from supervision.web.templatetags.gs import here


def capacity(request: HttpRequest) -> HttpResponse:
    """List the capacities in force; choosing one starts the session anew in it."""
    if not request.user.is_authenticated:
        return redirect(f"{here('/dang-nhap/')}?next={quote(request.get_full_path())}")
    held = capacities(cast(User, request.user), timezone.localdate())
    wanted = request.POST.get("mandate")
    if request.method == "POST":
        chosen = next((mandate for mandate in held if mandate.public_id == wanted), None)
        if chosen is not None:
            choose(request, chosen)
            return redirect(_next(request))
    errors = [_("Chọn một tư cách trong danh sách")] if request.method == "POST" else []
    context = {"held": held, "errors": errors, "next": request.GET.get("next", "")}
    return render(request, "web/capacity.html", context, status=422 if errors else 200)


def _next(request: HttpRequest) -> str:
    """Return where the person was going, if that is a page of this site."""
    address = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}):
        return address
    return here("/viec-cua-toi/")
