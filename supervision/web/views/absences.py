"""Who is away, until when, and who does their work: the list, recording an absence, coming back."""

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
from supervision.errors import InvalidInput, NotAllowed
from supervision.organizations.models import Substitution
from supervision.organizations.substitutions import (
    STANDS_IN,
    end_absence,
    possible_substitutes,
)
from supervision.page import known_in
from supervision.web.acting import WorkRequest, work_page
from supervision.web.actingforms import AbsenceForm
from supervision.web.templatetags.gs import here
from supervision.web.views.inbox import colleagues_of
from workflows.inbox import substitutes

PAGE = 25


@work_page
def absences(request: WorkRequest) -> HttpResponse:
    """List the absences of the organization, newest first, and record one: one's own, or as its head."""
    actor, today = request.actor, timezone.localdate()
    heads = policy.can(actor, "record_absences", actor.organization)
    form = _form(request, heads) if heads or actor.duty in STANDS_IN else None
    if request.method == "POST" and form is not None and form.is_valid() and _record(request, form):
        messages.success(request, _("Đã ghi vắng mặt. Người làm thay thấy việc từ ngày bắt đầu."))
        return redirect(here("/vang-mat/"))
    rows = Substitution.objects.filter(absent__organization=actor.organization).select_related(
        "absent__user", "substitute__user"
    )
    page = Paginator(rows.order_by("-until_on", "-pk"), PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "rows": [
            {"row": row, "chip": _chip(row, today), "may_end": _may_end(request, row, heads, today)}
            for row in page.object_list
        ],
        "form": form,
        "heads": heads,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "web/absences.html", context, status=status)


def _form(request: WorkRequest, heads: bool) -> AbsenceForm:
    actor = request.actor
    form = AbsenceForm(request.POST if request.method == "POST" else None)
    request.known = known_in(form)
    if heads:
        people = [one for one in colleagues_of(actor) if one.duty in STANDS_IN]
        form.offer("absent", people)
        form.offer("substitute", people)
        form.initial["absent"] = actor.mandate.public_id
    else:
        del form.fields["absent"]
        form.offer("substitute", possible_substitutes(actor.mandate, timezone.localdate()))
    return form


def _record(request: WorkRequest, form: AbsenceForm) -> bool:
    """Record what the form says; False puts what was refused beside its field."""
    actor = request.actor
    try:
        substitutes.record_absence(
            absent=form.person("absent") if "absent" in form.fields else actor.mandate,
            substitute=form.person("substitute"),
            from_on=form.cleaned_data["from_on"],
            until_on=form.cleaned_data["until_on"],
            reason=form.cleaned_data["reason"],
            by=actor,
            at=timezone.now(),
        )
    except InvalidInput as error:
        form.refuse(error)
        return False
    return True


def _chip(row: Substitution, today: Any) -> tuple[str, Any, str]:
    if row.ended_at is not None:
        return ("", _("Đã kết thúc sớm"), "tick")
    if row.until_on < today:
        return ("", _("Đã qua"), "tick")
    if row.from_on > today:
        return ("info", _("Sắp tới"), "ring")
    return ("soon", _("Đang vắng"), "ring")


def _may_end(request: WorkRequest, row: Substitution, heads: bool, today: Any) -> bool:
    runs = row.ended_at is None and row.until_on >= today
    return runs and (heads or row.absent_id == request.actor.mandate.pk)


@require_POST
@work_page
def end(request: WorkRequest, public_id: str) -> HttpResponse:
    """End an absence: the person is back, or does not go."""
    rows = Substitution.objects.select_related("absent__user", "absent__organization", "substitute__user")
    row = rows.filter(public_id=public_id, absent__organization=request.actor.organization).first()
    if row is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    heads = policy.can(request.actor, "record_absences", request.actor.organization)
    if not heads and row.absent_id != request.actor.mandate.pk:
        raise NotAllowed(_("Chỉ người vắng hoặc người đứng đầu kết thúc được việc vắng mặt."))
    end_absence(row=row, by=request.actor, at=timezone.now())
    messages.success(request, _("Đã kết thúc vắng mặt."))
    return redirect(here("/vang-mat/"))
