from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import Frozen
from supervision.cases.models.inquiry import Inquiry


class Session(models.Model):
    """One working session (cuộc làm việc) with one agency, as its minutes record it (403 Art 8(1))."""

    frozen = Frozen(files=("files",))

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="sessions")
    held_on = models.DateField()
    place = models.CharField(max_length=300, blank=True)
    started_time = models.TimeField(null=True)  # None: the minutes name the day only
    ended_on = models.DateField()
    ended_time = models.TimeField(null=True)
    delegation_attendance = models.TextField()
    attendance = models.TextField()  # of the agency
    opening = models.TextField(blank=True)
    report = models.TextField(blank=True)
    questions = models.TextField()
    explanations = models.TextField()
    requests = models.TextField(blank=True)
    conclusion = models.TextField()
    recorded_by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    files = models.ManyToManyField("files.Attachment", related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on__gte=models.F("held_on")),
                name="session_ends_after_it_starts",
                violation_error_message=_("Ngày kết thúc phải từ ngày làm việc trở đi."),
            )
        ]


class Survey(models.Model):
    """A field survey at or about one agency (403 Art 8(2))."""

    frozen = Frozen(files=("files",))

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="surveys")
    held_on = models.DateField()
    notes = models.TextField()
    recorded_by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    files = models.ManyToManyField("files.Attachment", related_name="+")
