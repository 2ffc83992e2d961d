"""What holds for every request before a page is chosen: a readable address, and an actor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from supervision.language.folding import seen


class NoNul:
    """Refuse an address with the character NUL, which PostgreSQL takes in no text (400, not 500)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path_info or "\x00" in query or "%00" in query:
            raise BadRequest("NUL in the address")
        return self.get_response(request)


class NotStored:
    """Let no browser or proxy keep a page that was made for whoever is signed in, or that gives a cookie.

    On a desk that people share, Back after signing out must not show what the one before was reading.
    A view that says itself what may be kept is left alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_personal = request.session.accessed or bool(response.cookies)
        if is_personal and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


class SeenText:
    """Leave out of what is posted the signs that nobody sees; passwords are taken as they are.

    Among them NUL, which PostgreSQL takes in no text, and what turns the direction of the line, which
    makes the words after it read otherwise than they are stored.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Runs after the check of the form's token, so that no more is read than before."""
        if request.method != "POST":
            return
        sent = [(name, texts) for name, texts in request.POST.lists() if "password" not in name]
        cleaned = {name: [seen(text) for text in texts] for name, texts in sent}
        if any(cleaned[name] != texts for name, texts in sent):
            post = request.POST.copy()
            for name, texts in cleaned.items():
                post.setlist(name, texts)
            request.POST = post  # type: ignore[assignment]


class OnlyByButton:
    """Answer a reader at an address that takes forms alone with a page and the way to where the button is.

    Such an address stands in the browser after a refusal; opening it anew must not end on a blank page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.method not in ("GET", "HEAD"):
            return response
        page = render(request, "405.html", {"back": _page_above(request.path_info)}, status=405)
        page["Allow"] = response["Allow"]
        return page


def _page_above(path: str) -> str:
    """Return the nearest address above `path` that leads anywhere."""
    while path := path.rstrip("/").rpartition("/")[0]:
        try:
            resolve(f"{path}/")
        except Resolver404:
            continue
        return f"{path}/"
    return "/"


class ActingMandate:
    """Give every request an `actor`, None until a page of the workspace sets it.

    The session is not touched here: public pages must not depend on who reads them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        return self.get_response(request)
