"""Beginnings of provisions in another dress than texts have now: "a/", "(a)", "1:", "①", "Điều hai".

No text is read by them. Where a line that begins so became text, a person is asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from supervision.legaltext.outline import marks
from supervision.legaltext.outline.nodes import DEPTH, Kind, Node

_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_ORDINALS = {"nhất": 1, "tư": 4, "nhì": 2} | {word: rank for rank, word in enumerate(_WORDS, 1)}
_WORD = rf"(?:mười\s+)?(?:{'|'.join(_ORDINALS)})"
#: After "Điều 5" these make it a citation: "Điều 5 Quy chế này", not "Điều 5 Quy định chung".
_LAWS = r"Luật|Bộ luật|Hiến pháp|Pháp lệnh|Hiệp định|Hiệp ước|Công ước|Phụ lục"
_PLACES = r"(?:Chương|Mục|Phần|Điều|Khoản|Điểm) (?:thứ |này|[IVXLC\d]|[a-zđ](?!\w))"
CITED = (
    rf"{_LAWS}|{_PLACES}|(?:Nghị|Thông|Quyết|Quy|Chỉ|Kế|Công|Kết|Hướng|Đề) \w+ (?:\w+ \w+ )?"
    r"(?:này|số|ngày|của|ban hành|\d)"
)
_CITES = re.compile(CITED)
_BULLET = r"(?P<bullet>[-–—+*•●▪◦➢►]\s+)?"
_SIGN = r"[.)\]}/:,;°º–—-]{1,3}"
#: After the sign come words: "1/3 số hộ", "a-xít" and "b/c" begin nothing. Written apart they may be small.
_SAYS = r"(?:\s+[“\"(‘']?(?=[^\W\d_])|[“\"(‘']?(?=[A-ZĐÀ-Ỹ]))"
_SIGNED = re.compile(
    rf"^{_BULLET}(?P<open>[(\[{{])?\s?"
    r"(?:(?P<figure>\d{1,2})|(?P<roman>[ivx]{1,5}|[IVX]{1,5})|(?P<letter>[^\W\d_]))"
    rf"\s?(?P<sign>{_SIGN})(?:{_SAYS}|(?(figure)(?!)|\s+(?=\d)))"
)
_CIRCLED = re.compile(
    rf"^{_BULLET}(?P<figure>[\u2460-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf])\s*(?=\w)"
)
_SPELLED = re.compile(rf"^(?P<word>{_WORD})\s*(?P<sign>[.:])\s+(?=\w)", re.I)
#: "1 bis.", "1¹.", "aa)", "a1)": put in between.
_BETWEEN = re.compile(
    r"^[(\[]?(?:(?P<clause>\d{1,3})\s*(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+\s*[.):/]|(?:bis|ter|quater)\b)"
    r"|(?![ivx]{2})(?P<point>[a-zđ])(?:(?P<again>[a-zđ])|\d{1,2})[)\]])"
)
_NAMED = re.compile(
    r"^[-–—+*•●(\[]?\s*(?P<name>(?i:Phần|Chương|Tiểu\s+mục|Mục|Điều|Khoản|Điểm))\s+(?:(?i:thứ|số)\s+)?"
    rf"(?P<number>\d{{1,3}}[a-zđ]?|[IVXLC]+|(?i:{_WORD})|[a-zđ])(?!\w)(?P<between>\s+(?:bis|ter|quater)\b)?"
    rf"(?:\s*[.:)\]/]+|\s*[–—-]\s*+(?!{_LAWS}|{_PLACES})|\s++(?!{CITED})(?=[A-ZĐÀ-Ỹ])|\s*$)"
)
_NAMES = {
    "phần": Kind.PART, "chương": Kind.CHAPTER, "mục": Kind.SECTION, "tiểu mục": Kind.SUBSECTION,
    "điều": Kind.ARTICLE, "khoản": Kind.CLAUSE, "điểm": Kind.POINT,
}  # fmt: skip
_STOPS = ".:)]/–—-"
_WIDE = (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION)
_NARROWEST = max(DEPTH.values())
#: Signs that stand in prose as well: alone they say nothing.
_WEAK = re.compile(r"^[,;–—-]+$")
#: "Trong đó: | a: hệ số | b - số hộ" tells what the letters of a formula stand for.
_LEGEND = re.compile(r"^(?:Trong đó|Với|Ở đây|Ghi chú)\b", re.I)
_LEGENDS = re.compile(r"^\w\s?[:=–—-]+\s*(?![A-ZĐÀ-Ỹ])\w")


@dataclass(frozen=True)
class Dress:
    """What a line begins with: its series (kind of number, signs), which of it, whether it is sure alone."""

    kind: Kind
    number: str
    style: str
    rank: int
    is_sure: bool = False


def named(text: str) -> Dress | None:
    """Return "Khoản 1 –", "Điều hai", "CHƯƠNG HAI": a provision by its name; a citation is none."""
    found = _NAMED.match(text)
    if found is None or not found["name"][0].isupper():
        return None
    name, number = " ".join(found["name"].lower().split()), " ".join(found["number"].lower().split())
    kind, rest = _NAMES[name], text[found.end() :].strip()
    is_short = not rest or rest.isupper() or found[0].rstrip()[-1] in _STOPS
    is_letter = len(number) == 1 and number.isalpha() and number not in "ivxlc"
    if (kind in _WIDE and not is_short) or (is_letter and kind is not Kind.POINT):
        return None
    return Dress(kind, found["number"], f"{name} ", _rank(found["number"]), is_sure=True)


def goes_on(text: str, last: Mapping[Kind, str]) -> Dress | None:
    """Return what a line begins with where it is named, or goes on with the numbers in `last`."""
    return named(text) or next((one for one in _numbered(text) if _is_next(one, last)), None)


def begins(text: str) -> bool:
    """Whether a line begins like a provision in another dress, so that it goes on with none before it."""
    name = _NAMED.match(text) if named(text) else None
    if name and (text.isupper() or name[0].rstrip()[-1] in _STOPS):
        return True  # without its stop "Điều 7 Nghị | định này" is a citation that was broken
    if any(one.is_sure for one in _numbered(text)):
        return True
    found = _SIGNED.match(text)
    if found is None:
        return _CIRCLED.match(text) is not None
    says = text[found.end() :]
    is_prose = "," in found["sign"] or not found["letter"] or found["letter"].isupper()
    return not (_WEAK.match(found["sign"]) and is_prose) or (says[:1].isupper() and not _CITES.match(says))


class Series:
    """The numbers in another dress of an article and all in it, by their dress.

    Its points may be read while its clauses are not: then each of these stands below another point.
    """

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._ranks: dict[str, set[int]] = defaultdict(set)
        self._within: dict[str, int] = {}  # how narrow the widest is that one stands in
        for node in nodes:
            for one in (one for line in node.text for one in _numbered(line)):
                self._ranks[one.style].add(one.rank)
                self._within[one.style] = min(self._within.get(one.style, _NARROWEST), DEPTH[node.kind])

    def has_beside(self, one: Dress) -> bool:
        """Whether a number has its neighbour, and the series a beginning."""
        reach = 2 if one.style.startswith("letter") else 1
        ranks = self._ranks[one.style]
        is_beside = any(one.rank + step in ranks for step in range(-reach, reach + 1) if step)
        return is_beside and (min(ranks) <= reach or one.style.startswith("letter small"))

    def is_within(self, one: Dress, kind: Kind) -> bool:
        """Whether all of that dress stand in provisions of a kind, or in narrower ones."""
        return self._within.get(one.style, 0) >= DEPTH[kind]


class Lines:
    """The paragraphs of one provision, whose numbers are `opened`, and which begin in another dress."""

    def __init__(self, lines: Sequence[str], opened: Mapping[Kind, str], series: Series) -> None:
        self._opened, self._series = dict(opened), series
        self._at = [_numbered(line) for line in lines]
        self._legend = {*_legends(lines)}

    def dress(self, n: int, last: Mapping[Kind, str]) -> Dress | None:
        """Return what paragraph `n` begins with: one of a series, the next after those in `last`, or sure.

        What a point lists in brackets, and a clause in bracketed figures, is narrower than they.
        """
        for one in self._at[n] if n not in self._legend else ():
            is_one = one.is_sure or self._series.has_beside(one) or _is_next(one, last)
            if is_one and not self._is_narrower(one):
                return one
        return None

    def _is_narrower(self, one: Dress) -> bool:
        if one.style.startswith("under"):
            return self._opened.get(Kind.POINT) == one.number
        if not one.style.endswith(")") or one.style.startswith(("letter", "other")):
            return False
        opener = Kind.CLAUSE if one.style.startswith("figure") else Kind.POINT
        is_open = opener in self._opened and self._series.is_within(one, opener)
        return is_open and not _is_next(one, self._opened)


def _legends(lines: Sequence[str]) -> list[int]:
    found, is_legend = [], False
    for n, line in enumerate(lines):
        is_legend = bool(_LEGEND.match(line)) or (is_legend and bool(_LEGENDS.match(line)))
        if is_legend:
            found.append(n)
    return found


def _numbered(text: str) -> list[Dress]:
    """Return what a number at the beginning of a line may be: "i." is a letter and a Roman figure."""
    if between := _BETWEEN.match(text):
        return _put_between(between)
    if circled := _CIRCLED.match(text):
        rank = int(unicodedata.numeric(circled["figure"], 0))
        letter = unicodedata.normalize("NFKC", circled["figure"]).strip("()").lower()
        rank = rank or marks.LETTERS.find(letter) + 1
        return [Dress(Kind.CLAUSE, str(rank), "circled", rank, rank == 1)]
    if spelled := _SPELLED.match(text):
        return [Dress(Kind.CLAUSE, spelled["word"], f"word {spelled['sign']}", _rank(spelled["word"]))]
    return _signed(text)


def _signed(text: str) -> list[Dress]:
    found = _SIGNED.match(text)
    if found is None or (found["figure"] and found["open"] == "["):  # "[1]" is the mark of a note
        return []
    # "- a)" is how Markdown lists, so that a letter after a dash begins nothing
    figure, roman, letter = found["figure"], found["roman"], found["letter"]
    dress = f"{found['bullet'] and '-'}{found['open'] or ''} {found['sign']}"
    is_weak = _WEAK.match(found["sign"]) is not None
    made = []
    if figure:
        made.append(Dress(Kind.CLAUSE, figure, f"figure {dress}", int(figure), figure == "1" and not is_weak))
    if roman and not found["bullet"]:
        rank, case = marks.value(roman), "small" if roman.islower() else "great"
        made.append(Dress(Kind.CLAUSE, roman, f"roman {case} {dress}", rank, roman == "i" and not is_weak))
    letter = letter or (roman if roman and len(roman) == 1 else "")
    if letter and not found["bullet"]:
        made += _lettered(letter, dress, is_weak=is_weak)
    return made


def _lettered(letter: str, dress: str, *, is_weak: bool) -> list[Dress]:
    rank, case = marks.LETTERS.find(letter.lower()) + 1, "small" if letter.islower() else "great"
    if not rank:  # of another alphabet, as "а" of the Cyrillic
        is_sure = letter.islower() and ")" in dress
        return [Dress(Kind.POINT, letter, f"other {dress}", ord(letter), is_sure)]
    return [Dress(Kind.POINT, letter, f"letter {case} {dress}", rank, letter == "a" and not is_weak)]


def _put_between(found: re.Match[str]) -> list[Dress]:
    if found["clause"]:
        return [Dress(Kind.CLAUSE, found["clause"], "between", int(found["clause"]), is_sure=True)]
    letter = found["point"]
    style = "between" if found["again"] else f"under {letter} )"
    return [Dress(Kind.POINT, letter, style, marks.LETTERS.find(letter) + 1, is_sure=True)]


def _is_next(one: Dress, last: Mapping[Kind, str]) -> bool:
    """Whether a number is the very next of its kind; what stands in brackets goes on with nothing."""
    before = last.get(one.kind, "")
    if not before or "(" in one.style or "[" in one.style or one.style.startswith(("roman", "word")):
        return False
    own = marks.LETTERS.find(before) + 1 if one.kind is Kind.POINT else marks.value(before)
    return bool(own) and one.rank == own + 1


def _rank(number: str) -> int:
    words = number.lower().split()
    if words[-1] in _ORDINALS:
        return sum(_ORDINALS[word] for word in words)
    return marks.value(number)
