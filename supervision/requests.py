"""A request as the site reads it: text in UTF-8 alone, whatever its headers ask for.

Django takes a charset from `Content-Type` while the request object is made, above every middleware, and
decodes with whatever codec Python has under that name: "rot13" or an unknown one left the visitor with an
empty answer 500.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http.multipartparser import MultiPartParserError
from django.utils.http import parse_header_parameters


class Request(WSGIRequest):
    """Reads what it was sent as UTF-8; headers that cannot be read name nothing."""

    def _set_content_type_params(self, meta: Mapping[str, Any]) -> None:
        try:
            self.content_type, params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except (LookupError, ValueError):
            self.content_type, params = "", {}
        self.content_params = {name: value for name, value in params.items() if name != "charset"}

    def _load_post_and_files(self) -> None:
        try:
            super()._load_post_and_files()
        except (LookupError, ValueError) as error:  # a part of a form whose own headers name such a codec
            self._mark_post_parse_error()  # type: ignore[attr-defined]
            raise MultiPartParserError("headers of a part cannot be read") from error


class Handler(WSGIHandler):
    """Django's handler, with requests of ours."""

    request_class = Request


def application() -> Handler:
    """Set Django up and return the WSGI callable, as `get_wsgi_application` does with Django's own."""
    django.setup(set_prefix=False)
    return Handler()
