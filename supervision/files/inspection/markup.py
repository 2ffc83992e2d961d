"""XML of strangers read event by event: no declarations of its own, no tree in memory, linear.

Names are taken without their prefix: which prefix stands for which namespace is the writer's choice. The
namespace is told beside the name; a prefix that stands for none is told as such and hides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol
from xml.parsers import expat

from supervision.files.inspection.refusals import Refused, Why
from supervision.files.inspection.spaces import LETTER

#: What the Office formats and our own files are written in; a reader of anything else may see other words.
_ENCODINGS = frozenset({"UTF-8", "UTF8", "UTF-16", "UTF-16LE", "UTF-16BE", "US-ASCII", "ASCII"})
#: Document types that drawing programs and the settings of a Mac's printer name, as they always are.
_DOCTYPES = {
    "svg": "http://www.w3.org/",
    "plist": "http://www.apple.com/DTDs/",
}


_NOTHING: list[str] = []


class Listener(Protocol):
    """What is told of each element.

    Names come without prefix. So do attributes of the element's own namespace, and those without any where
    it has none or asks for none (all but a letter's elements); another comes by its full name, ":name" if it
    has no prefix. The namespace is None for a prefix that stands for none.
    """

    def start(self, name: str, attributes: Mapping[str, str], space: str | None) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


def read(pieces: Iterable[bytes], listener: Listener, *, instructions: bool = True) -> None:
    """Tell `listener` of what stands in an XML file given in pieces.

    Raises Refused: ENTITIES for a document type or another encoding, BROKEN for what is no XML;
    SCRIPT for a style sheet, or any processing instruction where `instructions` are not wanted.
    """
    spaces = _Spaces()

    def start(name: str, given: dict[str, str]) -> None:
        space, attributes = spaces.enter(name, given)
        listener.start(bare(name), attributes, space)

    def end(name: str) -> None:
        spaces.leave()
        listener.end(bare(name))

    def instruction(target: str, data: str) -> None:
        if not instructions or target.lower() == "xml-stylesheet":
            raise Refused(Why.SCRIPT)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = listener.text
    parser.XmlDeclHandler = _declared
    parser.StartDoctypeDeclHandler = _doctype
    parser.ProcessingInstructionHandler = instruction
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise Refused(Why.BROKEN) from None


class _Spaces:
    """Which namespace each prefix stands for, at the element that is read."""

    def __init__(self) -> None:
        self._bound: dict[str, list[str]] = {"": [""]}
        self._declared: list[list[str]] = []

    def enter(self, name: str, given: dict[str, str]) -> tuple[str | None, dict[str, str]]:
        """Take the beginning of an element; return its namespace and its attributes."""
        declared = [one for one in given if one.startswith("xmlns")] if given else _NOTHING
        for one in declared:
            self._bound.setdefault(one[6:], []).append(given[one])
        self._declared.append(declared)
        space = self.of(name.rpartition(":")[0])
        has_prefixes = any(":" in one for one in given) if given else False
        if has_prefixes or (given and space in LETTER):
            return space, self._attributes(given, space)
        return space, given

    def leave(self) -> None:
        """Take the end of the element begun last."""
        declared = self._declared.pop()
        for one in declared:
            self._bound[one[6:]].pop()

    def of(self, prefix: str) -> str | None:
        """Return the namespace of a prefix, None for none."""
        bound = self._bound.get(prefix)
        return bound[-1] if bound else None

    def _attributes(self, given: dict[str, str], space: str | None) -> dict[str, str]:
        own: dict[str, str] = {}
        for full, said in given.items():
            prefix, _, name = full.rpartition(":")
            if prefix == "xmlns" or full == "xmlns":
                continue
            if prefix and self.of(prefix) != space:
                name = full
            elif not prefix and space in LETTER:
                name = f":{full}"
            if own.setdefault(name, said) is not said:
                raise Refused(Why.BROKEN)  # twice in one namespace: programs disagree which is meant
        return own


def looks_like_markup(head: bytes) -> bool:
    """Whether a file begins as XML or HTML does, in any encoding of Unicode."""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    head = head.lstrip(b" \t\r\n\x00")
    return head.startswith((b"<", b"+ADw", b"\x4c\x6f\xa7\x94"))  # the last two: UTF-7, EBCDIC


def bare(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]


def _declared(version: str, encoding: str | None, standalone: int) -> None:
    if encoding and encoding.upper() not in _ENCODINGS:
        raise Refused(Why.ENTITIES)


def _doctype(name: str, system: str | None, public: str | None, has_declarations: int) -> None:
    known = _DOCTYPES.get(name)
    if has_declarations or known is None or not (system or "").startswith(known):
        raise Refused(Why.ENTITIES)
