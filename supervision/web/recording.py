"""What people met or took out, as events: refusals of whoever is signed in, files; strangers are counted."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user
from django.db import DatabaseError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from supervision.audit import services as audit
from supervision.client import UNKNOWN, address_of
from supervision.errors import TooMany
from supervision.language.folding import seen
from supervision.limits import services as limits
from supervision.organizations.actors import Actor, Person

logger = logging.getLogger(__name__)

#: Answers that tell somebody no, or not now.
_REFUSALS = (400, 403, 404, 405, 413, 429, 503)
_BUSY = 503  # says nothing of who asked
#: Added for senders whose address nobody could read: they share one budget.
ADDRESS_UNREAD = " unread"
#: Added for those who are signed in, where no more of theirs are written down each.
SIGNED_IN = " signed in"
_LONGEST = 200  # characters of an address


class Refusals:
    """Write down what whoever is signed in is refused, whatever answers; count what strangers are.

    Stands above all that refuses: a page, the check of a form's token, an address that is none or cannot be
    read. Of one person so many are events in a quarter of an hour and in a day (settings.LIMITS, "refusal");
    at addresses where no page is, fewer, on a count of their own, so that noise hides nothing. The others
    are counted, and that there were more is an event once a day. `manage.py doctor` says the counts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in _REFUSALS:
            self._note(request, response.status_code)
        return response

    @staticmethod
    def _note(request: HttpRequest, status: int) -> None:
        try:
            who = None if status == _BUSY else _who(request)
            if who is not None:
                _record_refusal(request, who, status)
                return
        except DatabaseError:  # the answer is given whatever is wrong with the database
            logger.exception("a refusal could not be written down")
        unread = ADDRESS_UNREAD if address_of(request) == UNKNOWN else ""
        limits.tally(f"refused {status}{unread}", at=timezone.now())


def _who(request: HttpRequest) -> Actor | Person | None:
    """Return who is signed in: in the capacity in which a page was asked for, else in none."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is not None or not hasattr(request, "session"):
        return actor
    user: Any = getattr(request, "user", None) or get_user(request)
    return Person(user) if user.is_authenticated else None


def _record_refusal(request: HttpRequest, who: Actor | Person, status: int) -> None:
    at, share = timezone.now(), f"user {who.user.pk}"
    is_nowhere = status == 404 and request.resolver_match is None
    about = {"status": status, "address": seen(request.path)[:_LONGEST], "method": str(request.method)[:20]}
    action, obj = "access.refused", who.mandate or who.user
    try:
        for kind in ("refusal_nowhere",) if is_nowhere else ("refusal", "refusal_day"):
            limits.take(kind, share, at=at)
    except TooMany:
        limits.tally(f"refused {status}{SIGNED_IN}", at=at)
        action = "access.refused_more"
        try:
            limits.take("refusal_more", share, at=at)
        except TooMany:
            return
    audit.record(action=action, actor=who, obj=obj, at=at, data=about)


def record_download(request: HttpRequest, actor: Actor, response: HttpResponseBase) -> None:
    """Write down that somebody took a file out: whatever leaves as an attachment, from any page."""
    if response.status_code != 200 or not response.has_header("Content-Disposition"):
        return
    what: Model = getattr(response, "file", None) or actor.mandate
    data = {"address": request.path[:_LONGEST], "as": response["Content-Disposition"][:_LONGEST]}
    audit.record(action="file.taken", actor=actor, obj=what, at=timezone.now(), data=data)


def refusals_today() -> dict[str, Any]:
    """Return how often each refusal was answered without an event since midnight in Vietnam."""
    found = limits.tallies(at=timezone.now())
    return {kind.removeprefix("refused "): count for kind, count in sorted(found.items())}
