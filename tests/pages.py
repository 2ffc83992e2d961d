"""Checks of whole pages: axe in Chromium and the HTML checker, on stored HTML.

With JavaScript off axe cannot run. A journey therefore stores each page it saw, and the
checks run afterwards on the stored pages with scripts on, written into one empty page of the
live site so that style sheets and fonts come from there.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests.buttons import binding_defaults
from tests.html_checker import html_problems

WIDTHS = (320, 390, 1280)
#: Pages between these widths are dressed by the same rules (`tests/test_pages.py`): axe looks at one of them.
ALIKE = range(320, 480)
#: Shapes, and dresses for their colours, in which axe found nothing, each at a width: empty files, which all
#: workers see and the next run too. Another style sheet, axe or browser has a folder of its own.
SOUND = Path(__file__).parent / ".prepared" / "sound"
STYLES = Path(__file__).parents[1] / "supervision" / "static"
#: The spacing that a reader may ask for (WCAG 1.4.12); nothing may be cut or pushed out by it.
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } "
    "p { margin-bottom: 2em !important }"
)
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def axe_script() -> str:
    """axe-core as the PyPI package carries it."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


@cache
def sound_here(browser: str) -> Path:
    """Return the folder of what is sound in this browser with these style sheets and this axe."""
    digest = hashlib.sha256(f"{browser} {AXE_RULES} {axe_script()}".encode())
    for path in sorted(STYLES.rglob("*.css")):
        digest.update(path.read_bytes())
    folder = SOUND / digest.hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def axe_problems(page: Any, *, colours: bool = True) -> list[str]:
    """What axe, which the page must have loaded, finds on the page as it is shown now."""
    found = page.evaluate(
        "([tags, colours]) => axe.run(document, {runOnly: tags, resultTypes: ['violations'], preload: false,"
        " rules: {'color-contrast': {enabled: colours}}})"
        ".then(r => r.violations.map(v => [v.id, v.help, v.nodes.map(n => n.target.join(' '))]))",
        [AXE_RULES, colours],
    )
    return [f"{rule}: {words} ({'; '.join(targets[:3])})" for rule, words, targets in found]


KEPT = re.compile(r'\b(class|id|role|for|type|name|lang|alt|aria-[a-z]+|tabindex)="([^"]*)"')
VALUES = re.compile(r'="[^"]*"')
PLAIN = re.compile(r"</?(?:span|strong|em|b|i|bdi|time)(?: (?:lang|datetime)=\"[^\"]*\")*>")


def shape(html: str) -> str:
    """Return the markup without its words and addresses: two pages of one shape are one page to axe."""
    wordless = re.sub(r">[^<]*\S[^<]*<", ">x<", html)
    return re.sub(r"<(\w+)([^>]*)>", lambda tag: f"<{tag[1]} {KEPT.findall(tag[2])}>", wordless)


def dress(html: str) -> str:
    """Return what the colours of a page come from: its elements in their order, each with its classes."""
    elements = re.findall(r"<(/?\w+)([^>]*)>", PLAIN.sub("", html[html.index("<body") :]))
    return "".join(f"<{name} {_worn(given)}>" for name, given in elements)


def _worn(given: str) -> list[str]:
    """Return the attributes that the style sheets ask about."""
    worn = re.findall(r'\b(?:class|style|type|aria-current)="[^"]*"', given)
    return worn + re.findall(r"\b(?:href|data-th|disabled|open|hidden|readonly)\b", VALUES.sub("", given))


@dataclass
class PageStore:
    """Pages that a journey saw, kept as files and checked together at its end."""

    browser: Any
    site: str
    folder: Path
    kept: list[tuple[str, Path]] = field(default_factory=list)  # name, file

    def keep(self, page: Any, name: str = "") -> None:
        """Store what `page` shows now under `name` (default: its address), read to its end."""
        page.wait_for_load_state("domcontentloaded")
        self.keep_html(page.content(), name or page.url.removeprefix(self.site))

    def keep_html(self, html: str, label: str) -> None:
        """Store a page under `label`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = (
            self.folder / f"{len(self.kept):03d}-{re.sub(r'[^a-z0-9]+', '-', label.lower()).strip('-')}.html"
        )
        file.write_text(html, encoding="utf-8")
        self.kept.append((label, file))

    def problems(self, widths: tuple[int, ...] = WIDTHS) -> list[str]:
        """Return every finding of axe, of the HTML checker, and every sideways scroll.

        Axe looks once at pages of one shape, at their colours once for pages of one dress (see `SOUND`);
        scrolling, which depends on the words, is looked at on every page, and once more on the narrowest
        screen with the wider spacing of WCAG 1.4.12.
        """
        found = html_problems(*(file for _, file in self.kept))
        context = self.browser.new_context(locale="vi-VN")
        page = self._blank(context)
        for label, file in self.kept:
            html = file.read_text(encoding="utf-8")
            found += [f"{label}: Enter does an act nobody chose: {one}" for one in binding_defaults(html)]
            page.set_content(html)
            for width in reversed(widths):
                page.set_viewport_size({"width": width, "height": 900})
                found += [f"{label} at {width} px: {fault}" for fault in _axe_once(page, html, width)]
                found += _scrolling(page, label, width)
            page.add_style_tag(content=SPACING)
            found += _scrolling(page, f"{label} with wider spacing", widths[0])
        context.close()
        return found

    def _blank(self, context: Any) -> Any:
        """Return an empty page of the site with axe in it; what is written into it finds both there."""
        page = context.new_page()
        page.route(f"{self.site}/", lambda route: route.fulfill(body="", content_type="text/html"))
        page.goto(f"{self.site}/")
        page.unroute_all()
        page.evaluate(axe_script())
        return page


def _scrolling(page: Any, label: str, width: int) -> list[str]:
    wide = page.evaluate("document.fonts.ready.then(() => document.documentElement.scrollWidth)")
    return [f"{label} at {width} px: scrolls sideways ({wide} px wide)"] if wide > width else []


def _axe_once(page: Any, html: str, width: int) -> list[str]:
    """What axe finds on a page that is not like one in which it found nothing."""
    at = ALIKE[0] if width in ALIKE else width
    here = sound_here(page.context.browser.version)
    colours, seen = (
        here / hashlib.sha256(f"{at} {what}".encode()).hexdigest()
        for what in (f"colours {dress(html)}", shape(html))
    )
    if seen.exists() and colours.exists():
        return []
    faults = axe_problems(page, colours=not colours.exists())
    if not faults:
        seen.touch()
        colours.touch()
    return faults
