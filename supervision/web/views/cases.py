"""Cases: the list, opening one, the case page, and the acts outside a task."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.access import policy
from supervision.audit.services import timeline as events_of
from supervision.casefiles.models import Case
from supervision.errors import AlreadySent, InvalidInput
from supervision.language.folding import fold, upper_first
from supervision.law.fields import FIELDS
from supervision.law.forms.annual_plan import SPEC as PLAN
from supervision.law.registry import specs
from supervision.law.specs import FormSpec
from supervision.law.text import T
from supervision.web import timeline
from supervision.web.acting import WorkRequest, work_page
from supervision.web.formkeys import form_key, sent_before
from supervision.web.overview import overview
from supervision.web.planned import opening_of, planned_item, why_not_from
from supervision.web.retyping import known_of
from supervision.web.stepforms import Draft
from supervision.web.templatetags.gs import here
from workflows.acts import act as acting

PAGE = 25
EVENTS = 12
#: What a case that a board carries out has of its own, asked for with the case.
BOARD = tuple(
    f"board_supervision__{name}"
    for name in ("board__organization", "settler", "notice_deadline", "reply_deadline")
)


def find_case(request: WorkRequest, public_id: str, *, rights: tuple[str, ...] = ()) -> Case:
    """Return the case if the actor may see it; Hidden otherwise.

    For each of `rights` it says in `may_<right>` whether the actor has it, in the same query.
    """
    actor, this = request.actor, Case.objects.filter(pk=OuterRef("pk"))
    cases = Case.objects.select_related(
        "lead__superior",
        "opened_by__user",
        "delegation__head__user",
        "delegation__secretary__user",
        "annual_plan",
        "planned__item__plan",
        "people_dialogue__deadline",
        *BOARD,
    )
    cases = cases.annotate(**{f"may_{right}": Exists(policy.visible(actor, this, right)) for right in rights})
    found = policy.visible(actor, cases).filter(public_id=public_id).first()
    if found is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    return found


@work_page
def case_list(request: WorkRequest) -> HttpResponse:
    """List the cases that the actor may see, newest first, by state and by words."""
    visible = policy.visible(request.actor, Case.objects.all())
    words = request.GET.get("q", "").strip()
    if words:
        for word in fold(words).split():
            visible = visible.filter(search_text__contains=word)
    counts = visible.aggregate(
        all=Count("pk"), **{state: Count("pk", filter=Q(state=state)) for state in Case.State.values}
    )
    state = request.GET.get("tinh-trang", "")
    cases = visible.filter(state=state) if state in Case.State.values else visible
    page = Paginator(cases.select_related("lead").order_by("-opened_at", "-pk"), PAGE).get_page(
        request.GET.get("trang")
    )
    context = {
        "page": page,
        "rows": [{"case": case, "stage": _stage_words(case)} for case in page.object_list],
        "q": words,
        "state": state,
        "pills": _pills(counts, state, words),
        "may_open": policy.can(request.actor, "open_case", request.actor.organization),
    }
    return render(request, "web/case_list.html", context)


def _pills(counts: dict[str, int], current: str, words: str) -> list[dict[str, Any]]:
    query = f"&q={words}" if words else ""
    pills = [
        {
            "address": f"?tinh-trang={query}",
            "words": _("Tất cả"),
            "count": counts["all"],
            "current": not current,
        }
    ]
    for state in Case.State:
        pills.append(
            {
                "address": f"?tinh-trang={state.value}{query}",
                "words": upper_first(str(state.label)),
                "count": counts[state.value],
                "current": state == current,
            }
        )
    return pills


def _stage_words(case: Case) -> T:
    stages = specs()[case.form].stages
    title = stages[case.stage - 1].title
    return T(
        f"Bước {case.stage} trên {len(stages)}: {title.vi}",
        f"Step {case.stage} of {len(stages)}: {title.en}",
    )


def _choose(request: WorkRequest, forms: dict[str, FormSpec]) -> HttpResponse:
    """Offer the forms in the law's order, and the annual plan apart: it is no supervision of its own."""
    plan = forms.pop(PLAN.slug, None)  # a board has none
    context = {"forms": list(forms.values()), "plan": plan, "item": planned_item(request)}
    return render(request, "web/case_choose.html", context)


@work_page
def open_page(request: WorkRequest) -> HttpResponse:
    """Choose a form, then open a case of it."""
    policy.require(request.actor, "open_case", request.actor.organization)
    forms = {spec.slug: spec for spec in acting.forms_of(request.actor)}
    spec, at = forms.get(request.GET.get("hinh-thuc", "")), timezone.now()
    if spec is None:
        return _choose(request, forms)
    posted, status = request.method == "POST", 422
    item = None if posted else planned_item(request)
    refusal = why_not_from(item, spec, request.actor, timezone.localdate(at)) if item else ""
    request.known = known_of(spec.opening, request.POST, None)
    draft = Draft(
        spec.opening,
        case=None,
        actor=request.actor,
        on=timezone.localdate(at),
        post=request.POST if posted else None,
        initial=opening_of(item) if item and not refusal else None,
        spec=spec,
    )
    if posted:
        sent: dict[str, Any] = {"data": draft.values(), "key": form_key(request)}
        try:
            case = acting.open_case(actor=request.actor, form=spec.slug, at=at, **sent)
        except InvalidInput as error:
            draft.add(error)
        except AlreadySent as error:
            status = sent_before(request, error, draft.errors.append)
        else:
            messages.success(request, _("Đã mở hồ sơ %(code)s.") % {"code": case.code})
            return redirect(here(f"/ho-so/{case.public_id}/"))
    context = {
        "draft": draft,
        "spec": spec,
        "planned": item,
        "refusal": refusal,
        "named": request.GET.get("muc", ""),
        "errors": (errors := draft.summary() if posted else []),
        "key": form_key(request),
    }
    return render(request, "web/case_open.html", context, status=status if errors else 200)


@work_page
def case_page(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show one case: the next act, the agencies and recommendations, what happened, the steps, the clocks."""
    rights = ("redact", "steer", "stop_waiting", "receive_opinion", "go_to_front", "urge_settlement")
    case: Any = find_case(request, public_id, rights=rights)
    view = overview(case, request.actor)
    group = request.GET.get("loai", "")
    events = events_of(case)
    if group in timeline.GROUPS:
        wanted = Q()
        for prefix in timeline.GROUPS[group]:
            wanted |= Q(action__startswith=prefix)
        events = events.filter(wanted)
    page = Paginator(events, EVENTS).get_page(request.GET.get("trang"))
    spec = specs()[case.form]
    names = {step.name: step.title for one in specs().values() for step in (*one.steps, *one.former)}
    context = {
        "case": case,
        "spec": spec,
        "view": view,
        "events": timeline.lines(list(page.object_list), names, spec.followed),
        "events_page": page,
        "group": group,
        "groups": _groups(group, spec),
        "may_redact": case.may_redact and case.ended_at is None,
        "may_steer": case.may_steer and case.ended_at is None,
        "may_stop_waiting": case.may_stop_waiting,
        "may_receive": case.may_receive_opinion and view.is_collecting,
        "may_go_to_front": case.may_go_to_front,
        "may_urge_settlement": case.may_urge_settlement,
        "field_words": FIELDS.get(case.field, T(case.field, case.field)),
        "clock": _clock(view),
    }
    return render(request, "web/case.html", context)


def _groups(current: str, spec: FormSpec) -> list[dict[str, Any]]:
    words = {
        "": _("Tất cả"),
        "van-ban": _("Văn bản"),
        "tra-loi": _("Trả lời"),
        "han": _("Hạn"),
        "giao-viec": _("Giao việc"),
    }
    if "collect" in spec.by_name:
        words["y-kien"] = _("Ý kiến")
    return [
        {"address": f"?loai={code}#dien", "words": text, "current": code == current}
        for code, text in words.items()
    ]


def _clock(view: Any) -> dict[str, Any] | None:
    """Return the nearest running clock of the case, with its working."""
    item = view.nearest
    if item is None or item.deadline is None:
        return None
    return {
        "state": view.state_of(item.deadline),
        "rows": view.explained(item),
        "title": view.title_of(item),
    }
