"""Lines that look like provisions, those with a slip in their number or its sign included."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from supervision.drafts.outline import marks
from supervision.drafts.outline.nodes import Kind

_READS = (marks.article, marks.lettered, marks.heading, marks.clause, marks.dotted, marks.point)
_LONGEST_HEADING = 160  # characters
#: "Chương II. Tổ chức", no sentence that begins with a reference.
_TITLED = re.compile(r"^(?:Phần|Chương|Mục|Tiểu\s+mục)\s+(?:thứ\s+)?\w+\s*(?:[.:]|$)", re.I)
#: After "Điều 5" these make it a citation.
_CITED = "Luật|Bộ luật|Nghị|Thông|Hiến|Pháp|Quyết|Quy|Chương|Mục|Phụ|Điều|Hiệp|Công ước"
#: Numbers without their sign, or with another; they count only where they are the next.
_SLIPS = (
    (
        Kind.ARTICLE,
        re.compile(
            r"^[ĐD]i[ềêểeế]u\s*(?P<number>\d{1,3}|[IVXLC]+)(?:\s*[-–—),/]\s*|\s*[.:]\s*|\s+)"
            rf"(?!(?:{_CITED})\b)(?=[A-ZĐÀ-Ỹ])"
        ),
    ),
    (
        Kind.CLAUSE,
        re.compile(
            r"^(?:Khoản\s+(?P<named>\d{1,2})\s*[.:)]"
            r"|(?P<number>\d{1,2})(?:\s*[)/]\s*|\s+)(?=[A-ZĐÀ-Ỹ]))"
        ),
    ),
    (
        Kind.POINT,
        re.compile(r"^(?:Điểm\s+(?P<named>[a-zđ])\s*[.:)]|(?P<number>[a-zđ])\s*[/:–-]\s+(?=\w))"),
    ),
)


@dataclass(frozen=True)
class Looks:
    """What a line looks like; its number against that before: -1 not above it, 1 too far on, 0 neither.

    2 stands for a number that is the next and lacks its sign.
    """

    kind: Kind
    order: int


def mark_of(text: str) -> marks.Mark | None:
    """Return the mark that a line begins with, quotation marks aside."""
    said = text.lstrip("“”\"„« '")
    return marks.wide(said) or next(filter(None, (reads(said) for reads in _READS)), None)


def looks_like(text: str, last: Mapping[Kind, str]) -> Looks | None:
    """Return what provision a line of text looks like, None for none; `last` has the numbers before it."""
    if wide := marks.wide(text):
        is_title = _TITLED.match(text) and len(text) < _LONGEST_HEADING
        return Looks(wide.kind, 0) if is_title else None
    for reads in _READS:
        mark = reads(text)
        if mark is None or (mark.kind is Kind.POINT and text.startswith("1") and last.get(mark.kind) != "k"):
            continue
        return Looks(mark.kind, _order(mark, last.get(mark.kind, "")))
    for kind, pattern in _SLIPS:
        if (found := pattern.match(text)) and _is_next(found, last.get(kind, "")):
            return Looks(kind, 2)
    return None


def _order(mark: marks.Mark, before: str) -> int:
    here, last = _rank(mark), _rank(marks.Mark(mark.kind, before, ""))
    if not last:
        return 0
    return -1 if here <= last else 1


def _rank(mark: marks.Mark) -> int:
    if mark.kind in (Kind.POINT, Kind.ITEM) and mark.number:
        own = mark.number.rpartition(".")[2]
        return int(own) if own.isdigit() else marks.LETTERS.find(own) + 1
    return marks.rank(mark) if mark.number else 0


def _is_next(found: re.Match[str], before: str) -> bool:
    """Whether a number goes on with the series: with its first, or with the next after one."""
    groups = found.groupdict()
    number = groups.get("named") or groups["number"]
    if groups.get("named"):
        return True
    if number.isalpha() and number.islower():
        return bool(before) and before.isalpha() and marks.letter_after(before, number)
    return bool(marks.value(before)) and marks.value(number) == marks.value(before) + 1
