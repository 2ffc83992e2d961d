"""Error pages: right status, language of the address, nothing that needs the database."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from supervision.errors import DomainError
from supervision.page import typed


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    is_long = isinstance(exception, RequestDataTooBig)
    return render(request, "400.html", {"is_long": is_long}, status=413 if is_long else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"reason": _reason(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open for too long, or came from another site; what was typed is shown, not lost."""
    return render(request, "403.html", {"is_stale_form": True, "typed": typed(request)}, status=403)


def too_many(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many wrong passwords: say how long, and that nobody is locked out for good."""
    return render(request, "account/locked.html", status=429)


def _reason(exception: Exception | None) -> Any:
    return exception.message if isinstance(exception, DomainError) else ""
