"""Which case a notice is about, read from the page it leads to: notices know no cases."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from supervision.cases.models import Case, Inquiry, Recommendation
from supervision.documents.models import Document
from supervision.notices.models import Notice
from workflows.models import WorkItem

_ADDRESS = re.compile(r"/(viec-cua-toi|ho-so|yeu-cau|kien-nghi|van-ban)/([a-z0-9]+)/")
_CODES: dict[str, tuple[Any, str]] = {
    "viec-cua-toi": (WorkItem, "case__code"),
    "ho-so": (Case, "code"),
    "yeu-cau": (Inquiry, "case__code"),
    "kien-nghi": (Recommendation, "case__code"),
    "van-ban": (Document, "case_link__case__code"),
}


def codes_of(notices: Iterable[Notice]) -> dict[int, str]:
    """Return the code of the case of each notice that is about one: {notice: code}."""
    wanted: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for notice in notices:
        if found := _ADDRESS.match(notice.address):
            wanted[found[1]][found[2]].append(notice.pk)
    codes: dict[int, str] = {}
    for place, by_id in wanted.items():
        model, code = _CODES[place]
        for public_id, text in model.objects.filter(public_id__in=by_id).values_list("public_id", code):
            codes |= {pk: text for pk in by_id[public_id] if text}
    return codes
