from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.drafts.models.draft import DraftVersion
from supervision.drafts.models.remark import Remark


class Outcome(models.Model):
    """What became of a remark in the issued text: proposed by its words, decided by a person."""

    class Verdict(models.TextChoices):
        ADOPTED = "adopted", _("được tiếp thu trong văn bản")
        PARTLY = "partly", _("được tiếp thu một phần trong văn bản")
        NOT_ADOPTED = "not_adopted", _("không có trong văn bản")

    remark = models.OneToOneField(Remark, models.CASCADE, related_name="outcome")
    version = models.ForeignKey(DraftVersion, models.CASCADE, related_name="outcomes")  # the issued text
    nodes = models.JSONField(default=list)  # where the remark stands in it; none: its provision was dropped
    places = models.CharField(max_length=300, blank=True)  # the same as people cite it
    proposal = models.CharField(max_length=12, choices=Verdict, blank=True)  # empty: nothing to go by
    evidence = models.JSONField(default=list)  # phrases of the remark that the draft had not
    why = models.CharField(max_length=12, blank=True)  # `versions.adoption.Why`: what that rests on
    differing = models.JSONField(default=list)  # pairs: words of its wording, those that stand in their place
    elsewhere = models.CharField(max_length=300, blank=True)  # another provision that took its wording up
    verdict = models.CharField(max_length=12, choices=Verdict, blank=True)
    note = models.TextField(blank=True)
    decided_by = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict="", decided_by__isnull=True)
                | ~models.Q(verdict="") & models.Q(decided_by__isnull=False),
                name="outcome_decided_by_a_person",
            )
        ]
        indexes = [models.Index(fields=["version", "verdict"])]
