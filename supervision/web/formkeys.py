"""The key that a form carries: what is sent twice under it is done once."""

from __future__ import annotations

import secrets

from django.http import HttpRequest


def form_key(request: HttpRequest) -> str:
    """Return the key of the form that was sent, or that of the form to be drawn."""
    if not hasattr(request, "form_key"):
        request.form_key = request.POST.get("key", "")[:64] or secrets.token_urlsafe(24)  # type: ignore[attr-defined]
    return str(request.form_key)  # type: ignore[attr-defined]


def renew_key(request: HttpRequest) -> None:
    """Give the form that is drawn again another key: sent once more, it is another act."""
    request.form_key = secrets.token_urlsafe(24)  # type: ignore[attr-defined]
