"""Limits that cannot be read stop the server when it starts, not the first sender."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from supervision.limits.services import Limit


@register()
def limits_are_written_as_number_in_seconds(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Find limits that are not written as "60/3600"."""
    found = []
    for kind in settings.LIMITS:
        try:
            Limit.of(kind)
        except ValueError:
            found.append(Error(f"the limit of {kind} is not written as NUMBER/SECONDS", id="limits.E001"))
    return found
