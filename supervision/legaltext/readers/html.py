"""A web page as blocks: what a browser shows of it, numbers of its lists included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from supervision.legaltext.outline import Block, marks
from supervision.legaltext.outline.joining import BLANK, DRAWN, RULE, join, plain, tidy
from supervision.legaltext.readers import tables, text
from supervision.legaltext.readers.lists import printed
from supervision.legaltext.readers.unreadable import Reason, Unreadable, refuse_long

Element = Any
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I
)
#: What pages declare; Python knows more "encodings", some of which are no encodings of text.
_ENCODING = re.compile(r"^(utf-?8|windows-125\d|cp125\d|iso-8859-\d{1,2}|us-ascii)$", re.I)
#: The parser goes no deeper and drops the rest without a word.
_DEEPEST = 250
_DROPPED = frozenset(
    "head script style template noscript iframe object svg math nav aside select button textarea input del "
    "canvas audio video".split()
)
_LINES = frozenset(
    "p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 blockquote pre section article main header footer center form "
    "fieldset address figure figcaption body br hr table".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_STYLED_LIST = re.compile(
    r"list-style(?:-type)?\s*:[^;]{0,100}?\b(none|(?:lower|upper)-(?:alpha|latin|roman)|decimal)\b", re.I
)
_FORMATS = {
    "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "lower-roman": "lowerRoman",
    "upper-alpha": "upperLetter", "upper-latin": "upperLetter", "upper-roman": "upperRoman",
}  # fmt: skip


def read(data: bytes) -> tuple[list[Block], str]:
    """Return the blocks of a web page and its title; raises Unreadable."""
    declared = _CHARSET.search(data[:4096])
    encoding = declared[1].decode() if declared else ""
    source = text.decode(data, encoding if _ENCODING.match(encoding) else "")
    refuse_long(0, len(source))  # a text of more than 10 million the parser would drop
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(source.replace("\x00", "").encode(), parser)
    except etree.XMLSyntaxError:
        raise Unreadable(Reason.NOTHING) from None
    if root is None:
        raise Unreadable(Reason.NOTHING)
    refuse_long(sum(1 for one in root.iter() if one.tag in _LINES))
    if _depth(root) > _DEEPEST:
        raise Unreadable(Reason.BROKEN)
    title = next((tidy(plain("".join(one.itertext()))) for one in root.iter("title")), "")
    return join(_Reader().read(root)), title


def _depth(root: Element) -> int:
    depth = deepest = 0
    for event, _element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


class _Reader:
    """Collects the words of a part of a page into lines, and its tables."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self.words: list[str] = []
        self.label = ""  # the number of a list's item that has no words yet
        self.heading = 0
        self.is_typed = False  # inside <pre>, where lines are lines

    def read(self, element: Element) -> list[Block]:
        """Return the lines and tables in `element`."""
        self._enter(element)
        self._end_line()
        return self.found

    def _enter(self, element: Element) -> None:
        self._say(element.text)
        items = _List(element) if element.tag in ("ol", "ul") else None
        for child in element:
            if isinstance(child.tag, str) and not _is_dropped(child):
                self._take(child, items)
            self._say(child.tail)

    def _take(self, element: Element, items: _List | None) -> None:
        if element.tag not in _LINES:
            self._enter(element)
            return
        self._end_line()
        if element.tag == "hr":
            self.found.append(DRAWN)
        elif element.tag == "table":
            self.found += tables.unfolded(list(self._rows(element)))
        elif element.tag != "br":
            if element.tag == "li" and items is not None:
                self.label = items.label(element)
            self._block(element)

    def _block(self, element: Element) -> None:
        before = self.heading, self.is_typed
        if re.fullmatch("h[1-6]", element.tag):
            self.heading = int(element.tag[1])
        self.is_typed = self.is_typed or element.tag == "pre"
        self._enter(element)
        if element.tag == "p" and not "".join(self.words).strip():
            self.found.append(BLANK)
        self._end_line()
        self.heading, self.is_typed = before

    def _say(self, said: str | None) -> None:
        first, *later = (said or "").split("\n") if self.is_typed else [said or ""]
        self.words.append(first)
        for line in later:
            self._end_line()
            self.words.append(line)

    def _end_line(self) -> None:
        line = tidy(plain("".join(self.words)))
        self.words = []
        if RULE.match(line):
            self.found.append(DRAWN)
        elif line:
            label = "" if marks.begins(line) else self.label  # a number that was typed as well
            self.label = ""
            self.found.append(Block(f"{label}{line}", heading=self.heading))

    def _rows(self, table: Element) -> Iterator[list[list[Block]]]:
        for part in table:
            if part.tag in ("thead", "tbody", "tfoot"):
                yield from self._rows(part)
            elif part.tag == "caption":
                yield [_Reader().read(part)]
            elif part.tag == "tr" and not _is_dropped(part):
                cells = (cell for cell in part if cell.tag in ("td", "th") and not _is_dropped(cell))
                yield [_Reader().read(cell) for cell in cells]


class _List:
    """What a list prints before its items."""

    def __init__(self, element: Element) -> None:
        self.is_ordered = element.tag == "ol"
        self.next = _whole(element.get("start"), 1)
        self.format = _format(element)

    def label(self, item: Element) -> str:
        """Return the number of the next item, which may set its own, or a dash."""
        number = _whole(item.get("value"), self.next)
        self.next = number + 1
        name = _format(item) or self.format
        if name == "none":
            return ""
        return f"{printed(number, _FORMATS.get(name, name))}. " if self.is_ordered else "- "


def _format(element: Element) -> str:
    styled = _STYLED_LIST.search(element.get("style", "")[:2000])
    return styled[1].lower() if styled else element.get("type", "")


def _whole(said: str | None, default: int) -> int:
    return int(said) if said and re.fullmatch(r"-?[0-9]{1,6}", said.strip()) else default


def _is_dropped(element: Element) -> bool:
    hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")[:2000])
    return element.tag in _DROPPED or bool(hidden)
