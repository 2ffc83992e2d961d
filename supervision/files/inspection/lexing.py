"""The words of a PDF in its bytes: where an object begins and ends, and what its dictionary says plainly.

The library reads what tables list; here is what any reader finds that goes through the bytes. Whatever is not
written as every reader takes it is refused (STRUCTURE), so nothing is guessed.
"""

from __future__ import annotations

import re
import zlib

import pikepdf

from supervision.files.inspection.refusals import Refused, Why

SPACE = rb"[\x00\t\n\f\r ]"
_END_OF_WORD = rb"(?=[\x00\t\n\f\r ()<>\[\]/%]|\Z)"
_HEADER = re.compile(
    SPACE + rb"{0,8}(\d{1,10})" + SPACE + rb"{1,8}(\d{1,5})" + SPACE + rb"{1,8}obj" + _END_OF_WORD
)
#: What an object is made of, up to the word that ends it.
_BODY = re.compile(
    rb"(?:[\x00\t\n\f\r \[\]]++|/[^\x00\t\n\f\r ()<>\[\]{}/%]*+|<<|>>|<[0-9A-Fa-f\x00\t\n\f\r ]*+>"
    rb"|\((?:[^()\\]++|\\.)*+\)|%[^\r\n]*+|(?:[+\-.0-9]++|true|false|null|R)" + _END_OF_WORD + rb")*+",
    re.S,
)
_NUMBER_BEFORE_END = re.compile(rb"[+\-.0-9]++(?=endobj)")  # as some programs write objects that are numbers
_BRACKET = re.compile(rb"\\.|[()]", re.S)
_TEXT = re.compile(rb"\((?:[^()\\]++|\\.)*+\)", re.S)
_HEX = re.compile(rb"#([0-9a-fA-F]{2})")
_MOST_WITHIN = 20  # brackets in each other, in the texts of what is read here
_STREAM = re.compile(rb"stream\r?\n")
#: Behind a key: a number, or a reference.
_SAID = (
    rb"(?![^\x00\t\n\f\r ()<>\[\]{}/%])"
    + SPACE
    + rb"*+(?:(\d{1,15})"
    + _END_OF_WORD
    + rb"(?:"
    + SPACE
    + rb"++(\d{1,5})"
    + SPACE
    + rb"++R"
    + _END_OF_WORD
    + rb")?)?"
)
_FILTER = re.compile(
    rb"/Filter" + SPACE + rb"*(?:\[" + SPACE + rb"*)?/FlateDecode" + SPACE + rb"*\]?" + SPACE + rb"*[/>]"
)
MOST_UNPACKED = 64 * 1024**2  # bytes


def header(data: bytes, at: int) -> tuple[int, int, int]:
    """Return number and generation of the object that begins at an offset, and where its body begins."""
    found = _HEADER.match(data, at)
    if found is None:
        raise Refused(Why.STRUCTURE)
    return int(found[1]), int(found[2]), found.end()


def body_end(data: bytes, at: int) -> int:
    """Return where a body ends that begins at an offset: at the next word that belongs to none."""
    while True:
        at = _BODY.match(data, at).end()  # type: ignore[union-attr]
        if data[at : at + 1] == b"(":
            at = _text_end(data, at)
        elif found := _NUMBER_BEFORE_END.match(data, at):
            return found.end()
        else:
            return at


def _text_end(data: bytes, at: int) -> int:
    depth = 0
    for found in _BRACKET.finditer(data, at):
        depth += (found[0] == b"(") - (found[0] == b")")
        if not depth:
            return found.end()
    raise Refused(Why.STRUCTURE)


def stream_start(data: bytes, at: int) -> int | None:
    """Return where the bytes of a stream begin, if the word at an offset says that one does."""
    found = _STREAM.match(data, at)
    return found.end() if found else None


def without_texts(body: bytes) -> bytes:
    """Return a dictionary without what stands in its texts, `#xx` in its names undone; refuse depth."""
    for _depth in range(_MOST_WITHIN):
        if b"(" not in body:
            return _HEX.sub(_sign, body) if b"#" in body else body
        body = _TEXT.sub(b" ", body)
    raise Refused(Why.STRUCTURE)


def _sign(found: re.Match[bytes]) -> bytes:
    sign = bytes([int(found[1], 16)])
    return sign if sign.isalnum() else b"_"


def said(about: bytes, key: bytes) -> tuple[int, int | None] | None:
    """Return the number that a dictionary `without_texts` gives to a key: itself, or whose it is.

    The second is the generation of a reference, None for a number; refuse what is neither, or said twice.
    """
    found = re.findall(b"/" + key + _SAID, about)
    if not found:
        return None
    number, generation = found[0]
    if len(found) > 1 or not number:
        raise Refused(Why.STRUCTURE)
    return int(number), int(generation) if generation else None


def number(about: bytes, key: bytes) -> int | None:
    """Return a number that is written in a dictionary itself; raises Refused for a reference."""
    found = said(about, key)
    if found is None or found[1] is None:
        return found and found[0]
    raise Refused(Why.STRUCTURE)


def numbers(about: bytes, key: bytes) -> list[int]:
    """Return the numbers in an array of a dictionary, none if it has no such key."""
    found = re.findall(b"/" + key + SPACE + rb"*\[([\d\x00\t\n\f\r ]*+)\]", about)
    if len(found) > 1:
        raise Refused(Why.STRUCTURE)
    return [int(one) for one in found[0].replace(b"\x00", b" ").split()] if found else []


def unpacked(about: bytes, raw: bytes) -> bytes:
    """Return the bytes of a stream of a table or of objects; raises Refused (STRUCTURE, HEAVY)."""
    if b"/Filter" not in about:
        return raw
    if not _FILTER.search(about):
        raise Refused(Why.STRUCTURE)
    try:
        packed = zlib.decompressobj()
        plain = packed.decompress(raw, MOST_UNPACKED)
    except zlib.error:
        raise Refused(Why.STRUCTURE) from None
    if packed.unconsumed_tail:
        raise Refused(Why.HEAVY)
    names = {"Predictor": 1, "Columns": 1, "Colors": 1, "BitsPerComponent": 8}
    given = {key: number(about, key.encode()) for key in names}
    if (given["Predictor"] or 1) == 1:
        return plain
    with pikepdf.new() as document:
        foretold = pikepdf.Dictionary({f"/{key}": value for key, value in given.items() if value is not None})
        stream = pikepdf.Stream(document, raw, Filter=pikepdf.Name.FlateDecode, DecodeParms=foretold)
        return stream.read_bytes()
