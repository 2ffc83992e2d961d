"""How a PDF lies in its file: every byte belongs to an object that a table lists, to a table, or is blank.

What no table lists some readers find all the same, when they take the file for broken; then the last object
of a number counts, in a stream of objects too. So each is where the tables say, and the newest lies last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pikepdf

from supervision.files.inspection import lexing
from supervision.files.inspection.refusals import Refused, Why
from supervision.files.inspection.tables import Tables, packed_place, stream_of

_SPACE = lexing.SPACE
_BETWEEN = re.compile(
    rb"(?:[\x00\t\n\f\r ]++|%[^\r\n]*+|startxref" + _SPACE + rb"++\d++(?=" + _SPACE + rb"++%%EOF))*+"
)
_OBJECT_END = re.compile(rb"endobj(?=[\x00\t\n\f\r %]|\Z)")
_STREAM_END = re.compile(_SPACE + rb"{0,64}endstream" + _SPACE + rb"{1,64}endobj(?=[\x00\t\n\f\r %]|\Z)")
_NUMBER = re.compile(_SPACE + rb"*+(\d{1,15})" + _SPACE + rb"*+endobj")
_NUMBERS = re.compile(rb"[\d\x00\t\n\f\r ]*+")
_STREAM_KINDS = re.compile(rb"/(?:ObjStm|XRef)(?![^\x00\t\n\f\r ()<>\[\]{}/%])")
_MOST_UNPACKED = 400 * 1024**2  # bytes of all streams of objects together


def check_layout(data: bytes, document: pikepdf.Pdf, judge_old: Callable[[bytes], None]) -> None:
    """Raise Refused (STRUCTURE, HEAVY) for a PDF with more in it than its tables say.

    `document` is the same file, as the library reads it. `judge_old` is told the text of what a newer object
    has replaced; it may refuse.
    """
    _Layout(data, document, judge_old).check()


class _Layout:
    def __init__(self, data: bytes, document: pikepdf.Pdf, judge_old: Callable[[bytes], None]) -> None:
        self._data = data
        self._document = document
        self._judge_old = judge_old
        self._tables = Tables(data)
        self._places = self._tables.places()
        self._replaced: dict[int, list[int]] = {}
        for number, place in self._tables.older:
            self._replaced.setdefault(number, []).append(place)
        #: Streams of objects by number: where each begins, what its dictionary says, its bytes.
        self._streams: dict[int, tuple[int, bytes, bytes]] = {}
        self._left = _MOST_UNPACKED

    def check(self) -> None:
        at = 0
        for begin in sorted(self._tables.objects.keys() | self._tables.tables.keys()):
            self._between(at, begin)
            at = self._tables.tables.get(begin) or self._object(begin)
        self._between(at, len(self._data))
        found = sum(self._listed(number) for number in self._streams)
        if found != sum(place < 0 for _number, place in self._places):
            raise Refused(Why.STRUCTURE)  # said to lie where it does not
        for number, place in self._tables.older:
            newest = self._tables.newest[number]
            if newest and self._position(place) > self._position(newest):
                raise Refused(Why.STRUCTURE)

    def _between(self, at: int, begin: int) -> None:
        """Refuse what stands between two objects, or objects that lie in each other."""
        if at > begin or not _BETWEEN.fullmatch(self._data, at, begin):
            raise Refused(Why.STRUCTURE)

    def _object(self, begin: int) -> int:
        """Go through the object that begins at an offset; return where it ends."""
        number, generation, at = lexing.header(self._data, begin)
        if (number, generation) != self._tables.objects[begin]:
            raise Refused(Why.STRUCTURE)
        end = lexing.body_end(self._data, at)
        if self._tables.newest.get(number, begin) != begin:
            self._judge_old(self._data[at:end])
        start = lexing.stream_start(self._data, end)
        if start is not None:
            return self._stream(begin, number, lexing.without_texts(self._data[at:end]), start)
        found = _OBJECT_END.match(self._data, end)
        if found is None:
            raise Refused(Why.STRUCTURE)
        return found.end()

    def _stream(self, begin: int, number: int, about: bytes, start: int) -> int:
        said = lexing.said(about, b"Length")
        for length in self._lengths(said) if said else ():
            if found := _STREAM_END.match(self._data, start + length):
                break
        else:
            raise Refused(Why.STRUCTURE)
        if self._data.find(b"endstream", start, start + length) >= 0:
            raise Refused(Why.STRUCTURE)  # where it ends for who does not know its length
        kinds = set(_STREAM_KINDS.findall(about))
        if b"/XRef" in kinds and begin not in self._tables.streams:
            self._tables.check_root(about)  # kept from before, as PDFium does when it saves
        if b"/ObjStm" in kinds:
            if number in self._streams:
                raise Refused(Why.STRUCTURE)
            self._streams[number] = begin, about, self._data[start : start + length]
        return found.end()

    def _lengths(self, said: tuple[int, int | None]) -> Iterator[int]:
        """Yield how long a stream may be: what its dictionary says, or each object to which that refers."""
        number, generation = said
        if generation is None:
            yield number
            return
        newest = self._document.get_object((number, generation))
        if isinstance(newest, int):  # the library gives numbers as such
            yield newest
        for place in self._replaced.get(number, ()):
            if place > 0 and (found := _NUMBER.match(self._data, lexing.header(self._data, place)[2])):
                yield int(found[1])

    def _listed(self, number: int) -> int:
        """Compare what a stream of objects lists with what the tables say of it; return how many it lists."""
        _begin, about, raw = self._streams[number]
        count, first = lexing.number(about, b"N"), lexing.number(about, b"First")
        plain = lexing.unpacked(about, raw)
        self._left -= len(plain)
        if self._left < 0:
            raise Refused(Why.HEAVY)
        head = plain[:first]
        if count is None or first is None or not _NUMBERS.fullmatch(head):
            raise Refused(Why.STRUCTURE)
        numbers = [int(one) for one in head.replace(b"\x00", b" ").split()][::2]
        places = [(one, packed_place(number, index)) for index, one in enumerate(numbers)]
        if len(numbers) != count or len(set(numbers)) < count or not self._places.issuperset(places):
            raise Refused(Why.STRUCTURE)
        if any(self._tables.newest[one] != place for one, place in places):
            self._judge_old(plain)
        return count

    def _position(self, place: int) -> int:
        """Return where an object lies in the file: itself, or the stream that holds it."""
        return place if place > 0 else self._streams[stream_of(place)][0]
