"""The page of an act outside a task: one form, checked and done, for all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from supervision.casefiles.models import Case
from supervision.errors import InvalidInput
from supervision.law.specs import Field, Widget
from supervision.law.text import T
from supervision.web.acting import WorkRequest
from supervision.web.retyping import known_of
from supervision.web.stepforms import Draft
from supervision.web.templatetags.gs import here
from workflows.acts import inputs

REASON = Field("reason", T("Lý do", "Reasons"))
TO_DAY = Field("to_on", T("Hạn mới", "New due date"), Widget.DATE)
LETTER = Field(
    "text",
    T("Nội dung công văn", "Text of the letter"),
    help=T(
        "Người ký sẽ đọc và ký; sau đó công văn mới được gửi.",
        "It is sent only after someone else has signed it.",
    ),
)


def act_form(
    request: WorkRequest,
    *,
    fields: tuple[Field, ...],
    case: Case | None = None,
    heading: Any,
    hint: Any,
    button: Any,
    back: str,
    do: Callable[[dict[str, Any]], object],
    done: Any,
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    """Draw, check and do one act outside a task; the same page for all of them."""
    posted = request.method == "POST"
    request.known = known_of(fields, request.POST, case)
    draft = Draft(
        fields,
        case=case,
        actor=request.actor,
        on=timezone.localdate(),
        post=request.POST if posted else None,
        files=request.FILES if posted else None,
        initial=initial,
    )
    if posted and _done(request, draft, do):
        messages.success(request, done)
        return redirect(back)
    errors = draft.summary() if posted else []
    context = {
        "case": case,
        "draft": draft,
        "heading": heading,
        "hint": hint,
        "button": button,
        "back": back,
        "errors": errors,
    }
    return render(request, "web/act_form.html", context, status=422 if errors else 200)


def _done(request: WorkRequest, draft: Draft, do: Callable[[dict[str, Any]], object]) -> bool:
    """Do the act with what was posted; False where that has mistakes, which the form then names."""
    draft.take_files(timezone.now())
    try:
        values = inputs.clean(
            draft.declared, draft.values(), case=draft.case, actor=request.actor, on=draft.on
        )
        if draft.parses() and not draft.refused_files:
            do(values)
            return True
    except InvalidInput as error:
        draft.add(error)
    return False


def case_address(case: Case) -> str:
    """Return the address of the case's page, in the language of this page."""
    return here(f"/ho-so/{case.public_id}/")
