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
from supervision.files.inspection.archives import check_layout
from supervision.files.inspection.packages import main_part
from supervision.files.inspection.parts import Part
from supervision.files.inspection.refusals import Refused, Why
from supervision.files.inspection.spaces import PACKAGE

_MAIN_TYPE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
EXTENSIONS = frozenset(_MAIN_TYPE)
MAX_ENTRIES = 2_000
MAX_RATIO = 100
MAX_UNPACKED = 300 * 1024**2
#: Bytes of pictures that any file may hold: a white page is nothing when packed, and is not read by a parser.
FREE_PICTURES = 100 * 1024**2
_PIECE = 16 * 1024**2  # of XML handed on at once: the parser reads an unfinished token anew with each piece
_LARGEST_WORKBOOK = 20 * 1024**2  # within a letter, behind a chart
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
#: Parts that are neither XML nor a picture: fonts and what a printer or an add-in remembers, by the end of
#: their type, with the ends that their names may have and what their bytes must be.
_OPAQUE = {
    "obfuscatedfont": ((".odttf",), programs.is_hidden_font),
    "x-fontdata": ((".fntdata", ".ttf"), programs.is_font),
    "x-font-ttf": ((".ttf", ".otf"), programs.is_font),
    "printersettings": ((".bin",), programs.is_no_text),
    "customproperty": ((".bin",), programs.is_no_text),
}
_MARKUP_ENDS = (".xml", ".rels", ".vml", ".svg")
_PICTURE_ENDS = tuple(
    ".png .jpg .jpeg .jpe .jfif .gif .bmp .dib .tif .tiff .emf .wmf .emz .wmz .webp .wdp .jxr .tmp "
    ".bin".split()
)
#: Names that Office gives to what is refused anyway, so that a file without types is refused as well.
_NAMES = re.compile(
    r"vbaproject|vbadata|activex|/embeddings/(?!.*\.xlsx\Z)|externallinks|oleobject|macrosheets", re.I | re.S
)


def check(data: bytes, extension: str) -> None:
    """Raise Refused unless `data` is a DOCX or XLSX that holds nothing but a paper."""
    _check(data, extension, _Budget())


class _Budget:
    """What may still be unpacked: of the file as a whole, and for its size."""

    def __init__(self) -> None:
        self.left = MAX_UNPACKED
        self.pictures = FREE_PICTURES
        self.for_its_size = 0

    def take(self, size: int, *, is_picture: bool = False) -> None:
        """Take `size` bytes of it; raises Refused when there is not as much left."""
        self.left -= size
        if is_picture and size <= self.pictures:
            self.pictures -= size
        else:
            self.for_its_size -= size
        if self.left < 0 or self.for_its_size < 0:
            raise Refused(Why.BOMB)


def _check(data: bytes, extension: str, budget: _Budget, *, is_within: bool = False) -> None:
    if not data.startswith(b"PK\x03\x04"):
        raise Refused(Why.PASSWORD if data.startswith(b"\xd0\xcf\x11\xe0") else Why.TYPE)
    if b"%PDF-" in data[:1100]:
        raise Refused(Why.MIXED)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            check_layout(data, archive)
            _Package(archive, extension, budget, is_within=is_within).check()
    except _BROKEN:
        raise Refused(Why.BROKEN) from None


def _entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
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

    def start(self, name: str, given: Mapping[str, str], space: str | None) -> None:
        if space and space not in PACKAGE:
            raise Refused(Why.BROKEN)  # somebody's own type is one to who asks for no namespace
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


class _Package:
    """One package: a paper, or the workbook behind a chart of a letter, which holds none in its turn."""

    def __init__(self, archive: zipfile.ZipFile, extension: str, budget: _Budget, *, is_within: bool) -> None:
        self._archive = archive
        self._extension = extension
        self._budget = budget
        self._may_hold_workbooks = extension == "docx" and not is_within
        self._types = _Types()

    def check(self) -> None:
        entries = self._archive.infolist()
        _entries(entries)
        self._budget.for_its_size += MAX_RATIO * max(sum(entry.compress_size for entry in entries), 1024)
        names = {entry.filename for entry in entries}
        main = main_part(self._archive, self._extension)
        if _TYPES not in names or main not in names:
            raise Refused(Why.TYPE)
        markup.read(self._pieces(self._archive.getinfo(_TYPES)), self._types)
        if self._types.of(main) != _MAIN_TYPE[self._extension]:
            raise Refused(Why.TYPE)
        for entry in entries:
            if not entry.is_dir():
                self._part(entry)

    def _part(self, entry: zipfile.ZipInfo) -> None:
        """Look at one part by what it is; its name and its declared type can only speak against it."""
        name = entry.filename.lower()
        if _NAMES.search(name):
            raise Refused(_why_named(name))
        with self._archive.open(entry) as stream:
            head = stream.read(programs.HEAD)
        kind = self._types.of(name)
        if not head:
            return
        if _is_markup(head, name, kind):
            self._markup(entry, name, kind)
        elif head.startswith(b"PK") and self._may_hold_workbooks and name.endswith(".xlsx"):
            self._workbook(entry)
        else:
            self._opaque(entry, head, name, kind)

    def _markup(self, entry: zipfile.ZipInfo, name: str, kind: str) -> None:
        self._budget.take(entry.file_size)
        part = Part(self._extension)
        markup.read(self._pieces(entry), part)
        part.finish()
        if not name.endswith(_MARKUP_ENDS) and not kind.endswith("printersettings"):
            raise Refused(Why.EMBEDDED)

    def _workbook(self, entry: zipfile.ZipInfo) -> None:
        """Look at the workbook behind a chart as at one that is sent by itself."""
        if entry.file_size > _LARGEST_WORKBOOK:
            raise Refused(Why.EMBEDDED)
        self._budget.take(entry.file_size)
        _check(self._archive.read(entry), "xlsx", self._budget, is_within=True)

    def _opaque(self, entry: zipfile.ZipInfo, head: bytes, name: str, kind: str) -> None:
        self._budget.take(entry.file_size, is_picture=True)
        size = entry.file_size
        if programs.is_packed(head) and name.endswith((".emz", ".wmz")):
            head, size = programs.unpacked(self._archive.read(entry), self._budget.take)
        if programs.is_carrier(head):
            raise Refused(Why.EMBEDDED)
        is_picture = name.endswith(_PICTURE_ENDS) and programs.is_picture(head, size)
        ends, is_right = next((one for end, one in _OPAQUE.items() if kind.endswith(end)), ((), None))
        if not is_picture and not (is_right and name.endswith(ends) and is_right(head, size)):
            raise Refused(Why.EMBEDDED)
        for _piece in self._pieces(entry):
            pass  # to the end, where the check sum is compared

    def _pieces(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        """Unpack a part piece by piece; its check sum is compared at the end."""
        with self._archive.open(entry) as stream:
            while piece := stream.read(_PIECE):
                yield piece


def _why_named(name: str) -> Why:
    if "externallinks" in name:
        return Why.EXTERNAL
    return Why.MACRO if "vba" in name or "macrosheets" in name else Why.EMBEDDED


def _is_markup(head: bytes, name: str, kind: str) -> bool:
    if kind.endswith(("+xml", "/xml", "vmldrawing")) or name.endswith((".xml", ".rels", ".vml")):
        return True
    return markup.looks_like_markup(head)
