"""The inbox: my work by deadline, what nobody has taken, what I assigned, what I finished."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from supervision.access.matrix import ROWS
from supervision.access.rights import WORKERS
from supervision.deadlines import states
from supervision.drafts.taking import calls
from supervision.law.text import T
from supervision.organizations.actors import Actor
from supervision.organizations.models import Mandate
from supervision.web.acting import WorkRequest, work_page
from supervision.web.overview import LONG_TEXTS
from supervision.web.templatetags.gs import here
from workflows.inbox import substitutes, work_items
from workflows.inbox.work_items import step_of
from workflows.models import UNSIGNED, WorkingCopy, WorkItem

TABS: dict[str, Any] = {
    "cua-toi": gettext_lazy("Của tôi"),
    "chua-nhan": gettext_lazy("Chưa ai nhận"),
    "da-giao": gettext_lazy("Tôi đã giao"),
    "don-vi": gettext_lazy("Của đơn vị"),
    "da-xong": gettext_lazy("Đã xong"),
}
#: Who may assign and remind sees all open work of the organization.
HEADS = frozenset(
    duty
    for row in ROWS
    if (row.kind, row.action) == ("supervision_workflows.workitem", "assign")
    for duty in row.duties
)
KINDS: dict[str, tuple[Any, states.Kind]] = {
    "qua-han": (gettext_lazy("Quá hạn"), "late"),
    "sap-den": (gettext_lazy("Sắp đến hạn"), "soon"),
    "dung-han": (gettext_lazy("Đúng hạn"), "ok"),
    "xin-gia-han": (gettext_lazy("Đã xin gia hạn"), "asked"),
    "gia-han": (gettext_lazy("Đã gia hạn"), "extended"),
    "tam-dung": (gettext_lazy("Tạm dừng"), "paused"),
}
PAGE = 25


def tab_q(actor: Actor, tab: str) -> Q:
    """Return the condition of a tab."""
    today = timezone.localdate()
    if tab == "cua-toi":
        return Q(finished_at__isnull=True) & substitutes.in_hand_q(actor, today)
    if tab == "chua-nhan":
        return Q(finished_at__isnull=True) & substitutes.on_offer_q(actor, today)
    if tab == "don-vi":
        return Q(finished_at__isnull=True) & work_items.led_q(actor, today)
    if tab == "da-giao":
        return Q(finished_at__isnull=True, assigned_by=actor.mandate) & ~Q(mandate=actor.mandate)
    return Q(finished_by=actor.mandate, outcome=WorkItem.Outcome.DONE)


def kind_q(kind: str) -> Q:
    """Return the condition of a deadline filter; the same reckoning that the chips show."""
    return states.where(KINDS[kind][1], timezone.localdate(), prefix="deadline__")


@work_page
def inbox_page(request: WorkRequest) -> HttpResponse:
    """Show one tab of the actor's work, most urgent first."""
    actor = request.actor
    offered = [tab for tab in TABS if tab != "don-vi" or actor.duty in HEADS]
    counts = WorkItem.objects.aggregate(
        **{tab.replace("-", "_"): Count("pk", filter=tab_q(actor, tab)) for tab in offered}
    )
    tab = request.GET.get("nhom", "")
    if tab not in offered:
        tab = "cua-toi" if counts["cua_toi"] or not counts["chua_nhan"] else "chua-nhan"
    items = WorkItem.objects.filter(tab_q(actor, tab))
    kinds = items.aggregate(
        all=Count("pk"),
        **{kind.replace("-", "_"): Count("pk", filter=kind_q(kind)) for kind in KINDS},
    )
    kind = request.GET.get("han", "")
    if kind in KINDS:
        items = items.filter(kind_q(kind))
    page = Paginator(_ordered(items, actor, tab), PAGE).get_page(request.GET.get("trang"))
    context = {
        "tabs": _tabs(counts, tab),
        "pills": _pills(kinds, tab, kind) if tab != "da-xong" else [],
        "page": page,
        "rows": rows(page.object_list, None if tab in ("don-vi", "da-giao") else actor),
        "tab": tab,
        "kind": kind if kind in KINDS else "",
        "colleagues": colleagues_of(actor) if tab == "don-vi" else [],
        "late": kinds["qua_han"],
        "soon": kinds["sap_den"],
        "total": kinds["all"],
        "asked": _asked(actor),
        "inbox_count": counts["cua_toi"] + counts["chua_nhan"],
    }
    return render(request, "web/inbox.html", context)


def _asked(actor: Actor) -> list[Any]:
    """Return the calls for contributions that wait for the actor's body, for those who do its work."""
    if actor.duty not in WORKERS:
        return []
    return list(calls.asked_now(actor.organization, timezone.localdate())[:PAGE])


def _ordered(items: QuerySet[WorkItem], actor: Actor, tab: str) -> QuerySet[WorkItem]:
    """Return the items of a tab, the most urgent first."""
    items = items.select_related(
        "case",
        "deadline",
        "inquiry__agency",
        "recommendation__addressee",
        "consultation__organization",
        "consultation__person__user",
        "document",
        "change__publication",
        "mandate__user",
        "acted_for__user",
    ).defer(*LONG_TEXTS)
    if tab == "da-xong":
        return items.order_by("-finished_at", "-pk")
    stands_still = Case(When(kind_q("tam-dung"), then=1), default=0)  # a clock that is paused can wait
    unsigned_first = Case(When(form=UNSIGNED, then=0), default=1)
    saved = WorkingCopy.objects.filter(item=OuterRef("pk"))
    if tab == "chua-nhan":
        items = items.annotate(absent_name=Subquery(substitutes.absent_names(actor, timezone.localdate())))
    return items.annotate(
        has_draft=Exists(saved.filter(mandate=actor.mandate)),
        has_colleagues_draft=Exists(saved.exclude(mandate=actor.mandate)),
    ).order_by(stands_still, unsigned_first, F("deadline__due_on").asc(nulls_last=True), "pk")


def colleagues_of(actor: Actor) -> list[Mandate]:
    """Return whom a head may give work to, by name; whether one fits an item is said for each item."""
    people = Mandate.objects.in_force(timezone.localdate()).filter(organization=actor.organization)
    return list(people.select_related("user", "organization").order_by("user__search_text", "pk"))


def rows(items: Any, actor: Actor | None = None) -> list[dict[str, Any]]:
    """Return what `components/work_row.html` draws for each item.

    To the `actor` who may do it, in whose place that is; to whoever oversees others' work, who holds it.
    """
    listed = list(items)
    with_clock = [item.deadline for item in listed if item.deadline_id]
    today = timezone.localdate()
    shown = dict(zip((clock.pk for clock in with_clock), states.states(with_clock, today), strict=True))
    found = [_row(item, shown.get(item.deadline_id)) for item in listed]
    for row in found:
        holder = row["item"].mandate
        row["in_place_of"] = _in_place_of(row["item"], actor) if actor else ""
        row["holder"] = "" if actor else holder.user.display_name if holder else _("Chưa ai nhận")
    return found


def _in_place_of(item: WorkItem, actor: Actor) -> str:
    """Return the colleague who is away and whose work this is, or was."""
    if item.finished_at is not None:
        return item.acted_for.user.display_name if item.acted_for else ""
    if item.mandate_id is not None:
        return item.mandate.user.display_name if item.mandate_id != actor.mandate.pk else ""
    own = f"|{actor.duty}|" in item.duties
    return "" if own else getattr(item, "absent_name", None) or ""


def _row(item: WorkItem, state: Any) -> dict[str, Any]:
    step = step_of(item)
    about, title = item.case.title, step.title
    why: Any = step.hint
    if item.inquiry:
        about = f"{about} · {item.inquiry.agency.short_name}"
    elif item.recommendation:
        about = f"{about} · {item.recommendation.addressee.short_name}"
        title = T(f"{title.vi}: {item.about.vi}", f"{title.en}: {item.about.en}")
    elif item.form == UNSIGNED:
        title = T(f"{title.vi}: {item.about.vi}", f"{title.en}: {item.about.vi}")
        why = item.document.trouble
    clock = item.deadline
    return {
        "item": item,
        "state": None if item.finished_at else state,
        "done_at": item.finished_at,
        "draft": _draft_note(item),
        "was": clock.first_due_on if clock and clock.first_due_on != clock.due_on else None,
        "title": title,
        "address": here(f"/viec-cua-toi/{item.public_id}/"),
        "code": item.case.code,
        "case_address": here(f"/ho-so/{item.case.public_id}/") if _is_lead_side(item) else "",
        "about": about,
        "why": why,
        "button": _("Xem lại") if item.finished_at else _("Mở việc"),
        "of": item.about or item.case.code,
        "alarm": _alarm(item),
    }


def _alarm(item: WorkItem) -> Any:
    """Say in red that a paper could not be signed; one that is to be signed elsewhere is no trouble."""
    if item.form != UNSIGNED or item.finished_at or item.document.is_handed_out:
        return ""
    return _("Chưa ký được")


def _draft_note(item: WorkItem) -> Any:
    """Say that something was typed and not sent; lists that do not ask say nothing."""
    if getattr(item, "has_draft", False):
        return _("Bạn có bản nháp chưa gửi")
    if getattr(item, "has_colleagues_draft", False):
        return _("Đồng nghiệp có bản nháp chưa gửi")
    return ""


def _is_lead_side(item: WorkItem) -> bool:
    """Whether the work is the chairing side's own, whose people may open the case.

    Whoever is asked for an opinion reads the text alone, also an expert of the same body.
    """
    return item.organization_id == item.case.lead_id and item.consultation_id is None


def _tabs(counts: dict[str, int], current: str) -> list[dict[str, Any]]:
    return [
        {
            "address": f"?nhom={tab}",
            "words": words,
            "count": counts[tab.replace("-", "_")],
            "current": tab == current,
        }
        for tab, words in TABS.items()
        if tab.replace("-", "_") in counts
    ]


def _pills(kinds: dict[str, int], tab: str, current: str) -> list[dict[str, Any]]:
    pills = [{"address": f"?nhom={tab}", "words": _("Tất cả"), "count": kinds["all"], "current": not current}]
    for kind, (words, _code) in KINDS.items():
        pills.append(
            {
                "address": f"?nhom={tab}&han={kind}",
                "words": words,
                "count": kinds[kind.replace("-", "_")],
                "current": kind == current,
            }
        )
    return pills
