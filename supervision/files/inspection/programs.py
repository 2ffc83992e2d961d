"""Kinds of contents known by their first bytes: programs and containers, pictures, what is two things."""

from __future__ import annotations

import io
import struct
import zipfile

from supervision.files.inspection.refusals import Refused, Why

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
    b"\x1f\x8b",
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


def refuse_two_things(data: bytes) -> None:
    """Refuse files that are also a ZIP or a PDF: readers disagree about those."""
    if zipfile.is_zipfile(io.BytesIO(data)) or (b"%PDF-" in data[:1100] and not data.startswith(b"%PDF-")):
        raise Refused(Why.MIXED)
