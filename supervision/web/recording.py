"""What people met or took on pages of the workspace, as events: refusals and files; strangers are counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from supervision.audit import services as audit
from supervision.client import UNKNOWN, address_of
from supervision.errors import TooMany
from supervision.limits import services as limits
from supervision.organizations.actors import Actor, Person

#: Answers that tell a stranger no, or not now.
_REFUSALS = (400, 403, 404, 405, 413, 429, 503)
#: Added for senders whose address nobody could read: they share one budget.
ADDRESS_UNREAD = " unread"
_LONGEST = 200  # characters of an address


def record_refusal(request: HttpRequest, actor: Actor | Person, status: int) -> None:
    """Write down what somebody was refused; after sixty in a quarter of an hour they are only counted."""
    at = timezone.now()
    try:
        limits.take("refusal", f"user {actor.user.pk}", at=at)
    except TooMany:
        limits.tally(f"refused {status}", at=at)
        return
    data = {"status": status, "address": request.path[:_LONGEST], "method": request.method}
    audit.record(action="access.refused", actor=actor, obj=actor.mandate or actor.user, at=at, data=data)


def record_download(request: HttpRequest, actor: Actor, response: HttpResponseBase) -> None:
    """Write down that somebody took a file out: whatever leaves as an attachment, from any page."""
    if response.status_code != 200 or not response.has_header("Content-Disposition"):
        return
    what: Model = getattr(response, "file", None) or actor.mandate
    data = {"address": request.path[:_LONGEST], "as": response["Content-Disposition"][:_LONGEST]}
    audit.record(action="file.taken", actor=actor, obj=what, at=timezone.now(), data=data)


class RefusalsCounted:
    """Count what strangers are refused, by status and day: `manage.py doctor` says how often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in _REFUSALS and getattr(request, "actor", None) is None:
            unread = ADDRESS_UNREAD if address_of(request) == UNKNOWN else ""
            limits.tally(f"refused {response.status_code}{unread}", at=timezone.now())
        return response


def refusals_today() -> dict[str, Any]:
    """Return how often each refusal was answered to strangers since midnight in Vietnam."""
    found = limits.tallies(at=timezone.now())
    return {kind.removeprefix("refused "): count for kind, count in sorted(found.items())}
