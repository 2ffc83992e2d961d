"""How long others may keep public pages: a minute, so that a withdrawal reaches everyone within one."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

View = Callable[..., HttpResponseBase]
#: Caches that serve many keep a page for a minute; a browser asks each time whether it changed (304 if not),
#: so that whoever has just published, corrected or withdrawn sees what he did.
A_MINUTE = "public, max-age=0, s-maxage=60, must-revalidate"
_KEPT = (200, 410)  # a page; the page of a withdrawn paper


def kept_a_minute(view: View) -> View:
    """Let caches keep what `view` shows for a minute and then ask for it by its hash (304).

    For public pages alone, which are the same bytes for everyone at an address: no session, no cookie, no
    form that posts. What sets a cookie after all, or has said how long it is kept, stays as it is.
    """

    @functools.wraps(view)
    def kept(request: HttpRequest, *args: object, **named: object) -> HttpResponseBase:
        response = view(request, *args, **named)
        may_be_kept = response.status_code in _KEPT and not response.cookies and not response.streaming
        if not may_be_kept or "Cache-Control" in response or not isinstance(response, HttpResponse):
            return response
        response["Cache-Control"] = A_MINUTE
        etag = f'"{hashlib.sha256(response.content).hexdigest()}"'
        if response.status_code == 200:
            response["ETag"] = etag
            return get_conditional_response(request, etag=etag, response=response) or response
        return response

    return kept
