"""How people cite a provision: "khoản 2 Điều 5" on paper, "Điều 5 khoản 2" in a list; and reading that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from supervision.drafts.outline.marks import ORDINALS
from supervision.drafts.outline.nodes import Kind, Node, Outline

WORDS: Mapping[Kind, str] = {
    Kind.PART: "Phần",
    Kind.CHAPTER: "Chương",
    Kind.SECTION: "Mục",
    Kind.SUBSECTION: "Tiểu mục",
    Kind.ARTICLE: "Điều",
    Kind.CLAUSE: "khoản",
    Kind.POINT: "điểm",
    Kind.ATTACHMENT: "Quy định kèm theo",
    Kind.APPENDIX: "Phụ lục",
    Kind.FORM: "Mẫu số",
    Kind.TABLE: "bảng",
}
#: A citation of these names them alone; of others also what they stand in, up to one of these.
_ENOUGH = frozenset({Kind.PART, Kind.CHAPTER, Kind.ARTICLE, Kind.APPENDIX, Kind.ATTACHMENT})
_CITED = re.compile(
    r"(?P<word>điều|đ(?=[.\s]*\d)|khoản|k(?=[.\s]*\d)|điểm|phụ\s+lục|chương|mục)\.?\s*(?:số\s+)?"
    r"(?P<number>\d+(?:[a-jđ](?!\w))?|[IVXLC]+|[a-zđ])(?![^\Wk])",
    re.I,
)
_KIND = {
    "điều": Kind.ARTICLE, "đ": Kind.ARTICLE, "khoản": Kind.CLAUSE, "k": Kind.CLAUSE, "điểm": Kind.POINT,
    "phụ lục": Kind.APPENDIX, "chương": Kind.CHAPTER, "mục": Kind.SECTION,
}  # fmt: skip

#: What is cited together; an article needs no chapter beside it.
_FAMILIES = ((Kind.ARTICLE, Kind.CLAUSE, Kind.POINT), (Kind.APPENDIX,), (Kind.CHAPTER, Kind.SECTION))


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
        words = []
        for node in reversed(self.path):
            words.append(name_of(node))
            if node.kind in _ENOUGH:
                break
        if self.path[0].kind is Kind.ATTACHMENT and self.node.kind is not Kind.ATTACHMENT:
            words.append(WORDS[Kind.ATTACHMENT])
        return words[::-1]


def name_of(node: Node) -> str:
    """Return what a provision is called by itself: "Điều 5", "Phần thứ hai", "khoản 2"."""
    ordinal = "thứ " if node.kind is Kind.PART and node.number in ORDINALS else ""
    return f"{WORDS[node.kind]} {ordinal}{node.number}".strip()


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
    for mark in _CITED.finditer(text):
        kind = _KIND[re.sub(r"\s+", " ", mark["word"].lower())]
        found.setdefault(kind, mark["number"].lower())
    return found


class Finder:
    """Finds the provisions of one outline by what people write of them."""

    def __init__(self, outline: Outline) -> None:
        self._ids: dict[frozenset[tuple[Kind, str]], list[str]] = {}
        for place in places(outline):
            family = next((one for one in _FAMILIES if place.node.kind in one), ())
            numbers = frozenset(
                (node.kind, node.number.lower()) for node in place.path if node.kind in family
            )
            self._ids.setdefault(numbers, []).append(place.node.id)

    def find(self, text: str) -> str:
        """Return the id of the provision that a citation names, "" for none; of two so numbered neither."""
        ids = self.find_all(text)
        return ids[0] if len(ids) == 1 else ""

    def find_all(self, text: str) -> list[str]:
        """Return the ids of all provisions with the numbers that a citation names."""
        numbers = cited(text)
        family = next((one for one in _FAMILIES if numbers.keys() & set(one)), ())
        named = frozenset((kind, number) for kind, number in numbers.items() if kind in family)
        return self._ids.get(named, []) if named else []
