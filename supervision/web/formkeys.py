"""The key that a form carries: what is sent twice under it is done once."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from supervision.errors import AlreadySent


def form_key(request: HttpRequest) -> str:
    """Return the key of the form that was sent, or that of the form to be drawn."""
    if not hasattr(request, "form_key"):
        request.form_key = request.POST.get("key", "")[:64] or secrets.token_urlsafe(24)  # type: ignore[attr-defined]
    return str(request.form_key)  # type: ignore[attr-defined]


def sent_before(request: HttpRequest, error: AlreadySent, say: Callable[[Any], object]) -> int:
    """Say above the form that it was sent before, and give it another key: sent once more, it is another act.

    `say` puts a sentence above the form. Returns the status of the page.
    """
    say(error.message)
    request.form_key = secrets.token_urlsafe(24)  # type: ignore[attr-defined]
    return 409
