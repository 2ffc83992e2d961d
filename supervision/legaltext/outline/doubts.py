"""What a person should look at in a text that was read: each place where the reading may be wrong.

A line that looks like a provision and became text is never passed over in silence.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from supervision.legaltext.outline import dresses, lookalikes, marks
from supervision.legaltext.outline.blocks import Block
from supervision.legaltext.outline.citing import Place, places
from supervision.legaltext.outline.glued import glued
from supervision.legaltext.outline.lookalikes import Looks
from supervision.legaltext.outline.nodes import DEPTH, NARROW, Kind, Node, Outline
from supervision.legaltext.outline.quotations import Quotations

#: Where what stands in no provision is shown: before the first, and after the last.
BEGINNING, END = "phan-dau", "phan-cuoi"
#: Kinds whose numbers go on through a text, or begin anew in what they stand in; both are usual.
_WIDE = (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION)
#: Letters that few series have; đ is missing where Word counts by itself.
_LEFT_OUT = frozenset("đfjwz")
_SAME_AGAIN = re.compile(r"-lan-\d+$")
_INCHES = re.compile(r"\d(?:\"|'')[\W_]*$")
#: A list of contents before a text.
_LISTED = re.compile(r"^[-–—+*•●]")
_COPIES = re.compile(r"^Nơi nhận\b", re.I)


class Why(StrEnum):
    """What is odd at a place."""

    SAME_NUMBER = "same-number"  # a line that looks like a provision, its number was there already
    JUMP = "jump"  # the same, its number is too far on
    UNLIKE = "unlike"  # the same, its number is set in another way or begins no series here
    NO_STOP = "no-stop"  # "Điều 2 Phạm vi"
    AS_CLAUSE = "as-clause"  # "3. TỔ CHỨC" after heading II
    APPENDED = "appended"  # the next article stands in an appendix
    OPEN_MARK = "open-mark"
    CLOSE_MARK = "close-mark"
    LONG_QUOTATION = "long-quotation"
    TWICE = "twice"
    MISSING_BEFORE = "missing-before"
    MISSING_CLAUSE = "missing-clause"
    MISSING_POINT = "missing-point"
    FIRST_POINT = "first-point"
    EMPTY = "empty"
    GLUED = "glued"  # marks of the next provisions inside a paragraph, a title or a cell
    OUTSIDE = "outside"  # a line that looks like a provision stands before the first or below the signature


@dataclass(frozen=True)
class Doubt:
    """What is odd, and where: the paragraph `at` of provision `node`, -1 for the provision itself.

    `place` names the provision in a list, `line` is what stands there, `number` what is missing.
    """

    why: Why
    node: str
    place: str = ""
    at: int = -1
    line: str = ""
    number: str = ""
    key: str = field(init=False)  # stays while what it says stays, whatever else is mended

    def __post_init__(self) -> None:
        said = "\n".join((self.why, self.node, self.line, self.number))
        object.__setattr__(self, "key", hashlib.sha256(said.encode()).hexdigest()[:16])


def doubts(outline: Outline) -> Iterator[Doubt]:
    """Yield what a person should look at, in the order of the text, but for what a person found right."""
    return (one for one in _Reader(outline).doubts() if one.key not in outline.accepted)


class _Reader:
    """Goes through a text and knows which numbers were there."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.last: dict[tuple[Kind, str], int] = {}
        self.article = 0  # the last of the text itself, appendices aside
        self.holder: Node | None = None  # the article whose numbers in another dress these are
        self.dressed = dresses.Series(())

    def doubts(self) -> Iterator[Doubt]:
        yield from _outside(self.outline.preamble, BEGINNING, {})
        last: dict[Kind, str] = {}
        for place in places(self.outline):
            yield from self._series(place)
            yield from _of_children(place)
            yield from self._inside_title_and_cells(place)
            yield from self._paragraphs(place)
            last = self._numbers(place)
        yield from _outside(self.outline.closing, END, last | {Kind.ARTICLE: str(self.article)})

    def _series(self, place: Place) -> Iterator[Doubt]:
        node = place.node
        here, name = marks.rank(marks.Mark(node.kind, node.number, "")), place.in_list
        if node.kind in (Kind.ARTICLE, Kind.HEADING, *_WIDE) or (node.kind is Kind.APPENDIX and here):
            series = node.kind, _within(place)
            through = (node.kind, "") if node.kind in _WIDE else series
            if here > self.last.get(series, 0) + 1 and here > self.last.get(through, 0) + 1:
                yield Doubt(Why.MISSING_BEFORE, node.id, name)
            self.last[series] = self.last[through] = here
            if node.kind is Kind.ARTICLE:
                self.article = here
        if _SAME_AGAIN.search(node.id) and node.number:
            yield Doubt(Why.TWICE, node.id, name)
        is_empty = not (node.text or node.children or node.title.endswith("."))
        if is_empty and node.kind in (Kind.ARTICLE, Kind.HEADING, *NARROW):
            yield Doubt(Why.EMPTY, node.id, name)
        if node.kind is Kind.CLAUSE and (heading := place.path[-2:-1]) and heading[0].kind is Kind.HEADING:
            is_capital = bool(node.text) and node.text[0].isupper() and heading[0].title.isupper()
            if is_capital and here == marks.value(heading[0].number) + 1:
                yield Doubt(Why.AS_CLAUSE, node.id, name, line=node.text[0])

    def _paragraphs(self, place: Place) -> Iterator[Doubt]:
        node = place.node
        quotations = Quotations([Block(text) for text in node.text])
        quoted = {n: span for span in quotations.spans() for n in range(span[0], span[1] + 1)}
        is_appended = place.path[0].kind is Kind.APPENDIX
        numbers = self._numbers(place)
        lines = dresses.Lines(node.text, numbers, self._dressed(place))
        for n, text in enumerate(node.text):
            why: Why | None
            if n in quoted:
                start, end = quoted[n]
                is_wide = n == start and _holds_several(node.text[start : end + 1])
                why = Why.LONG_QUOTATION if is_wide else None
            elif is_appended:
                mark = marks.article(text)
                goes_on = mark is not None and marks.value(mark.number) == self.article + 1 > 1
                why = Why.APPENDED if goes_on else None
                self.article += goes_on
            else:
                looks = lookalikes.looks_like(text, numbers, lines.dress(n, numbers))
                why = _reason(looks) if looks else _unpaired(quotations, n)
                if looks and looks.order == lookalikes.NO_STOP:
                    numbers[looks.kind] = looks.number
            if why:
                yield Doubt(why, node.id, place.in_list, n, text)
            if n not in quoted and (found := self._glued(text, numbers, is_appended=is_appended)):
                yield Doubt(Why.GLUED, node.id, place.in_list, n, text, ", ".join(found))

    def _dressed(self, place: Place) -> dresses.Series:
        """Return the numbers in another dress of the article or heading that a provision stands in."""
        holders = (node for node in reversed(place.path) if node.kind in (Kind.ARTICLE, Kind.HEADING))
        if (holder := next(holders, None)) is None:
            return dresses.Series([place.node])
        if self.holder is not holder:
            self.holder, self.dressed = holder, dresses.Series(holder.walk())
        return self.dressed

    def _glued(self, text: str, numbers: Mapping[Kind, str], *, is_appended: bool) -> list[str]:
        """Return the marks inside a paragraph; in an appendix, whose numbers are text, the next article's."""
        found = glued(text, numbers)
        if not is_appended:
            return found
        articles = [(mark, marks.article(mark)) for mark in found]
        return [one for one, mark in articles if mark and marks.value(mark.number) == self.article + 1 > 1]

    def _inside_title_and_cells(self, place: Place) -> Iterator[Doubt]:
        node, numbers = place.node, self._numbers(place)
        if node.kind in (Kind.ARTICLE, Kind.HEADING, *_WIDE) and (found := glued(node.title, numbers)):
            yield Doubt(Why.GLUED, node.id, place.in_list, line=node.title, number=", ".join(found))
        if place.path[0].kind is Kind.APPENDIX:
            return
        articles = {Kind.ARTICLE: numbers[Kind.ARTICLE]}
        for cell in (cell for row in node.rows for cell in row):
            found = [mark for mark in glued(cell, articles, is_cell=True) if marks.article(mark)]
            if found:
                yield Doubt(Why.GLUED, node.id, place.in_list, line=cell, number=", ".join(found))

    def _numbers(self, place: Place) -> dict[Kind, str]:
        """Return the last number of each kind before the paragraphs of a provision, as printed."""
        found = {node.kind: node.number for node in place.path}
        if Kind.ARTICLE not in found:
            found[Kind.ARTICLE] = str(self.article)
        return found


def _reason(looks: Looks) -> Why:
    orders = {-1: Why.SAME_NUMBER, 0: Why.UNLIKE, 1: Why.JUMP, lookalikes.NO_STOP: Why.NO_STOP}
    return orders[looks.order]


def _unpaired(quotations: Quotations, n: int) -> Why | None:
    here = quotations.marks[n]
    if here.opened:
        return Why.OPEN_MARK
    is_odd = here.closed and not _INCHES.search(quotations.blocks[n].text)
    return Why.CLOSE_MARK if is_odd else None


def _holds_several(quoted: Sequence[str]) -> bool:
    """Whether a quotation holds more than one provision as wide as that which it begins with."""
    kinds = [mark.kind if mark else None for mark in map(lookalikes.mark_of, quoted)]
    first = DEPTH[kinds[0]] if kinds[0] else DEPTH[Kind.POINT]
    return any(kind is not None and DEPTH[kind] <= first for kind in kinds[1:])


def _of_children(place: Place) -> Iterator[Doubt]:
    """Yield what is odd in the numbers of the clauses and points of a provision."""
    node, name = place.node, place.in_list
    if gap := _gap([one.number for one in node.children if one.kind is Kind.CLAUSE]):
        yield Doubt(Why.MISSING_CLAUSE, node.id, name, number=str(gap))
    numbered = [one.number for one in node.children if one.kind in (Kind.POINT, Kind.ITEM)]
    dotted = [number.rpartition(".") for number in numbered if "." in number]
    if gap := _gap([own for _outer, _dot, own in dotted]):
        yield Doubt(Why.MISSING_POINT, node.id, name, number=f"{dotted[0][0]}.{gap}")
    letters = [number for number in numbered if number.isalpha()]
    if letters and letters[0] != marks.LETTERS[0]:
        yield Doubt(Why.FIRST_POINT, node.id, name, number=letters[0])
    elif left_out := _left_out(letters):
        yield Doubt(Why.MISSING_POINT, node.id, name, number=left_out)


def _gap(numbers: Sequence[str]) -> int:
    """Return the first number left out of 1, 2, 3…, 0 for none."""
    here = 0
    for number in numbers:
        if marks.value(number) > here + 1:
            return here + 1
        here = marks.value(number)
    return 0


def _left_out(letters: Sequence[str]) -> str:
    """Return the first letter that a series leaves out, "" for none."""
    for before, letter in pairwise(letters):
        start, end = marks.LETTERS.find(before) + 1, marks.LETTERS.find(letter)
        if missing := [one for one in marks.LETTERS[start:end] if one not in _LEFT_OUT]:
            return missing[0]
    return ""


def _outside(lines: Sequence[str], node: str, last: Mapping[Kind, str]) -> Iterator[Doubt]:
    """Yield the lines outside the text that look like its provisions, or have the next article inside.

    Clauses and points count where they go on with those of the text: recipients are numbered as well.
    """
    following = marks.value(last.get(Kind.ARTICLE, "")) + 1
    numbers, listed = dict(last), set[tuple[Kind, str]]()
    is_copies = False
    for n, line in enumerate(lines):
        is_copies = is_copies or _COPIES.match(line) is not None
        articles = [mark for one in glued(line, last) if (mark := marks.article(one))]
        if found := [mark.number for mark in articles if marks.value(mark.number) == following]:
            yield Doubt(Why.GLUED, node, at=n, line=line, number=f"Điều {found[0]}.")
        article = marks.article(line)
        is_wide = marks.wide(line) is not None and lookalikes.looks_like(line, {}) is not None
        is_one = is_wide or (article is not None and (not is_copies or article.rest != ""))
        is_one = is_one or (dresses.named(line) is not None and not _LISTED.match(line))
        if is_one or _goes_on(line, numbers, listed):
            yield Doubt(Why.OUTSIDE, node, at=n, line=line)


def _goes_on(line: str, numbers: dict[Kind, str], listed: set[tuple[Kind, str]]) -> bool:
    """Whether a line goes on with the clauses or points in `numbers`, not with a list of its own."""
    mark = marks.clause(line) or marks.point(line)
    here = (mark.kind, mark.number) if mark else None
    if here is None and (dress := dresses.goes_on(line, numbers)):
        here = dress.kind, dress.number
    if here is None:
        return False
    before = numbers.get(here[0], "")
    is_next = bool(before) and lookalikes.follows(here[0], before, here[1])
    is_own = (here[0], before) in listed
    listed.add(here)
    if not is_next or is_own:
        return False
    numbers[here[0]] = here[1]
    listed.discard(here)
    if here[0] is Kind.CLAUSE:
        numbers.pop(Kind.POINT, None)
    return True


def _within(place: Place) -> str:
    """Return what a provision is counted in: articles through a text or a regulation with it."""
    within: tuple[Node, ...] = place.path[:-1]
    if place.node.kind is Kind.ARTICLE:
        within = tuple(node for node in within if node.kind is Kind.ATTACHMENT)
    return within[-1].id if within else "."
