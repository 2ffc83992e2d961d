"""A draft's text as HTML: every provision with its anchor, its own links, and what was said beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from supervision.legaltext.outline import Kind, Outline
from supervision.legaltext.outline.citing import Place, heading_of, places, printed_number
from supervision.legaltext.outline.doubts import BEGINNING, END
from supervision.legaltext.outline.nodes import NARROW

Beside = Callable[[Place], str]
#: What stands after the paragraph with this place in a provision; after its heading at -1.
After = Callable[[str, int], str]


def shown(outline: Outline, beside: Beside, after: After = lambda _node, _at: "") -> SafeString:
    """Return the whole text; `beside` gives what stands below each provision but tables ("" for nothing).

    `after` gives what stands after a paragraph, "" for nothing. A place's anchor is its id. The page around
    it has used h1 and h2.
    """
    provisions = format_html_join("\n", "{}", ((one,) for one in _provisions(outline, beside, after)))
    start, end = _aside(outline.preamble, BEGINNING, after), _aside(outline.closing, END, after)
    return format_html("{}{}{}", start, provisions, end)


def _aside(texts: Sequence[str], node: str, after: After) -> str:
    """Return what belongs to no provision: the grounds before the text, the signature after it."""
    return format_html('<div class="gs-quiet">{}</div>', _paragraphs(texts, node, after)) if texts else ""


def _provisions(outline: Outline, beside: Beside, after: After) -> Iterator[SafeString]:
    for place in places(outline):
        node = place.node
        if node.kind is Kind.TABLE:
            table = _table(node.rows)
            yield format_html('<div class="gs-scroll" tabindex="0" id="{}">{}</div>', node.id, table)
        elif node.kind in NARROW:
            yield _clause(place, beside(place), after)
        else:
            level = "h4" if node.kind in (Kind.ARTICLE, Kind.HEADING) and len(place.path) > 1 else "h3"
            yield format_html(
                '<{level} id="{}">{}</{level}>{}{}{}',
                node.id, heading_of(node), after(node.id, -1), _paragraphs(node.text, node.id, after),
                beside(place), level=level,
            )  # fmt: skip


def _clause(place: Place, beside: str, after: After) -> SafeString:
    node = place.node
    first, *others = node.text or [""]
    return format_html(
        '<div class="gs-clause{}" id="{}"><p>{} {}</p>{}{}{}{}</div>',
        "" if node.kind is Kind.CLAUSE else " gs-clause--point",
        node.id, printed_number(node), first, after(node.id, -1), after(node.id, 0),
        _paragraphs(others, node.id, after, start=1), beside,
    )  # fmt: skip


def _paragraphs(texts: Sequence[str], node: str, after: After, start: int = 0) -> SafeString:
    said = ((text, after(node, at)) for at, text in enumerate(texts, start))
    return format_html_join("", "<p>{}</p>{}", said)


def _table(rows: Sequence[Sequence[str]]) -> SafeString:
    head, *body = rows or [[]]
    top = format_html_join("", '<th scope="col">{}</th>', ((cell,) for cell in head))
    lines = ((format_html_join("", "<td>{}</td>", ((cell,) for cell in row)),) for row in body)
    below = format_html_join("", "<tr>{}</tr>", lines)
    return format_html("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", top, below)
