"""The parts of a Word file as trees, and how their elements are asked."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from lxml import etree

from supervision.files.inspection.packages import main_part
from supervision.legaltext.readers.unreadable import Reason, Unreadable

#: The longest decree seen takes 3 MB; a tree takes some ten times its part in memory.
_LARGEST_PART = 40 * 1024**2
Element = Any


def name(element: Element) -> str:
    """Return the name of an element without its namespace, of which Word has two (transitional, strict)."""
    return _bare(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=1024)
def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def value(element: Element | None, attribute: str = "val") -> str:
    """Return an attribute of the element's own namespace, "" for none."""
    if element is None:
        return ""
    found: str = element.get(f"{element.tag.rpartition('}')[0]}}}{attribute}", "")
    return found


def child(element: Element | None, *path: str) -> Element | None:
    """Return what stands under `element` by a path of names, the first of each."""
    for step in path:
        if element is None:
            return None
        for one in element:
            if name(one) == step:
                element = one
                break
        else:
            return None
    return element


def children(element: Element | None, wanted: str) -> Iterator[Element]:
    """Yield the children of that name."""
    return (one for one in ([] if element is None else element) if name(one) == wanted)


def is_on(element: Element | None) -> bool:
    """Whether a property that is there or not, or says "false", holds."""
    return element is not None and value(element).lower() not in ("0", "false", "off")


def whole(text: str, default: int) -> int:
    """Return a whole number of at most six digits, else `default`."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else default


def parts(data: bytes) -> tuple[Element, Element | None, Element | None]:
    """Return the trees of the text, the styles and the lists; raises Unreadable."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = main_part(archive, "docx")
        main = _tree(archive, part)
        if main is None:
            raise Unreadable(Reason.BROKEN)
        folder, own_name = posixpath.split(part)
        related = _related(_tree(archive, f"{folder}/_rels/{own_name}.rels"), folder)
        styles, lists = (
            _tree(archive, related.get(kind, f"{folder}/{kind}.xml")) for kind in ("styles", "numbering")
        )
    return main, styles, lists


def _related(relations: Element | None, folder: str) -> dict[str, str]:
    found = {}
    for one in children(relations, "Relationship"):
        target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))
        found[one.get("Type", "").rpartition("/")[2]] = target.lstrip("/")
    return found


def _tree(archive: zipfile.ZipFile, part: str) -> Element | None:
    if part not in archive.namelist():
        return None
    if archive.getinfo(part).file_size > _LARGEST_PART:
        raise Unreadable(Reason.LONG)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(archive.read(part), parser)
    except etree.XMLSyntaxError:
        raise Unreadable(Reason.BROKEN) from None
