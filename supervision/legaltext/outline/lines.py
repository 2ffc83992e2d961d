"""An outline as lines that a person can edit, and back: what each line begins is said, not guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from supervision.legaltext.outline import marks
from supervision.legaltext.outline.citing import WORDS, name_of, printed_number
from supervision.legaltext.outline.nodes import NARROW, Kind, Node, Outline
from supervision.legaltext.outline.tree import Tree

#: Stands before a line that is text although it begins like a provision.
TEXT = "> "
#: The line after which the signature and the list of recipients stand.
END = "---"
_ROW = re.compile(r"^\|(.*)\|$")
_CELL = re.compile(r"(?<!\\)\|")
_WORDS = {kind: word for kind, word in WORDS.items() if kind not in (*NARROW, Kind.HEADING, Kind.TABLE)} | {
    Kind.ATTACHMENT: "Kèm theo"
}
_HEADING = re.compile(
    rf"^(?P<word>{'|'.join(sorted(_WORDS.values(), key=len, reverse=True))})(?:\s+thứ)?"
    r"(?:\s+(?P<number>[\w/-]+(?:\.\d+)*))?\s*(?:[.:]\s*(?P<title>.*))?$",
    re.I,
)
_KINDS = {word.lower(): kind for kind, word in _WORDS.items()}
_ROMAN = re.compile(r"^(?P<number>[IVXL]+)\.(?:\s+(?P<title>.*))?$")
_NUMBERED = (
    (Kind.CLAUSE, re.compile(r"^(?P<number>\d{1,3}[a-zđ]?)\.\s+(?P<rest>.*)$")),
    (Kind.POINT, re.compile(r"^(?P<number>[a-zđ])\)\s+(?P<rest>.*)$")),
    (Kind.POINT, re.compile(r"^(?P<number>\d{1,2}\.\d{1,2})\.\s+(?P<rest>.*)$")),
    (Kind.ITEM, re.compile(r"^(?P<number>\d{1,2}\.\d{1,2}\.\d{1,2})\.\s+(?P<rest>.*)$")),
)


def to_lines(outline: Outline) -> list[str]:
    """Return the text line by line: a provision a line, a table's row a line, the signature after `END`."""
    lines = [_plain(text) for text in outline.preamble]
    for node in outline.nodes:
        lines += _lines(node)
    if outline.closing:
        lines += [END, *(_plain(text) for text in outline.closing)]
    return lines


def from_lines(lines: Sequence[str], title: str) -> Outline:
    """Return the outline that the lines say; what `to_lines` wrote comes back as it was."""
    tree = Tree()
    tree.made.title = title
    is_closing = False
    rows: list[list[str]] = []
    for line in (raw.strip() for raw in lines):
        cells = _ROW.match(line)
        if cells:
            if not rows:
                tree.open(Node(Kind.TABLE, rows=rows))
                tree.path.pop()
            rows.append([cell.strip().replace("\\|", "|") for cell in _CELL.split(cells[1])])
            continue
        rows = []
        if line == END:
            is_closing = True
        # a number in the list of recipients is no clause of the last article
        elif node := _begun(line, tree.path, is_closing=is_closing):
            is_closing = False
            tree.open(node)
        elif line:
            text = line.removeprefix(TEXT).strip() if line.startswith(TEXT) else line
            (tree.made.closing if is_closing else tree.here.text).append(text)
    return tree.finished()


def pieces(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where each piece begins and ends: an article, a heading, a wider part, an appendix, the end.

    The first piece is what stands before the first of them. A piece is what a person edits at once.
    """
    start = 0
    for n, line in enumerate(lines):
        if n > start and (line == END or _heading(line) or _ROMAN.match(line)):
            yield start, n
            start = n
    yield start, len(lines)


def piece_of(outline: Outline) -> dict[str, int]:
    """Return in which of the pieces each provision stands, by its id, "" for the end of the text."""
    found: dict[str, int] = {}
    here = 0 if outline.preamble else -1
    for node in outline.walk():
        here += node.kind not in (*NARROW, Kind.TABLE)
        found[node.id] = max(here, 0)
    return found | {"": max(here, 0) + bool(outline.closing)}


def _lines(node: Node, *, in_appendix: bool = False) -> list[str]:
    if node.kind is Kind.TABLE:
        rows = ([cell.replace("|", "\\|") for cell in row] for row in node.rows)
        return ["", *(f"| {' | '.join(row)} |" for row in rows)]
    in_appendix = in_appendix or node.kind is Kind.APPENDIX
    texts = list(node.text)
    if node.kind in NARROW:
        first = f"{printed_number(node)} {texts.pop(0) if texts else ''}"
    elif node.kind is Kind.HEADING:
        first = f"{printed_number(node)} {node.title}"
    else:
        name = _WORDS[node.kind] if node.kind is Kind.ATTACHMENT else name_of(node)
        first = f"{name}. {node.title}"
    lines = [first.strip(), *(_plain(text, in_appendix=in_appendix) for text in texts)]
    for child in node.children:
        lines += _lines(child, in_appendix=in_appendix)
    return lines


def _plain(text: str, *, in_appendix: bool = False) -> str:
    """Return a paragraph as a line, marked where it would be taken for something else."""
    begins = _heading(text) or _ROW.match(text) or (not in_appendix and _numbered(text))
    return f"{TEXT}{text}" if begins or text == END or text.startswith(TEXT.strip()) else text


def _heading(line: str) -> Node | None:
    found = _HEADING.match(line)
    if found is None or (found["title"] is None and found["number"] is None):
        return None
    kind = _KINDS[re.sub(r"\s+", " ", found["word"].lower())]
    number, title = found["number"] or "", (found["title"] or "").strip()
    if kind in (Kind.APPENDIX, Kind.ATTACHMENT, Kind.FORM) or marks.rank(marks.Mark(kind, number, title)):
        return Node(kind, number, title)
    return None


def _numbered(line: str) -> Node | None:
    """Return the heading, clause, point or item whose number a line begins with."""
    if roman := _ROMAN.match(line):
        return Node(Kind.HEADING, roman["number"], (roman["title"] or "").strip())
    for kind, pattern in _NUMBERED:
        if found := pattern.match(f"{line} "):
            rest = found["rest"].strip()
            return Node(kind, found["number"], text=[rest] if rest else [])
    return None


def _begun(line: str, path: Sequence[Node], *, is_closing: bool) -> Node | None:
    """Return the provision that a line begins; in an appendix and below the signature numbers are text."""
    if is_closing or any(node.kind is Kind.APPENDIX for node in path):
        return _heading(line)
    node = _heading(line) or _numbered(line)
    if node and node.kind is Kind.POINT and any("." in one.number for one in path if one.kind is Kind.POINT):
        node.kind = Kind.POINT if "." in node.number else Kind.ITEM
    return node
