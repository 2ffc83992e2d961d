"""Rules that every page keeps, read from its HTML: headings, landmarks, title, language, ids."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

PROGRAMMER = re.compile(r"mdc-|\bvf-|viewflow|\bExecute\b|>\s*(None|False|True)\s*<|[{}]{2}|\{%")


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.landmarks: list[str] = []
        self.ids: list[str] = []
        self.first_link = ""
        self.language = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("header", "nav", "main", "footer"):
            self.landmarks.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in ("a", "button", "input", "select", "textarea", "summary") and not self.first_link:
            self.first_link = given.get("href") or tag
        if tag == "html":
            self.language = given.get("lang") or ""
        if given.get("id"):
            self.ids.append(given["id"] or "")


def title_of(html: str) -> str:
    found = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    return found[1] if found else ""


def broken_rules(html: str, *, language: str) -> list[str]:
    """Return the rules that the page breaks, in words."""
    page, title, programmer = Page(html), title_of(html), PROGRAMMER.search(html)
    doubled = sorted({one for one in page.ids if page.ids.count(one) > 1})
    rules = {
        f"{page.headings.count(1)} h1 elements": page.headings.count(1) == 1,
        f"a heading level is skipped: {page.headings}": all(b <= a + 1 for a, b in pairwise(page.headings)),
        f"landmarks: {page.landmarks}": {"header", "nav", "main", "footer"} <= set(page.landmarks)
        and page.landmarks.count("main") == 1,
        f"the skip link is not first: {page.first_link}": page.first_link == "#noi-dung",
        f"lang is {page.language!r}": page.language == language,
        f"title: {title!r}": re.fullmatch(r"[^\n]+ – [^\n]+", title) is not None,
        f"ids twice: {doubled}": not doubled,
        f"a programmer's word: {programmer and programmer[0]!r}": programmer is None,
    }
    return [words for words, kept in rules.items() if not kept]
