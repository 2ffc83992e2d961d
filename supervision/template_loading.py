"""Templates are set out for whoever reads them; browsers and printers are not sent the layout.

White space stays wherever words would run together without it. Mails are sent as they are written.
"""

from __future__ import annotations

import re

from django.template.base import Origin
from django.template.loaders import filesystem

INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
#: A tag that prints nothing, alone on its line: the line before it has an end of its own.
ALONE = re.compile(
    r"^(\{% (?:if|elif|else|endif|for|empty|endfor|with|endwith)\b(?:(?!%\}).)*%\})\n", re.MULTILINE
)


class Loader(filesystem.Loader):
    """Loads templates from the project's folder without their layout."""

    def get_contents(self, origin: Origin) -> str:
        """Return the source of a template; TemplateDoesNotExist where there is none."""
        source: str = super().get_contents(origin)
        if not str(origin.name).endswith(".html"):
            return source
        return ALONE.sub(r"\1", INDENTATION.sub("", source))
