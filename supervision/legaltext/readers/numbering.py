"""The numbers that Word prints before paragraphs and that stand nowhere in the text (ADR 0028)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from supervision.legaltext.readers.lists import printed
from supervision.legaltext.readers.styles import Styles
from supervision.legaltext.readers.wordxml import Element, child, children, is_on, value, whole

_LEVELS = 9
_LONGEST = 100  # characters of a level's text
_PLACE = re.compile(r"%([1-9])")
#: Bullets that are signs of a text; others are drawn by a font of signs and read as "-".
_TYPED_BULLETS = ("-", "+", "*", "–", "—")


@dataclass(frozen=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None  # None: after any wider level; 0: never; n: after the nth and wider
    is_legal: bool = False  # wider levels are printed in digits
    gap: str = " "
    style: str = ""

    @classmethod
    def read(cls, found: Element) -> _Level:
        restart = child(found, "lvlRestart")
        return cls(
            start=whole(value(child(found, "start")), 0),
            format=value(child(found, "numFmt")) or "decimal",
            text=value(child(found, "lvlText"))[:_LONGEST],
            restart=None if restart is None else whole(value(restart), 0),
            is_legal=is_on(child(found, "isLgl")),
            gap="" if value(child(found, "suff")) == "nothing" else " ",
            style=value(child(found, "pStyle")),
        )


@dataclass(frozen=True)
class _List:
    """One `w:num`: the pattern that it follows, and where it begins anew."""

    pattern: str
    levels: dict[int, _Level]
    starts: dict[int, int]


class Numbering:
    """Counts paragraphs as Word does: lists that follow one pattern go on counting from each other."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._patterns = {value(one, "abstractNumId"): one for one in children(root, "abstractNum")}
        self._numbers = {value(one, "numId"): one for one in children(root, "num")}
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, paragraph: Element) -> str:
        """Count a paragraph and return what Word prints before it, with the gap; "" for nothing."""
        number, level, style = self._place(paragraph)
        found = self._list(number)
        if found is None:
            return ""
        if level is None:
            level = next((n for n, one in found.levels.items() if style and one.style == style), 0)
        level = min(level, _LEVELS - 1)
        here = found.levels.get(level)
        if here is None:
            return ""
        counts = self._count(number, found, level)
        return self._print(found, here, level, counts)

    def _place(self, paragraph: Element) -> tuple[str, int | None, str]:
        """Return list, level and the style that gave the list; each is the nearest that says it."""
        number, level, giver = "", None, ""
        for style, found in self._styles.property(paragraph, "numPr"):
            if level is None and (said := value(child(found, "ilvl"))):
                level = whole(said, 0)
            if not number and (said := value(child(found, "numId"))):
                number, giver = said, style
        return number, level, giver

    def _list(self, number: str) -> _List | None:
        if number not in self._lists:
            self._lists[number] = self._read(number)
        return self._lists[number]

    def _read(self, number: str) -> _List | None:
        found = self._numbers.get(number)
        pattern = self._pattern(number)
        if found is None or pattern not in self._patterns:
            return None
        levels = {n: _Level.read(one) for n, one in _by_level(self._patterns[pattern], "lvl")}
        starts = {}
        for n, override in _by_level(found, "lvlOverride"):
            if (own := child(override, "lvl")) is not None:
                levels[n] = _Level.read(own)
            if (start := child(override, "startOverride")) is not None:
                starts[n] = whole(value(start), 1)
        return _List(pattern, levels, starts)

    def _pattern(self, number: str) -> str:
        """Return the id of the pattern; one may stand for the list of a style, and so on."""
        seen: set[str] = set()
        while number in self._numbers and number not in seen:
            seen.add(number)
            pattern = value(child(self._numbers[number], "abstractNumId"))
            link = value(child(self._patterns.get(pattern), "numStyleLink"))
            if not link:
                return pattern
            linked = (child(one, "pPr", "numPr", "numId") for one in self._styles.chain(link))
            number = next((value(one) for one in linked if one is not None), "")
        return ""

    def _count(self, number: str, found: _List, level: int) -> dict[int, int]:
        counts = self._counts.setdefault(found.pattern, {})
        if (number, level) not in self._begun and level in found.starts:
            counts.pop(level, None)
        self._begun.add((number, level))
        counts[level] = counts[level] + 1 if level in counts else _start(found, level)
        for deeper in [n for n in counts if n > level]:
            restart = found.levels.get(deeper, _Level()).restart
            if restart is None or level < restart:
                del counts[deeper]
        return counts

    @staticmethod
    def _print(found: _List, here: _Level, level: int, counts: dict[int, int]) -> str:
        if here.format == "bullet":
            return f"{here.text if here.text in _TYPED_BULLETS else '-'} " if here.text.strip() else ""

        def one(place: re.Match[str]) -> str:
            n = int(place[1]) - 1
            wider = found.levels.get(n, _Level())
            if wider.format == "none":
                return ""
            name = "decimal" if here.is_legal else wider.format
            return printed(counts.get(n, _start(found, n)), name)

        said = _PLACE.sub(one, here.text) if here.format != "none" else _PLACE.sub("", here.text)
        return f"{said}{here.gap}" if said.strip() else ""


def _start(found: _List, level: int) -> int:
    return found.starts.get(level, found.levels.get(level, _Level()).start)


def _by_level(holder: Element, wanted: str) -> list[tuple[int, Element]]:
    found = ((whole(value(one, "ilvl"), _LEVELS), one) for one in children(holder, wanted))
    return [(n, one) for n, one in found if n < _LEVELS]
