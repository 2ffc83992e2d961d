"""What a person reads on a page, and in which language each piece says it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
#: Nothing below these is read out as words of ours; a text box holds what its writer typed.
SILENT = {"script", "style", "textarea", "svg"}
READ_ALOUD = ("aria-label", "title", "alt", "data-th", "placeholder")
#: Letters that Vietnamese has and English has not.
VIETNAMESE = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.I)


@dataclass(frozen=True)
class Piece:
    """Some words, the language they are marked with, the elements around them."""

    words: str
    lang: str
    path: tuple[str, ...]


@dataclass
class Reader(HTMLParser):
    """Collects the pieces of a page in order."""

    pieces: list[Piece] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    _open: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @property
    def _lang(self) -> str:
        return next((lang for _tag, lang in reversed(self._open) if lang), "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self._open.append((tag, found.get("lang", "")))
        for name in READ_ALOUD:
            self._add(found.get(name, ""), tag)
        if tag == "input" and found.get("type") in ("submit", "button"):
            self._add(found.get("value", ""), "button")
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        if tag in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not SILENT & {tag for tag, _lang in self._open}:
            self._add(data)

    def _add(self, words: str, tag: str = "") -> None:
        words = " ".join(words.split())
        if words:
            path = tuple(name for name, _lang in self._open)
            self.pieces.append(Piece(words, self._lang, (*path, tag) if tag else path))


def read(html: str) -> Reader:
    """Return what the page says."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader
