from __future__ import annotations

from django.db import models


class Notice(models.Model):
    """Something an organization (or one person in it) is told; written with the event, delivered later.

    Unique on (event key, recipient): a retry or a second worker cannot tell it twice. The
    row is the in-app notice; the mail it causes carries a link and no case content.
    """

    key = models.CharField(max_length=120)  # "inquiry.sent:41"
    kind = models.CharField(max_length=40)  # a code of `notices.kinds`
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="notices")
    mandate = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="notices")
    title = models.CharField(max_length=300)
    address = models.CharField(max_length=200)  # path of the page that it leads to
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)  # the mail is settled: gone, or nobody has an address
    recipients = models.PositiveSmallIntegerField(default=0)  # addresses the mail went to
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "organization"],
                condition=models.Q(mandate__isnull=True),
                name="notice_once_for_organization",
            ),
            models.UniqueConstraint(
                fields=["key", "mandate"],
                condition=models.Q(mandate__isnull=False),
                name="notice_once_for_mandate",
            ),
        ]
        indexes = [
            models.Index(fields=["sent_at", "next_try_at"]),
            models.Index(fields=["organization", "-created_at"]),
        ]
