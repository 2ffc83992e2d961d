"""Drawings: SVG, which may be a page of the web, and VML, which fetches and links by plain attributes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from supervision.files.inspection.links import is_picture_here, is_plain_link
from supervision.files.inspection.markup import bare
from supervision.files.inspection.refusals import Refused, Why

#: Elements of an SVG that run, or hold what is no drawing.
_ACTING = frozenset("script handler listener foreignObject iframe object embed html audio video".split())
_ANIMATING = frozenset("set animate animateTransform animateMotion".split())
_PLACES = ("href", "src")
#: Elements of VML whose `href` is where a picture comes from; of all others it is a link.
_FILLED = frozenset("imagedata fill stroke image background".split())
_URL = re.compile(
    r"url\s*+\(\s*+[\"']?+\s*+(?!#|data:(?:image/(?:png|jpe?g|gif)|font/|application/(?:x-)?font))", re.I
)


def judge_svg(name: str, attributes: Mapping[str, str]) -> None:
    """Raise Refused for an element of an SVG that does more than draw."""
    if name in _ACTING:
        raise Refused(Why.SCRIPT)
    for full, said in attributes.items():
        attribute = bare(full).lower()
        if attribute.startswith("on"):
            raise Refused(Why.SCRIPT)
        if (
            name in _ANIMATING
            and attribute == "attributename"
            and bare(said).strip().lower() in ("href", "src")
        ):
            raise Refused(Why.SCRIPT)
        if attribute in _PLACES and name == "a":
            if not is_plain_link(said):
                raise Refused(Why.LINK)
        elif attribute in _PLACES:
            if not is_picture_here(said):
                raise Refused(Why.EXTERNAL)
        elif "(" in said or "\\" in said:
            judge_style(said)


def judge_style(text: str) -> None:
    """Raise Refused for a style that fetches; one that spells its words with backslashes hides them."""
    if "\\" in text or "@import" in text.lower() or _URL.search(text):
        raise Refused(Why.EXTERNAL)


def judge_shape(name: str, attributes: Mapping[str, str]) -> None:
    """Raise Refused for an element of VML that fetches from elsewhere, or leads where no link may lead."""
    for full, said in attributes.items():
        attribute = bare(full)
        if attribute == "src" or (attribute in ("href", "althref") and name in _FILLED):
            if not is_picture_here(said):
                raise Refused(Why.EXTERNAL)
        elif attribute == "href" and not is_plain_link(said):
            raise Refused(Why.LINK)
