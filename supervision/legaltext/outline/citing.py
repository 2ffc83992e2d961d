"""How people cite a provision: "khoản 2 Điều 5" on paper, "Điều 5 khoản 2" in a list; and reading that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from supervision.legaltext.outline.marks import ATTACHED, ORDINALS
from supervision.legaltext.outline.nodes import NARROW, Kind, Node, Outline

WORDS: Mapping[Kind, str] = {
    Kind.PART: "Phần",
    Kind.CHAPTER: "Chương",
    Kind.SECTION: "Mục",
    Kind.SUBSECTION: "Tiểu mục",
    Kind.ARTICLE: "Điều",
    Kind.HEADING: "mục",
    Kind.CLAUSE: "khoản",
    Kind.POINT: "điểm",
    Kind.ITEM: "tiết",
    Kind.ATTACHMENT: "Quy định kèm theo",
    Kind.APPENDIX: "Phụ lục",
    Kind.FORM: "Mẫu số",
    Kind.TABLE: "bảng",
}
#: A citation of these names them alone; of others also what they stand in, up to one of these.
_ENOUGH = frozenset({Kind.PART, Kind.CHAPTER, Kind.ARTICLE, Kind.APPENDIX, Kind.ATTACHMENT})
_CITED = re.compile(
    r"(?P<word>điều|đ(?=[.\s]*\d)|khoản|k(?=[.\s]*\d)|điểm|tiết|phụ\s+lục|chương|mục|phần)\.?\s*"
    r"(?:số\s+|thứ\s+)?"
    rf"(?P<number>(?<=điểm )\d+\.\d+|(?<=tiết )\d+\.\d+\.\d+|(?<=phần thứ )(?:{'|'.join(ORDINALS)})"
    r"|\d+(?:[a-jđ](?!\w))?|[IVXLC]+|[a-zđ])(?![^\Wk])",
    re.I,
)
_KIND = {
    "điều": Kind.ARTICLE, "đ": Kind.ARTICLE, "khoản": Kind.CLAUSE, "k": Kind.CLAUSE, "điểm": Kind.POINT,
    "tiết": Kind.ITEM, "phụ lục": Kind.APPENDIX, "chương": Kind.CHAPTER, "mục": Kind.SECTION,
    "phần": Kind.PART,
}  # fmt: skip
#: "mục III.4.a" and "III.4" are clause 4 of heading III.
_SHORT = re.compile(
    r"(?:\bmục |^)(?P<heading>[IVXL]+)\.(?P<clause>\d{1,2})(?:\.(?P<point>\d{1,2}|[a-zđ]))?(?!\w)", re.I
)

#: What is cited together; an article needs no chapter beside it.
_NARROW_FAMILY = (Kind.ARTICLE, Kind.HEADING, *NARROW)
_FAMILIES = (_NARROW_FAMILY, (Kind.APPENDIX,), (Kind.CHAPTER, Kind.SECTION), (Kind.PART,))


@dataclass(frozen=True)
class Place:
    """A provision and what it stands in, from the widest to itself."""

    node: Node
    path: tuple[Node, ...]

    @property
    def on_paper(self) -> str:
        """ "khoản 2 Điều 5", as legal texts cite."""
        return " ".join(reversed(self._words()))

    @property
    def in_list(self) -> str:
        """ "Điều 5 khoản 2", from the wide to the narrow, as people look for it."""
        words = " ".join(self._words())
        return words[:1].upper() + words[1:]

    def _words(self) -> list[str]:
        named = []
        for node in reversed(self.path):
            named.append(node)
            if node.kind in _ENOUGH:
                break
        if self.path[0].kind is Kind.ATTACHMENT and named[-1] is not self.path[0]:
            named.append(self.path[0])
        return [name_of(node) for node in reversed(named)]


def name_of(node: Node) -> str:
    """Return what a provision is called by itself: "Điều 5", "Phần thứ hai", "khoản 2"."""
    if node.kind is Kind.ATTACHMENT and (kind := ATTACHED.match(node.title)):
        return f"{kind[0].capitalize()} kèm theo"
    ordinal = "thứ " if node.kind is Kind.PART and node.number in ORDINALS else ""
    return f"{WORDS[node.kind]} {ordinal}{node.number}".strip()


def printed_number(node: Node) -> str:
    """Return the number of a heading or what is narrower as a text prints it: "III.", "2.", "1.2.", "a)"."""
    is_letter = node.kind in (Kind.POINT, Kind.ITEM) and node.number.isalpha()
    return f"{node.number}{')' if is_letter else '.'}"


def heading_of(node: Node) -> str:
    """Return number and title as a text prints them: "Điều 5. Mức chi", "III. NHIỆM VỤ"."""
    if node.kind is Kind.ATTACHMENT:
        return node.title
    name = printed_number(node) if node.kind is Kind.HEADING else f"{name_of(node)}."
    return f"{name} {node.title}" if node.title else name.rstrip(".")


def places(outline: Outline) -> Iterator[Place]:
    """Yield every provision with what it stands in, in reading order."""
    waiting = [Place(node, (node,)) for node in reversed(outline.nodes)]
    while waiting:
        place = waiting.pop()
        yield place
        waiting += [Place(child, (*place.path, child)) for child in reversed(place.node.children)]


def cited(text: str) -> dict[Kind, str]:
    """Return the numbers that a citation names, by kind; of a kind named twice the first."""
    found: dict[Kind, str] = {}
    for mark in _CITED.finditer(_SHORT.sub(_in_full, " ".join(text.split()))):
        found.setdefault(_KIND[mark["word"].lower()], mark["number"].lower())
    if found.get(Kind.POINT, "").isdigit() and Kind.CLAUSE not in found:
        found[Kind.CLAUSE] = found.pop(Kind.POINT)  # "điểm 4 mục III", as many write
    return found


def _in_full(short: re.Match[str]) -> str:
    """Return "mục III khoản 4 điểm a" for "mục III.4.a"."""
    point = short["point"]
    number = f"{short['clause']}.{point}" if point and point.isdigit() else point
    return f"mục {short['heading']} khoản {short['clause']}{f' điểm {number}' if point else ''}"


class Finder:
    """Finds the provisions of one outline by what people write of them."""

    def __init__(self, outline: Outline) -> None:
        self._ids: dict[frozenset[tuple[Kind, str]], list[str]] = {}
        for place in places(outline):
            family = next((one for one in _FAMILIES if place.node.kind in one), ())
            numbers = {(node.kind, node.number.lower()) for node in place.path if node.kind in family}
            self._ids.setdefault(frozenset(numbers), []).append(place.node.id)
            parts = {(Kind.PART, node.number.lower()) for node in place.path if node.kind is Kind.PART}
            if parts and place.path[-1].kind is not Kind.PART and family is _NARROW_FAMILY:
                self._ids.setdefault(frozenset(numbers | parts), []).append(place.node.id)

    def find(self, text: str) -> str:
        """Return the id of the provision that a citation names, "" for none; of two so numbered neither."""
        ids = self.find_all(text)
        return ids[0] if len(ids) == 1 else ""

    def find_all(self, text: str) -> list[str]:
        """Return the ids of all provisions with the numbers that a citation names."""
        numbers = cited(text)
        headed = dict(numbers)
        if Kind.SECTION in headed:
            headed[Kind.HEADING] = headed.pop(Kind.SECTION)
        return self._find(headed) or self._find(numbers)

    def _find(self, numbers: Mapping[Kind, str]) -> list[str]:
        """Return the ids of what has these numbers: a heading of the part that is named, else of any."""
        family = next((one for one in _FAMILIES if numbers.keys() & set(one)), ())
        exact = frozenset(pair for pair in numbers.items() if pair[0] in (*family, Kind.PART))
        named = frozenset(pair for pair in exact if pair[0] in family)
        return (self._ids.get(exact) or self._ids.get(named, [])) if named else []
