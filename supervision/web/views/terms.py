"""The numbers that law leaves open, as the organization has set them; its head may change them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.access import policy
from supervision.law.rules import OPEN_TERMS, OpenTerm
from supervision.organizations.models import Organization, Setting
from supervision.organizations.services import clear_term, set_term, setting, setting_owner
from supervision.web.acting import WorkRequest, work_page
from supervision.web.templatetags.gs import here

LONGEST = 365


@dataclass(frozen=True)
class TermRow:
    """One open number: what holds, whose number it is (None: the product's), and its box."""

    term: OpenTerm
    value: int
    owner: Organization | None
    field: Any


@work_page
def terms(request: WorkRequest) -> HttpResponse:
    """Show every open number of the actor's organization, or keep those that were changed."""
    organization = request.actor.organization
    may_set = policy.can(request.actor, "set_terms", organization)
    own = dict(Setting.objects.filter(organization=organization).values_list("key", "value"))
    form = _form(own, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        policy.require(request.actor, "set_terms", organization)
        if form.is_valid():
            _keep(request, own, form.cleaned_data)
            messages.success(request, _("Đã ghi. Hạn đang chạy giữ nguyên; hạn mới tính theo số mới."))
            return redirect(here("/thoi-han/"))
    rows = [
        TermRow(term, setting(organization, key), setting_owner(organization, key), form[key])
        for key, term in OPEN_TERMS.items()
    ]
    errors = [(f"id_{name}", message) for name, said in form.errors.items() for message in said]
    context = {"rows": rows, "may_set": may_set, "errors": errors, "organization": organization}
    return render(request, "web/terms.html", context, status=422 if errors else 200)


def _form(own: dict[str, int], post: Any) -> forms.Form:
    form = forms.Form(post, initial=own)
    for key, term in OPEN_TERMS.items():
        form.fields[key] = forms.IntegerField(
            label=term.title.vi,
            min_value=1,
            max_value=LONGEST,
            required=False,
            error_messages={
                "invalid": _("Ghi một số nguyên, hoặc để trống"),
                "min_value": _("Số phải từ 1 đến %(most)s") % {"most": LONGEST},
                "max_value": _("Số phải từ 1 đến %(most)s") % {"most": LONGEST},
            },
        )
    return form


def _keep(request: WorkRequest, own: dict[str, int], wanted: dict[str, int | None]) -> None:
    facts: dict[str, Any] = {
        "organization": request.actor.organization,
        "by": request.actor,
        "at": timezone.now(),
    }
    for key, value in wanted.items():
        if value is None:
            clear_term(key=key, **facts)
        elif value != own.get(key):
            set_term(key=key, value=value, **facts)
