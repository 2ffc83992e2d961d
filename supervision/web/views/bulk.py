"""Many pieces of work at once: tick, preview, confirm, and a page with a line for each."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.access import policy
from supervision.errors import AlreadySent, InvalidInput, NotAllowed
from supervision.law.text import T
from supervision.organizations.models import Mandate
from supervision.web.acting import WorkRequest, work_page
from supervision.web.formkeys import form_key, sent_before
from supervision.web.templatetags.gs import here
from supervision.web.views.inbox import HEADS, KINDS, colleagues_of, kind_q, tab_q
from workflows.acts import bulk
from workflows.models import BulkAct, WorkItem

#: What the buttons of the list send, and what it means.
ACTS = {"giao": BulkAct.Kind.ASSIGN, "nhac": BulkAct.Kind.REMIND}


@work_page
def bulk_page(request: WorkRequest) -> HttpResponse:
    """Show what would happen to each ticked piece of work, or do it once and go to the results."""
    if request.actor.duty not in HEADS:
        raise NotAllowed(_("Chỉ lãnh đạo giao, nhắc nhiều việc một lúc."))
    sent = request.POST if request.method == "POST" else request.GET
    chosen_act = ACTS.get(sent.get("lam", ""))
    kind = chosen_act or BulkAct.Kind.REMIND  # what is only looked at
    people = colleagues_of(request.actor)
    looks = "xem" in sent  # at what it would be with another person, with all that was typed
    wanted = sent.get("nguoi-khac" if looks else "nguoi")
    to = next((one for one in people if one.public_id == wanted), None)
    chosen, errors, status = _chosen(request, sent), [], 422
    if request.method == "POST" and not looks:
        try:
            if chosen_act is None:
                raise InvalidInput({"lam": [_("Chọn giao hay nhắc các việc này.")]})
            return _do(request, sent, kind, chosen, to)
        except InvalidInput as error:
            errors = [message for said in error.errors.values() for message in said]
        except AlreadySent as error:
            status = sent_before(request, error, errors.append)
    return _preview(request, sent, kind, chosen, to, people, errors, status)


def _chosen(request: WorkRequest, sent: Any) -> list[str]:
    """Return the ticked ones, or the most urgent of all in the list when that was ticked instead."""
    if request.method == "GET" and sent.get("tat-ca"):
        items = WorkItem.objects.filter(tab_q(request.actor, "don-vi"))
        if sent.get("han") in KINDS:
            items = items.filter(kind_q(sent["han"]))
        urgent = items.order_by(F("deadline__due_on").asc(nulls_last=True), "pk")
        return list(urgent.values_list("public_id", flat=True)[: bulk.MOST])
    return list(dict.fromkeys(sent.getlist("viec")))


def _do(
    request: WorkRequest, sent: Any, kind: BulkAct.Kind, chosen: list[str], to: Mandate | None
) -> HttpResponse:
    done = bulk.act(
        actor=request.actor,
        kind=kind,
        chosen=chosen,
        to=to,
        reason=sent.get("reason", "").strip(),
        key=form_key(request),
        at=timezone.now(),
    )
    return redirect(here(f"/viec-cua-toi/nhieu-viec/{done.public_id}/"))


def _preview(
    request: WorkRequest,
    sent: Any,
    kind: BulkAct.Kind,
    chosen: list[str],
    to: Mandate | None,
    people: list[Mandate],
    errors: list[Any],
    status: int,
) -> HttpResponse:
    lines: list[bulk.Line] = []
    try:
        lines = bulk.preview(actor=request.actor, kind=kind, chosen=chosen, to=to, on=timezone.localdate())
        if not lines and not errors:
            errors = [_("Chưa chọn việc nào. Quay lại danh sách và đánh dấu việc.")]
    except InvalidInput as error:
        errors = [message for said in error.errors.values() for message in said]
    context = {
        "lines": lines,
        "able": sum(1 for line in lines if not line.refusal),
        "assigning": kind == BulkAct.Kind.ASSIGN,
        "act": next(code for code, meant in ACTS.items() if meant == kind),
        "to": to,
        "people": people,
        "reason": sent.get("reason", ""),
        "key": form_key(request),
        "errors": errors,
        "back": here("/viec-cua-toi/?nhom=don-vi"),
    }
    return render(request, "web/bulk.html", context, status=status if errors else 200)


@work_page
def bulk_results(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show what became of each piece of work: done, or refused and why."""
    rows = BulkAct.objects.select_related("to__user").filter(mandate=request.actor.mandate)
    done = rows.filter(public_id=public_id).first()
    if done is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    results = [{**one, "title": T(one["vi"], one["en"])} for one in done.results]
    context = {
        "done": done,
        "results": results,
        "count": sum(1 for one in results if one["outcome"] == "done"),
        "assigning": done.kind == BulkAct.Kind.ASSIGN,
    }
    return render(request, "web/bulk_results.html", context)
