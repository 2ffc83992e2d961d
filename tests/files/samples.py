"""Files of every accepted type, and hostile ones, made on the spot."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib

import pikepdf

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/{main}" ContentType="{type}"/></Types>'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"


def pdf(pages: int = 2) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def locked_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def archive(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as file:
        for name, body in parts.items():
            file.writestr(name, body)
    return out.getvalue()


def docx(more: dict[str, str | bytes] | None = None, type_: str = WORD) -> bytes:
    main = "word/document.xml"
    body = "<w:document><w:body><w:p><w:r><w:t>Báo cáo</w:t></w:r></w:p></w:body></w:document>"
    return archive({"[Content_Types].xml": TYPES.format(main=main, type=type_), main: body, **(more or {})})


def xlsx(more: dict[str, str | bytes] | None = None) -> bytes:
    main = "xl/workbook.xml"
    return archive(
        {"[Content_Types].xml": TYPES.format(main=main, type=SHEET), main: "<workbook/>", **(more or {})}
    )


def png(width: int = 3, height: int = 2, more: bytes = b"") -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\x00" + b"\xff" * 3 * 3 for _ in range(2)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"") + more


def jpg(more: bytes = b"") -> bytes:
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 16, 16, 1) + b"\x01\x11\x00"
    scan = (
        b"\xff\xda" + struct.pack(">HB", 8, 1) + b"\x01\x00\x00\x3f\x00" + bytes(9) + b"\xff\x00" + bytes(9)
    )
    return (
        b"\xff\xd8\xff\xe0"
        + struct.pack(">H", 16)
        + b"JFIF\x00"
        + bytes(9)
        + frame
        + scan
        + b"\xff\xd9"
        + more
    )


def hidden_font() -> bytes:
    """A font as Word embeds it: the first 32 bytes are mixed with the number that names it."""
    tags = (b"OS/2", b"cmap", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"name", b"post")
    start = 12 + 16 * len(tags)
    table = b"".join(struct.pack(">4sIII", tag, n, start + 4 * n, 4) for n, tag in enumerate(tags))
    font = struct.pack(">IHHHH", 0x00010000, len(tags), 128, 3, 32) + table + bytes(4 * len(tags))
    key = bytes.fromhex("1dd9f3f2a0b64a0e9d5c7f6e5d4c3b2a")
    return bytes(a ^ b for a, b in zip(font[:32], key * 2, strict=True)) + font[32:]


def emf() -> bytes:
    """A drawing of Windows, as far as its beginning tells."""
    return b"\x01\0\0\0" + bytes(36) + b" EMF" + bytes(64)


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def bmp(width: int, height: int) -> bytes:
    """A white picture that is not packed."""
    size = 54 + 3 * width * height
    header = struct.pack("<2sIIIIiiHHIIIIII", b"BM", size, 0, 54, 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
    return header + b"\xff" * (3 * width * height)
