"""What holds for every request before a page is chosen: a readable address, and an actor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse


class NoNul:
    """Keep out the character NUL, which no text of ours may hold and PostgreSQL does not take.

    An address with it is refused (400, not 500); of what is posted it is left out, so that nothing typed
    is lost.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Leave NUL out of every posted value, before anything looks at it."""
        if any("\x00" in text for _name, texts in request.POST.lists() for text in texts):
            post = request.POST.copy()
            for name, texts in request.POST.lists():
                post.setlist(name, [text.replace("\x00", "") for text in texts])
            request.POST = post  # type: ignore[assignment]


class ActingMandate:
    """Give every request an `actor`, None until a page of the workspace sets it.

    The session is not touched here: public pages must not depend on who reads them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        return self.get_response(request)
