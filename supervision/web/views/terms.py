"""What law leaves open, as the organization has set it; its head may change it."""

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
from supervision.law.terms import GROUPS, OPEN_TERMS, OpenTerm
from supervision.law.text import T
from supervision.organizations.models import Organization, Setting
from supervision.organizations.services import clear_term, set_term, setting, setting_owner
from supervision.web.acting import WorkRequest, work_page
from supervision.web.templatetags.gs import here, in_language


@dataclass(frozen=True)
class TermRow:
    """One open number: what holds, whose number it is (None: the product's), and its box."""

    term: OpenTerm
    words: T
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
    groups = [(group, _rows(organization, group, form)) for group in GROUPS]
    errors = [(f"id_{name}", message) for name, said in form.errors.items() for message in said]
    context = {"groups": groups, "may_set": may_set, "errors": errors, "organization": organization}
    return render(request, "web/terms.html", context, status=422 if errors else 200)


def _rows(organization: Organization, group: T, form: forms.Form) -> list[TermRow]:
    return [
        TermRow(term, term.words(setting(organization, key)), setting_owner(organization, key), form[key])
        for key, term in OPEN_TERMS.items()
        if term.group == group
    ]


def _form(own: dict[str, int], post: Any) -> forms.Form:
    form = forms.Form(post, initial=own)
    for key, term in OPEN_TERMS.items():
        form.fields[key] = _choice(term) if term.choices else _number(term)
    return form


def _number(term: OpenTerm) -> forms.Field:
    outside = _("Số phải từ %(least)s đến %(most)s") % {"least": term.least, "most": term.most}
    return forms.IntegerField(
        label=term.title.vi,
        min_value=term.least,
        max_value=term.most,
        required=False,
        error_messages={
            "invalid": _("Ghi một số nguyên, hoặc để trống"),
            "min_value": outside,
            "max_value": outside,
        },
    )


def _choice(term: OpenTerm) -> forms.Field:
    places = [(str(place), in_language(words)) for place, words in enumerate(term.choices)]
    return forms.TypedChoiceField(
        label=term.title.vi,
        choices=[("", _("theo cấp trên hoặc mặc định")), *places],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": _("Chọn một mục trong danh sách")},
    )


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
