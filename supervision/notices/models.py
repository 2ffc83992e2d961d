from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


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
    case_code = models.CharField(max_length=60, blank=True)  # of the case that it is about
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


class CalendarFeed(models.Model):
    """The secret address of a calendar: of one person in one capacity, or of that person's organization.

    Only the hash of the secret is kept. Works while the mandate is in force and it is not revoked.
    """

    mandate = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="calendar_feeds")
    whole_organization = models.BooleanField(default=False)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mandate", "whole_organization"],
                condition=models.Q(revoked_at__isnull=True),
                name="one_calendar_feed",
            )
        ]


class MailChoice(models.Model):
    """How a person wants to hear of notices by mail; whoever has not chosen hears at once."""

    class How(models.TextChoices):
        AT_ONCE = "at_once", _("Mỗi thông báo một thư, gửi ngay")
        MORNING = "morning", _("Một thư mỗi sáng ngày làm việc, lúc 7 giờ")
        NEVER = "never", _("Không gửi thư; tôi tự vào xem")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mail_choice")
    how = models.CharField(max_length=8, choices=How)
    chosen_at = models.DateTimeField()


class Digest(models.Model):
    """The morning mail of one person on one working day; a day without news has a row and no mail.

    `is_last`: what was left when the person turned to mails at once; it goes with the next tick.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    day = models.DateField()
    is_last = models.BooleanField(default=False)
    notices = models.ManyToManyField(Notice, related_name="digests")
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "day"], condition=models.Q(is_last=False), name="digest_once_a_day"
            )
        ]
        indexes = [models.Index(fields=["sent_at", "next_try_at"])]
