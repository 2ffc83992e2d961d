from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import Frozen
from supervision.drafts.models.contribution import Call
from supervision.language.codes import new_public_id


class Intake(models.Model):
    """One sending of a file with remarks that were collected on paper or by mail (lần nhập), with its report.

    `failed` are the rows that were not taken in, as they were read, so that they can be mended; they
    hold what people wrote and who they are, and are forgotten after a month.
    """

    frozen = Frozen(free=("failed", "in_table"))

    class Kind(models.TextChoices):
        SHEET = "sheet", _("bảng tính")
        MAIL = "mail", _("thư điện tử")

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="intakes")
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=255)  # of the file; of several mails the first
    digest = models.CharField(max_length=64)  # SHA-256 of what was sent
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    in_table = models.BooleanField(default=False)  # what it brought went into the table at once
    taken = models.PositiveIntegerField()
    known = models.JSONField(default=list)  # numbers of the rows that were there already
    failed = models.JSONField(default=list)  # [{number, sheet, why, said, fields}]
    failed_count = models.PositiveIntegerField()
    told = models.JSONField(default=dict)  # what else the report says: see `drafts.intake`

    class Meta:
        indexes = [models.Index(fields=["call", "-at"])]
