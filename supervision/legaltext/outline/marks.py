"""How provisions begin: "Chương II", "Điều 5.", "2.", "đ)"; and the order of Vietnamese letters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from supervision.legaltext.outline.nodes import Kind

#: Points go a, b, c, d, đ, e, g...; f, j, w, z stand here because some writers use them.
LETTERS = "abcdđefghijklmnopqrstuvwxyz"
ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_PARTS = "ABCDEFGH"
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
ARTICLE = re.compile(
    r"^[ĐDÐđd]i[ềêểeế]u\s*(?:(?:thứ|số)\s+)?(?P<number>\d{1,4}\s?[a-zđ]?)\s*(?:[.:]|$)\s*(?P<title>.*)$", re.I
)
CLAUSE = re.compile(
    r"^(?P<number>\d{1,3}[a-zđ]?|[lI])\s*(?:\.(?![\d.])|,(?=\s*[A-ZĐÀ-Ỹ])|-(?=\s[A-ZĐÀ-Ỹ]))\s*(?P<rest>.*)$"
)
#: Texts without articles: "A. TÌNH HÌNH", "III. Nhiệm vụ" (also "III-", "III/"), "1.2. Nội dung".
LETTERED = re.compile(rf"^(?P<number>[{_PARTS}])\s*[.:/)–—-]\s*(?P<rest>\S.*)$")
HEADING = re.compile(r"^(?P<number>[IVXL]+)\s*[.:/)–—-]\s*(?P<rest>\S.*)$")
DOTTED = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){1,2})(?:\s*[.:)]\s*|\s+)(?P<rest>\S.*)$")
POINT = re.compile(r"^(?P<letter>[a-zđ]|1)\s*(?:\)|\.(?=\s))\s*(?P<rest>.*)$")
APPENDIX = re.compile(
    r"^Phụ\s+lục(?:\s+(?:số\s*)?(?P<number>[IVXLC]+|\d+[A-Z]?|[A-Z]))?(?:\s*[.:–—-]\s*(?P<title>.*))?$", re.I
)
FORM = re.compile(
    r"^(?:Mẫu|Biểu\s+mẫu)\s+(?:số\s*)?(?P<number>[\w/.-]+)(?:\s*[.:–—-]\s+(?P<title>.*))?$", re.I
)
#: A regulation or plan that is issued together with the text: its name in capitals.
ATTACHED = re.compile(
    r"^(QUY CHẾ|QUY ĐỊNH|ĐIỀU LỆ|NỘI QUY|QUY CHUẨN|CHƯƠNG TRÌNH|ĐỀ ÁN|KẾ HOẠCH|PHƯƠNG ÁN|CHIẾN LƯỢC)\b"
)
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


def lettered(text: str) -> Mark | None:
    """Return the mark of a part with a letter, whose title is in capitals: "A. TÌNH HÌNH"."""
    found = LETTERED.match(text)
    return Mark(Kind.PART, found["number"], found["rest"]) if found and found["rest"].isupper() else None


def heading(text: str) -> Mark | None:
    """Return the mark of a heading: "III. NHIỆM VỤ", "III- Nhiệm vụ"."""
    found = HEADING.match(text)
    return (
        Mark(Kind.HEADING, found["number"], found["rest"]) if found and _is_capital(found["rest"]) else None
    )


def dotted(text: str) -> Mark | None:
    """Return the mark of "1.2. Nội dung", a point, or of "1.2.3. Nội dung", an item."""
    found = DOTTED.match(text)
    if found is None or not _is_capital(found["rest"]):
        return None
    kind = Kind.POINT if found["number"].count(".") == 1 else Kind.ITEM
    return Mark(kind, found["number"], found["rest"])


def _is_capital(text: str) -> bool:
    return text.lstrip('“"(')[:1].isupper()


def begins(text: str) -> bool:
    """Whether `text` begins like a provision; where it stands decides whether it is one.

    "Phụ lục II" does not: it may be the rest of a sentence that names an appendix.
    """
    return any(reads(text) for reads in (wide, article, clause, point, heading, lettered, dotted))


def value(number: str) -> int:
    """Return a printed number as a whole number: "5a" 5, "IX" 9, "nhất" 1; 0 for none."""
    if number.lower() in ORDINALS:
        return ORDINALS.index(number.lower()) + 1
    if digits := re.match(r"\d+", number):
        return int(digits[0])
    if number in ("C", "c"):  # the third letter: no text has a hundred parts
        return 0
    total = 0
    worth = [_ROMAN.get(letter, 0) for letter in number.upper()]
    for n, here in enumerate(worth):
        total += -here if here < max(worth[n + 1 :], default=0) else here
    return total


def rank(mark: Mark) -> int:
    """Return which of its series a provision is: "Phần thứ hai", "II" and part "B" the second."""
    if mark.kind is Kind.PART and mark.number in _PARTS:
        return _PARTS.index(mark.number) + 1
    return value(mark.number)


def letter_after(before: str, letter: str) -> bool:
    """Whether point `letter` may follow `before` ("" for none): the next in order, or one left out."""
    here = LETTERS.index(letter)
    last = LETTERS.index(before) if before else -1
    return last < here <= last + 2
