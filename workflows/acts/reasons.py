"""A reason that must be given."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from supervision.errors import InvalidInput


def given(reason: str) -> str:
    """Return the reason without blanks around it; InvalidInput when there is none."""
    if not reason.strip():
        raise InvalidInput({"reason": [_("Hãy ghi lý do.")]})
    return reason.strip()
