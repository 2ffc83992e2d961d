"""An outline as lines that a person can edit, and back: what each line begins is said, not guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from supervision.drafts.outline import marks
from supervision.drafts.outline.builder import Tree
from supervision.drafts.outline.citing import WORDS, name_of
from supervision.drafts.outline.nodes import Kind, Node, Outline

#: Stands before a line that is text although it begins like a provision.
TEXT = "> "
#: The line after which the signature and the list of recipients stand.
END = "---"
_ROW = re.compile(r"^\|(.*)\|$")
_CELL = re.compile(r"(?<!\\)\|")
_WORDS = {kind: word for kind, word in WORDS.items() if kind not in (Kind.CLAUSE, Kind.POINT, Kind.TABLE)} | {
    Kind.ATTACHMENT: "Kèm theo"
}
_HEADING = re.compile(
    rf"^(?P<word>{'|'.join(sorted(_WORDS.values(), key=len, reverse=True))})(?:\s+thứ)?"
    r"(?:\s+(?P<number>[\w/-]+(?:\.\d+)*))?\s*(?:[.:]\s*(?P<title>.*))?$",
    re.I,
)
_KINDS = {word.lower(): kind for kind, word in _WORDS.items()}
_CLAUSE = re.compile(r"^(?P<number>\d{1,3}[a-zđ]?)\.\s+(?P<rest>.*)$")
_POINT = re.compile(r"^(?P<number>[a-zđ])\)\s+(?P<rest>.*)$")


def to_lines(outline: Outline) -> list[str]:
    """Return the text line by line: a provision a line, a table's row a line, the signature after `END`."""
    lines = [_plain(text) for text in outline.preamble]
    for node in outline.nodes:
        lines += _lines(node, in_article=False)
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
        elif node := _begun(line, [] if is_closing else tree.path):
            is_closing = False
            tree.open(node)
        elif line:
            text = line.removeprefix(TEXT).strip() if line.startswith(TEXT) else line
            (tree.made.closing if is_closing else tree.texts()).append(text)
    return tree.finished()


def pieces(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where each piece begins and ends: an article, a heading of a wider part, an appendix, the end.

    The first piece is what stands before the first of them. A piece is what a person edits at once.
    """
    start = 0
    for n, line in enumerate(lines):
        if n > start and (line == END or _heading(line)):
            yield start, n
            start = n
    yield start, len(lines)


def _lines(node: Node, *, in_article: bool) -> list[str]:
    if node.kind is Kind.TABLE:
        rows = ([cell.replace("|", "\\|") for cell in row] for row in node.rows)
        return ["", *(f"| {' | '.join(row)} |" for row in rows)]
    in_article = in_article or node.kind is Kind.ARTICLE
    texts = list(node.text)
    if node.kind is Kind.CLAUSE:
        first = f"{node.number}. {texts.pop(0) if texts else ''}"
    elif node.kind is Kind.POINT:
        first = f"{node.number}) {texts.pop(0) if texts else ''}"
    else:
        name = _WORDS[node.kind] if node.kind is Kind.ATTACHMENT else name_of(node)
        first = f"{name}. {node.title}"
    lines = [first.strip(), *(_plain(text, in_article=in_article) for text in texts)]
    for child in node.children:
        lines += _lines(child, in_article=in_article)
    return lines


def _plain(text: str, *, in_article: bool = False) -> str:
    """Return a paragraph as a line, marked where it would be taken for something else."""
    begins = _heading(text) or _ROW.match(text) or (in_article and _numbered(text))
    return f"{TEXT}{text}" if begins or text == END or text.startswith(TEXT.strip()) else text


def _heading(line: str) -> Node | None:
    found = _HEADING.match(line)
    if found is None or (found["title"] is None and found["number"] is None):
        return None
    kind = _KINDS[re.sub(r"\s+", " ", found["word"].lower())]
    number, title = found["number"] or "", (found["title"] or "").strip()
    if kind in (Kind.APPENDIX, Kind.ATTACHMENT, Kind.FORM) or marks.value(number):
        return Node(kind, number, title)
    return None


def _numbered(line: str) -> Node | None:
    for kind, pattern in ((Kind.CLAUSE, _CLAUSE), (Kind.POINT, _POINT)):
        if found := pattern.match(f"{line} "):
            rest = found["rest"].strip()
            return Node(kind, found["number"], text=[rest] if rest else [])
    return None


def _begun(line: str, path: Sequence[Node]) -> Node | None:
    """Return the provision that a line begins; outside articles numbers are only text."""
    in_article = any(node.kind is Kind.ARTICLE for node in path)
    return _heading(line) or (_numbered(line) if in_article else None)
