"""How provisions begin: "Chương II", "Điều 5.", "2.", "đ)"; and the order of Vietnamese letters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from supervision.drafts.outline.nodes import Kind

#: Points go a, b, c, d, đ, e, g...; f, j, w, z stand here because some writers use them.
LETTERS = "abcdđefghijklmnopqrstuvwxyz"
ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_REST = r"\s*[.:–—-]?\s*(?P<title>.*)$"
_NUMBER = r"(?P<number>[IVXLC]+|\d+)(?![\w])"


@dataclass(frozen=True)
class Mark:
    """The beginning of a provision: kind, number as printed, what follows on its line."""

    kind: Kind
    number: str
    rest: str


_WIDE = (
    (Kind.PART, re.compile(rf"^Phần\s+(?:thứ\s+(?P<word>\w+)|{_NUMBER}){_REST}", re.I)),
    (Kind.CHAPTER, re.compile(rf"^Chương\s+{_NUMBER}{_REST}", re.I)),
    (Kind.SUBSECTION, re.compile(rf"^Tiểu\s+mục\s+{_NUMBER}{_REST}", re.I)),
    (Kind.SECTION, re.compile(rf"^Mục\s+{_NUMBER}{_REST}", re.I)),
)
#: OCR reads Đ as D or Ð, ề as ê, ể, e.
ARTICLE = re.compile(r"^[ĐDÐđd]i[ềêểeế]u\s*(?P<number>\d{1,4}\s?[a-zđ]?)\s*(?:[.:]|$)\s*(?P<title>.*)$", re.I)
CLAUSE = re.compile(r"^(?P<number>\d{1,3}[a-zđ]?|[lI])\s*(?:\.(?![\d.])|,(?=\s*[A-ZĐÀ-Ỹ]))\s*(?P<rest>.*)$")
POINT = re.compile(r"^(?P<letter>[a-zđ]|1)\s*(?:\)|\.(?=\s))\s*(?P<rest>.*)$")
APPENDIX = re.compile(
    r"^Phụ\s+lục(?:\s+(?:số\s*)?(?P<number>[IVXLC]+|\d+[A-Z]?|[A-Z]))?(?:\s*[.:–—-]\s*(?P<title>.*))?$", re.I
)
FORM = re.compile(
    r"^(?:Mẫu|Biểu\s+mẫu)\s+(?:số\s*)?(?P<number>[\w/.-]+)(?:\s*[.:–—-]\s+(?P<title>.*))?$", re.I
)
#: A regulation that is issued together with the text: its name in capitals.
ATTACHED = re.compile(r"^(QUY CHẾ|QUY ĐỊNH|ĐIỀU LỆ|NỘI QUY|QUY CHUẨN|CHƯƠNG TRÌNH|ĐỀ ÁN)\b")
CLOSING = re.compile(r"^(Nơi nhận\b|TM\.|KT\.|TL\.|TUQ\.)", re.I)


def wide(text: str) -> Mark | None:
    """Return the mark of a part, chapter, section or subsection at the beginning of `text`."""
    for kind, pattern in _WIDE:
        if found := pattern.match(text):
            number = found["number"] or found.groupdict().get("word") or ""
            return Mark(kind, number, found["title"].strip())
    return None


def article(text: str) -> Mark | None:
    """Return the mark of an article; "Điều 14, điểm b" and "Điều 5 như sau" are none."""
    found = ARTICLE.match(text)
    return Mark(Kind.ARTICLE, found["number"].replace(" ", ""), found["title"].strip()) if found else None


def clause(text: str) -> Mark | None:
    """Return the mark of a clause: "2. ", also "2.Nội dung" and "l. " for 1."""
    found = CLAUSE.match(text)
    if found is None:
        return None
    number = "1" if found["number"] in "lI" else found["number"]
    return Mark(Kind.CLAUSE, number, found["rest"].strip())


def point(text: str) -> Mark | None:
    """Return the mark of a point: "đ) ", also "đ)Nội dung", "1) " for l."""
    found = POINT.match(text)
    if found is None:
        return None
    letter = "l" if found["letter"] == "1" else found["letter"]
    return Mark(Kind.POINT, letter, found["rest"].strip())


def begins(text: str) -> bool:
    """Whether `text` begins like a provision; where it stands decides whether it is one.

    "Phụ lục II" does not: it may be the rest of a sentence that names an appendix.
    """
    return any((wide(text), article(text), clause(text), point(text)))


def value(number: str) -> int:
    """Return a printed number as a whole number: "5a" 5, "IX" 9, "nhất" 1; 0 for none."""
    if number.lower() in ORDINALS:
        return ORDINALS.index(number.lower()) + 1
    if digits := re.match(r"\d+", number):
        return int(digits[0])
    total = 0
    worth = [_ROMAN.get(letter, 0) for letter in number.upper()]
    for n, here in enumerate(worth):
        total += -here if here < max(worth[n + 1 :], default=0) else here
    return total


def letter_after(before: str, letter: str) -> bool:
    """Whether point `letter` may follow `before` ("" for none): the next in order, or one left out."""
    here = LETTERS.index(letter)
    last = LETTERS.index(before) if before else -1
    return last < here <= last + 2
