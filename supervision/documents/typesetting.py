"""Free text to the blocks of an official paper, and the small joins that keep lines from breaking badly."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Literal

WORD_JOINER = "\u2060"
NO_BREAK = "\u00a0"
#: Points of a clause in Vietnamese order: no f, j, w, z (Decree 30 Annex I).
POINTS = "abcdđeghiklmnopqrstuvxy"

BlockKind = Literal["paragraph", "heading", "numbered", "points", "dashes"]


@dataclass
class Item:
    """One item of a list: its own text and what is nested under it."""

    text: str
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Block:
    """A paragraph, a heading in capitals, or a list (numbered, lettered points, dashes)."""

    kind: BlockKind
    text: str = ""
    start: int = 1
    items: list[Item] = field(default_factory=list)


_HEADING = re.compile(r"^(?:[IVX]+|PHẦN [A-ZĐ]+)\. \S")
_NUMBERED = re.compile(r"^(\d{1,2})\. (.+)$")
_POINT = re.compile(rf"^([{POINTS}])\) (.+)$")
_DASH = re.compile(r"^[-–+•] +(.+)$")
_DEPTH = {"numbered": 0, "points": 1, "dashes": 2}


def _classify(line: str) -> tuple[BlockKind, int, str]:
    if _HEADING.match(line) and line == line.upper():
        return "heading", 1, line
    if m := _NUMBERED.match(line):
        return "numbered", int(m[1]), m[2]
    if m := _POINT.match(line):
        return "points", POINTS.index(m[1]) + 1, m[2]
    if m := _DASH.match(line):
        return "dashes", 1, m[1]
    return "paragraph", 1, line


def blocks(text: str) -> list[Block]:
    """Return the blocks of `text`; lists nest as numbers, then points, then dashes.

    A list whose numbers do not follow on starts anew with the number written, so what a person typed
    is what is printed.
    """
    top: list[Block] = []
    open_lists: list[Block] = []
    for raw in text.replace("\r\n", "\n").split("\n"):
        line = " ".join(raw.split())
        if not line:
            continue
        kind, start, body = _classify(line)
        if kind not in _DEPTH:
            open_lists.clear()
            top.append(Block(kind, text=body))
            continue
        while open_lists and _DEPTH[open_lists[-1].kind] > _DEPTH[kind]:
            open_lists.pop()
        current = open_lists[-1] if open_lists else None
        if current is None or current.kind != kind or not _follows(current, start):
            if current is not None and current.kind == kind:
                open_lists.pop()
            target = open_lists[-1].items[-1].blocks if open_lists else top
            current = Block(kind, start=start)
            target.append(current)
            open_lists.append(current)
        current.items.append(Item(body))
    return top


def _follows(block: Block, number: int) -> bool:
    return block.kind == "dashes" or number == block.start + len(block.items)


_SYMBOL = re.compile(r"\d{1,5}[A-Za-zĐđ]?/(?:\d{4}/)?[A-ZĐ][A-ZĐa-zđ0-9]*(?:-[A-ZĐ][A-ZĐa-zđ0-9]*)*")
_PAIR = re.compile(
    r"\b(ngày|tháng|năm|Mẫu|Điều|khoản|Khoản|Mục|Chương|Bảng|Phụ lục|Biểu) (?=\d|[IVX]+\b)"
    r"|(?<=\d) (?=(?:ngày|hồ sơ|phiếu|thành viên|%|đồng|người)\b)"
)


def join(text: str) -> str:
    """Return `text` with joins inside document symbols and between words that belong together.

    Pairs only, never chains: a whole date held together tears wide gaps into a justified line.
    """
    return _PAIR.sub(lambda m: m[0][:-1] + NO_BREAK, _SYMBOL.sub(_joined_symbol, text))


def _joined_symbol(match: re.Match[str]) -> str:
    symbol = match[0].replace("/", "/" + WORD_JOINER)
    return symbol.replace("-", "-" + WORD_JOINER) if len(match[0]) <= 22 else symbol


def unjoin(text: str) -> str:
    """Return `text` without the joins, as it was typed."""
    return text.replace(WORD_JOINER, "").replace(NO_BREAK, " ")


def balanced(title: str) -> str:
    """Return a centred title whose last four syllables stay together."""
    words = title.split(" ")
    if len(words) < 8:
        return title
    return " ".join(words[:-4]) + " " + NO_BREAK.join(words[-4:])


def ended(text: str, mark: str) -> str:
    """Return `text` ending in `mark` instead of whatever punctuation it ended in."""
    return text.rstrip().rstrip(".;,:/").rstrip() + mark


def clock(moment: dt.datetime | dt.time) -> str:
    """Return "08 giờ 00"."""
    return f"{moment:%H} giờ {moment:%M}"
