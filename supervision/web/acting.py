"""In which capacity the signed-in person acts: chosen for the session, checked on every request."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.access.policy import Hidden
from supervision.audit.refusals import told_as_moved_on
from supervision.errors import AlreadyDone, Busy, DomainError, NotAllowed, WrongState
from supervision.organizations.actors import Actor
from supervision.organizations.models import Mandate, User
from supervision.organizations.services import capacities
from supervision.page import Known, came_from, typed
from supervision.web.recording import record_download
from supervision.web.templatetags.gs import here

SESSION_KEY = "mandate"


class WorkRequest(HttpRequest):
    """A request of the workspace: someone signed in, in one capacity; `known` reads the form it posts."""

    actor: Actor
    known: Known


def choose(request: HttpRequest, mandate: Mandate) -> None:
    """Act under `mandate` for the rest of the session."""
    request.session[SESSION_KEY] = mandate.public_id


def current_actor(request: HttpRequest) -> Actor | None:
    """Return the actor of the session, None when a capacity must be chosen first.

    Someone with a single capacity in force need not choose. Whoever chose one that has lapsed
    chooses again: nobody is moved to another of their capacities without saying so.
    """
    user = cast(User, request.user)
    held = capacities(user, timezone.localdate())
    wanted = request.session.get(SESSION_KEY)
    found = next((mandate for mandate in held if mandate.public_id == wanted), None)
    if found is None and len(held) == 1 and not wanted:
        found = held[0]
    if found is None:
        return None
    if found.public_id != wanted:
        choose(request, found)
    return Actor(user=user, mandate=found)


def work_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Open a page of the workspace: sign in first, choose a capacity first, refuse in plain words.

    Foreign and missing objects answer the same 404; an own object without the right 403; a
    step that another has just finished 409; a case or a row that moved on 409.
    """

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor = current_actor(request) if request.user.is_authenticated else None
        if actor is None:
            return _nobody(request)
        request.actor = actor  # type: ignore[attr-defined]
        try:
            with told_as_moved_on():
                response = view(request, *args, **kwargs)
        except (Hidden, NotAllowed) as error:
            return refused(request, 404) if isinstance(error, Hidden) else refused(request, 403, error)
        except (AlreadyDone, WrongState) as error:
            return refused(request, 409, error)
        except Busy:
            raise  # answered by `web.budget`, for every page alike
        except DomainError as error:
            return refused(request, 422, error)
        record_download(request, actor, response)
        return response

    guarded.work_page = True  # type: ignore[attr-defined]
    return guarded


def _nobody(request: HttpRequest) -> HttpResponse:
    """Send to the sign-in page or the choice of a capacity; what was posted is shown, not lost."""
    signed_in = request.user.is_authenticated
    address = here("/tu-cach/" if signed_in else "/dang-nhap/")
    if request.method != "POST":
        return redirect(f"{address}?next={quote(request.get_full_path())}")
    if signed_in:
        return refused(request, 403, NotAllowed(_("Tư cách bạn đang dùng không còn hiệu lực.")))
    return refused(request, 403, NotAllowed(_("Phiên làm việc đã hết. Hãy đăng nhập lại rồi làm tiếp.")))


def refused(request: HttpRequest, status: int, error: DomainError | None = None) -> HttpResponse:
    """Answer with a plain page: what happened, why, and the way back."""
    headings = {
        403: _("Bạn không làm được việc này"),
        404: _("Không tìm thấy trang này"),
        409: _("Việc này đã thay đổi"),
        422: _("Chưa làm được"),
    }
    context = {"heading": headings[status], "message": error.message if error else "", "basis": None}
    context["typed"] = typed(request, getattr(request, "known", None))
    context["back"] = came_from(request)
    if error is not None and error.basis is not None:
        context["basis"] = error.basis.label
    return render(request, "web/refused.html", context, status=status)
