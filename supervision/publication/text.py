"""Texts to public HTML: a signed paper's own markup, or authored text, of which everything is escaped."""

from __future__ import annotations

import html as markup
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape, strip_tags

from supervision.language.folding import nfc

BLANK = re.compile(r"\n\s*\n")
BULLET = re.compile(r"^\s*[-+•]\s+")
HEADING = re.compile(r"<h2[^>]*>(.*?)</h2>", re.DOTALL)
#: What only the print needs of a paper's markup: classes, widths of columns.
OF_PRINT = re.compile(r' class="[^"]*"|<colgroup>.*?</colgroup>', re.DOTALL)
LOWER = re.compile(r"(</?h)3\b")
LINE_ENDS = re.compile(r"</(?:p|li|tr|h\d|caption)>")
CELL_ENDS = re.compile(r"</t[hd]>")


@dataclass(frozen=True)
class Section:
    """A part of a published text: a heading (may be empty) and paragraphs parted by blank lines.

    Lines that start with "-" become a list. Where `html` is given it stands for the text: markup of
    our own paper, in which every value is already escaped.
    """

    title: str
    text: str
    html: str = ""


def signed_sections(article: str) -> list[Section]:
    """Return the sections of a signed paper's own text, given as `documents.render.article_html` makes it.

    What comes before the first heading has no title; no word is left out and none is added.
    """
    before, *rest = HEADING.split(nfc(article))
    pieces = [("", before), *zip(rest[::2], rest[1::2], strict=True)]
    found = [_signed_section(title, html) for title, html in pieces]
    return [section for section in found if section.title or section.text]


def _signed_section(title: str, html: str) -> Section:
    html = LOWER.sub(r"\g<1>4", OF_PRINT.sub("", html)).strip()
    return Section(_without_markup(title), _without_markup(html), html)


def _without_markup(html: str) -> str:
    text = strip_tags(CELL_ENDS.sub(" ", LINE_ENDS.sub("\n", " ".join(html.split()))))
    lines = (" ".join(line.split()) for line in markup.unescape(text).splitlines())
    return "\n".join(line for line in lines if line)


def to_html(sections: Sequence[Section]) -> str:
    """Return the HTML of `sections`; headings are level 3 with ids muc-1, muc-2..."""
    parts = []
    for number, section in enumerate(sections, start=1):
        if section.title:
            parts.append(f'<h3 id="muc-{number}">{escape(nfc(section.title))}</h3>')
        if section.html:
            parts.append(section.html)
            continue
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
