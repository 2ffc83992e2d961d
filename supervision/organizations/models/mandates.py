from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import NEARER, TAKEN_BACK, Frozen
from supervision.language.codes import new_public_id
from supervision.organizations.models.organizations import Organization
from supervision.organizations.models.querysets import MandateQuerySet


class Duty(models.TextChoices):
    """What a mandate is for; rights hang on the duty, not on the job title."""

    OFFICER = "officer", _("chuyên viên")
    CLERK = "clerk", _("văn thư")
    SIGNER = "signer", _("người ký")
    CHAIR = "chair", _("người đứng đầu")
    EXPERT = "expert", _("chuyên gia, thành viên được mời")
    RESPONDER = "agency_responder", _("người soạn trả lời")
    LEADER = "agency_leader", _("lãnh đạo cơ quan")
    ADMINISTRATOR = "administrator", _("quản trị viên")


class Mandate(models.Model):
    """A person's duty in an organization, from a date until a date, with the decision that gave it.

    It stands behind every author: only its last day may be set, and come nearer. Another duty is another
    mandate.
    """

    frozen = Frozen(
        allowed={"until_on": NEARER},
        may_go=TAKEN_BACK.format(label="organizations.mandate", row="{row}"),
    )

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mandates")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="mandates")
    duty = models.CharField(max_length=20, choices=Duty)
    title = models.CharField(max_length=120)  # "Phó Chủ tịch Thường trực"
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)  # last day, inclusive
    decision_number = models.CharField(max_length=80)
    decision_on = models.DateField()

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
                name="mandate_dates_in_order",
                violation_error_message=_("Ngày kết thúc phải từ ngày bắt đầu trở đi."),
            )
        ]
        indexes = [models.Index(fields=["organization", "duty"]), models.Index(fields=["user"])]

    def __str__(self) -> str:
        return f"{self.user}, {self.title}, {self.organization.short_name}"

    def holds_on(self, day: dt.date) -> bool:
        """Whether the mandate is in force on `day`, both ends included."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)
