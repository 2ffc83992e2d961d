"""The table as a file: asked for, made by a worker piece by piece, kept for some days, swept."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from supervision.drafts import tasks
from supervision.drafts.models import Draft, TableExport
from supervision.drafts.table import matrix
from supervision.drafts.table.making import give_up, remove
from supervision.errors import WrongState
from supervision.organizations.models import Mandate

#: A piece takes seconds; after this long without a sign of life the worker is taken for dead.
LOST_AFTER = dt.timedelta(minutes=5)
MOST_RUNS = 5


def ask(
    draft: Draft, kind: TableExport.Kind, *, heading: dict[str, Any], by: Mandate, at: dt.datetime
) -> TableExport:
    """Have a worker make the table as a file; while one of this kind is being made, that is the one.

    One whose worker has died is taken up again. `heading` has "title", "code", "issuer", "draft",
    "number_text", "issued_on", "is_sample" and "notes", lines that stand above the table. Raises
    WrongState while there is no remark.
    """
    with transaction.atomic():
        Draft.objects.select_for_update().get(pk=draft.pk)  # who asks at the same time waits here
        found = TableExport.objects.filter(draft=draft, kind=kind, state__in=TableExport.UNDER_WAY).first()
        if found is not None:
            if is_lost(found, at):
                _take_up(found, at)
            return found
        count = draft.remarks.count()
        if not count:
            raise WrongState(_("Chưa có ý kiến nào trong bảng."))
        export = TableExport.objects.create(
            draft=draft,
            kind=kind,
            heading=heading,
            edition=matrix.edition(draft),
            rows_all=count,
            asked_by=by,
            asked_at=at,
            as_of=at,
            seen_at=at,
        )
        tasks.make_export.enqueue(export.pk, export.run)
    return export


def newest(draft: Draft) -> list[TableExport]:
    """Return what was asked for last of each kind, by kind."""
    rows = TableExport.objects.filter(draft=draft).select_related("blob").order_by("asked_at", "pk")
    last = {export.kind: export for export in rows}
    return [last[kind] for kind in TableExport.Kind.values if kind in last]


def is_lost(export: TableExport, at: dt.datetime) -> bool:
    """Whether nothing has been heard of its worker for too long."""
    return export.is_under_way and export.seen_at < at - LOST_AFTER


def take_up_lost(*, at: dt.datetime) -> int:
    """Give what dead workers have left to a new run, which goes on after the last piece; tell how many.

    What has been taken up too often is said to have failed.
    """
    lost = TableExport.objects.filter(state__in=TableExport.UNDER_WAY, seen_at__lt=at - LOST_AFTER)
    for pk in (found := list(lost.values_list("pk", flat=True))):
        with transaction.atomic():
            export = TableExport.objects.select_for_update().get(pk=pk)
            if not is_lost(export, at):
                continue
            if export.run >= MOST_RUNS:
                give_up(export, _("Máy tạo tệp đã dừng giữa chừng nhiều lần."), at)
            else:
                _take_up(export, at)
    return len(found)


def _take_up(export: TableExport, at: dt.datetime) -> None:
    export.run += 1
    export.state, export.seen_at = TableExport.State.WAITING, at
    export.save(update_fields=["run", "state", "seen_at"])
    tasks.make_export.enqueue(export.pk, export.run)


def sweep(*, at: dt.datetime) -> int:
    """Remove files that were kept long enough, and what is left of those that failed."""
    old = list(TableExport.objects.filter(expires_at__lt=at).select_related("blob"))
    for export in old:
        remove(export)
    return len(old)
