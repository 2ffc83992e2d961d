from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.drafts.models.draft import DraftVersion
from supervision.drafts.models.remark import Remark


class Match(models.Model):
    """What became of provisions from one version to the next: found by words, confirmed by a person.

    `old` and `new` hold the ids of the provisions on either side; a split has several new ones, a
    merger several old ones. `doubts` and `shared` say why a person should look, and at what.
    """

    class Change(models.TextChoices):
        SAME = "same", _("giữ nguyên")
        REWORDED = "reworded", _("sửa lời")
        MOVED = "moved", _("chuyển chỗ")
        MOVED_REWORDED = "moved_reworded", _("chuyển chỗ và sửa lời")
        SPLIT = "split", _("tách")
        MERGED = "merged", _("gộp")
        DROPPED = "dropped", _("bỏ")
        NEW = "new", _("mới")

    version = models.ForeignKey(DraftVersion, models.CASCADE, related_name="matches")  # the newer one
    order = models.PositiveIntegerField()
    change = models.CharField(max_length=14, choices=Change)
    old = models.JSONField(default=list)
    new = models.JSONField(default=list)
    doubts = models.JSONField(default=list)
    shared = models.JSONField(default=list)
    decided_by = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "order"], name="match_order_once")]
        indexes = [models.Index(fields=["version", "change"])]

    @property
    def is_open(self) -> bool:
        """Whether a person has to say if these belong together."""
        return bool(self.doubts) and self.decided_at is None


class PairDecision(models.Model):
    """A person's word on whether two provisions belong together; it outlives the matches that are found."""

    version = models.ForeignKey(DraftVersion, models.CASCADE, related_name="pair_decisions")  # the newer one
    old = models.CharField(max_length=80)
    new = models.CharField(max_length=80)
    belongs = models.BooleanField()
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "old", "new"], name="pair_decided_once")]


class RemarkPlace(models.Model):
    """Where a remark stands in a later version than the one it was made on; a split gives it two places.

    All but the first in the order of the text are `is_beside`: the first is `Remark.place`.
    """

    remark = models.ForeignKey(Remark, models.CASCADE, related_name="places")
    version = models.ForeignKey(DraftVersion, models.CASCADE, related_name="remark_places")
    node = models.CharField(max_length=80)
    is_beside = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["remark", "version", "node"], name="remark_place_once")
        ]
        indexes = [
            models.Index(fields=["version", "node"]),
            models.Index(fields=["version"], condition=models.Q(is_beside=True), name="remark_place_beside"),
        ]
