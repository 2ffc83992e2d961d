"""Which part of an Office package is the paper itself: the one that the package's own relationships name."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping

from supervision.files.inspection import markup, relationships
from supervision.files.inspection.refusals import Refused, Why
from supervision.files.inspection.spaces import PACKAGE

_RELATIONSHIPS = "_rels/.rels"
#: Where it is when nothing is said.
_USUAL = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_LARGEST = 1024**2


def main_part(archive: zipfile.ZipFile, extension: str) -> str:
    """Return the name of the main part of a "docx" or "xlsx" (Word on the web writes `document2.xml`).

    Raises Refused (BROKEN) when two are named, for programs would open different ones.
    """
    if _RELATIONSHIPS not in archive.namelist():
        return _USUAL[extension]
    if archive.getinfo(_RELATIONSHIPS).file_size > _LARGEST:
        raise Refused(Why.HEAVY)
    found = _Main()
    markup.read([archive.read(_RELATIONSHIPS)], found)
    if len(found.names) > 1:
        raise Refused(Why.BROKEN)
    return next(iter(found.names), _USUAL[extension])


class _Main:
    def __init__(self) -> None:
        self.names: set[str] = set()

    def start(self, name: str, attributes: Mapping[str, str], space: str | None) -> None:
        if space and space not in PACKAGE:
            raise Refused(Why.BROKEN)  # somebody's own relationship is one to who asks for no namespace
        if name == "Relationship" and relationships.kind_of(attributes) == "officedocument":
            target = posixpath.normpath(posixpath.join("/", attributes.get("Target", "").strip()))
            self.names.add(target.lstrip("/"))

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...
