"""What Django says of signing in and out, written down."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from supervision.organizations.models import User
from supervision.web import sign_ins


def signed_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Record the sign-in, whichever page it came through."""
    sign_ins.record_success(request, user, at=timezone.now())


def signed_out(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """Record that somebody left; a session that nobody had signed in to has nobody to leave."""
    if user is not None:
        sign_ins.record_end(user, at=timezone.now())
