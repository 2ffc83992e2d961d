"""What every page's shell prints. Nothing here may touch the session: public pages carry no cookie."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def shell(request: HttpRequest) -> dict[str, Any]:
    """Whether this is the demonstration, the language of the page, where the source is."""
    language = "en" if (get_language() or "vi").startswith("en") else "vi"
    return {"is_demo": settings.DEMO, "language": language, "source_url": settings.SOURCE_URL}
