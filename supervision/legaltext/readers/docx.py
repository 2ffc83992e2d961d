"""A Word file as blocks: what Word prints on the page, numbers of its lists included, changes accepted."""

from __future__ import annotations

from supervision.files import inspection
from supervision.legaltext.outline import Block
from supervision.legaltext.outline.joining import BLANK, DRAWN, RULE, join, plain, tidy
from supervision.legaltext.readers import tables, wordxml
from supervision.legaltext.readers.numbering import Numbering
from supervision.legaltext.readers.runs import Words
from supervision.legaltext.readers.styles import Styles
from supervision.legaltext.readers.unreadable import Reason, Unreadable, refuse_long
from supervision.legaltext.readers.wordxml import Element, child, children, name, value

_OLE = b"\xd0\xcf\x11\xe0"
#: Holders of paragraphs that are entered; nothing else between paragraphs is text.
_HOLDERS = ("sdtContent", "customXml", "ins", "moveTo", "smartTag")
_CONTENTS = "Table of Contents"


def read(data: bytes) -> tuple[list[Block], str]:
    """Return the blocks of a DOCX; raises Unreadable, and Refused for what no file may hold."""
    if data.startswith(_OLE):
        is_locked = "EncryptedPackage".encode("utf-16-le") in data
        raise Unreadable(Reason.PASSWORD if is_locked else Reason.OLD_WORD)
    inspection.inspect(data, "docx")
    document, styles, lists = wordxml.parts(data)
    refuse_long(sum(1 for _ in document.iter("{*}p")))
    return join(_Body(Styles(styles), lists).blocks(child(document, "body"))), ""


class _Body:
    """Reads paragraphs and tables in their order, for lists count through tables and text boxes."""

    def __init__(self, styles: Styles, lists: Element | None) -> None:
        self.styles = styles
        self.numbering = Numbering(lists, styles)
        self.before = ""  # a paragraph whose end was deleted: the next one goes on with it

    def blocks(self, holder: Element | None) -> list[Block]:
        """Return the lines and tables in `holder`."""
        found: list[Block] = []
        for element in [] if holder is None else holder:
            kind = name(element)
            if kind == "p":
                found += self._paragraph(element)
            elif kind == "tbl":
                found += tables.unfolded(list(self._rows(element)))
            elif kind == "sdt":
                found += [] if _is_contents(element) else self.blocks(child(element, "sdtContent"))
            elif kind in _HOLDERS:
                found += self.blocks(element)
            elif kind == "AlternateContent":
                found += self.blocks(child(element, "Choice"))
        return found

    def _paragraph(self, paragraph: Element) -> list[Block]:
        if self.styles.is_contents(paragraph):
            return []
        words = Words(self.styles).read(paragraph)
        boxes = [block for box in words.boxes for block in (BLANK, *self.blocks(box), BLANK)]
        if child(paragraph, "pPr", "rPr", "del") is not None:
            self.before += words.text
            return boxes
        text = plain(self.before + words.text)
        self.before = ""
        label = "" if words.is_hidden else self.numbering.label(paragraph)
        lines = [tidy(line) for line in f"{label}{text}".split("\n")]
        if not any(lines):
            return [DRAWN if words.has_rule or _is_framed(paragraph) else BLANK, *boxes]
        heading = self.styles.heading(paragraph)
        found = [DRAWN if RULE.match(line) else Block(line, heading=heading) for line in lines if line]
        return [BLANK, *found, *boxes] if label else found + boxes  # what has a number begins something

    def _rows(self, table: Element) -> list[list[list[Block]]]:
        found = []
        for row in _entered(table, "tr"):
            if child(row, "trPr", "del") is None:
                found.append([self._cell(cell) for cell in _entered(row, "tc")])
        return found

    def _cell(self, cell: Element) -> list[Block]:
        """Return what is in a cell; one that goes on from the row above is empty."""
        merged = child(cell, "tcPr", "vMerge")
        if merged is not None and value(merged) != "restart":
            return []
        return self.blocks(cell)


def _entered(holder: Element, wanted: str) -> list[Element]:
    """Return the children of that name, those inside content controls and custom elements as well."""
    found = []
    for element in holder:
        if name(element) == wanted:
            found.append(element)
        elif name(element) in ("sdt", *_HOLDERS):
            found += _entered(element, wanted)
    return found


def _is_contents(control: Element) -> bool:
    """Whether a content control is a table of contents, which repeats the headings."""
    return value(child(control, "sdtPr", "docPartObj", "docPartGallery")) == _CONTENTS


def _is_framed(paragraph: Element) -> bool:
    """Whether an empty paragraph draws a line with its border."""
    sides = child(paragraph, "pPr", "pBdr")
    return any(
        value(side) not in ("", "nil", "none") for end in ("top", "bottom") for side in children(sides, end)
    )
