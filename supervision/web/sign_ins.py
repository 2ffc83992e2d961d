"""Guessing passwords: counted where it comes from, so that it shuts out whoever guesses and nobody else.

A browser in which an account has signed in before carries a cookie that says so, and has a count of its own
("device cookies", OWASP). Everybody else shares the account's count: strangers cannot lock an official out
of the own desk. One address may fail so often over all accounts together.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from supervision.audit import services as audit
from supervision.client import address_of
from supervision.errors import TooMany
from supervision.language.folding import seen
from supervision.limits import services as limits
from supervision.organizations.actors import Person
from supervision.organizations.models import User

_SALT = "supervision.web.sign_ins"
#: A desk that several people share remembers so many of them: as many as a cookie of 4 KB holds.
_ACCOUNTS = 40


def require_room(request: HttpRequest, username: str, *, at: dt.datetime) -> None:
    """Take one from the shares of that account and place; raise TooMany when no more passwords are read.

    It is taken before the password is read, or tries at once would all find room; `give_back` ends that.
    """
    taken: list[tuple[str, str]] = []
    request.tries_taken = at, taken  # type: ignore[attr-defined]
    try:
        for kind, key in _counts(request, username):
            limits.take(kind, key, at=at)
            taken.append((kind, key))
    except TooMany:
        give_back(request)
        raise


def give_back(request: HttpRequest) -> None:
    """Give back what this request took, and no more: the password was right, or was not read."""
    at, taken = getattr(request, "tries_taken", (None, []))
    while taken:
        limits.give_back(*taken.pop(), at=at)


def record_failure(request: HttpRequest, username: str, *, at: dt.datetime) -> None:
    """Write a wrong password down where the account exists; it was counted before it was read."""
    if user := _account(username):
        audit.record(action="signin.failed", actor=None, obj=user, at=at)


def record_success(request: HttpRequest, user: User, *, at: dt.datetime) -> None:
    """Write down that somebody signed in, and whether in a browser that had been there before."""
    data = {"browser": browser_of(request, user)}
    audit.record(action="signin.done", actor=Person(user), obj=user, at=at, data=data)


def browser_of(request: HttpRequest, user: User) -> str:
    """Return whether the account has signed in before in this browser: "known" or "new"."""
    return "new" if _mark(request, user) is None else "known"


def record_end(user: User, *, at: dt.datetime) -> None:
    """Write down that somebody signed out."""
    audit.record(action="signin.ended", actor=Person(user), obj=user, at=at)


def remember(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Give the browser the mark that this account signed in there.

    It outlives changes of the password by its owner, in whichever browser, and none by anybody else.
    """
    own = [user.pk, _mark(request, user) or secrets.token_urlsafe(16), user.known_by]
    others = [one for one in _remembered(request) if one[0] != user.pk]
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE,
        signing.dumps([own, *others][:_ACCOUNTS], salt=_SALT),
        max_age=settings.KNOWN_BROWSER_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _counts(request: HttpRequest, username: str) -> list[tuple[str, str]]:
    """Return which counts a try falls under: kind of limit and whose."""
    user = _account(username)
    if user is not None and (mark := _mark(request, user)):
        return [("signin_known", mark)]
    account = f"account {user.pk}" if user else f"name {seen(username).casefold()[:150]}"
    return [("signin", account), ("signin_address", address_of(request))]


def _account(username: str) -> User | None:
    return User.objects.filter(username=username).first()


def _mark(request: HttpRequest, user: User) -> str | None:
    for pk, mark, line in _remembered(request):
        if pk == user.pk and line == user.known_by:
            return str(mark)
    return None


def _remembered(request: HttpRequest) -> list[Any]:
    cookie = request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE, "")
    try:
        found: list[Any] = signing.loads(cookie, salt=_SALT, max_age=settings.KNOWN_BROWSER_SECONDS)
    except signing.BadSignature:
        return []
    return found
