from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import Frozen
from supervision.language.codes import new_public_id
from supervision.organizations.models.mandates import Mandate
from supervision.organizations.models.querysets import SubstitutionQuerySet


class Substitution(models.Model):
    """Days on which one mandate is away and a colleague's does its work ("thay mặt"); signing apart.

    On those days the absent mandate reads and does nothing else. Coming back early ends the row at
    that moment (`ended_at`); rows are never deleted.
    """

    frozen = Frozen(once=("ended_by", "ended_at"))

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    absent = models.ForeignKey(Mandate, models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(Mandate, models.PROTECT, related_name="substitutions")
    from_on = models.DateField()
    until_on = models.DateField()  # last day away, inclusive
    reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_by = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = SubstitutionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="substitution_days_in_order",
                violation_error_message=_("Ngày kết thúc phải từ ngày bắt đầu trở đi."),
            ),
            models.CheckConstraint(
                condition=~Q(absent=F("substitute")),
                name="substitution_by_another",
                violation_error_message=_("Người làm thay phải là người khác."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="substitution_ended_by_someone",
            ),
        ]
        indexes = [
            models.Index(fields=["substitute", "until_on"]),
            models.Index(fields=["absent", "until_on"]),
        ]
