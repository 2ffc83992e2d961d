"""Plain text and Markdown as blocks: lines that were broken are joined, tables kept, decoration dropped."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from supervision.legaltext.outline.blocks import Block
from supervision.legaltext.outline.joining import BLANK, DRAWN, RULE, join, plain, tidy

_HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
_CELLS = re.compile(r"(?<!\\)\|")
_DECORATION = re.compile(r"[\\*_\[&]")
#: Pairs only, and near each other: a lone star is a footnote's, a row of "_" is to be filled in.
_STRONG = re.compile(r"(\*\*|__)(?=[^\s*_])((?:(?!\1).){1,200}?)(?<=[^\s*_])\1")
_EMPHASIS = re.compile(
    r"(?<![\w*])([*_])(?=[^\W_]|[“\"(])((?:(?!\1).|(?<=\w)_(?=\w)){1,200}?)"
    r"(?:(?<=[^\W_])|(?<=[.;:,!?”\")]))\1(?![\w*])"
)
#: A paragraph in bold type, as only Markdown has it.
_BOLD = re.compile(r"^\*\*[^\s*][^*]*\*\*$")
_LINK = re.compile(r"\[([^\[\]]{0,500})\]\([^()]{0,500}\)")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,30});")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|>-])")


def read_text(source: str) -> tuple[list[Block], str]:
    """Return the blocks of a plain text or Markdown, and the title in its front matter ("" for none)."""
    lines = plain(source).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    title, lines = _front_matter(lines)
    is_markdown = bool(title) or any(_HEADING.match(line) or _BOLD.match(line.strip()) for line in lines)
    words = undecorated if is_markdown else tidy
    stripped = (line.strip() for line in lines)
    return join([_line(line, words) for line in stripped if not _is_between(line)]), title


def _front_matter(lines: list[str]) -> tuple[str, list[str]]:
    if not lines or lines[0].strip() != "---":
        return "", lines
    end = next((n for n, line in enumerate(lines[1:60], 1) if line.strip() == "---"), 0)
    titles = [
        line.partition(":")[2].strip().strip("\"'") for line in lines[1:end] if line.startswith("title:")
    ]
    return (titles[0] if titles else ""), lines[end + 1 :] if end else lines


def _is_between(line: str) -> bool:
    """Whether this is the line under a table's head."""
    return line.startswith("|") and line.count("|") > 1 and not line.strip("|:- ")


def _line(line: str, words: Callable[[str], str]) -> Block:
    if line.startswith("|") and line.count("|") > 1:
        return Block("", rows=(tuple(words(cell) for cell in _CELLS.split(line.strip("|"))),))
    if RULE.match(line):
        return DRAWN
    if heading := _HEADING.match(line):
        return Block(words(heading[2].rstrip().rstrip("#")), heading=len(heading[1]))
    return Block(words(line)) if line else BLANK


def undecorated(text: str) -> str:
    """Return a line of Markdown without its decoration."""
    if not _DECORATION.search(text):
        return tidy(text)
    text = _LINK.sub(r"\1", _ENTITY.sub(lambda found: html.unescape(found[0]), text))
    text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
    return tidy(_ESCAPED.sub(r"\1", text))
