"""One part of an Office file, read as XML: its relationships, its elements, its fields and formulas."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntFlag

from supervision.files.inspection import drawings, relationships
from supervision.files.inspection.fields import Fields
from supervision.files.inspection.formulas import judge_formula
from supervision.files.inspection.refusals import Refused, Why
from supervision.files.inspection.spaces import Space, space_of

#: Elements that carry or fetch what is not shown, in Word, Excel and drawings.
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
    "queryTable": Why.EXTERNAL,
    "webPr": Why.EXTERNAL,
    "dbPr": Why.EXTERNAL,
    "olapPr": Why.EXTERNAL,
    "webPublishItem": Why.EXTERNAL,
    "DataMashup": Why.EXTERNAL,
    "volType": Why.EXTERNAL,
    "webextension": Why.EXTERNAL,
    "taskpanes": Why.EXTERNAL,
    "connectString": Why.MERGE,
    "dataSource": Why.MERGE,
    "headerSource": Why.MERGE,
    "udl": Why.MERGE,
    "webVideoPr": Why.MEDIA,
    "ddeLink": Why.DDE,
    "macrosheet": Why.MACRO,
    "dialogsheet": Why.MACRO,
    "vbaSuppData": Why.MACRO,
    "customUI": Why.MACRO,
}
#: Elements of a part that a browser reads as a page.
_PAGES = frozenset({"html", "xhtml"})
_CODES = frozenset({"instrText", "delInstrText", "t", "delText"})
#: What Word prints for elements without text, in a field's code.
_SIGNS = {"tab": " ", "ptab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "sym": "\uffff"}
#: Elements through which Word reads on: what stands in any other one may be left out by some program.
_PLAIN = frozenset(
    "document body hdr ftr footnotes footnote endnotes endnote comments comment p r t instrText delText "
    "delInstrText ins del moveFrom moveTo hyperlink smartTag sdt sdtContent customXml fldChar fldSimple tbl "
    "tr tc "
    "dir bdo pPr rPr sdtPr sdtEndPr tblPr tblGrid trPr tcPr".split()
)
#: Attributes that hold a formula: of controls and shapes that show a cell, of a field of a pivot table.
_FORMULA_ATTRIBUTES = frozenset({"fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx", "textlink", "formula"})
_STARTING = ("auto_open", "auto_close", "auto_activate", "auto_deactivate")


class _Is(IntFlag):
    """What is to be remembered of an element until it ends."""

    NOTHING = 0
    DOUBTFUL = 1  # some program leaves it out
    CODE = 2  # text of Word, which in a field's code is a part of it
    DELETED = 4
    SIMPLE = 8  # a fldSimple
    SVG = 16
    STYLE = 32  # of an SVG
    FORMULA = 64


class Part:
    """Listens to one part (`markup.read`) of a "docx" or "xlsx"; raises Refused at what may not be there."""

    def __init__(self, package: str) -> None:
        self.root = ""
        self._has_formulas = package == "xlsx"
        self._fields = Fields()
        self._open: list[_Is] = []
        self._svgs = 0
        self._kept: list[str] | None = None  # of the formula or style that is open
        self._kept_at = 0

    def start(self, name: str, attributes: Mapping[str, str], uri: str | None) -> None:
        space = space_of(uri)
        if not self.root:
            self._begin(name, space)
        kept = _Is.NOTHING
        if name not in _PLAIN or space is Space.DATA:
            kept |= _Is.DOUBTFUL
            self._fields.enter_doubtful()
        if space is not Space.DATA:
            kept |= self._act(name, attributes, space)
        if kept & (_Is.FORMULA | _Is.STYLE) and self._kept is None:
            self._kept, self._kept_at = [], len(self._open)
        self._open.append(kept)

    def end(self, name: str) -> None:
        kept = self._open.pop()
        if self._kept is not None and len(self._open) == self._kept_at:
            text, self._kept = "".join(self._kept), None
            (judge_formula if kept & _Is.FORMULA else drawings.judge_style)(text)
        if kept & _Is.SIMPLE:
            self._fields.end_simple()
        if kept & _Is.SVG:
            self._svgs -= 1
        if kept & _Is.DOUBTFUL:
            self._fields.leave_doubtful()

    def text(self, text: str) -> None:
        if self._kept is not None:
            self._kept.append(text)
        elif self._open and self._open[-1] & _Is.CODE:
            self._fields.add(text, is_deleted=bool(self._open[-1] & _Is.DELETED))

    def finish(self) -> None:
        """Judge what only the end of the part shows."""
        self._fields.finish()

    def _begin(self, name: str, space: Space) -> None:
        self.root = name
        if name in _ELEMENTS:
            raise Refused(_ELEMENTS[name])  # in whatever namespace
        if name.lower() in _PAGES and space in (Space.NONE, Space.WEB, Space.UNBOUND):
            raise Refused(Why.EMBEDDED)

    def _act(self, name: str, attributes: Mapping[str, str], space: Space) -> _Is:
        """Judge an element that a program acts on; return what is to be remembered of it."""
        if name in _ELEMENTS:
            self._element(name)
        if self._svgs or name == "svg":
            return self._drawn(name, attributes)
        if space in (Space.SHAPES, Space.UNBOUND):
            drawings.judge_shape(name, attributes)
        if name == "Relationship":
            relationships.judge(attributes)
        elif name in _CODES:
            return self._code(name)
        elif name == "fldChar":
            self._fields.mark(attributes.get("fldCharType", "").strip())
        elif name == "fldSimple":
            self._fields.begin_simple(attributes.get("instr", ""))
            return _Is.SIMPLE
        elif name in _SIGNS and self._fields.is_in_code:
            self._fields.add(_SIGNS[name])
        return self._of_a_sheet(name, attributes, space)

    def _code(self, name: str) -> _Is:
        is_word = name in ("instrText", "delInstrText")
        if not is_word and not self._fields.is_in_code:
            return _Is.NOTHING  # words of the letter, most of all texts
        return _Is.CODE | _Is.DELETED if name.startswith("del") else _Is.CODE

    def _of_a_sheet(self, name: str, attributes: Mapping[str, str], space: Space) -> _Is:
        if attributes:
            for attribute in _FORMULA_ATTRIBUTES & attributes.keys():
                judge_formula(attributes[attribute])
            _place(name, attributes)
        is_formula = (
            name == "f" or name == "definedName" or name.startswith("Fmla") or _is_formula(name.lower())
        )
        if not is_formula or space is Space.MATH:
            return _Is.NOTHING
        is_data = space is Space.NONE and not self._has_formulas
        return _Is.NOTHING if is_data else _Is.FORMULA

    def _drawn(self, name: str, attributes: Mapping[str, str]) -> _Is:
        drawings.judge_svg(name, attributes)
        if name == "svg":
            self._svgs += 1
            return _Is.SVG
        return _Is.STYLE if name == "style" else _Is.NOTHING

    def _element(self, name: str) -> None:
        if name == "control" and self.root in ("worksheet", "chartsheet"):
            return  # a box to tick, without a program; what it leads to is judged by its relationship
        raise Refused(_ELEMENTS[name])


def _is_formula(name: str) -> bool:
    if name in ("f", "definedName") or name.startswith("Fmla"):
        return True
    return name.rstrip("123").lower().endswith("formula")


def _place(name: str, attributes: Mapping[str, str]) -> None:
    """Judge the few elements of a workbook that lead elsewhere by an attribute."""
    if name == "hyperlink":
        location = attributes.get("location", "")
        if "\\" in location or "//" in location:
            raise Refused(Why.LINK)
    elif name == "cacheSource":
        if attributes.get("type", "").strip().lower() == "external":
            raise Refused(Why.EXTERNAL)
    elif name == "definedName" and attributes.get("name", "").lower().removeprefix("_xlnm.").startswith(
        _STARTING
    ):
        raise Refused(Why.MACRO)
