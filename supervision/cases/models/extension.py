from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import Frozen


class ExtensionRequest(models.Model):
    """An addressee's request for more time, and what was decided on it; each stays on record."""

    frozen = Frozen(
        once=("granted_to_on", "decision_reason", "decided_by", "decided_at"),
        moves={"outcome": {"waiting": ("granted", "refused", "moot")}},
    )

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("đang chờ quyết định")
        GRANTED = "granted", _("đã gia hạn")
        REFUSED = "refused", _("không gia hạn")
        MOOT = "moot", _("không còn cần quyết định")

    inquiry = models.ForeignKey("cases.Inquiry", models.PROTECT, null=True, related_name="extension_requests")
    recommendation = models.ForeignKey(
        "cases.Recommendation", models.PROTECT, null=True, related_name="extension_requests"
    )
    criticism = models.ForeignKey(
        "cases.Criticism", models.PROTECT, null=True, related_name="extension_requests"
    )
    deadline = models.ForeignKey("deadlines.Deadline", models.PROTECT, related_name="+")
    to_on = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.WAITING)
    granted_to_on = models.DateField(null=True)
    decision_reason = models.TextField(blank=True)
    decided_by = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(inquiry__isnull=False, recommendation=None, criticism=None)
                | models.Q(inquiry=None, recommendation__isnull=False, criticism=None)
                | models.Q(inquiry=None, recommendation=None, criticism__isnull=False),
                name="extension_of_one_subject",
                violation_error_message=_(
                    "Đề nghị gia hạn phải thuộc đúng một yêu cầu, kiến nghị hoặc văn bản phản biện."
                ),
            ),
            models.UniqueConstraint(
                fields=["deadline"],
                condition=models.Q(outcome="waiting"),
                name="one_waiting_extension",
                violation_error_message=_("Đã có đề nghị gia hạn đang chờ trả lời."),
            ),
        ]
