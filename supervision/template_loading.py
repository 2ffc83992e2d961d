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

_BLOCKS = (
    "p|div|section|article|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|th|td|h[1-6]|form|fieldset|legend"
    "|html|head|meta|link|body|header|main|nav|footer|details|summary"
)
#: White space at either end of what an element says: none of it is seen.
OPENS = re.compile(rf"(<(?:{_BLOCKS})(?:\s[^<>]*)?>|^<(?:span|a)(?:\s[^<>]*)?>)\n", re.MULTILINE)
#: The end of what a loop repeats is no end of an element: it may stand between two words.
_ENDS = r"\{% (?:else|end(?!for)\w+) %\}"
CLOSES = re.compile(rf"\n((?:{_ENDS})*(?:</(?:{_BLOCKS})>|</(?:span|a)>$))", re.MULTILINE)
LOOPS = re.compile(rf"(</(?:{_BLOCKS})>|\{{% include [^{{}}]+ %\}})\n(?=\{{% endfor %\}})")
#: Between blocks that are never set in a line.
BETWEEN = re.compile(
    r"(</(?:p|ul|ol|h[1-6]|section|article|table)>)\n(?=<(?:p|ul|ol|h[1-6]|section|article|table)\b)"
)


class Loader(filesystem.Loader):
    """Loads templates from the project's folder without their layout."""

    def get_contents(self, origin: Origin) -> str:
        """Return the source of a template; TemplateDoesNotExist where there is none."""
        source: str = super().get_contents(origin)
        if not str(origin.name).endswith(".html"):
            return source
        source = ALONE.sub(r"\1", INDENTATION.sub("", source))
        for layout in (OPENS, CLOSES, LOOPS, BETWEEN):
            source = layout.sub(r"\1", source)
        return source
