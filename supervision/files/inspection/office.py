"""DOCX and XLSX: an archive of parts, each one of the kinds that a paper is made of, none of others."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO

from supervision.files.inspection import markup, programs
from supervision.files.inspection.parts import Part
from supervision.files.inspection.refusals import Refused, Why

MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_MAIN_TYPE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
MAX_ENTRIES = 2_000
MAX_RATIO = 100
MAX_UNPACKED = 300 * 1024**2
_PIECE = 16 * 1024**2  # of XML handed on at once: the parser reads an unfinished token anew with each piece
_TYPES = "[Content_Types].xml"
#: What the library raises for an archive that is none, or is bent.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)
#: Words in the type of a part (lower case) that name what no paper holds, whatever the part is called.
_NEVER = (
    ("macro", Why.MACRO),
    ("vba", Why.MACRO),
    ("dialogsheet", Why.MACRO),
    ("attachedtoolbars", Why.MACRO),
    ("keymapcustomizations", Why.MACRO),
    ("activex", Why.EMBEDDED),
    ("oleobject", Why.EMBEDDED),
    ("externallink", Why.EXTERNAL),
    ("connections+xml", Why.EXTERNAL),
    ("webextension", Why.EXTERNAL),
)
#: Parts that are neither XML nor a picture, by the end of their type: fonts, settings of a printer.
_OPAQUE = ("obfuscatedfont", "x-fontdata", "x-font-ttf", "printersettings", "customproperty")
#: Names that Office gives to what is refused anyway, so that a file without types is refused as well.
_NAMES = re.compile(r"vbaproject|vbadata|activex|/embeddings/|externallinks|oleobject|macrosheets", re.I)


def check(data: bytes, extension: str) -> None:
    """Raise Refused unless `data` is a DOCX or XLSX that holds nothing but a paper."""
    if not data.startswith(b"PK\x03\x04"):
        raise Refused(Why.PASSWORD if data.startswith(b"\xd0\xcf\x11\xe0") else Why.TYPE)
    if b"%PDF-" in data[:1100]:
        raise Refused(Why.MIXED)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _package(archive, extension)
    except _BROKEN:
        raise Refused(Why.BROKEN) from None


def _package(archive: zipfile.ZipFile, extension: str) -> None:
    entries = archive.infolist()
    _entries(entries)
    names = {entry.filename for entry in entries}
    if _TYPES not in names or MAIN_PART[extension] not in names:
        raise Refused(Why.TYPE)
    types = _types(archive, extension)
    for entry in entries:
        if not entry.is_dir():
            _part(archive, entry, types.of(entry.filename))


def _entries(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > min(MAX_UNPACKED, MAX_RATIO * max(packed, 1024)):
        raise Refused(Why.BOMB)
    if len({entry.filename.casefold() for entry in entries}) < len(entries):
        raise Refused(Why.BROKEN)  # one name twice: programs disagree which part is meant
    for entry in entries:
        name = entry.filename
        if entry.flag_bits & 1:
            raise Refused(Why.PASSWORD)
        if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name:
            raise Refused(Why.BROKEN)
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise Refused(Why.BROKEN)


class _Types:
    """The types that the package gives to its parts: by name, else by the end of the name."""

    def __init__(self) -> None:
        self._by_name: dict[str, str] = {}
        self._by_end: dict[str, str] = {}

    def start(self, name: str, given: Mapping[str, str]) -> None:
        kind = given.get("ContentType", "").partition(";")[0].strip().lower()
        if name == "Override":
            self._by_name[given.get("PartName", "").lower().lstrip("/")] = kind
        elif name == "Default":
            self._by_end[given.get("Extension", "").lower()] = kind
        for word, why in _NEVER:
            if word in kind:
                raise Refused(why)

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...

    def of(self, part: str) -> str:
        """Return the type of a part in lower case, "" for none."""
        return self._by_name.get(part.lower(), self._by_end.get(part.rpartition(".")[2].lower(), ""))


def _types(archive: zipfile.ZipFile, extension: str) -> _Types:
    types = _Types()
    markup.read(_pieces(archive, archive.getinfo(_TYPES)), types)
    if types.of(MAIN_PART[extension]) != _MAIN_TYPE[extension]:
        raise Refused(Why.TYPE)
    return types


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, kind: str) -> None:
    """Look at one part by what it is; its name and its declared type only add to that."""
    if _NAMES.search(entry.filename):
        raise Refused(_why_named(entry.filename.lower()))
    pieces = _pieces(archive, entry)
    head = next(pieces, b"")
    if not head:
        return
    if _is_markup(head, entry.filename.lower(), kind):
        part = Part()
        markup.read(_joined(head, pieces), part)
        part.finish()
        return
    if programs.is_carrier(head):
        raise Refused(Why.EMBEDDED)
    if not programs.is_picture(head, entry.file_size) and not kind.endswith(_OPAQUE):
        raise Refused(Why.EMBEDDED)
    for _rest in pieces:
        pass  # to the end, where the check sum is compared


def _why_named(name: str) -> Why:
    if "externallinks" in name:
        return Why.EXTERNAL
    return Why.MACRO if "vba" in name or "macrosheets" in name else Why.EMBEDDED


def _is_markup(head: bytes, name: str, kind: str) -> bool:
    if kind.endswith(("+xml", "/xml", "vmldrawing")) or name.endswith((".xml", ".rels", ".vml")):
        return True
    return markup.looks_like_markup(head)


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack a part piece by piece; its check sum is compared at the end."""
    with archive.open(entry) as stream:
        while piece := stream.read(_PIECE):
            yield piece


def _joined(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest
