"""What a page says of urging: the rung that comes next, the letters sent, what the reader may draft."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from supervision.access import policy
from supervision.cases.models import Criticism, Recommendation
from supervision.cases.selectors import letter_waits
from supervision.cases.services.ladder import Level, next_rung
from supervision.cases.services.urged import urged
from supervision.web.acting import WorkRequest
from supervision.web.templatetags.gs import here


def following(request: WorkRequest, row: Recommendation | Criticism) -> dict[str, Any]:
    """Return the ladder of an addressee's page: for those who follow it up, and only while it is late."""
    sent = {"urgings": row.urgings.select_related("addressee").order_by("pk")}
    on = timezone.localdate()
    rung = next_rung(row, on) if policy.can(request.actor, "follow_up", row) else None
    if rung is None:
        return sent
    one = urged(row)
    act = {Level.URGE: "don-doc/", Level.ESCALATE: "cap-tren/"}.get(rung.level)
    ladder = {
        "rung": rung,
        "basis": one.basis,
        "ahead": rung.due_on > on,
        "waits": letter_waits(row.case, row if isinstance(row, Recommendation) else None),
        "address": here(f"{one.address}{act}") if act else "",
    }
    return {**sent, "ladder": ladder, "may_urge": True, "may_escalate": True}
