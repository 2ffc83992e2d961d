"""Leave to sign for the head (TL., TUQ.): the list, granting, passing TL. to a deputy, revoking."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.access import policy
from supervision.casefiles.models import Case
from supervision.cases.services import signing
from supervision.documents import authorization_limits as limits
from supervision.documents import authorizations as granting
from supervision.documents.letterhead import is_deputy
from supervision.documents.models import SigningAuthorization
from supervision.errors import AlreadySent, InvalidInput, NotAllowed
from supervision.page import known_in
from supervision.web.acting import WorkRequest, work_page
from supervision.web.actingforms import AuthorizationForm, PassOnForm, RevokeForm
from supervision.web.formkeys import form_key, sent_before
from supervision.web.templatetags.gs import here

PAGE = 25
LIST = "/uy-quyen-ky/"


def _find(request: WorkRequest, public_id: str) -> SigningAuthorization:
    rows = SigningAuthorization.objects.select_related(
        "organization", "grantee__user", "grantee__organization", *limits.ABOUT
    )
    found = policy.visible(request.actor, rows).filter(public_id=public_id).first()
    if found is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    return found


@work_page
def authorizations(request: WorkRequest) -> HttpResponse:
    """List who may sign for the head of the organization, now and before, newest first."""
    actor, today = request.actor, timezone.localdate()
    rows = policy.visible(actor, SigningAuthorization.objects.all())
    about = ("grantee__user", "grantee__organization", "file", *limits.ABOUT)
    listed = rows.select_related(*about).prefetch_related("case_links__case").order_by("-granted_at", "-pk")
    page = Paginator(listed, PAGE).get_page(request.GET.get("trang"))
    heads = policy.can(actor, "authorize_signing", actor.organization)
    granted_here = granting.has_a_head_who_grants(actor.organization)
    deputies = granting.possible_deputies(actor.mandate, today)
    context = {
        "page": page,
        "rows": [_row(request, row, heads, bool(deputies), today) for row in page.object_list],
        "granted_here": granted_here,
        "may_grant": heads and granted_here and not is_deputy(actor.mandate),
        "basis": limits.BASIS.label,
    }
    return render(request, "web/authorizations.html", context)


def _row(
    request: WorkRequest, row: SigningAuthorization, heads: bool, has_deputies: bool, today: dt.date
) -> dict[str, Any]:
    me = request.actor.mandate.pk
    names = limits.grantable_kinds()
    runs = row.revoked_at is None and row.until_on >= today
    mine = row.grantee_id == me and row.form == limits.Form.BY_ORDER and not row.passed_from_id
    words = limits.refusal(row, on=max(today, row.from_on)) if runs else ""
    return {
        "row": row,
        "chip": ("bad", _("Không còn hiệu lực"), "cross") if words else _chip(row, today),
        "words": words,
        "kinds": [names[code] for code in row.kind_codes],
        "cases": [link.case.code for link in row.case_links.all()],
        "may_revoke": runs and (heads or row.grantor_id == me),
        "may_pass": mine and has_deputies and not limits.refusal(row, on=today),
    }


def _chip(row: SigningAuthorization, today: dt.date) -> tuple[str, Any, str]:
    if row.revoked_at is not None:
        return ("bad", _("Đã thu hồi"), "cross")
    if row.until_on < today:
        return ("", _("Đã hết hạn"), "tick")
    if row.from_on > today:
        return ("info", _("Chưa đến ngày"), "ring")
    return ("ok", _("Đang hiệu lực"), "tick")


@work_page
def grant(request: WorkRequest) -> HttpResponse:
    """Let a colleague sign: by order or by sub-authorization, which papers, from when until when."""
    actor = request.actor
    policy.require(actor, "authorize_signing", actor.organization)
    granting.require_head(actor)
    posted = request.method == "POST"
    cases = Case.objects.filter(lead=actor.organization, ended_at__isnull=True).order_by("-pk")[:200]
    form = AuthorizationForm(request.POST if posted else None, request.FILES if posted else None, cases=cases)
    request.known = known_in(form)
    form.offer("grantee", granting.possible_grantees(actor, timezone.localdate()))
    if posted and _granted(request, form):
        messages.success(request, _("Đã giao ký. Người được giao thấy văn bản chờ ký trong “Chưa ai nhận”."))
        return redirect(here(LIST))
    context = {"form": form, "basis": limits.BASIS.label, "key": form_key(request)}
    return render(request, "web/authorization_new.html", context, status=form.status if form.errors else 200)


def _granted(request: WorkRequest, form: AuthorizationForm) -> bool:
    """Keep what the form says; False puts what was refused beside its field."""
    at = timezone.now()
    form.full_clean()
    form.take_file(by=request.actor.mandate, at=at)
    if form.errors:
        return False
    said = form.cleaned_data
    try:
        signing.grant(
            actor=request.actor,
            case=form.cases.get(said["case"]),
            form=said["form"],
            grantee=form.person("grantee"),
            kinds=said["kinds"],
            from_on=said["from_on"],
            until_on=said["until_on"],
            working_rules=said["working_rules"],
            decision_number=said["decision_number"],
            decision_on=said["decision_on"],
            file=form.kept[0] if form.kept else None,
            key=form_key(request),
            at=at,
        )
    except InvalidInput as error:
        form.refuse(error)
        return False
    except AlreadySent as error:
        form.status = sent_before(request, error, form.say)
        return False
    return True


@work_page
def pass_on(request: WorkRequest, public_id: str) -> HttpResponse:
    """Let one's deputy sign what one signs by order; TUQ. goes no further."""
    row = _find(request, public_id)
    policy.require(request.actor, "pass_on", row)
    today = timezone.localdate()
    if words := limits.refusal(row, on=today):
        raise NotAllowed(words, limits.BASIS)
    days = {"from_on": max(today, row.from_on), "until_on": row.until_on}
    form = PassOnForm(request.POST or None, initial=days)
    request.known = known_in(form)
    form.offer("grantee", granting.possible_deputies(row.grantee, today))
    if request.method == "POST" and form.is_valid():
        try:
            signing.pass_on(
                row=row,
                actor=request.actor,
                deputy=form.person("grantee"),
                from_on=form.cleaned_data["from_on"],
                until_on=form.cleaned_data["until_on"],
                key=form_key(request),
                at=timezone.now(),
            )
        except InvalidInput as error:
            form.refuse(error)
        except AlreadySent as error:
            form.status = sent_before(request, error, form.say)
        else:
            messages.success(request, _("Đã giao lại cho cấp phó ký thay."))
            return redirect(here(LIST))
    heading, button = _("Giao lại cho cấp phó ký thay (KT.)"), _("Giao lại quyền ký này")
    return _short(request, form, heading, button, row, key=form_key(request))


@work_page
def revoke(request: WorkRequest, public_id: str) -> HttpResponse:
    """End leave to sign at once, with a reason; the row stays as the record."""
    row = _find(request, public_id)
    policy.require(request.actor, "revoke", row)
    granting.require_running(row, timezone.localdate())
    form = RevokeForm(request.POST or None)
    request.known = known_in(form)
    if request.method == "POST" and form.is_valid():
        granting.revoke(row=row, actor=request.actor, reason=form.cleaned_data["reason"], at=timezone.now())
        if limits.in_force(row.grantee, timezone.localdate()).exists():
            words = _("Đã thu hồi lần giao này. Người đó còn ký được theo lần giao khác trong danh sách này.")
            messages.warning(request, words)
        else:
            messages.success(request, _("Đã thu hồi. Từ lúc này người đó không ký được nữa."))
        return redirect(here(LIST))
    return _short(request, form, _("Thu hồi quyền ký"), _("Thu hồi quyền ký này"), row)


def _short(
    request: WorkRequest, form: Any, heading: Any, button: Any, row: SigningAuthorization, key: str = ""
) -> HttpResponse:
    context = {"form": form, "heading": heading, "button": button, "row": row, "key": key}
    return render(request, "web/authorization_act.html", context, status=form.status if form.errors else 200)
