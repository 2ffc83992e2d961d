"""Lines that look like provisions, those with a slip in their number or its sign included."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from supervision.legaltext.outline import dresses, marks
from supervision.legaltext.outline.nodes import Kind

_READS = (marks.article, marks.lettered, marks.heading, marks.clause, marks.dotted, marks.point)
_LONGEST_HEADING = 160  # characters
#: "Chương II. Tổ chức", no sentence that begins with a reference.
_TITLED = re.compile(r"^(?:Phần|Chương|Mục|Tiểu\s+mục)\s+(?:thứ\s+)?\w+\s*(?:[.:]|$)", re.I)
_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
#: What a scanner takes for digits.
_MISREAD = str.maketrans("lI|oO", "11100", _SUPERSCRIPT)
#: Numbers without their sign, or with another; they count only where they are the next.
_SLIPS = (
    (
        Kind.ARTICLE,
        re.compile(
            rf"^[ĐDÐ]\s?i\s?[ềêểeếệéè]\s?u\s*(?P<number>[\dlI|oO]{{1,3}}[{_SUPERSCRIPT}]*|[IVXLC]+)(?:\[\d{{1,3}}\])?"
            rf"(?:\s*[-–—),/]\s*+|\s*[.:]\s*+|\s++)(?!{dresses.CITED})(?=[A-ZĐÀ-Ỹ])"
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
        re.compile(
            r"^(?:Điểm\s+(?P<named>[a-zđ])\s*[.:)]|(?P<number>[a-zđ])(?:\s*[/:–-]\s+|,\s*|\s+)(?=\w)(?!tế|sĩ|tá))"
        ),
    ),
    (Kind.PART, re.compile(r"^(?P<number>[A-H])\s*[.)/]\s+(?=\w)")),
)
_ROMAN = re.compile(r"^(?:ii|iii|iv|vi{0,3}|ix|xi{0,3})\)\s*\w")
NO_STOP = 2


@dataclass(frozen=True)
class Looks:
    """What a line looks like; its number against that before: -1 not above it, 1 too far on, 0 neither.

    `NO_STOP` stands for a number that is the next and lacks its sign or is set in another way.
    """

    kind: Kind
    order: int
    number: str = ""


def mark_of(text: str) -> marks.Mark | None:
    """Return the mark that a line begins with, quotation marks aside."""
    said = text.lstrip("“”\"„«‹「『‘’″` '")
    return marks.wide(said) or next(filter(None, (reads(said) for reads in _READS)), None)


def looks_like(text: str, last: Mapping[Kind, str], dress: dresses.Dress | None = None) -> Looks | None:
    """Return what provision a line of text looks like, None for none.

    `last` has the numbers before it, `dress` is what the line begins with where it is no usual number.
    """
    if wide := marks.wide(text):
        is_title = _TITLED.match(text) and len(text) < _LONGEST_HEADING
        return Looks(wide.kind, 0) if is_title else None
    for reads in _READS:
        mark = reads(text)
        if mark is None or (mark.kind is Kind.POINT and text.startswith("1") and last.get(mark.kind) != "k"):
            continue
        return Looks(mark.kind, _order(mark, last.get(mark.kind, "")))
    if _ROMAN.match(text):
        return Looks(Kind.POINT, 0)
    for kind, pattern in _SLIPS:
        found = pattern.match(text)
        if found and _is_next(found, last.get(kind, "")):
            groups = found.groupdict()
            return Looks(kind, NO_STOP, groups.get("named") or groups["number"])
    dress = dresses.named(text) or dress
    return Looks(dress.kind, NO_STOP, dress.number) if dress else None


def follows(kind: Kind, before: str, number: str) -> bool:
    """Whether a number is the next after another of its kind."""
    last, here = (_rank(marks.Mark(kind, one, "")) for one in (before, number))
    return last < here <= last + 1 + (kind is Kind.POINT)


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
    if number.isalpha() and number.islower() and len(number) == 1 and number != "l":
        return bool(before) and before.isalpha() and marks.letter_after(before, number)
    if number.isalpha() and number in "ABCDEFGH":
        return before.isalpha() and len(before) == 1 and ord(number) == ord(before.upper()) + 1
    if any(sign in number for sign in "lI|oO") and any(sign.isdigit() for sign in number):
        return True  # "Điều l3.": a scanner's number is no words, wherever it stands
    last, is_raised = marks.value(before), any(sign in number for sign in _SUPERSCRIPT)
    values = {marks.value(number), marks.value(number.translate(_MISREAD))}
    return bool(last) and (last + 1 in values or (is_raised and last in values))
