"""What may be attached within a PDF: data that no machine runs, as archival papers carry it (PDF/A-3).

Our own papers carry their JSON twin; invoices carry XML. The content decides; then the name must agree,
since it is the name by which a machine chooses what to do with the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from supervision.files.inspection import markup
from supervision.files.inspection.refusals import Refused, Why

#: Beginnings of the namespaces whose elements a browser acts on: XHTML, SVG, MathML, style sheets.
_BROWSERS = (
    "http://www.w3.org/1999/",
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1998/Math/",
    "http://www.w3.org/2002/06/xhtml",
)
#: Elements of XML that a browser or an Office program acts on, in whatever namespace.
_ACTING = frozenset(
    "html script object embed iframe applet form stylesheet transform foreignObject svg job component "
    "registration scriptlet binData package wordDocument Workbook".split()
)


def ending(data: bytes) -> str:
    """Return how a name of `data` must end, "json" or "xml"; raises Refused (EMBEDDED) for all else."""
    if _is_json(data):
        return "json"
    if _is_inert_xml(data):
        return "xml"
    raise Refused(Why.EMBEDDED)


def _is_json(data: bytes) -> bool:
    try:
        return isinstance(json.loads(data.decode("utf-8-sig")), dict | list)
    except (ValueError, RecursionError):
        return False


def _is_inert_xml(data: bytes) -> bool:
    try:
        markup.read([data], _Inert(), instructions=False)
    except Refused:
        return False
    return True


class _Inert:
    def start(self, name: str, attributes: Mapping[str, str], space: str | None) -> None:
        if name in _ACTING or space is None or space.startswith(_BROWSERS):
            raise Refused(Why.SCRIPT)

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...
