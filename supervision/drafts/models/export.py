from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.drafts.models.draft import Draft
from supervision.language.codes import new_public_id


class TableExport(models.Model):
    """The table of remarks and answers as a file that a worker makes; whoever may read the table may have it.

    `heading` is what stands above the table, frozen when it was asked for; `edition` what the table was
    then (`matrix.edition`). Each run of the worker has its number, so that one that was given up for
    dead and comes back writes nothing.
    """

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        XLSX = "xlsx", "XLSX"

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ tạo")
        WORKING = "working", _("đang tạo")
        DONE = "done", _("đã tạo xong")
        FAILED = "failed", _("không tạo được")

    UNDER_WAY = (State.WAITING, State.WORKING)

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="exports")
    kind = models.CharField(max_length=4, choices=Kind)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    heading = models.JSONField()
    edition = models.CharField(max_length=120)
    rows_all = models.PositiveIntegerField()
    rows_done = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    run = models.PositiveSmallIntegerField(default=1)
    asked_by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    as_of = models.DateTimeField()  # what was sent by then is in the table
    seen_at = models.DateTimeField()  # the last sign of life of its worker
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    blob = models.ForeignKey("files.Blob", models.PROTECT, null=True, related_name="+")
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "kind"],
                condition=models.Q(state__in=("waiting", "working")),
                name="one_export_under_way",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done") | models.Q(blob__isnull=False),
                name="export_done_has_its_file",
            ),
        ]
        indexes = [
            models.Index(fields=["draft", "-asked_at"]),
            models.Index(fields=["state", "seen_at"]),
            models.Index(fields=["expires_at"]),
        ]

    @property
    def is_under_way(self) -> bool:
        return self.state in self.UNDER_WAY

    @property
    def above(self) -> dict[str, Any]:
        """What stands above the table, with the moment up to which it says all."""
        return {**self.heading, "at": self.as_of.isoformat()}


class ExportPart(models.Model):
    """Pages of a table that are printed already; the next part begins with the row after their last."""

    export = models.ForeignKey(TableExport, models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    blob = models.ForeignKey("files.Blob", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["export", "number"], name="export_part_once")]
