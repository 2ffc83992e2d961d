"""Marks of provisions inside a paragraph, a title or a cell: a lost line break, or two columns as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from supervision.legaltext.outline import marks
from supervision.legaltext.outline.nodes import Kind

_MARKS = re.compile(
    r"(?<![^\s|])(?:[ĐD]iều\s+(?P<article>\d{1,3}[a-zđ]?)\s*[.:]\s*(?=\S)"
    r"|(?P<clause>\d{1,2})\.\s*(?=\S)|(?P<point>[a-zđ])\)\s*(?=\w))"
)
_OPENS = re.compile(r"^[“\"(\0]+")
#: What stands in quotation marks is another text's.
_QUOTED = re.compile(r"[“„«‹‘「『][^“„«‹‘「『”»›’」』]*[”»›’」』]|\"[^\"]*\"|″[^″]*″")
_ENDED = re.compile(r"[.;:!?…|]\s*$")
#: Before a number these make it a citation, a date or a quantity.
_CITES = frozenset(
    "điều khoản điểm tiết mục phần chương số mẫu bảng hình ngày tháng năm quý lần cấp nhóm loại hạng bậc kỳ"
    " quá từ đến tới trên dưới tại theo của và với hoặc là các về cứ bởi hay bằng trong cả như nêu khỏi"
    " thuộc".split()
)
_WORD = re.compile(r"\w+")
#: A mark may be so much further on than the next: of two columns the second goes on where the first ends.
_FURTHER = 2
#: Marks of one paragraph that are named.
_NAMED = 6


def glued(text: str, last: Mapping[Kind, str], *, is_cell: bool = False) -> list[str]:
    """Return the marks inside a text that go on with its provision, as printed.

    `last` has the numbers before it. A cell may begin with one. A citation ("tại Điều 5. Mức thu …") and what
    is quoted are none.
    """
    return list(islice(_inside(text, last, is_cell=is_cell), _NAMED))


def _inside(text: str, last: Mapping[Kind, str], *, is_cell: bool) -> Iterator[str]:
    said = _QUOTED.sub(lambda quoted: "\0" * len(quoted[0]), text)
    numbers = dict(last)
    last_second = said.rfind(" b)")
    for found in _MARKS.finditer(said):
        kind = next(kind for kind, name in _NAMES if found[name])
        before = said[max(0, found.start() - 40) : found.start()]
        words = _WORD.findall(before)
        if not words and not (is_cell and not before.strip() and kind is Kind.ARTICLE):
            continue
        is_ended = not words or _ENDED.search(before) is not None
        if not is_ended and (words[-1].lower() in _CITES or before.rstrip().endswith((",", "/", "-", "–"))):
            continue
        if kind is not Kind.POINT and not _OPENS.sub("", said[found.end() : found.end() + 4])[:1].isupper():
            continue
        mark = marks.Mark(kind, found[dict(_NAMES)[kind]], "")
        # "Một a) Hai b) Ba": without a stop before it the first of a series needs its second
        is_sure = is_ended or (mark.number == "a" and found.end() < last_second)
        if _goes_on(mark, numbers.get(kind, ""), is_sure=is_sure):
            numbers[kind] = mark.number
            if kind is not Kind.POINT:
                numbers.pop(Kind.POINT, None)
            if kind is Kind.ARTICLE:
                numbers.pop(Kind.CLAUSE, None)
            yield found[0].strip()


def _goes_on(mark: marks.Mark, before: str, *, is_sure: bool) -> bool:
    """Whether a mark goes on with its series; where it is not sure that it is one, it is the very next."""
    if mark.kind is Kind.POINT:
        here, last = marks.LETTERS.find(mark.number), marks.LETTERS.find(before) if before.isalpha() else -1
        if here == 0:
            return is_sure
        return last < here <= last + _FURTHER and bool(before)
    here, last = marks.value(mark.number), marks.value(before)
    if mark.kind is Kind.ARTICLE:
        return here > last
    return here == last + 1 if not is_sure else 0 < here <= last + _FURTHER


_NAMES = ((Kind.ARTICLE, "article"), (Kind.CLAUSE, "clause"), (Kind.POINT, "point"))
