"""What a legal text is made of, by the words that texts themselves print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """A kind of provision, from the widest to the narrowest; the value is its word in ids."""

    PART = "phan"
    CHAPTER = "chuong"
    SECTION = "muc"
    SUBSECTION = "tieu-muc"
    ARTICLE = "dieu"
    HEADING = (
        "de-muc"  # "III. NHIỆM VỤ" of a plan, which has no articles, or of the article that lays one down
    )
    CLAUSE = "khoan"
    POINT = "diem"  # "a)", or "1.2." of a plan
    ITEM = "tiet"  # what stands in such a "1.2."
    ATTACHMENT = "kem"  # a regulation issued together with the text; its articles are counted anew
    APPENDIX = "phu-luc"
    FORM = "mau"  # of an appendix
    TABLE = "bang"


#: How deep each stands; a node closes all that are not wider than itself.
DEPTH = {
    Kind.ATTACHMENT: 0,
    Kind.APPENDIX: 0,
    Kind.FORM: 1,
    Kind.PART: 1,
    Kind.CHAPTER: 2,
    Kind.SECTION: 3,
    Kind.SUBSECTION: 4,
    Kind.ARTICLE: 5,
    Kind.HEADING: 6,
    Kind.CLAUSE: 7,
    Kind.POINT: 8,
    Kind.ITEM: 9,
    Kind.TABLE: 10,
}

#: What is counted in figures or letters: an id keeps its number as it is printed.
NUMBERED = (Kind.ARTICLE, Kind.CLAUSE, Kind.POINT, Kind.ITEM)
#: What begins with its number alone and has no title.
NARROW = (Kind.CLAUSE, Kind.POINT, Kind.ITEM)


@dataclass
class Node:
    """One provision: its number as printed ("5", "II", "đ"), title, own paragraphs, and what is in it."""

    kind: Kind
    number: str = ""
    title: str = ""
    text: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)  # of a table
    children: list[Node] = field(default_factory=list)
    id: str = ""

    def walk(self) -> Iterator[Node]:
        """Yield the node and all in it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def to_json(self) -> dict[str, Any]:
        """Return the node as plain data; what is empty is left out."""
        found: dict[str, Any] = {"kind": self.kind.name.lower(), "id": self.id}
        for name in ("number", "title"):
            if value := getattr(self, name):
                found[name] = value
        if self.text:
            found["text"] = "\n".join(self.text)
        if self.rows:
            found["rows"] = self.rows
        if self.children:
            found["nodes"] = [child.to_json() for child in self.children]
        return found

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Node:
        """Return the node that `to_json` wrote."""
        return cls(
            kind=Kind[found["kind"].upper()],
            number=found.get("number", ""),
            title=found.get("title", ""),
            text=found["text"].split("\n") if "text" in found else [],
            rows=found.get("rows", []),
            children=[cls.from_json(child) for child in found.get("nodes", [])],
            id=found["id"],
        )


@dataclass
class Outline:
    """A whole text: its title, what stands before the first provision and after the last, the tree."""

    title: str = ""
    preamble: list[str] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)  # the signature and where copies go
    accepted: list[str] = field(default_factory=list)  # keys of doubts that a person found unfounded

    def walk(self) -> Iterator[Node]:
        """Yield all nodes in reading order."""
        for node in self.nodes:
            yield from node.walk()

    def count(self, kind: Kind) -> int:
        """Return how many nodes of `kind` the text has."""
        return sum(node.kind is kind for node in self.walk())

    def to_data(self) -> dict[str, Any]:
        """Return all of the text as plain data, to be kept or passed to another process."""
        nodes = [node.to_json() for node in self.nodes]
        return {
            "title": self.title,
            "preamble": self.preamble,
            "nodes": nodes,
            "closing": self.closing,
            "accepted": self.accepted,
        }

    @classmethod
    def from_data(cls, found: Mapping[str, Any]) -> Outline:
        """Return the text that `to_data` wrote."""
        nodes = [Node.from_json(node) for node in found["nodes"]]
        kept = found.get("accepted", [])  # texts read before doubts could be accepted have none
        return cls(found["title"], found["preamble"], nodes, found["closing"], kept)

    def to_json(self) -> dict[str, Any]:
        """Return title, counts and tree as plain data."""
        return {
            "title": self.title,
            "articles": self.count(Kind.ARTICLE),
            "clauses": self.count(Kind.CLAUSE),
            "points": self.count(Kind.POINT),
            "appendices": self.count(Kind.APPENDIX),
            "nodes": [node.to_json() for node in self.nodes],
        }
