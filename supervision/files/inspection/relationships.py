"""Relationships of an Office file: to what its parts lead, within it and outside."""

from __future__ import annotations

from collections.abc import Mapping

from supervision.files.inspection.links import is_local_template, is_part, is_picture_here, is_plain_link
from supervision.files.inspection.refusals import Refused, Why

#: Last words of the types (lower case) that lead to what no paper holds.
_NEVER = {
    "subdocument": Why.EXTERNAL,
    "frame": Why.EXTERNAL,
    "mailmergesource": Why.MERGE,
    "mailmergeheadersource": Why.MERGE,
    "externallink": Why.EXTERNAL,
    "externallinkpath": Why.EXTERNAL,
    "externallinklong": Why.EXTERNAL,
    "connections": Why.EXTERNAL,
    "webextension": Why.EXTERNAL,
    "webextensiontaskpanes": Why.EXTERNAL,
    "oleobject": Why.EMBEDDED,
    "afchunk": Why.EMBEDDED,
    "control": Why.EMBEDDED,
    "activexcontrolbinary": Why.EMBEDDED,
    "vbaproject": Why.MACRO,
    "wordvbadata": Why.MACRO,
    "xlmacrosheet": Why.MACRO,
    "xlintlmacrosheet": Why.MACRO,
    "attachedtoolbars": Why.MACRO,
    "keymapcustomizations": Why.MACRO,
    "extensibility": Why.MACRO,
}
#: The types that may lead outside: where to, and why not anywhere else.
_OUTSIDE = {
    "hyperlink": (is_plain_link, Why.LINK),
    "attachedtemplate": (is_local_template, Why.TEMPLATE),
    "image": (is_picture_here, Why.EXTERNAL),
}


def kind_of(given: Mapping[str, str]) -> str:
    """Return the last word of a relationship's type in lower case."""
    return given.get("Type", "").strip().rstrip("/").rpartition("/")[2].lower()


def is_outside(given: Mapping[str, str]) -> bool:
    """Whether a relationship says that it leads out of the package."""
    return given.get("TargetMode", "").strip().lower() == "external"


def judge(given: Mapping[str, str]) -> None:
    """Raise Refused for a relationship, by its attributes, that a paper does not have."""
    if any(":" in one for one in given):
        raise Refused(Why.BROKEN)  # of another namespace: one to who asks for none
    kind, target = kind_of(given), given.get("Target", "")
    if kind in _NEVER:
        raise Refused(_NEVER[kind])
    if not is_outside(given):
        if not is_part(target):
            raise Refused(Why.EXTERNAL)
        return
    may_lead_to, why = _OUTSIDE.get(kind, (None, Why.EXTERNAL))
    if may_lead_to is None or not may_lead_to(target):
        raise Refused(why)
