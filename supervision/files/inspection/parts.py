"""One part of an Office file, read as XML: its relationships, its elements, its fields and formulas."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

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
    "webPublishObject": Why.EXTERNAL,
    "saveThroughXslt": Why.EXTERNAL,
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
#: Elements of which fields are made: they stand in a letter's own namespace, and in no other.
_FIELDS = frozenset({"fldChar", "fldSimple", "instrText", "delInstrText"})
_MARKS = frozenset({"begin", "separate", "end"})
_CODES = frozenset({"instrText", "delInstrText", "t", "delText"})
#: Who reads SVG; elements of others within one are judged as what they are.
_DRAWING = frozenset({Space.WEB, Space.NONE, Space.UNBOUND})
#: What Word prints in a field's code for elements without text; of a bound control, what another part says.
_SIGNS = {
    **dict.fromkeys(("tab", "ptab", "br", "cr"), " "),
    **dict.fromkeys(("sym", "dataBinding"), "\uffff"),
    "noBreakHyphen": "-",
}
#: Elements of a letter through which Word reads on: what stands in any other one, or in one of another
#: namespace, may be left out by some program.
_PLAIN = frozenset(
    "document body hdr ftr footnotes footnote endnotes endnote comments comment p r t instrText delText "
    "delInstrText ins del moveFrom moveTo hyperlink smartTag sdt sdtContent customXml fldChar fldSimple tbl "
    "tr tc "
    "dir bdo pPr rPr sdtPr sdtEndPr tblPr tblGrid trPr tcPr".split()
)
#: Attributes that hold a formula: of controls and shapes that show a cell, of a field of a pivot table.
_FORMULA_ATTRIBUTES = frozenset({"fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx", "textlink", "formula"})
_STARTING = ("auto_open", "auto_close", "auto_activate", "auto_deactivate")


_CLICKS = frozenset({"hlinkClick", "hlinkHover"})
_PLACES = frozenset("hyperlink cacheSource definedName schema".split()) | _CLICKS
_ACTING = frozenset({"Relationship", "svg"}) | _PLACES
#: What a shape may do when it is touched, besides leading to what its relationship says.
_MOVING = ("ppaction://hlinkshowjump", "ppaction://hlinksldjump", "ppaction://noaction")
#: Tracked changes, and whether they delete.
_EDITS = {"ins": False, "moveTo": False, "del": True, "moveFrom": True}
#: What an element is, worked out once for a name and its namespace; what is remembered until it ends.
_DOUBTFUL = 1  # some program leaves it out
_CODE = 2  # text of Word, which in a field's code is a part of it
_DELETED = 4
_SIMPLE = 8  # a fldSimple
_SVG = 16
_STYLE = 32  # of an SVG
_FORMULA = 64
_DATA = 128  # no program acts on it
_ACTS = 256  # it is to be looked at closely
_SHAPE = 512
_EDIT = 2048  # a tracked change
_FORMULA_OF_SHEETS = 1024  # without a namespace: a formula where there are any, data in a letter
_FOREIGN = 4096  # called as a part of a field, which it is not
_OF_LETTER = 8192
_FIELD = 32768
_DRAWN = 16384  # of an SVG, where one is open


class _Kept:
    """The text of a formula or a style that is open."""

    def __init__(self, *, is_formula: bool) -> None:
        self.is_formula = is_formula
        self.has_more = False  # another formula within
        self.texts: list[str] = []

    def judge(self) -> None:
        text = "".join(self.texts)
        if self.has_more and text.strip():
            raise Refused(Why.BROKEN)  # read with or without what stands within, it is two formulas
        (judge_formula if self.is_formula else drawings.judge_style)(text)


class Part:
    """Listens to one part (`markup.read`) of a "docx" or "xlsx"; raises Refused at what may not be there."""

    def __init__(self, package: str) -> None:
        self.root = ""
        self._has_formulas = package == "xlsx"
        self._fields = Fields()
        self._open: list[int] = []
        self._svgs = 0
        self._kept: list[_Kept] = []

    def start(self, name: str, attributes: Mapping[str, str], uri: str | None) -> None:
        nature = _nature(name, uri)
        if not self.root:
            self._begin(name, uri)
        kept = nature & _DOUBTFUL
        if kept:
            self._fields.enter_doubtful()
        if self._kept:
            self._within(self._kept[-1], nature)
        if not nature & _DATA:
            if nature & _ACTS or self._svgs:
                kept |= self._act(name, attributes, nature)
            if attributes and not _FORMULA_ATTRIBUTES.isdisjoint(attributes):
                for attribute in _FORMULA_ATTRIBUTES & attributes.keys():
                    judge_formula(attributes[attribute])
        if kept & (_FORMULA | _STYLE):
            self._kept.append(_Kept(is_formula=bool(kept & _FORMULA)))
        self._open.append(kept)

    def end(self, name: str) -> None:
        kept = self._open.pop()
        if not kept:
            return
        if kept & (_FORMULA | _STYLE):
            self._kept.pop().judge()
        if kept & _SIMPLE:
            self._fields.end_simple()
        if kept & _SVG:
            self._svgs -= 1
        if kept & _EDIT:
            self._fields.edit(-1, is_deletion=_EDITS[name])
        if kept & _DOUBTFUL:
            self._fields.leave_doubtful()

    def text(self, text: str) -> None:
        if self._kept:
            self._kept[-1].texts.append(text)
        elif self._open and self._open[-1] & _CODE:
            self._fields.add(text, is_deleted=bool(self._open[-1] & _DELETED))

    def finish(self) -> None:
        """Judge what only the end of the part shows."""
        self._fields.finish()

    def _begin(self, name: str, uri: str | None) -> None:
        self.root = name
        if name in _ELEMENTS:
            raise Refused(_ELEMENTS[name])  # in whatever namespace
        if name.lower() in _PAGES and space_of(uri) in (Space.NONE, Space.WEB, Space.UNBOUND):
            raise Refused(Why.EMBEDDED)

    def _within(self, kept: _Kept, nature: int) -> None:
        """Judge an element within a formula or a style: of some formulas it is a formula itself."""
        if not (kept.is_formula and nature & _FORMULA):
            raise Refused(Why.BROKEN)  # a program that leaves out what stands within reads another one
        kept.has_more = True

    def _act(self, name: str, attributes: Mapping[str, str], nature: int) -> int:
        """Judge an element that a program acts on; return what is to be remembered of it."""
        if name in _ELEMENTS:
            self._element(name)
        if nature & _DRAWN and (self._svgs or name == "svg"):
            return self._drawn(name, attributes)
        if self._svgs and nature & _OF_LETTER:
            raise Refused(Why.EMBEDDED)  # a letter in a drawing, which a program may take out of it
        if nature & _SHAPE:
            drawings.judge_shape(name, attributes)
        if name == "Relationship":
            relationships.judge(attributes)
        elif nature & (_CODE | _FIELD | _EDIT) or name in _SIGNS:
            return self._written(name, attributes, nature)
        elif name in _PLACES:
            _place(name, attributes)
        is_data = nature & _FORMULA_OF_SHEETS and not self._has_formulas
        return 0 if is_data else nature & _FORMULA

    def _written(self, name: str, attributes: Mapping[str, str], nature: int) -> int:
        """Take what fields are made of."""
        if nature & _FOREIGN:
            raise Refused(Why.DDE)  # a program that asks for no namespace reads other fields than Word
        if nature & _CODE:
            return self._code(name)
        if name == "fldChar":
            self._fields.mark(_said(attributes, "fldCharType", _MARKS))
        elif name == "fldSimple":
            self._fields.begin_simple(_said(attributes, "instr"))
            return _SIMPLE
        elif nature & _EDIT:
            self._fields.edit(1, is_deletion=_EDITS[name])
            return _EDIT
        elif self._fields.is_in_code:
            self._fields.add(_SIGNS[name])
        return 0

    def _code(self, name: str) -> int:
        is_word = name in ("instrText", "delInstrText")
        if not is_word and not self._fields.is_in_code:
            return 0  # words of the letter, most of all texts
        return _CODE | _DELETED if name.startswith("del") else _CODE

    def _drawn(self, name: str, attributes: Mapping[str, str]) -> int:
        drawings.judge_svg(name, attributes)
        if name == "svg":
            self._svgs += 1
            return _SVG
        return _STYLE if name == "style" else 0

    def _element(self, name: str) -> None:
        if name == "control" and self._has_formulas and self.root in ("worksheet", "chartsheet"):
            return  # a box to tick, without a program; what it leads to is judged by its relationship
        raise Refused(_ELEMENTS[name])


@lru_cache(maxsize=4096)
def _nature(name: str, uri: str | None) -> int:
    space = space_of(uri)
    if name in _FIELDS and space is not Space.LETTER:
        return _FIELD | _FOREIGN | _ACTS
    if space is Space.DATA:
        return _DATA | _DOUBTFUL
    nature = _nature_in_letter(name) if space is Space.LETTER else _DOUBTFUL
    if space in _DRAWING:
        nature |= _DRAWN
    if name in _CODES:
        nature |= _CODE | _ACTS
    if name in _ACTING or name in _ELEMENTS or name in _SIGNS:
        nature |= _ACTS
    if space in (Space.SHAPES, Space.UNBOUND):
        nature |= _SHAPE | _ACTS
    if space is not Space.MATH and _is_formula(name):
        nature |= _FORMULA | _ACTS | (_FORMULA_OF_SHEETS if space is Space.NONE else 0)
    return nature


def _nature_in_letter(name: str) -> int:
    nature = _OF_LETTER if name in _PLAIN else _OF_LETTER | _DOUBTFUL
    if name in _FIELDS:
        nature |= _FIELD | _ACTS
    return nature | _EDIT | _ACTS if name in _EDITS else nature


def _said(attributes: Mapping[str, str], name: str, listed: frozenset[str] | None = None) -> str:
    """Return what a mark of a field says, in the letter's own namespace; refuse one that says nothing."""
    said = attributes.get(name)
    if said is None or (listed and said not in listed):
        raise Refused(Why.FIELD)
    return said


def _is_formula(name: str) -> bool:
    if name in ("f", "definedName") or name.startswith("Fmla"):
        return True
    return name.rstrip("123").lower().endswith("formula")


def _place(name: str, attributes: Mapping[str, str]) -> None:
    """Judge the few elements that lead elsewhere by an attribute."""

    def said(attribute: str) -> str:
        return attributes.get(attribute, "").strip().lower()

    if name == "hyperlink" and ("\\" in said("location") or "//" in said("location")):
        raise Refused(Why.LINK)
    if name == "cacheSource" and said("type") == "external":
        raise Refused(Why.EXTERNAL)
    if name == "schema" and (said("manifestLocation") or said("schemaLocation")):
        raise Refused(Why.EXTERNAL)
    if name == "definedName" and said("name").removeprefix("_xlnm.").startswith(_STARTING):
        raise Refused(Why.MACRO)
    if name in _CLICKS and said("action") and not said("action").startswith(_MOVING):
        raise Refused(Why.ACTION)
