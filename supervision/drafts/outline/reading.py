"""Plain text and Markdown as blocks: lines that were broken are joined, tables kept, decoration dropped."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise

from supervision.drafts.outline import marks
from supervision.drafts.outline.blocks import Block

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_RULE = re.compile(r"^\s*([-*_])(\s*\1){2,}\s*$")
_CELLS = re.compile(r"(?<!\\)\|")
_BETWEEN = re.compile(r"^[\s|:-]+$")  # the line under a table's head
#: Pairs only, and near each other: a lone star is a footnote's, a row of "_" is to be filled in.
_STRONG = re.compile(r"(\*\*|__)(?=[^\s*_])(.{1,200}?)(?<=[^\s*_])\1")
_EMPHASIS = re.compile(
    r"(?<![\w*])([*_])(?=[^\W_]|[“\"(])(.{1,200}?)(?:(?<=[^\W_])|(?<=[.;:,!?”\")]))\1(?![\w*])"
)
_LINK = re.compile(r"\[([^\]]{0,500})\]\([^)]{0,500}\)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|>-])")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u00ad"), None) | {0xA0: " ", 0xD0: "Đ"}


def read_text(source: str) -> tuple[list[Block], str]:
    """Return the blocks of a plain text or Markdown, and the title in its front matter ("" for none)."""
    text = unicodedata.normalize("NFC", source).translate(_INVISIBLE)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    title, lines = _front_matter(lines)
    is_markdown = bool(title) or any(_HEADING.match(line) for line in lines)
    return _Joiner(_is_wrapped(lines), undecorated if is_markdown else tidy).blocks(lines), title


def _front_matter(lines: list[str]) -> tuple[str, list[str]]:
    if not lines or lines[0].strip() != "---":
        return "", lines
    end = next((n for n, line in enumerate(lines[1:60], 1) if line.strip() == "---"), 0)
    titles = [
        line.partition(":")[2].strip().strip("\"'") for line in lines[1:end] if line.startswith("title:")
    ]
    return (titles[0] if titles else ""), lines[end + 1 :] if end else lines


def _is_wrapped(lines: list[str]) -> bool:
    """Whether paragraphs were broken to a width: lines without an end mostly go on in the next."""
    pairs = [(before.strip(), after.strip()) for before, after in pairwise(lines)]
    cut = [after for before, after in pairs if before and after and not _ends(before)]
    return 3 * sum(after[:1].islower() for after in cut) > len(cut)


def _ends(line: str) -> bool:
    return Block(line).is_closed or bool(_HEADING.match(line) or line.startswith("|") or marks.begins(line))


class _Joiner:
    """Collects lines into paragraphs and rows into tables."""

    def __init__(self, is_wrapped: bool, plain: Callable[[str], str]) -> None:
        self.is_wrapped = is_wrapped
        self.plain = plain
        self.made: list[Block] = []
        self.open: list[str] = []  # lines of the paragraph that is being read
        self.rows: list[tuple[str, ...]] = []
        self.after_rule = False

    def blocks(self, lines: list[str]) -> list[Block]:
        """Return the blocks of `lines`."""
        for line in lines:
            self._take(line.strip())
        self._end()
        return self.made

    def _take(self, line: str) -> None:
        if line.startswith("|") and line.count("|") > 1:
            self._end_paragraph()
            if not _BETWEEN.match(line):
                self.rows.append(tuple(self.plain(cell) for cell in _CELLS.split(line.strip("|"))))
            return
        heading = _HEADING.match(line)
        if not line or _RULE.match(line) or heading:
            self._end()
            self.after_rule = self.after_rule or bool(line and not heading)
        if heading:
            self._add(self.plain(heading[2]), heading=len(heading[1]))
        elif line and not _RULE.match(line):
            self._end_table()
            self._line(self.plain(line))

    def _line(self, text: str) -> None:
        if self.open and self._goes_on(text):
            self.open.append(text)
        else:
            self._end_paragraph()
            self.open = [text]

    def _goes_on(self, text: str) -> bool:
        """Whether a line goes on with the paragraph before: that has no end, and this begins nothing."""
        before = self.open[-1]
        if Block(before).is_closed or text.startswith(("- ", "+ ", "“")):
            return False
        if marks.begins(text):
            return False
        if marks.APPENDIX.match(before):
            return False
        if before.isupper() or text.isupper():
            return before.isupper() and text.isupper() and not marks.wide(before)
        is_heading = marks.wide(before) or marks.article(before)
        return text[:1].islower() if is_heading or not self.is_wrapped else True

    def _end(self) -> None:
        self._end_paragraph()
        self._end_table()

    def _end_paragraph(self) -> None:
        if self.open:
            self._add(" ".join(self.open))
        self.open = []

    def _end_table(self) -> None:
        if self.rows:
            self.made.append(Block("", rows=tuple(self.rows)))
        self.rows = []

    def _add(self, text: str, heading: int = 0) -> None:
        if text:
            self.made.append(Block(text, heading=heading, after_rule=self.after_rule))
            self.after_rule = False


def tidy(text: str) -> str:
    """Return a line with its spaces put right and nothing else changed: a draft's words are not ours."""
    return re.sub(r"\s+", " ", text).strip()


def undecorated(text: str) -> str:
    """Return a line of Markdown without its decoration."""
    text = _LINK.sub(r"\1", html.unescape(text))
    text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
    return tidy(_ESCAPED.sub(r"\1", text))
