from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DayCorrection(models.Model):
    """A day that officials mend in the calendar: off although a weekday, or worked although a weekend."""

    day = models.DateField(unique=True)
    is_off = models.BooleanField()
    name = models.CharField(max_length=160)
    source = models.CharField(max_length=200)
    created_at = models.DateTimeField()


class Deadline(models.Model):
    """A due date that explains itself.

    `rule` is a code of `law.rules`; `start_on` the day of the event (not counted) or, for
    "at least N days before", the day counted back from. `raw_due_on` is the date before
    rolling, `first_due_on` the due date as first derived, `due_on` the one in force after
    extensions and pauses. `derivation` is the serialized `law.counting.Derivation`.
    Overdue is never stored: see `deadlines.states`.
    """

    rule = models.CharField(max_length=40)
    start_on = models.DateField()
    start_label_vi = models.CharField(max_length=200)
    start_label_en = models.CharField(max_length=200)
    length = models.PositiveSmallIntegerField(null=True)  # null: a fixed day was agreed
    set_by = models.CharField(max_length=200, blank=True)  # organization's name; blank: set by law
    calendar_version = models.CharField(max_length=64)
    raw_due_on = models.DateField()
    first_due_on = models.DateField()
    due_on = models.DateField(db_index=True)
    derivation = models.JSONField()
    met_on = models.DateField(null=True)
    met_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)  # withdrawn or cancelled: no longer runs
    extension_requested_at = models.DateTimeField(null=True)  # asked for, not yet decided
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["met_on", "dropped_at", "due_on"])]


class Extension(models.Model):
    """A granted extension: from which date to which, why, by whom, under which paper."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="extensions")
    from_due_on = models.DateField()
    to_due_on = models.DateField()
    reason = models.TextField()
    document_number = models.CharField(max_length=80, blank=True)
    granted_by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_due_on__gt=models.F("from_due_on")),
                name="extension_moves_later",
                violation_error_message=_("Hạn mới phải sau hạn đang có."),
            )
        ]


class Pause(models.Model):
    """A time in which the clock stands still, with its reason; open while `until_on` is null."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="pauses")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    reason = models.TextField()
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deadline"], condition=models.Q(until_on__isnull=True), name="one_open_pause"
            )
        ]
