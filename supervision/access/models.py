from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AbstractGrant(models.Model):
    """A dated exception for one mandate on one object: delegation members, experts, substitutes.

    A subclass adds `content_object`, a foreign key to what is granted. `source` says from
    where the right comes ("QĐ 62/QĐ-MTTQ-BTT"), so that it can be taken back exactly.
    """

    mandate = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    relation = models.CharField(max_length=30)  # a relation of `access.matrix`
    source = models.CharField(max_length=160)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
                name="%(app_label)s_%(class)s_dates_in_order",
                violation_error_message=_("Ngày kết thúc phải từ ngày bắt đầu trở đi."),
            )
        ]
