"""The language of a page comes from its address: /en/... is English, all else Vietnamese."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation


class AddressLanguage:
    """Choose the language by address alone, so that a page is the same for every reader and can be cached.

    No cookie and no Accept-Language: a link sent to a friend opens as its sender saw it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        language = "en" if path == "/en" or path.startswith("/en/") else "vi"
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
