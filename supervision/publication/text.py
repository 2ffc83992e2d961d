"""Authored text to public HTML: everything is escaped, only headings, paragraphs and lists come out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape

from supervision.language.folding import nfc

BLANK = re.compile(r"\n\s*\n")
BULLET = re.compile(r"^\s*[-+•]\s+")


@dataclass(frozen=True)
class Section:
    """A part of a published text: a heading (may be empty) and paragraphs parted by blank lines.

    Lines that start with "-" become a list.
    """

    title: str
    text: str


def to_html(sections: Sequence[Section]) -> str:
    """Return the HTML of `sections`; headings are level 3 with ids muc-1, muc-2..."""
    parts = []
    for number, section in enumerate(sections, start=1):
        if section.title:
            parts.append(f'<h3 id="muc-{number}">{escape(nfc(section.title))}</h3>')
        parts += [_block(block) for block in BLANK.split(nfc(section.text.strip())) if block.strip()]
    return "\n".join(parts)


def to_plain(sections: Sequence[Section]) -> str:
    """Return the same text without markup, for search and feeds."""
    return "\n\n".join(nfc(f"{section.title}\n{section.text}".strip()) for section in sections)


def _block(block: str) -> str:
    html, items = [], []
    for line in block.splitlines():
        if BULLET.match(line):
            items.append(f"<li>{escape(BULLET.sub('', line).strip())}</li>")
            continue
        if items:
            html.append(f"<ul>{''.join(items)}</ul>")
            items = []
        if line.strip():
            html.append(f"<p>{escape(line.strip())}</p>")
    if items:
        html.append(f"<ul>{''.join(items)}</ul>")
    return "".join(html)
