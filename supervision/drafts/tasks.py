"""The worker's part in making the table as a file: one piece a task, so that signatures come between."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from supervision.drafts.table import making


@task()
def make_export(export_id: int, run: int) -> None:
    """Make the next piece of a file, and hand the rest on to the next task."""
    if making.make_piece(export_id, run, at=timezone.now()):
        make_export.enqueue(export_id, run)
