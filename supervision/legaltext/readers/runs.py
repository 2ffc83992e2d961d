"""The words of one Word paragraph as they are printed once all changes are accepted."""

from __future__ import annotations

from supervision.legaltext.readers.styles import Styles
from supervision.legaltext.readers.wordxml import Element, child, is_on, name, value

#: Deleted or moved away, properties, and what is printed elsewhere than in the line.
_DROPPED = frozenset(
    "del moveFrom pPr rPr sdtPr sdtEndPr instrText delText delInstrText footnoteReference endnoteReference "
    "commentReference annotationRef rt".split()
)
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


class Words:
    """Collects the text of a paragraph, and what hangs on it."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._parts: list[str] = []
        self._fields: list[bool] = []  # of each open field: whether its code, not its result, is read
        self._has_seen = self._has_hidden = False
        self.boxes: list[Element] = []  # contents of text boxes
        self.has_rule = False

    def read(self, paragraph: Element) -> Words:
        """Read all that is in `paragraph`."""
        for element in paragraph:
            self._take(element)
        return self

    @property
    def text(self) -> str:
        """The words, lines divided by a newline."""
        return "".join(self._parts)

    @property
    def is_hidden(self) -> bool:
        """Whether there are words and all of them are hidden."""
        return self._has_hidden and not self._has_seen

    def _take(self, element: Element) -> None:
        kind = name(element)
        if kind in _DROPPED or (kind == "sdt" and is_on(child(element, "sdtPr", "showingPlcHdr"))):
            return
        if kind == "t":
            self._say(element.text or "")
        elif kind in _SIGNS:
            self._say(_SIGNS[kind])
        elif kind == "fldChar":
            self._field(value(element, "fldCharType"))
        elif kind == "txbxContent":
            self.boxes.append(element)
        elif kind == "r" and self._styles.is_hidden(element):
            self._hide(element)
        else:
            self._enter(element, kind)

    def _enter(self, element: Element, kind: str) -> None:
        if kind == "AlternateContent":  # one drawing said twice, for new and old Word
            element = child(element, "Choice") if child(element, "Choice") is not None else element
        self.has_rule = self.has_rule or any(
            one.endswith("}hr") and element.get(one) == "t" for one in element.keys()
        )
        self.read(element)

    def _say(self, text: str) -> None:
        if not any(self._fields):
            self._parts.append(text)
            self._has_seen = self._has_seen or bool(text.strip())

    def _field(self, step: str) -> None:
        if step == "begin":
            self._fields.append(True)
        elif self._fields and step == "separate":
            self._fields[-1] = False
        elif self._fields and step == "end":
            self._fields.pop()

    def _hide(self, run: Element) -> None:
        """Read nothing but where fields begin and end."""
        self._has_hidden = True
        for element in run:
            if name(element) == "fldChar":
                self._field(value(element, "fldCharType"))
