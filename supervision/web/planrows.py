"""What the pages of annual plans draw: items with their chips, totals, versions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from supervision.cases.models import AnnualPlan
from supervision.cases.services.plan_progress import FORM_TITLES, Standing, is_withdrawn, withdrawal_of
from supervision.documents.models import Document
from supervision.language.folding import lower_first
from supervision.law.fields import FIELDS
from supervision.law.text import T
from supervision.publication.models import PlanLine
from supervision.publication.plans import LATE_WORDS, STATE_CHIPS, STATE_WORDS, chip
from supervision.publication.vocabulary import Validity
from supervision.web.templatetags.gs import here


def item_rows(standings: list[Standing], on: dt.date, readable: set[int]) -> list[dict[str, Any]]:
    """Return what the table of items draws; a case is linked for whoever may read it."""
    return [
        {
            "item": row.item,
            "form": FORM_TITLES[row.item.form],
            "field": FIELDS.get(row.item.field, T(row.item.field, row.item.field)),
            "period": row.item.period_title,
            "chip": _chip(row, on),
            "case": row.case,
            "case_address": here(f"/ho-so/{row.case.public_id}/")
            if row.case and row.case.pk in readable
            else "",
            "address": here(f"/ke-hoach-nam/muc/{row.item.public_id}/"),
        }
        for row in standings
    ]


def _chip(row: Standing, on: dt.date) -> dict[str, Any]:
    """Return where an item stands; one that was not begun goes with its plan."""
    if row.state == PlanLine.State.NOT_BEGUN and is_withdrawn(row.item.plan):
        return {"kind": "bad", "icon": "cross", "words": T("Kế hoạch đã thu hồi", "Plan withdrawn")}
    return chip(row.state, row.item.ends_on, on)


def changes_of(plan: AnnualPlan, versions: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what `web/_plan_changes.html` tells of a plan: its withdrawal, corrections of what stands.

    `versions` are its own, of `versions_of`.
    """
    corrected = [one["row"].publication for one in versions if one["validity"] == Validity.CORRECTED]
    return {"withdrawal": withdrawal_of(plan), "corrected": corrected[::-1]}


def figures(totals: dict[str, int]) -> list[dict[str, Any]]:
    """Return the totals as chips: all items, how many stand where, how many are late."""
    shown = [{"kind": "", "icon": "document", "words": T(f"{totals['all']} mục", f"{totals['all']} items")}]
    for state, words in STATE_WORDS.items():
        kind, icon = STATE_CHIPS[state]
        shown.append({"kind": kind, "icon": icon, "words": _counted(totals[state], words)})
    if totals["late"]:
        shown.append({"kind": "late", "icon": "warning", "words": _counted(totals["late"], LATE_WORDS)})
    return shown


def _counted(number: int, words: T) -> T:
    return T(f"{number} {lower_first(words.vi)}", f"{number} {lower_first(words.en)}")


def versions_of(plan: AnnualPlan, readable: QuerySet[Document]) -> list[dict[str, Any]]:
    """Return the versions, newest first, each with its paper, its public page, its changes and who agreed."""
    may_read = Exists(readable.filter(pk=OuterRef("document")))
    rows = plan.versions.annotate(may_read=may_read).select_related("document", "publication__search_row")
    return [
        {
            "row": row,
            "address": here(f"/van-ban/{row.document.public_id}/") if row.may_read else "",
            "public": here(row.publication.address) if row.publication else "",
            "validity": row.publication.search_row.validity if row.publication else "",
        }
        for row in rows.order_by("-number")
    ]
