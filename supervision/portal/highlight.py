"""Marking the words that were searched for, although the reader typed them without marks."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from supervision.language.folding import fold, nfc
from supervision.publication.tokens import words


def mark(text: str, query: str) -> SafeString:
    """Return `text` escaped, with `<mark>` around each run of words of `query`."""
    wanted = set(words(query).split())
    text = nfc(text)
    if not wanted:
        return escape(text)
    out: list[str] = []
    for word, start, end, gap in _words_of(text):
        hit = word in wanted
        out.append(f"<mark>{escape(text[start:end])}</mark>" if hit else escape(text[start:end]))
        out.append(escape(gap))
    return mark_safe("".join(out).replace("</mark> <mark>", " "))  # every piece above is escaped


def _words_of(text: str) -> list[tuple[str, int, int, str]]:
    """(folded word, start, end, what follows it); text before the first word comes as an empty word."""
    found: list[tuple[str, int, int, str]] = []
    position = 0
    while position < len(text):
        start = position
        while position < len(text) and text[position].isalnum():
            position += 1
        end = position
        while position < len(text) and not text[position].isalnum():
            position += 1
        found.append((fold(text[start:end]), start, end, text[end:position]))
    return found
