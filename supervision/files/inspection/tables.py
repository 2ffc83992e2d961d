"""The cross-reference tables of a PDF: what a reader must mend, or may read in two ways, is refused.

A reader that finds a table bent looks for the objects itself, each reader by rules of its own; so one opens
another paper than the next. Only a file in which there is nothing to mend is the same for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pikepdf

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
_TABLE = re.compile(rb"(?<![A-Za-z])xref(?=[\x00\t\n\f\r ])")
_SECTION = re.compile(rb"[\x00\t\n\f\r ]{0,8}(\d{1,10}) {1,4}(\d{1,10})[ \t]{0,4}(?:\r\n|\r|\n)")
_TRAILER = re.compile(rb"[\x00\t\n\f\r ]{0,8}trailer")
_ENTRY = 20  # bytes
_MOST_SECTIONS = 100_000  # of all tables together


def check_tables(data: bytes, warnings: Iterable[object]) -> None:
    """Raise Refused (STRUCTURE) for a file that had to be mended, or lists an object twice at once.

    `warnings` are what the library said when it read every object.
    """
    if any(not any(one in str(warning) for one in _HARMLESS) for warning in warnings):
        raise Refused(Why.STRUCTURE)
    left = _MOST_SECTIONS
    for table in _TABLE.finditer(data):
        ranges, at = [], table.end()
        while section := _SECTION.match(data, at):
            first, count = int(section[1]), int(section[2])
            ranges.append((first, count))
            at = section.end() + count * _ENTRY
            if (left := left - 1) < 0:
                raise Refused(Why.HEAVY)
        if ranges and not _TRAILER.match(data, at):
            raise Refused(Why.STRUCTURE)  # lines of another length: some readers count bytes, others lines
        _refuse_twice(ranges)


def check_stream_table(body: pikepdf.Object) -> None:
    """Raise Refused (STRUCTURE) for a table in a stream, given its dictionary, that lists an object twice."""
    numbers = [int(one) for one in body.get("/Index", [])]  # type: ignore[call-overload]
    _refuse_twice(list(zip(numbers[::2], numbers[1::2], strict=True)))


def _refuse_twice(ranges: list[tuple[int, int]]) -> None:
    """Refuse ranges (first number, how many) that overlap."""
    end = 0
    for first, count in sorted(one for one in ranges if one[1]):
        if first < end:
            raise Refused(Why.STRUCTURE)
        end = first + count
