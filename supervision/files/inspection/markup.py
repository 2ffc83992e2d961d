"""XML of strangers read event by event: no declarations of its own, no tree in memory, linear.

Names are taken without their prefix: which prefix stands for which namespace is the writer's choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol
from xml.parsers import expat

from supervision.files.inspection.refusals import Refused, Why

#: What the Office formats and our own files are written in; a reader of anything else may see other words.
_ENCODINGS = frozenset({"UTF-8", "UTF8", "UTF-16", "UTF-16LE", "UTF-16BE", "US-ASCII", "ASCII"})


class Listener(Protocol):
    """What is told of each element; names without prefix, attributes by such names."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


def read(pieces: Iterable[bytes], listener: Listener, *, instructions: bool = True) -> None:
    """Tell `listener` of what stands in an XML file given in pieces.

    Raises Refused: ENTITIES for a document type or another encoding, BROKEN for what is no XML;
    SCRIPT for a processing instruction where `instructions` are not wanted.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, given: listener.start(bare(name), _bare_names(given))
    parser.EndElementHandler = lambda name: listener.end(bare(name))
    parser.CharacterDataHandler = listener.text
    parser.XmlDeclHandler = _declared
    parser.StartDoctypeDeclHandler = _refuse_doctype
    if not instructions:
        parser.ProcessingInstructionHandler = _refuse_instruction
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise Refused(Why.BROKEN) from None


def looks_like_markup(head: bytes) -> bool:
    """Whether a file begins as XML or HTML does, in any encoding of Unicode."""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    head = head.lstrip(b" \t\r\n\x00")
    return head.startswith((b"<", b"+ADw", b"\x4c\x6f\xa7\x94"))  # the last two: UTF-7, EBCDIC


def bare(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]


def _bare_names(given: Mapping[str, str]) -> dict[str, str]:
    return {bare(name): value for name, value in given.items()}


def _declared(version: str, encoding: str | None, standalone: int) -> None:
    if encoding and encoding.upper() not in _ENCODINGS:
        raise Refused(Why.ENTITIES)


def _refuse_doctype(*_declaration: object) -> None:
    raise Refused(Why.ENTITIES)


def _refuse_instruction(target: str, data: str) -> None:
    raise Refused(Why.SCRIPT)
