"""Is an uploaded file what its name says? Runs in a sandbox child: no Django, plain data in and out.

`inspect` answers {"pages": int or None}; it raises Refused with one of the reasons in REASONS.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile

MAX_ENTRIES = 2_000
MAX_RATIO = 100
MAX_UNPACKED = 300 * 1024**2
MAX_PIXELS = 120_000_000
#: Parts that carry programs or other files (macros, ActiveX, embedded and linked objects).
_FORBIDDEN_PART = re.compile(
    r"vbaproject|vbadata|activex|/embeddings/|externallinks|oleobject|macrosheets|\.bin$|\.(exe|js|vbs|dll)$",
    re.I,
)
_MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_MACRO_TYPE = re.compile(rb"macroEnabled|vbaProject|ms-office\.activeX", re.I)
_REMOTE = re.compile(
    rb"(?:attachedTemplate|oleObject|externalLink|frame|subDocument)\"[^>]*TargetMode=\"External\""
    rb"|TargetMode=\"External\"[^>]*(?:attachedTemplate|oleObject|externalLink|frame|subDocument)\"",
    re.I,
)
_DDE = re.compile(rb"instrText[^>]*>\s*\"?\s*DDE(?:AUTO)?\b|<ddeLink\b", re.I)


class Refused(Exception):
    """The file is not accepted; the message is a key of REASONS in `files.services`."""


def inspect(data: bytes, extension: str) -> dict[str, int | None]:
    """Check bytes against `extension`; return the number of pages of a PDF."""
    if extension == "pdf":
        return {"pages": _pdf(data)}
    if extension in _MAIN_PART:
        _office(data, extension)
    elif extension == "png":
        _not_two_things(data)
        _png(data)
    else:
        _not_two_things(data)
        _jpeg(data)
    return {"pages": None}


def count_pages(data: bytes) -> int:
    """Return the number of pages of a PDF."""
    return _pdf(data)


def _not_two_things(data: bytes) -> None:
    """Refuse files that are also a ZIP or a PDF: readers disagree about those."""
    if zipfile.is_zipfile(io.BytesIO(data)) or (b"%PDF-" in data[:1100] and not data.startswith(b"%PDF-")):
        raise Refused("mixed")


def _pdf(data: bytes) -> int:
    import pikepdf

    if not data.startswith(b"%PDF-"):
        raise Refused("type")
    _not_two_things(data)
    if b"%%EOF" not in data[-2048:]:
        raise Refused("broken")
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pages = len(pdf.pages)
    except pikepdf.PasswordError:
        raise Refused("password") from None
    except Exception:
        raise Refused("broken") from None
    if pages == 0:
        raise Refused("broken")
    return pages


def _office(data: bytes, extension: str) -> None:
    if not data.startswith(b"PK\x03\x04"):
        raise Refused("password" if data.startswith(b"\xd0\xcf\x11\xe0") else "type")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
        _entries(entries)
        names = {entry.filename for entry in entries}
        if "[Content_Types].xml" not in names or _MAIN_PART[extension] not in names:
            raise Refused("type")
        if b"%PDF-" in data[:1100]:
            raise Refused("mixed")
        for entry in entries:
            _part(archive, entry)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise Refused("broken") from None


def _entries(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > min(MAX_UNPACKED, MAX_RATIO * max(packed, 1024)):
        raise Refused("bomb")
    for entry in entries:
        name = entry.filename
        if entry.flag_bits & 1:
            raise Refused("password")
        if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name:
            raise Refused("broken")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise Refused("broken")
        if _FORBIDDEN_PART.search(name) and "printersettings" not in name.lower():
            raise Refused("active")


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unpack one part (its CRC is checked) and look for programs and remote contents."""
    body = archive.read(entry)
    if not entry.filename.lower().endswith((".xml", ".rels")):
        return
    if b"\x00" in body or b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise Refused("active")
    if _MACRO_TYPE.search(body) and entry.filename == "[Content_Types].xml":
        raise Refused("active")
    if (entry.filename.endswith(".rels") and _REMOTE.search(body)) or _DDE.search(body):
        raise Refused("active")


def _png(data: bytes) -> None:
    if not data.startswith(b"\x89PNG\r\n\x1a\n"):
        raise Refused("type")
    position, first = 8, True
    while position + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        if first:
            if kind != b"IHDR" or length != 13:
                raise Refused("broken")
            _pixels(*struct.unpack_from(">II", data, position + 8))
            first = False
        position += 12 + length
        if kind == b"IEND":
            if position != len(data):
                raise Refused("mixed")
            return
    raise Refused("broken")


def _jpeg(data: bytes) -> None:
    if not data.startswith(b"\xff\xd8\xff"):
        raise Refused("type")
    position = 2
    while position + 9 < len(data):
        if data[position] != 0xFF:
            break
        marker = data[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, position + 5)
            _pixels(width, height)
            if b"\xff\xd9" not in data[position:]:
                raise Refused("broken")
            return
        position += 2 + struct.unpack_from(">H", data, position + 2)[0]
    raise Refused("broken")


def _pixels(width: int, height: int) -> None:
    if width == 0 or height == 0 or width * height > MAX_PIXELS:
        raise Refused("bomb")
