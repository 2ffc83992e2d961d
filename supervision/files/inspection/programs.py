"""Kinds of contents known by their first bytes: programs and containers, pictures, what is two things."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from supervision.files.inspection.refusals import Refused, Why

#: How much of a file's beginning is asked for here.
HEAD = 4096
_GZIP = b"\x1f\x8b"
_LARGEST_DRAWING = 64 * 1024**2
#: Programs, archives, and files that carry others: never a part of a paper.
_CARRIERS = (
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
    b"L\x00\x00\x00\x01\x14\x02\x00",  # a Windows shortcut
    b"\xd0\xcf\x11\xe0",  # OLE: old Office, e-mails, installers
    b"PK",
    b"%PDF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"MSCF",
    b"ITSF",
    _GZIP,
    b"BZh",
    b"\xfd7zXZ",
    b"{\\rtf",
)
_PICTURES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"II*\x00",
    b"MM\x00*",
    b"II\xbc\x01",  # JPEG XR
    b"\xd7\xcd\xc6\x9a",  # WMF
    b"\x01\x00\x09\x00\x00\x03",
    b"\x02\x00\x09\x00\x00\x03",
)


def is_carrier(head: bytes) -> bool:
    """Whether the first bytes are those of a program, an archive or another container of files."""
    return head.startswith(_CARRIERS)


def is_picture(head: bytes, size: int) -> bool:
    """Whether the first bytes (at least 44 of a file of `size`) are those of a picture that Office shows."""
    if head.startswith(_PICTURES):
        return True
    if head.startswith(b"\x01\x00\x00\x00") and head[40:44] == b" EMF":
        return True
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return True
    return head.startswith(b"BM") and len(head) > 6 and struct.unpack_from("<I", head, 2)[0] == size


def is_packed(head: bytes) -> bool:
    """Whether the first bytes are those of gzip, in which Office keeps drawings (EMZ, WMZ)."""
    return head.startswith(_GZIP)


def unpacked(data: bytes, take: Callable[[int], None]) -> tuple[bytes, int]:
    """Return the first bytes and the size of a drawing packed with gzip.

    `take` is told how many bytes were unpacked, and may refuse. Raises Refused: BOMB for one beyond 64 MB,
    EMBEDDED for what is packed otherwise, or more than once.
    """
    stream = zlib.decompressobj(wbits=31)
    try:
        found = stream.decompress(data, _LARGEST_DRAWING)
    except zlib.error:
        raise Refused(Why.EMBEDDED) from None
    if stream.unconsumed_tail:
        raise Refused(Why.BOMB)
    if not stream.eof or stream.unused_data:
        raise Refused(Why.EMBEDDED)
    take(len(found))
    return found[:HEAD], len(found)


def is_font(head: bytes, size: int) -> bool:
    """Whether the first bytes are those of a TrueType or OpenType font."""
    return head.startswith((b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf"))


def is_hidden_font(head: bytes, size: int) -> bool:
    """Whether the first bytes are those of a font of which Word has hidden 32 (ECMA-376 17.8.1).

    The table of contents goes on behind them: from the third entry on it can be read.
    """
    if len(head) < 92:
        return False
    for at in (44, 60, 76):
        tag, _sum, offset, length = struct.unpack_from(">4sIII", head, at)
        if not (tag.isascii() and tag.decode("ascii").isprintable()) or offset + length > size:
            return False
    return True


def is_no_text(head: bytes, size: int) -> bool:
    """Whether the first bytes hold zeros, as numbers do and no script or page does."""
    return b"\x00" in head


def refuse_two_things(data: bytes) -> None:
    """Refuse files that are also a ZIP or a PDF: readers disagree about those."""
    if zipfile.is_zipfile(io.BytesIO(data)) or (b"%PDF-" in data[:1100] and not data.startswith(b"%PDF-")):
        raise Refused(Why.MIXED)
