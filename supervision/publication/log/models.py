from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from supervision.audit.frozen import NEVER, AppendOnly


class Log(models.Model):
    """The one row that whoever appends to the log holds, so that leaves come one after the other."""

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="log_is_one")]


class Leaf(models.Model):
    """One entry of the publication log, with its hash in the tree. Append-only, without gaps.

    `body` is the entry itself, to the letter: canonical JSON without personal data (see `entries`). Hashes
    in it of what may name somebody are under `salt`, which stands beside the tree and not in it.
    """

    frozen = AppendOnly(hashed_when=NEVER)

    index = models.PositiveBigIntegerField(primary_key=True)
    before = models.OneToOneField("self", models.PROTECT, null=True, related_name="after")
    kind = models.CharField(max_length=12)  # as the body says it, to be found by
    body = models.TextField()
    hash = models.BinaryField(max_length=32)
    salt = models.CharField(max_length=32, blank=True)
    publication = models.ForeignKey(
        "publication.Publication", models.PROTECT, null=True, related_name="leaves"
    )
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kind", "-index"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(index=0, before=None)
                | Q(index__gt=0, before__isnull=False, before=F("index") - 1),
                name="leaf_follows_the_one_before",
            )
        ]


class Tile(models.Model):
    """A full tile of the tree: 256 hashes of one level, and the one over them, one level up. Append-only."""

    frozen = AppendOnly(hashed_when=NEVER)

    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField()
    hashes = models.BinaryField(max_length=8192)
    root = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="tile_once")]


class SignedCheckpoint(models.Model):
    """A checkpoint that this log has signed, with the cosignatures it had then. Append-only."""

    frozen = AppendOnly(hashed_when=NEVER)

    size = models.PositiveBigIntegerField()
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["size"])]
