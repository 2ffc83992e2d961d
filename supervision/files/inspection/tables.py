"""The cross-reference tables of a PDF, all of them: where each object lies, by number.

A reader that finds a table bent looks for the objects itself, each reader by rules of its own; so one opens
another paper than the next. Only a file in which there is nothing to mend is the same for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from supervision.files.inspection import lexing
from supervision.files.inspection.refusals import Refused, Why

#: Remarks of the library on files that every reader reads alike; printers and scanners write such.
_HARMLESS = (
    "reported number of objects",
    "a common error handled correctly",
    "extraneous whitespace seen before xref",
    "MediaBox is undefined",
    "Resources is missing or invalid",
    "Annots has duplicate entry",
    "appears more than once in the pages tree",
    "is direct; converting to indirect",
)
_SPACE = lexing.SPACE
#: A reader looks for this in the last 1,024 or 4,096 bytes, and mends the file if it is not there.
_END = re.compile(
    rb"startxref" + _SPACE + rb"{1,8}(\d{1,10})" + _SPACE + rb"{1,8}%%EOF" + _SPACE + rb"{0,512}\Z"
)
_LONGEST_END = 600
_TABLE = re.compile(_SPACE + rb"{0,8}xref(?=" + _SPACE + rb")")
_SECTION = re.compile(_SPACE + rb"{0,8}(\d{1,10}) {1,4}(\d{1,10})[ \t]{0,4}(?:\r\n|\r|\n)")
_TRAILER = re.compile(_SPACE + rb"{0,8}trailer")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf])(?: \r| \n|\r\n)")
_ENTRY_SIZE = 20  # bytes
_MOST_ENTRIES = 1_000_000  # of all tables together
_MOST_NUMBER = 4 * 1024**2  # beyond which PDFium takes a table for broken
_INDEX_BITS = 24
_FREE, _PLAIN, _PACKED = 0, 1, 2
_WIDTHS = 3


def check_remarks(warnings: Iterable[object]) -> None:
    """Raise Refused (STRUCTURE) for a file that the library had to mend, by what it said of it."""
    if any(not any(one in str(warning) for one in _HARMLESS) for warning in warnings):
        raise Refused(Why.STRUCTURE)


def packed_place(stream: int, index: int) -> int:
    """Return the place of an object within a stream of objects: below zero, where no plain object lies."""
    return -((stream << _INDEX_BITS) | index) - 1


def stream_of(place: int) -> int:
    """Return the number of the stream in which a packed object lies."""
    return (-place - 1) >> _INDEX_BITS


class Tables:
    """What the tables of one PDF say. A place is an offset or a `packed_place`; 0 is of a free number."""

    def __init__(self, data: bytes) -> None:
        """Read all tables, from the newest to the oldest; raises Refused (STRUCTURE, HEAVY)."""
        self.newest: dict[int, int] = {}
        self.older: list[tuple[int, int]] = []
        #: Number and generation of each plain object of any table, by its offset.
        self.objects: dict[int, tuple[int, int]] = {}
        #: Where each table that is no stream begins, and where its trailer ends.
        self.tables: dict[int, int] = {}
        self.streams: set[int] = set()
        self._data = data
        self._left = _MOST_ENTRIES
        #: The catalog, by the newest table.
        self.root: tuple[int, int | None] | None = None
        self._size = 0
        self._read()

    def places(self) -> set[tuple[int, int]]:
        """Return each number with each place that any table gives to it."""
        return set(self.newest.items()).union(self.older)

    def _read(self) -> None:
        end = _END.search(self._data, max(0, len(self._data) - _LONGEST_END))
        if end is None:
            raise Refused(Why.STRUCTURE)
        at: int | None = int(end[1])
        newest = int(end[1])
        while at is not None:
            entries: dict[int, int] = {}
            about = self._table(at, entries)
            if at == newest:
                self.root, self._size = lexing.said(about, b"Root"), lexing.number(about, b"Size") or 0
            elif at > newest:
                self.check_root(about)  # last in the file: the newest, for who goes through the bytes
            if (beside := lexing.number(about, b"XRefStm")) is not None:
                self._beside(beside, entries)
            for number, place in entries.items():
                if self.newest.setdefault(number, place) != place and place:
                    self.older.append((number, place))
            at = lexing.number(about, b"Prev")
        self._check_size()

    def check_root(self, about: bytes) -> None:
        """Raise Refused for a table, by its trailer without texts, that names another catalog."""
        if lexing.said(about, b"Root") not in (None, self.root):
            raise Refused(Why.STRUCTURE)

    def _check_size(self) -> None:
        """Refuse numbers beyond what is announced: some readers leave those objects out.

        If the catalog is one of them, as in what poppler's pdfunite writes, they look for all objects.
        """
        highest = max((number for number, place in self.newest.items() if place), default=0)
        if self.root is None or self.root[0] < self._size <= highest:
            raise Refused(Why.STRUCTURE)

    def _beside(self, at: int, entries: dict[int, int]) -> None:
        """Read the table in a stream beside one of lines, which may only add to it."""
        more: dict[int, int] = {}
        self.check_root(self._table(at, more))
        for number, place in more.items():
            known = entries.get(number)
            if known and place and known != place:
                raise Refused(Why.STRUCTURE)
            entries[number] = known or place

    def _table(self, at: int, entries: dict[int, int]) -> bytes:
        """Read the table at an offset; return its trailer without texts."""
        if not 0 < at < len(self._data):
            raise Refused(Why.STRUCTURE)
        found = _TABLE.match(self._data, at)
        return self._lines(found.end(), entries) if found else self._stream(at, entries)

    def _lines(self, at: int, entries: dict[int, int]) -> bytes:
        data, begin = self._data, at - len(b"xref")
        if begin in self.tables:
            raise Refused(Why.STRUCTURE)
        while section := _SECTION.match(data, at):
            first, count = int(section[1]), int(section[2])
            self._count(first, count)
            at = section.end()
            for number in range(first, first + count):
                entry = _ENTRY.match(data, at)
                if entry is None:
                    raise Refused(Why.STRUCTURE)  # of another length: some count bytes, others lines
                self._enter(entries, number, int(entry[1]) if entry[3] == b"n" else 0, int(entry[2]))
                at += _ENTRY_SIZE
        trailer = _TRAILER.match(data, at)
        if trailer is None:
            raise Refused(Why.STRUCTURE)
        self.tables[begin] = lexing.body_end(data, trailer.end())
        return lexing.without_texts(data[trailer.end() : self.tables[begin]])

    def _stream(self, at: int, entries: dict[int, int]) -> bytes:
        if at in self.streams:
            raise Refused(Why.STRUCTURE)
        self.streams.add(at)
        number, generation, begin = lexing.header(self._data, at)
        self._plain(at, number, generation)
        end = lexing.body_end(self._data, begin)
        about = lexing.without_texts(self._data[begin:end])
        start, length = lexing.stream_start(self._data, end), lexing.number(about, b"Length")
        if start is None or length is None:
            raise Refused(Why.STRUCTURE)
        rows = lexing.unpacked(about, self._data[start : start + length])
        widths = lexing.numbers(about, b"W")
        ranges = lexing.numbers(about, b"Index") or [0, lexing.number(about, b"Size") or 0]
        if len(widths) != _WIDTHS or not sum(widths) or len(ranges) % 2:
            raise Refused(Why.STRUCTURE)
        found = _rows(rows, widths)
        for first, count in zip(ranges[::2], ranges[1::2], strict=True):
            self._count(first, count)
            for each in range(first, first + count):
                self._row(entries, each, next(found, None))
        if next(found, None) is not None:
            raise Refused(Why.STRUCTURE)
        return about

    def _row(self, entries: dict[int, int], number: int, row: tuple[int, int, int] | None) -> None:
        kind, place, more = row or (-1, 0, 0)
        if kind == _PACKED:
            self._enter(entries, number, packed_place(place, more), 0)
        elif kind in (_FREE, _PLAIN):
            self._enter(entries, number, place if kind == _PLAIN else 0, more)
        else:
            raise Refused(Why.STRUCTURE)

    def _count(self, first: int, count: int) -> None:
        self._left -= count + 1
        if self._left < 0:
            raise Refused(Why.HEAVY)
        if first + count > _MOST_NUMBER:
            raise Refused(Why.STRUCTURE)

    def _enter(self, entries: dict[int, int], number: int, place: int, generation: int) -> None:
        if number in entries:
            raise Refused(Why.STRUCTURE)  # listed twice at once
        entries[number] = place
        if place > 0:
            self._plain(place, number, generation)

    def _plain(self, at: int, number: int, generation: int) -> None:
        if self.objects.setdefault(at, (number, generation)) != (number, generation):
            raise Refused(Why.STRUCTURE)


def _rows(rows: bytes, widths: list[int]) -> Iterator[tuple[int, int, int]]:
    """Yield kind and two numbers of each row; what is left over is a row that is none."""
    first, second, third = widths
    for at in range(0, len(rows), first + second + third):
        kind, place, more = at + first, at + first + second, at + first + second + third
        if more > len(rows):
            raise Refused(Why.STRUCTURE)
        said = int.from_bytes(rows[at:kind]) if first else _PLAIN
        yield said, int.from_bytes(rows[kind:place]), int.from_bytes(rows[place:more])
