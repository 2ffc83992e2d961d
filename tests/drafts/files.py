"""Drafts as the files that people send, made on the spot: Word, web page, PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from xml.sax.saxutils import escape as xml_escape

from weasyprint import HTML

from supervision.legaltext.outline import Block, marks
from tests.files import samples

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
#: Lists as Vietnamese drafters make them: articles, clauses and points on three levels of one list.
LEVELS = (("decimal", "Điều %1."), ("decimal", "%2."), ("lowerLetter", "%3)"))
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="H{n}"><w:name w:val="heading {n}"/></w:style>'
    for n in range(1, 7)
)
PAPER = (
    "@page { size: A4; margin: 2cm 2cm 2cm 3cm; @top-center { content: counter(page) } } "
    "body { font: 14pt Tinos, serif; line-height: 1.25 } "
    "p { margin: 0; text-indent: 1.27cm; text-align: justify } "
)


# -- Word --------------------------------------------------------------------------------


def docx(body: str, *, numbering: str = "", styles: str = STYLES) -> bytes:
    """Return a Word file: the elements of its body, of its lists and of its styles."""
    more = {
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {W}>{numbering}</w:numbering>",
    }
    return samples.docx(more)


def p(text: str, properties: str = "") -> str:
    """Return a Word paragraph; a tab and a newline in `text` are Word's own."""
    said = xml_escape(text).replace("\t", "</w:t><w:tab/><w:t>").replace("\n", "</w:t><w:br/><w:t>")
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{said}</w:t></w:r></w:p>'


def numbered(text: str, level: int, number: int = 1) -> str:
    """Return a Word paragraph that a list numbers."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def pattern(number: int = 1, levels: Sequence[tuple[str, str]] = LEVELS, more: str = "") -> str:
    """Return the pattern of a list, with what else each level says."""
    made = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{name}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
        for n, (name, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{number}">{made}</w:abstractNum>'


def num(number: int = 1, of: int = 1, overrides: str = "") -> str:
    """Return a list that follows a pattern."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def starting_at(level: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def table(rows: Sequence[Sequence[str]]) -> str:
    cells = ("".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def typed_docx(blocks: Sequence[Block]) -> bytes:
    """Return a draft whose numbers were typed."""
    return docx("".join(_word(block) for block in blocks))


def automatic_docx(blocks: Sequence[Block]) -> bytes:
    """Return a draft whose articles, clauses and points Word numbers; from đ on letters are typed.

    Where a number is not the next, its paragraph begins a list anew there, as drafters do by hand.
    """
    body, lists, counts = [], [num()], [0, 0, 0]
    for block in blocks:
        level, mark = _numbered_level(block)
        if mark is None:
            body.append(_word(block))
            continue
        here = ord(mark.number) - ord("a") + 1 if level == 2 else int(mark.number)
        counts[level + 1 :] = [0] * (2 - level)
        if here != counts[level] + 1:
            lists.append(num(len(lists) + 1, overrides=starting_at(level, here)))
            body.append(numbered(mark.rest, level, len(lists)))
        else:
            body.append(numbered(mark.rest, level))
        counts[level] = here
    return docx("".join(body), numbering=pattern() + "".join(lists))


def _numbered_level(block: Block) -> tuple[int, marks.Mark | None]:
    if marks.heading(block.text):
        return 0, None
    for level, find in enumerate((marks.article, marks.clause, marks.point)):
        mark = find(block.text)
        if mark and re.fullmatch(r"[a-d]" if level == 2 else r"\d+", mark.number):
            return level, mark
    return 0, None


def _word(block: Block) -> str:
    if block.rows:
        return table(block.rows)
    rule = '<w:p><w:pPr><w:pBdr><w:bottom w:val="single"/></w:pBdr></w:pPr></w:p>' if block.after_rule else ""
    return rule + p(block.text, f'<w:pStyle w:val="H{block.heading}"/>' if block.heading else "")


# -- web page and PDF --------------------------------------------------------------------


def page(blocks: Sequence[Block]) -> bytes:
    """Return a draft as a web page."""
    body = "".join(map(_markup, blocks))
    return f'<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>X</title><body>{body}'.encode()


def pdf(blocks: Sequence[Block], css: str = "") -> bytes:
    """Return a draft as printed on A4, with page numbers."""
    return printed("".join(map(_markup, blocks)), css)


def printed(body: str, css: str = "") -> bytes:
    made: bytes = HTML(string=f'<html lang="vi"><style>{PAPER}{css}</style><body>{body}').write_pdf()
    return made


def _markup(block: Block) -> str:
    if block.rows:
        rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block.rows)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    tag = f"h{block.heading}" if block.heading else "p"
    return f"{'<hr>' if block.after_rule else ''}<{tag}>{escape(block.text)}</{tag}>\n"
