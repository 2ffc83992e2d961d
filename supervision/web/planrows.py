"""What the pages of annual plans draw: items with their chips, totals, versions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from supervision.cases.models import AnnualPlan
from supervision.cases.services.plan_progress import FORM_TITLES, Standing
from supervision.documents.models import Document
from supervision.law.fields import FIELDS
from supervision.law.text import T
from supervision.publication.plans import chip
from supervision.web.templatetags.gs import here


def item_rows(standings: list[Standing], on: dt.date, readable: set[int]) -> list[dict[str, Any]]:
    """Return what the table of items draws; a case is linked for whoever may read it."""
    return [
        {
            "item": row.item,
            "form": FORM_TITLES[row.item.form],
            "field": FIELDS.get(row.item.field, T(row.item.field, row.item.field)),
            "period": row.item.period_title,
            "chip": chip(row.state, row.item.ends_on, on),
            "case": row.case,
            "case_address": here(f"/ho-so/{row.case.public_id}/")
            if row.case and row.case.pk in readable
            else "",
            "address": here(f"/ke-hoach-nam/muc/{row.item.public_id}/"),
        }
        for row in standings
    ]


def figures(totals: dict[str, int]) -> list[dict[str, Any]]:
    """Return the totals as figures; late ones stand out."""
    shown: list[tuple[str, Any]] = [
        ("all", _("mục trong kế hoạch")),
        ("not_begun", _("chưa thực hiện")),
        ("running", _("đang thực hiện")),
        ("done", _("đã thực hiện")),
        ("dropped", _("đã bỏ")),
        ("late", _("quá thời gian dự kiến")),
    ]
    return [
        {"number": totals[key], "words": words, "late": key == "late" and totals[key] > 0}
        for key, words in shown
    ]


def versions_of(plan: AnnualPlan, readable: QuerySet[Document]) -> list[dict[str, Any]]:
    """Return the versions, newest first, each with its paper, its public page, its changes and who agreed."""
    rows = plan.versions.select_related("document", "publication").order_by("-number")
    may_read = set(readable.filter(pk__in=[row.document_id for row in rows]).values_list("pk", flat=True))
    return [
        {
            "row": row,
            "address": here(f"/van-ban/{row.document.public_id}/") if row.document_id in may_read else "",
            "public": here(row.publication.address) if row.publication else "",
        }
        for row in rows
    ]
