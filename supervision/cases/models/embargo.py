from __future__ import annotations

from django.db import models

from supervision.audit.frozen import TAKEN_BACK, Frozen
from supervision.casefiles.models import Case


class Embargo(models.Model):
    """An outcome that is to be published on a later day: until then nothing public exists of it."""

    frozen = Frozen(may_go=TAKEN_BACK.format(label="cases.embargo", row="{row}"))

    case = models.OneToOneField(Case, models.PROTECT, related_name="embargo")
    public_on = models.DateField()
    lead = models.TextField()
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["public_on"])]
