"""Namespaces: who acts on an element. What nobody acts on is data, whatever its elements are called.

What may make us judge less (the letter of Word, within which its fields are put together; equations, whose
`f` is no formula) is a list of whole namespaces. What can only make us judge more is known by its beginning,
so that what Office adds to itself next year is judged as well.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

#: The letter itself: ECMA-376 transitional and strict.
LETTER = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
)
#: What says which parts a package has, and how they are related.
PACKAGE = frozenset(
    {
        "http://schemas.openxmlformats.org/package/2006/content-types",
        "http://schemas.openxmlformats.org/package/2006/relationships",
    }
)
_MATH = frozenset(
    {
        "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "http://purl.oclc.org/ooxml/officeDocument/math",
    }
)
_OFFICE = (
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/ooxml/",
    "http://schemas.microsoft.com/",
)


class Space(Enum):
    """Who acts on the elements of a namespace."""

    LETTER = "letter"  # Word: paragraphs, runs, fields
    OFFICE = "office"  # whatever else is Office's
    MATH = "math"  # equations: words of their own (`f` is a fraction)
    SHAPES = "shapes"  # VML and what Office adds to it
    WEB = "web"  # SVG, XHTML
    NONE = "none"  # no namespace: whoever reads the part as something it is not
    UNBOUND = "unbound"  # a prefix that stands for nothing: a bent file
    DATA = "data"  # somebody's own: Office leaves it out, or keeps it as data


@lru_cache(maxsize=1024)
def space_of(uri: str | None) -> Space:
    """Return who acts on the elements of a namespace; None is a prefix that stands for none."""
    if uri is None:
        return Space.UNBOUND
    if not uri:
        return Space.NONE
    if uri in LETTER:
        return Space.LETTER
    if uri in _MATH:
        return Space.MATH
    if uri.startswith("urn:schemas-microsoft-com:"):
        return Space.SHAPES
    if uri.startswith("http://www.w3.org/"):
        return Space.WEB
    return Space.OFFICE if uri.startswith(_OFFICE) else Space.DATA
