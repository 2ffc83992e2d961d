"""Lines into paragraphs and tables, whatever file they came from: what was broken in two is joined."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from supervision.language.folding import nfc
from supervision.legaltext.outline import dresses, marks
from supervision.legaltext.outline.blocks import Block
from supervision.legaltext.outline.titles import KINDS

#: A line that is drawn with signs.
RULE = re.compile(r"^([-*_])(\s*\1){2,}$")
BLANK = Block("")
DRAWN = Block("", after_rule=True)
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"), None)
_WIDE_SIGNS = {0xFEE0 + code: chr(code) for code in range(0x21, 0x7F)} | {0x3000: " ", 0x3002: "."}
_ROMAN = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2160, 0x2180)}
_SIGNS = _UNSEEN | _WIDE_SIGNS | _ROMAN | {0xA0: " ", 0x202F: " ", 0xD0: "Đ"}
_DIGIT = re.compile(r"(?![0-9])\d")


def plain(text: str) -> str:
    """Return a text with letters composed, without signs that nobody sees, hard spaces as spaces.

    Digits of other scripts, Roman figures that are one sign and the wide signs of East Asian keyboards are
    what they stand for: "２．" is "2.", "Ⅱ" is "II".
    """
    return _DIGIT.sub(_ascii_digit, nfc(text).translate(_SIGNS))


def _ascii_digit(found: re.Match[str]) -> str:
    return str(unicodedata.decimal(found[0]))


def tidy(text: str) -> str:
    """Return a line with its spaces put right and nothing else changed: a draft's words are not ours."""
    return re.sub(r"\s+", " ", text).strip()


def join(lines: Sequence[Block]) -> list[Block]:
    """Return the paragraphs and tables of a text given line by line.

    A block is a line of text, a heading, or rows of a table; rows that follow each other are one table.
    `BLANK` is an empty line and `DRAWN` a ruled one.
    """
    joiner = _Joiner(_is_wrapped(lines))
    for line in lines:
        joiner.take(line)
    joiner.end()
    return joiner.made


def _is_wrapped(lines: Sequence[Block]) -> bool:
    """Whether paragraphs were broken to a width: lines without an end mostly go on in the next."""
    pairs = ((before, after) for before, after in pairwise(lines) if before.text and not _ends(before))
    cut = [after for _before, after in pairs if after.text or after.rows]
    return 3 * sum(after.text[:1].islower() and not after.heading for after in cut) > len(cut)


def _ends(line: Block) -> bool:
    return line.is_closed or bool(line.heading) or marks.begins(line.text)


class _Joiner:
    """Collects lines into paragraphs and rows into tables."""

    def __init__(self, is_wrapped: bool) -> None:
        self.is_wrapped = is_wrapped
        self.made: list[Block] = []
        self.open: list[str] = []  # lines of the paragraph that is being read
        self.rows: list[tuple[str, ...]] = []
        self.after_rule = False

    def take(self, line: Block) -> None:
        """Read one line."""
        if line.rows:
            self._end_paragraph()
            self.rows += line.rows
            return
        if not line.text or line.heading:
            self.end()
            self.after_rule = self.after_rule or line.after_rule
            self._add(line)
        else:
            self._end_table()
            self._line(line.text)

    def end(self) -> None:
        """Close what is open."""
        self._end_paragraph()
        self._end_table()

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
        if marks.begins(text) or dresses.begins(text) or (text.isupper() and marks.APPENDIX.match(text)):
            return False
        if marks.APPENDIX.match(before):
            return False
        if before.isupper() or text.isupper():
            return before.isupper() and text.isupper() and not marks.wide(before) and text not in KINDS
        is_heading = marks.wide(before) or marks.article(before) or marks.heading(before)
        return text[:1].islower() if is_heading or not self.is_wrapped else True

    def _end_paragraph(self) -> None:
        if self.open:
            self._add(Block(" ".join(self.open)))
        self.open = []

    def _end_table(self) -> None:
        if self.rows:
            self.made.append(Block("", rows=tuple(self.rows)))
        self.rows = []

    def _add(self, block: Block) -> None:
        if block.text:
            self.made.append(replace(block, after_rule=self.after_rule))
            self.after_rule = False
