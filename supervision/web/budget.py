"""What strangers may cost: counted by address before a body is read, and only so many files at once."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.client import Shares, address_of, shed
from supervision.errors import Busy, Lost, TooMany
from supervision.limits.services import take
from supervision.page import typed

#: A file of the largest size takes this long to be taken in and looked at.
_UPLOAD_SECONDS = 20


class Budget:
    """Refuse, in plain pages, what one sender or all together ask too much of (413, 429, 503).

    Must stand above everything that reads a body. A request of a person who is signed in takes no place
    among the uploads of strangers; the limits by address hold for everybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._places = threading.BoundedSemaphore(settings.ANONYMOUS_UPLOADS)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            if getattr(request, "holds_place", False):
                self._places.release()

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Let a request pass to its view, or answer for it; nothing of its body has been read."""
        if _length(request) > settings.UPLOAD_MAX_REQUEST:
            return too_large(request)
        shares: Shares = getattr(view, "shares", Shares())
        try:
            if kind := shares.of(request) or (shares.large if _is_large(request) else ""):
                lasting = request.method == "POST"
                take(kind, address_of(request), at=timezone.now(), lasting=lasting)
            if _is_upload(request) and not request.user.is_authenticated:
                self._enter(request)
        except Busy as error:
            return shed_page(request, error)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for a view that found the server busy; what was typed is shown, not lost."""
        if isinstance(error, Busy):
            return shed_page(request, error, typed(request, getattr(request, "known", None)))
        return None

    def _enter(self, request: HttpRequest) -> None:
        if not self._places.acquire(blocking=False):
            words = _("Nhiều người đang gửi tệp cùng lúc. Hãy gửi lại sau ít phút.")
            raise Busy(words, seconds=_UPLOAD_SECONDS)
        request.holds_place = True  # type: ignore[attr-defined]


def shed_page(request: HttpRequest, error: Busy, typed_before: Any = ()) -> HttpResponse:
    """Say why no more of this is taken on for now, when to ask again, and what was typed."""
    minutes = max(1, math.ceil(error.seconds / 60))
    context = {
        "reason": error.message,
        "is_sender": isinstance(error, TooMany),
        "is_lost": isinstance(error, Lost),
        "minutes": minutes,
        "at": timezone.localtime() + timedelta(minutes=minutes),
        "typed": typed_before,
    }
    return shed(render(request, "shed.html", context), error)


def too_large(request: HttpRequest) -> HttpResponse:
    """Say that more was sent at once than any form asks for; nothing of it was read."""
    return render(request, "400.html", {"is_file": True}, status=413)


def _length(request: HttpRequest) -> int:
    """Return how many bytes the request says it has, 0 where it says nothing that can be read."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    if not (said.isascii() and said.isdecimal()):
        return 0
    return int(said) if len(said) < 19 else settings.UPLOAD_MAX_REQUEST + 1


def _is_large(request: HttpRequest) -> bool:
    return request.method == "POST" and _length(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def _is_upload(request: HttpRequest) -> bool:
    return request.method == "POST" and request.content_type == "multipart/form-data"
