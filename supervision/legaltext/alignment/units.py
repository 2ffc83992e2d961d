"""What is aligned: every heading, provision and row of a text, with the words that are its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from supervision.legaltext.outline import Kind, Node, Outline

#: How people cite each kind; a row of an appendix is cited like one of a table.
_WORDS = {
    Kind.PART: "Phần",
    Kind.CHAPTER: "Chương",
    Kind.SECTION: "Mục",
    Kind.SUBSECTION: "Tiểu mục",
    Kind.ARTICLE: "Điều",
    Kind.HEADING: "mục",
    Kind.CLAUSE: "khoản",
    Kind.POINT: "điểm",
    Kind.ITEM: "tiết",
    Kind.ATTACHMENT: "Văn bản kèm theo",
    Kind.APPENDIX: "Phụ lục",
    Kind.FORM: "Mẫu số",
    Kind.TABLE: "Bảng",
}
_ROW_ID = "dong"
#: Cited without what they stand in: they are counted through the whole text.
_COUNTED_THROUGH = (Kind.PART, Kind.CHAPTER, Kind.ARTICLE)
_HEADS = ("stt", "tt", "số tt", "số thứ tự")
_NUMBERED = re.compile(r"(?P<number>\d{1,4})[.)]?\s")


@dataclass(frozen=True)
class Unit:
    """One heading, provision or row; `text` is its own: title and paragraphs, not what is inside it.

    `path` holds the ids of all that it stands in, the widest first; `kind` is None for a row.
    """

    id: str
    label: str
    text: str
    path: tuple[str, ...]
    number: str
    kind: Kind | None

    @property
    def parent(self) -> str:
        """The id of what it stands in, "" at the top."""
        return self.path[-1] if self.path else ""


def units(outline: Outline) -> list[Unit]:
    """Return the units of a text in reading order; each id once.

    A heading without a title and a table without a head are units too, with an empty text: remarks stand
    on them, and what is inside tells where they went. A row is a row of a table, or a paragraph of an
    appendix that begins with the next number, as copies without table lines have it.
    """
    return [unit for node in outline.nodes for unit in _units((node,))]


def _units(trail: tuple[Node, ...]) -> Iterator[Unit]:
    node, path = trail[-1], tuple(one.id for one in trail)
    label = _label(trail)
    own, rows = _rows(node)
    text = "\n".join(filter(None, [node.title, *own]))
    yield Unit(node.id, _capital(label), text, path[:-1], node.number, node.kind)
    for number, row in rows:
        yield Unit(
            f"{node.id}-{_ROW_ID}-{number}", _capital(f"dòng {number} {label}"), row, path, str(number), None
        )
    for child in node.children:
        yield from _units((*trail, child))


def _label(trail: Sequence[Node]) -> str:
    """Return how the last of `trail` is cited: from the narrowest up to what is counted through the text."""
    cited: list[str] = []
    for n in range(len(trail) - 1, -1, -1):
        cited.append(_own_label(trail[n], trail[n - 1] if n else None))
        if trail[n].kind in _COUNTED_THROUGH:
            break
    if n and trail[0].kind is Kind.ATTACHMENT:
        cited.append(_own_label(trail[0], None))
    return " ".join(filter(None, cited))


def _own_label(node: Node, parent: Node | None) -> str:
    """Return the word and number of a node, "" for the only table of a provision."""
    number = node.number
    if node.kind is Kind.TABLE:
        if parent and sum(child.kind is Kind.TABLE for child in parent.children) == 1:
            return ""
        number = node.id.rsplit("-", 1)[-1]
    return f"{_WORDS[node.kind]} {number}".strip()


def _rows(node: Node) -> tuple[list[str], list[tuple[int, str]]]:
    """Return the paragraphs that are a node's own, and its rows with their numbers."""
    if node.kind is Kind.TABLE:
        has_head = (
            bool(node.rows) and node.rows[0][:1] != [] and node.rows[0][0].strip(" .").lower() in _HEADS
        )
        texts = [" | ".join(cells) for cells in node.rows]
        return texts[:has_head], list(enumerate(texts[has_head:], 1))
    if node.kind not in (Kind.APPENDIX, Kind.FORM):
        return node.text, []
    return _numbered(node.text)


def _numbered(paragraphs: Sequence[str]) -> tuple[list[str], list[tuple[int, str]]]:
    own: list[str] = []
    rows: list[tuple[int, str]] = []
    for text in paragraphs:
        found = _NUMBERED.match(text)
        if found and int(found["number"]) == len(rows) + 1:
            rows.append((len(rows) + 1, text))
        else:
            own.append(text)
    return own, rows


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]
