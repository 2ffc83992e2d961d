"""What a Word paragraph has from its style, and that style from the one it is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from supervision.legaltext.readers.wordxml import Element, child, children, is_on, value, whole

_HEADING = re.compile(r"^heading (\d)$", re.I)
_CONTENTS = re.compile(r"^(toc \d|toc heading)$", re.I)


class Styles:
    """The styles of a file by their id."""

    def __init__(self, root: Element | None) -> None:
        self._by_id = {value(one, "styleId"): one for one in children(root, "style")}
        ordinary = (one for one in self._by_id.values() if value(one, "type") == "paragraph")
        self._default = next((value(one, "styleId") for one in ordinary if value(one, "default") == "1"), "")

    def chain(self, style: str) -> Iterator[Element]:
        """Yield a style and those it is based on, each once: a file may make a ring of them."""
        seen: set[str] = set()
        while style in self._by_id and style not in seen:
            seen.add(style)
            yield self._by_id[style]
            style = value(child(self._by_id[style], "basedOn"))

    def of(self, paragraph: Element) -> str:
        """Return the id of a paragraph's style."""
        return value(child(paragraph, "pPr", "pStyle")) or self._default

    def property(self, paragraph: Element, wanted: str) -> Iterator[tuple[str, Element]]:
        """Yield a property of the paragraph, from itself ("") and then from its styles (their ids)."""
        for style, holder in [
            ("", paragraph),
            *((value(one, "styleId"), one) for one in self.chain(self.of(paragraph))),
        ]:
            found = child(holder, "pPr", wanted)
            if found is not None:
                yield style, found

    def heading(self, paragraph: Element) -> int:
        """Return the level of a heading, 1 to 9, and 0 for a paragraph of the text."""
        for _style, level in self.property(paragraph, "outlineLvl"):
            return (whole(value(level), 9) + 1) % 10
        for style in self.chain(self.of(paragraph)):
            called = value(child(style, "name"))
            if found := _HEADING.match(called):
                return int(found[1])
            if called.lower() == "title":
                return 1
        return 0

    def is_contents(self, paragraph: Element) -> bool:
        """Whether the paragraph is a line of a table of contents, which repeats the headings."""
        return any(_CONTENTS.match(value(child(style, "name"))) for style in self.chain(self.of(paragraph)))

    def is_hidden(self, run: Element) -> bool:
        """Whether a run is hidden text."""
        own = child(run, "rPr", "vanish")
        if own is not None:
            return is_on(own)
        style = value(child(run, "rPr", "rStyle"))
        return any(is_on(child(one, "rPr", "vanish")) for one in self.chain(style))
