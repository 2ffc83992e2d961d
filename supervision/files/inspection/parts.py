"""One part of an Office file, read as XML: its relationships, its elements, its fields and formulas."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from supervision.files.inspection.fields import Fields, judge_field, judge_formula
from supervision.files.inspection.refusals import Refused, Why

#: Elements that carry or fetch what is not shown, in Word, Excel, drawings and pictures (SVG).
_ELEMENTS = {
    "altChunk": Why.EMBEDDED,
    "OLEObject": Why.EMBEDDED,
    "oleObject": Why.EMBEDDED,
    "control": Why.EMBEDDED,
    "subDoc": Why.EXTERNAL,
    "externalBook": Why.EXTERNAL,
    "externalReference": Why.EXTERNAL,
    "oleLink": Why.EXTERNAL,
    "connections": Why.EXTERNAL,
    "webextension": Why.EXTERNAL,
    "taskpanes": Why.EXTERNAL,
    "ddeLink": Why.DDE,
    "macrosheet": Why.MACRO,
    "dialogsheet": Why.MACRO,
    "vbaSuppData": Why.MACRO,
    "customUI": Why.MACRO,
    "script": Why.SCRIPT,
    "foreignObject": Why.SCRIPT,
}
#: Last words of the types of relationships (lower case) that lead to the same.
_RELATIONSHIPS = {
    "attachedtemplate": Why.EXTERNAL,
    "subdocument": Why.EXTERNAL,
    "frame": Why.EXTERNAL,
    "mailmergesource": Why.EXTERNAL,
    "mailmergeheadersource": Why.EXTERNAL,
    "externallink": Why.EXTERNAL,
    "externallinkpath": Why.EXTERNAL,
    "externallinklong": Why.EXTERNAL,
    "connections": Why.EXTERNAL,
    "webextension": Why.EXTERNAL,
    "webextensiontaskpanes": Why.EXTERNAL,
    "oleobject": Why.EMBEDDED,
    "package": Why.EMBEDDED,
    "afchunk": Why.EMBEDDED,
    "control": Why.EMBEDDED,
    "activexcontrolbinary": Why.EMBEDDED,
    "vbaproject": Why.MACRO,
    "wordvbadata": Why.MACRO,
    "xlmacrosheet": Why.MACRO,
    "xlintlmacrosheet": Why.MACRO,
    "attachedtoolbars": Why.MACRO,
    "keymapcustomizations": Why.MACRO,
    "extensibility": Why.MACRO,
}
_LINKED = frozenset({"http", "https", "mailto", "tel"})
_FORMULAS = frozenset({"f", "formula", "formula1", "formula2", "definedName"})
_CODES = frozenset({"instrText", "delInstrText"})


class Part:
    """Listens to one part (`markup.read`) and raises Refused at what may not be there."""

    def __init__(self) -> None:
        self.root = ""
        self._fields = Fields()
        self._kept: list[str] | None = None  # of the element whose text is wanted
        self._depth = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.root = self.root or name
        if self._kept is not None:
            self._depth += 1
        elif name in _CODES or name in _FORMULAS:
            self._kept, self._depth = [], 0
        if name in _ELEMENTS:
            self._element(name)
        elif name == "Relationship":
            _relationship(attributes)
        elif name == "fldChar":
            self._fields.mark(attributes.get("fldCharType", ""))
        elif name == "fldSimple":
            judge_field(attributes.get("instr", ""))
        elif self.root == "svg":
            _drawing(attributes)

    def end(self, name: str) -> None:
        if self._kept is None:
            return
        if self._depth:
            self._depth -= 1
            return
        text, self._kept = "".join(self._kept), None
        if name in _CODES:
            self._fields.add(text)
        else:
            judge_formula(text)

    def text(self, text: str) -> None:
        if self._kept is not None:
            self._kept.append(text)

    def finish(self) -> None:
        """Judge what only the end of the part shows."""
        self._fields.finish()

    def _element(self, name: str) -> None:
        if name == "control" and self.root in ("worksheet", "chartsheet"):
            return  # a box to tick, without a program; what it leads to is judged by its relationship
        raise Refused(_ELEMENTS[name])


def _relationship(given: Mapping[str, str]) -> None:
    kind = given.get("Type", "").rstrip("/").rpartition("/")[2].lower()
    if kind in _RELATIONSHIPS:
        raise Refused(_RELATIONSHIPS[kind])
    if given.get("TargetMode", "").strip().lower() != "external":
        return
    target = given.get("Target", "").strip()
    if kind != "hyperlink" or not _is_plain_link(target):
        raise Refused(Why.EXTERNAL)


def _is_plain_link(target: str) -> bool:
    if not target or target.startswith("#"):
        return True
    try:
        return urlsplit(target).scheme.lower() in _LINKED
    except ValueError:
        return False


def _drawing(attributes: Mapping[str, str]) -> None:
    for name, value in attributes.items():
        if name.lower().startswith("on"):
            raise Refused(Why.SCRIPT)
        if name == "href" and not value.strip().startswith(("#", "data:image/")):
            raise Refused(Why.EXTERNAL)
