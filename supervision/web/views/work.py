"""One piece of work: read, fill in, check, do, receipt; take it, give it back, assign it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.access import policy
from supervision.cases import selectors
from supervision.deadlines.explain import explain
from supervision.deadlines.states import state
from supervision.documents import services as documents
from supervision.errors import AlreadyDone, InvalidInput, WrongState
from supervision.law.registry import specs
from supervision.law.specs import Step, Widget
from supervision.organizations.substitutions import absence_of
from supervision.web import copies
from supervision.web.acting import WorkRequest, refused, work_page
from supervision.web.answers import answers
from supervision.web.briefs import basis_of, paper_of
from supervision.web.change_briefs import public_changes
from supervision.web.formkeys import form_key
from supervision.web.pieces import address_of, colleagues, go, item_of
from supervision.web.planbriefs import brief
from supervision.web.retyping import known_of
from supervision.web.rowpages import goes_over_pages
from supervision.web.starts import typed_before
from supervision.web.stepforms import Draft
from supervision.web.templatetags.gs import here, in_language
from workflows.acts import act as acting
from workflows.acts import confirming, out_of_date, working_copies
from workflows.inbox import substitutes, work_items
from workflows.models import Confirmation, WorkingCopy, WorkItem


def _may_act(request: WorkRequest, item: WorkItem) -> bool:
    return policy.can(request.actor, "act", item)


@work_page
def work(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show a piece of work, or take what was typed: save it, add a row, check it, do it."""
    item = item_of(request, public_id)
    step = work_items.step_of(item)
    request.known = known_of(step.fields, request.POST, item.case)
    if item.finished_at is not None:
        return _sent_before(request, item, step) or _finished(request, item)
    if request.method == "POST":
        policy.require(request.actor, "act", item)
        return _take(request, item, step)
    return _page(request, item, step, _draft(request, item, step) if _may_act(request, item) else None)


def _sent_before(request: WorkRequest, item: WorkItem, step: Step) -> HttpResponse | None:
    """Answer a form that is sent twice with its receipt; other content under its key is refused, and shown.

    Rows over pages were typed in a working copy that is gone: nobody can say whether they are the same.
    """
    own = item.acts.filter(key=form_key(request), mandate=request.actor.mandate)
    if request.method != "POST" or any(goes_over_pages(field) for field in step.fields) or not own.exists():
        return None
    draft = _draft(request, item, step, bound=True)
    draft.take_files(timezone.now())
    acting.done_under(form_key(request), actor=request.actor, item=item, data=draft.values())
    return go(item, "bien-nhan/")


def _finished(request: WorkRequest, item: WorkItem) -> HttpResponse:
    done = item.acts.order_by("-pk").first()
    if request.method != "POST" and done is not None:
        return go(item, "bien-nhan/")
    acting_error: AlreadyDone
    try:
        acting.still_open(item)
    except AlreadyDone as error:
        acting_error = error
    return refused(request, 409, acting_error)


def _draft(request: WorkRequest, item: WorkItem, step: Step, *, bound: bool = False) -> Draft:
    """Build the form: from the post, else the working copy, else what was entered before a return.

    Rows may go over pages: what was typed on the others is in the working copy.
    """
    needed = not bound or any(goes_over_pages(field) for field in step.fields)
    return Draft(
        step.fields,
        case=item.case,
        actor=request.actor,
        on=timezone.localdate(),
        post=request.POST if bound else None,
        files=request.FILES if bound else None,
        initial=typed_before(item, request.actor, request.GET.get("ban-nhap", "")) if needed else None,
        page=(request.POST.get("o-hang") or request.GET.get("hang", "1"))[:6],
    )


def _take(request: WorkRequest, item: WorkItem, step: Step) -> HttpResponse:
    at = timezone.now()
    draft = _draft(request, item, step, bound=True)
    draft.take_files(at)
    if request.POST.get("them") and not draft.next_page:
        return _page(request, item, step, draft)
    try:
        return _taken(request, item, step, draft, at)
    except (
        working_copies.OtherCopy
    ) as error:  # the form keeps all that was typed, the other copy stands below it
        draft.errors.append(error.message)
        return _page(request, item, step, draft, status=409, other=error.copy)


def _save(request: WorkRequest, item: WorkItem, values: dict[str, Any], at: Any) -> WorkingCopy:
    seen = request.POST.get("edition")
    return working_copies.save_working_copy(actor=request.actor, item=item, data=values, at=at, edition=seen)


def _taken(request: WorkRequest, item: WorkItem, step: Step, draft: Draft, at: Any) -> HttpResponse:
    values = draft.values()
    if "luu" in request.POST or "hang" in request.POST or draft.next_page:
        copy = _save(request, item, values, at)
        if draft.refused_files:
            return _page(request, item, step, draft, status=422, saved=copy)
        messages.success(request, _("Đã lưu nháp. Chưa gửi cho ai."))
        page = str(draft.next_page or request.POST.get("hang") or request.POST.get("o-hang", ""))
        return go(item, f"?hang={page}" if page.isdecimal() and len(page) < 6 else "")
    try:
        acting.check(actor=request.actor, item=item, data=values, at=at)
        _refuse_other_paper(request, item)
        password = values.pop("password", "") or ""
        if not draft.has_errors:
            return _check_or_do(request, item, step, values, at, password)
    except InvalidInput as error:
        draft.add(error)
    except WrongState as error:  # the case moved on: say so above the form, which keeps everything
        copy = _save(request, item, values, at)
        draft.errors.append(error.message)
        return _page(request, item, step, draft, status=409, saved=copy)
    return _page(request, item, step, draft, status=422)


def _refuse_other_paper(request: WorkRequest, item: WorkItem) -> None:
    """Raise WrongState when the paper is no longer the one that the page showed."""
    if request.POST.get("paper", mark := _paper_mark(request, item)) != mark:
        raise WrongState(_("Văn bản hoặc tư cách ký đã khác từ khi bạn mở trang này. Đọc lại rồi ký."))


def _paper_mark(request: WorkRequest, item: WorkItem) -> str:
    return confirming.paper_mark(item, actor=request.actor, at=timezone.now())


def _check_or_do(
    request: WorkRequest, item: WorkItem, step: Step, values: dict[str, Any], at: Any, password: str
) -> HttpResponse:
    if step.check_first:
        _save(request, item, values, at)
        return go(item, "kiem-tra/")
    seen = request.POST.get("edition")
    working_copies.keep_other_copy(actor=request.actor, item=item, data=values, edition=seen)
    confirmation = None
    if confirming.is_asked(step, values):
        acts = [(item, values)]
        confirmation = confirming.by_password(actor=request.actor, password=password, acts=acts, at=at)
    return _do(request, item, values, at, confirmation)


def _do(
    request: WorkRequest,
    item: WorkItem,
    values: dict[str, Any],
    at: Any,
    confirmation: Confirmation | None = None,
) -> HttpResponse:
    about: dict[str, Any] = {"actor": request.actor, "item": item, "data": values, "key": form_key(request)}
    acting.act(**about, at=at, confirmation=confirmation)
    return go(item, "bien-nhan/")


def _page(
    request: WorkRequest,
    item: WorkItem,
    step: Step,
    draft: Draft | None,
    status: int = 200,
    saved: WorkingCopy | None = None,
    other: WorkingCopy | None = None,
) -> HttpResponse:
    """Draw the work; `saved` is the copy that this request made, `other` the one it would have replaced."""
    today, spec, shown = timezone.localdate(), specs()[item.form], paper_of(item)
    context = {
        "item": item,
        "step": step,
        "spec": spec,
        "basis": basis_of(item, step),
        "draft": draft,
        "errors": draft.summary() if draft and draft.has_errors and status != 200 else [],
        "key": form_key(request),
        "paper_mark": _paper_mark(request, item) if draft else "",
        "state": state(item.deadline, today) if item.deadline else None,
        "explain": explain(item.deadline) if item.deadline else [],
        **_read_first(request, item),
        "in_place_of": substitutes.acting(request.actor, item, today).acting_for if draft else None,
        "is_away": not draft and absence_of(request.actor.mandate, today) is not None,
        "why_not": "" if draft else substitutes.why_not(request.actor, item, today),
        "may_take": item.mandate_id is None and f"|{request.actor.duty}|" in item.duties,
        "signing_as": substitutes.signing_as(request.actor, item, step, today) if draft else [],
        **(copies.shown(request, item, step, saved, other) if draft else {}),
        "may_redact": any(field.name == "checked" for field in step.fields)
        and policy.can(request.actor, "redact", item.case),
        "may_see_case": policy.can(request.actor, "view", item.case),
        "shown": shown,
        "paper": documents.article_html(shown) if shown else "",
        "may_assign": policy.can(request.actor, "assign", item),
        "colleagues": colleagues(item) if policy.can(request.actor, "assign", item) else [],
        "crumbs": [(here("/viec-cua-toi/"), _("Việc của tôi"))],
        "multipart": any(field.widget is Widget.FILES for field in step.fields),
    }
    return render(request, "web/work.html", context, status=status)


def _read_first(request: WorkRequest, item: WorkItem) -> dict[str, Any]:
    """Return what is read before the work is done: what it is about, and what was changed of it in public."""
    changes = None if item.change_id else public_changes(item.case)
    late = [] if item.finished_at else out_of_date.reasons(item, on=timezone.localdate())
    return {"brief": brief(item, request.actor), "changes": changes, "out_of_date": late}


@work_page
def check(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show everything once more before an act that cannot be undone; the button names the act."""
    item = item_of(request, public_id)
    step = work_items.step_of(item)
    if item.finished_at is not None:
        sent = item.acts.filter(key=form_key(request), mandate=request.actor.mandate)
        return go(item, "bien-nhan/") if sent.exists() else _finished(request, item)  # it types nothing
    policy.require(request.actor, "act", item)
    copy = copies.own_copy(item, request.actor)
    if copy is None or not step.check_first:  # only what is checked first is done from here
        return go(item)
    at = timezone.now()
    if request.method == "POST":
        if request.POST.get("edition", copy.edition) != copy.edition:  # saved anew in another window
            messages.error(request, _("Bản nháp đã được lưu lại sau khi bạn mở trang này. Xem lại rồi gửi."))
            return go(item, "kiem-tra/")
        try:
            return _do(request, item, dict(copy.data), at)
        except InvalidInput as error:
            draft = _draft(request, item, step)
            draft.add(error)
            return _page(request, item, step, draft, status=422)
    context = {
        "item": item,
        "step": step,
        "rows": answers(step, copy.data, case=item.case, address=address_of(item)),
        "button": step.decided(copy.data) or step.button,
        **_read_first(request, item),
        "key": form_key(request),
        "edition": copy.edition,
        "state": state(item.deadline, timezone.localdate()) if item.deadline else None,
    }
    return render(request, "web/check.html", context)


@work_page
def receipt(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show what was done: number, time, files with their hashes, what happens next."""
    item = item_of(request, public_id)
    done = item.acts.select_related("mandate__user").order_by("-pk").first()
    if done is None:
        return go(item)
    step = work_items.step_of(item)
    following = [
        {
            "title": specs()[one["form"]].step(one["step"]).title,
            "organization": one["organization"],
        }
        for one in done.receipt.get("next", [])
        # a letter in the making is the affair of those who write it
        if one["form"] == item.form or one["organization"] == request.actor.organization.short_name
    ]
    context = {
        "item": item,
        "step": step,
        "heading": _("Đã xong: %(title)s") % {"title": in_language(step.title)},
        "decided": step.decided(done.data),
        "done": done,
        "files": done.receipt.get("files", []),
        "following": following,
        "may_redact": any(field.name == "checked" for field in step.fields)
        and policy.can(request.actor, "redact", item.case),
        "may_see_case": policy.can(request.actor, "view", item.case),
        "document": item.document,
        "publication": selectors.publication_of(item.case) if item.step == "publish" else None,
    }
    return render(request, "web/receipt.html", context)
