"""How a worker makes the table as a file. What is made so far is stored, so a killed worker loses a piece."""

from __future__ import annotations

import datetime as dt
import logging
import tempfile
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from supervision.documents import tables
from supervision.drafts.models import Draft, ExportPart, TableExport
from supervision.drafts.table import matrix, sheets
from supervision.files.models import Blob
from supervision.files.sandbox import Failed
from supervision.files.services import MEDIA_TYPES, discard, path_of, put_bytes, put_file

logger = logging.getLogger(__name__)
KEPT_DAYS = 7
PIECE = 100  # rows
#: How the print calls the cells of `sheets.cells`.
_CELLS = (
    *("number", "code", "provision", "text", "wording", "reason", "whose"),
    *("result", "answer", "new_wording"),
)


class _TakenOver(Exception):
    """Another run has the file in hand, or it is gone."""


def make_piece(export_id: int, run: int, *, at: dt.datetime) -> bool:
    """Make what comes next of a file; return whether there is more to do.

    Nothing when another run has taken it over. A table that has changed since is begun anew. Trouble
    ends it in plain words.
    """
    try:
        export = _still_ours(export_id, run, state=TableExport.State.WORKING, seen_at=at)
        if (now := matrix.edition(export.draft)) != export.edition:
            _begin_anew(export, now, at)
            return True
        return _print(export, at) if export.kind == TableExport.Kind.PDF else _fill_in(export, at)
    except _TakenOver:
        return False
    except Exception as error:
        logger.exception("table export %s", export_id)
        with transaction.atomic():
            mine = TableExport.objects.select_for_update().filter(pk=export_id, run=run).first()
            if mine is not None and mine.is_under_way:
                give_up(mine, _trouble(error), at)
        return False


def _still_ours(export_id: int, run: int, **changes: Any) -> TableExport:
    """Write `changes` to the file that this run makes, and return it; raises _TakenOver."""
    ours = TableExport.objects.filter(pk=export_id, run=run, state__in=TableExport.UNDER_WAY)
    if not ours.update(**changes):
        raise _TakenOver
    return TableExport.objects.select_related("draft").get(pk=export_id)


def _begin_anew(export: TableExport, edition: str, at: dt.datetime) -> None:
    with transaction.atomic():
        _drop_parts(export)
        _still_ours(
            export.pk,
            export.run,
            edition=edition,
            as_of=at,
            rows_all=export.draft.remarks.count(),
            rows_done=0,
            pages=0,
        )


# -- PDF ---------------------------------------------------------------------------------


def _print(export: TableExport, at: dt.datetime) -> bool:
    start, everything = export.rows_done, export.rows_all
    if start == everything:
        return _join(export, at)
    table = matrix.lines_of(export.draft, matrix.remarks(export.draft)[start : start + PIECE])
    is_last = start + len(table) == everything
    with translation.override("vi"):
        rows = [_row(start + n, line) for n, line in enumerate(table, start=1)]
        closing = _closing(export.draft) if is_last else ""
    piece = tables.print_piece(export.above, rows, first_page=export.pages + 1, closing=closing)
    done = piece.next_row - 1 if piece.next_row else start + len(table)
    with transaction.atomic():
        _still_ours(export.pk, export.run, rows_done=done, pages=export.pages + piece.pages)
        blob = put_bytes(piece.pdf, MEDIA_TYPES["pdf"], at)
        ExportPart.objects.create(export=export, number=export.parts.count() + 1, blob=blob)
    return True


def _row(number: int, line: matrix.Line) -> dict[str, Any]:
    return dict(zip(_CELLS, sheets.cells(number, line), strict=True))


def _closing(draft: Draft) -> str:
    """Return the sentence that official tables end with: "Tổng số 08 ý kiến: tiếp thu 05; …"."""
    found = matrix.standing_counts(draft)
    words = {"accepted": "tiếp thu", "partly": "tiếp thu một phần", "not_accepted": "không tiếp thu"}
    words[matrix.OPEN] = "chưa trả lời"
    said = "; ".join(f"{words[key]} {count:02d}" for key, count in found.items() if count)
    return f"Tổng số {sum(found.values()):02d} ý kiến: {said}"


def _join(export: TableExport, at: dt.datetime) -> bool:
    blobs = [part.blob for part in export.parts.select_related("blob").order_by("number")]
    if len(blobs) == 1:
        _finish(export, blobs[0], at)
        return False
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "table.pdf"
        tables.join_pieces([path_of(blob) for blob in blobs], out, title=export.heading["title"])
        _finish(export, put_file(out, MEDIA_TYPES["pdf"], at), at)
    return False


# -- XLSX --------------------------------------------------------------------------------


def _fill_in(export: TableExport, at: dt.datetime) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "table.xlsx"
        for done in sheets.write_xlsx(out, export.draft, export.above):
            _still_ours(export.pk, export.run, rows_done=done)
        _finish(export, put_file(out, MEDIA_TYPES["xlsx"], at), at)
    return False


# -- the end -----------------------------------------------------------------------------


def _finish(export: TableExport, blob: Blob, at: dt.datetime) -> None:
    """Give the file out in the place of an earlier one of its kind."""
    done = TableExport.State.DONE
    with transaction.atomic():
        _still_ours(
            export.pk,
            export.run,
            state=done,
            blob=blob,
            finished_at=at,
            expires_at=at + dt.timedelta(days=KEPT_DAYS),
        )
        _drop_parts(export)
        earlier = TableExport.objects.filter(draft=export.draft, kind=export.kind, pk__lt=export.pk)
        for one in earlier:
            remove(one)


def give_up(export: TableExport, trouble: Any, at: dt.datetime) -> None:
    """Say that a file could not be made; it may be asked for again."""
    with translation.override("vi"):
        export.trouble = str(trouble)
    export.state, export.finished_at, export.expires_at = (
        TableExport.State.FAILED,
        at,
        at + dt.timedelta(days=KEPT_DAYS),
    )
    export.save(update_fields=["trouble", "state", "finished_at", "expires_at"])
    _drop_parts(export)


def remove(export: TableExport) -> None:
    """Remove a file with all that was made of it."""
    with transaction.atomic():
        _drop_parts(export)
        export.delete()
        if export.blob is not None:
            discard(export.blob)


def _drop_parts(export: TableExport) -> None:
    blobs = [part.blob for part in export.parts.select_related("blob")]
    export.parts.all().delete()
    for blob in blobs:
        discard(blob)


def _trouble(error: Exception) -> Any:
    if isinstance(error, Failed):
        return _("Không dựng được bản in của bảng.")
    if isinstance(error, OSError):
        return _("Máy chủ không ghi được tệp.")
    return _("Máy tạo tệp gặp lỗi.")
