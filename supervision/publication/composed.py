"""What stands of a published text after its corrections: the one place where they are put together.

Each correction quotes words that stand, the published ones or those that an earlier correction made, and
says what to read instead. One that quotes part of a corrected passage, or words beside it as well, changes
that passage, which stays one. Which of several equal passages is meant only a person knows: the place that
is written beside the quotation tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from supervision.language.folding import fold, nfc

#: So many places of one passage in a text are looked at.
PLACES = 100
Span = tuple[int, int]


class Trouble(Enum):
    """Why words cannot be corrected."""

    NOT_THERE = "not there"  # neither published nor made by a correction
    CORRECTED = "corrected"  # published, and read otherwise by now
    SEVERAL = "several"  # they stand at several places, and nothing says which is meant
    TWICE = "twice"  # the same letter has changed them


@dataclass(eq=False)
class Mark:
    """The words that one row of a letter made, as a span of its stretch; `holds` until they are touched.

    `left` is what later rows have left of them, in spans too.
    """

    letter: int
    place: str
    said: str
    span: Span
    holds: bool = True
    left: list[Span] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.left = [self.span]

    @property
    def is_over(self) -> bool:
        """Whether nothing is left of its words."""
        return not self.left


@dataclass(eq=False)
class Stretch:
    """A passage of the published text, `was`, and the words that stand there by now."""

    was: str
    now: str
    at: list[Span]  # where `was` stands in the published text; which one is meant is known if there is one
    marks: list[Mark] = field(default_factory=list)

    def is_at(self, place: str) -> bool:
        """Whether a correction of it was told of that place."""
        return any(_same(mark.place, place) for mark in self.marks)

    def said_by(self, was: str) -> list[int]:
        """Return which letter said words of it: the newest that did, or all that made them together."""
        whole = [mark.letter for mark in self.marks if spans(flat(was), mark.said)]
        return whole[-1:] or sorted({mark.letter for mark in self.marks})


@dataclass(frozen=True)
class Fit:
    """Where quoted words stand in a stretch: `span` of it once `before` and `after` are taken in."""

    stretch: Stretch
    span: Span
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Found:
    """What quoted words are: part of a corrected passage (`fit`), published words, or in trouble."""

    fit: Fit | None = None
    trouble: Trouble | None = None
    stretch: Stretch | None = None  # with which there is trouble


class Composed:
    """A published text, flat, and the passages that corrections changed, the last changed last."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.stretches: list[Stretch] = []

    @property
    def next_letter(self) -> int:
        """The number of a letter that is not among them yet."""
        return max((mark.letter + 1 for one in self.stretches for mark in one.marks), default=0)

    def find(self, letter: int, place: str, was: str) -> Found:
        """Return what the words are that a row of a letter quotes at a place."""
        quoted = flat(was)
        fits = [fit for one in reversed(self.stretches) for fit in self._fits(one, quoted)]
        here = [fit for fit in fits if fit.stretch.is_at(place)]
        published = spans(quoted, self.text)
        touched = [one for one in self.stretches if _any_meet(one.at, published)]
        is_free = self._free(published, touched)
        whole = [fit for fit in here if flat(fit.stretch.now) == quoted]
        if here:
            return self._one_of(letter, whole or here, or_published=is_free and not whole)
        if own := [one for one in touched if one.is_at(place)]:
            return self._changed(letter, own[-1])
        if is_free:
            return Found()
        if fits:
            return self._one_of(letter, fits)
        if touched:
            return self._changed(letter, touched[-1])
        return Found(trouble=Trouble.NOT_THERE)

    def correct(self, letter: int, place: str, was: str, now: str) -> tuple[Stretch, Mark]:
        """Read `now` for the words that a row quotes; return the passage, and what the row made of it.

        What was signed is read as well as it can be where `find` sees trouble: words that an earlier
        correction of the same place has changed are that passage, any others one of their own.
        """
        quoted, said = flat(was), flat(now)
        found = self.find(letter, place, was)
        fit = found.fit
        if fit is None and found.stretch is not None and found.stretch.is_at(place):
            fit = self._as_published(found.stretch, quoted)
        if fit is None:
            stretch = Stretch(quoted, said, spans(quoted, self.text))
            span = (0, len(said))
        else:
            stretch, span = fit.stretch, self._replace(fit, said)
            self.stretches.remove(stretch)
        self.stretches.append(stretch)
        stretch.marks.append(Mark(letter, place, said, span))
        return stretch, stretch.marks[-1]

    def _replace(self, fit: Fit, said: str) -> Span:
        """Write `said` over the words of a fit; return where they stand."""
        one, (start, end) = fit.stretch, fit.span
        for mark in one.marks:
            first, last = (place + len(fit.before) for place in mark.span)
            mark.holds = mark.holds and not _meet((first, last), fit.span)
            mark.left = list(_left(mark.left, fit, len(said)))
            moved = len(said) - (end - start) if first >= end else 0
            mark.span = (first + moved, last + moved)
        whole = fit.before + one.now + fit.after
        one.was, one.now = fit.before + one.was + fit.after, flat(whole[:start] + said + whole[end:])
        one.at = spans(one.was, self.text)
        return start, start + len(said)

    def _as_published(self, one: Stretch, quoted: str) -> Fit | None:
        """Return the fit of words in a stretch as it was published; all its corrections are then over."""
        before = Stretch(one.was, one.was, one.at)
        fit = next(self._fits(before, quoted), None)
        for mark in one.marks:
            mark.holds, mark.span, mark.left = False, (0, 0), []
        one.now = one.was if fit else one.now
        return Fit(one, fit.span, fit.before, fit.after) if fit else Fit(one, (0, len(one.now)))

    def _fits(self, one: Stretch, quoted: str) -> Iterator[Fit]:
        """Yield where words stand that touch what a stretch reads, each once."""
        known = set()
        reach = len(quoted) + 1
        for first, last in one.at[:PLACES] or [(0, 0)]:
            left = self.text[max(first - reach, 0) : first] if one.at else ""
            right = self.text[last : last + reach] if one.at else ""
            begin, end = len(left), len(left) + len(one.now)
            for start, stop in spans(quoted, left + one.now + right):
                if not _meet((start, stop), (begin, end)):
                    continue
                before, after = left[start:] if start < begin else "", right[: max(stop - end, 0)]
                beside = [(first - len(before), first), (last, last + len(after))]
                span = (start - begin + len(before), stop - begin + len(before))
                if (before, span, after) in known or self._are_changed(beside, one):
                    continue
                known.add((before, span, after))
                yield Fit(one, span, before, after)

    def _are_changed(self, beside: list[Span], one: Stretch) -> bool:
        """Whether published words beside a stretch read otherwise by another correction."""
        others = [other.at[0] for other in self.stretches if other is not one and len(other.at) == 1]
        return any(_meet(a, b) for a in beside for b in others)

    def _free(self, published: list[Span], touched: list[Stretch]) -> bool:
        """Whether words stand in the published text more often than corrections may have changed them."""
        known = [one.at[0] for one in touched if len(one.at) == 1]
        left = [span for span in published if not any(_meet(span, other) for other in known)]
        unknown = [one for one in touched if len(one.at) > 1 and _any_meet(one.at, left)]
        return len(left) > len(unknown)

    def _one_of(self, letter: int, fits: list[Fit], *, or_published: bool = False) -> Found:
        fit = fits[0]
        if len(fits) > 1 or or_published:
            return Found(fit, Trouble.SEVERAL, fit.stretch)
        mine = [mark for mark in fit.stretch.marks if mark.letter == letter]
        if any(_meet(_moved(mark.span, fit), fit.span) for mark in mine):
            return Found(fit, Trouble.TWICE, fit.stretch)
        return Found(fit)

    def _changed(self, letter: int, one: Stretch) -> Found:
        is_twice = any(mark.letter == letter for mark in one.marks)
        return Found(trouble=Trouble.TWICE if is_twice else Trouble.CORRECTED, stretch=one)


def flat(text: str) -> str:
    """Return a text on one line, its blanks single."""
    return " ".join(nfc(text).split())


def spans(passage: str, text: str) -> list[Span]:
    """Return where a flat passage stands in a flat text as whole words."""
    if not passage or passage not in text:
        return []
    begins = r"(?<!\w)" if passage[0].isalnum() else ""
    ends = r"(?!\w)" if passage[-1].isalnum() else ""
    return [found.span() for found in re.finditer(f"{begins}{re.escape(passage)}{ends}", text)]


def _moved(span: Span, fit: Fit) -> Span:
    return span[0] + len(fit.before), span[1] + len(fit.before)


def _left(spans_: list[Span], fit: Fit, length: int) -> Iterator[Span]:
    """Yield what a fit leaves of spans once `length` letters stand in its place."""
    start, end = fit.span
    for first, last in (_moved(one, fit) for one in spans_):
        if first < min(last, start):
            yield first, min(last, start)
        if max(first, end) < last:
            yield max(first, end) + length - (end - start), last + length - (end - start)


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _any_meet(these: list[Span], those: list[Span]) -> bool:
    """Whether spans of two lists meet, each in the order of the text."""
    first = second = 0
    while first < len(these) and second < len(those):
        if _meet(these[first], those[second]):
            return True
        if these[first][1] <= those[second][1]:
            first += 1
        else:
            second += 1
    return False


def _same(one: str, other: str) -> bool:
    return fold(flat(one)) == fold(flat(other))
