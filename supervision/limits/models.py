from __future__ import annotations

from django.db import models


class Counter(models.Model):
    """How often one sender has done one kind of thing within one window of time."""

    kind = models.CharField(max_length=24)
    source = models.PositiveIntegerField()  # a mark of the sender that leads back to nobody
    window = models.PositiveBigIntegerField()  # which one, counted from 1970
    count = models.PositiveIntegerField()
    over_at = models.DateTimeField(db_index=True)  # from then on it counts for nothing

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "source", "window"], name="one_counter_a_window")
        ]
