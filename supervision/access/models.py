from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase


class AbstractGrant(UserObjectPermissionBase):
    """A dated exception for one mandate on one object: delegation members, experts, substitutes.

    guardian's direct-foreign-key row (user, permission, object), bound to one mandate and to
    dates. A subclass adds `content_object`, a foreign key to what is granted; `permission`
    carries the relation of `access.matrix` as its codename. `source` says from where the
    right comes ("QĐ 62/QĐ-MTTQ-BTT"), so that it can be taken back exactly. Rows are written
    and read by `access.grants` alone; guardian's own checks know neither mandate nor dates
    and are not installed.
    """

    content_object: Any  # the subclass's foreign key
    mandate = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    source = models.CharField(max_length=160)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)  # last day, inclusive

    objects: ClassVar[Any] = models.Manager()  # no guardian shortcut may write a row without dates

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
                name="%(app_label)s_%(class)s_dates_in_order",
                violation_error_message=_("Ngày kết thúc phải từ ngày bắt đầu trở đi."),
            ),
            models.UniqueConstraint(
                fields=["content_object", "mandate", "permission", "source", "from_on"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message=_("Quyền này đã được ghi."),
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row; raises ValidationError when the person is not the mandate's."""
        if self.user_id != self.mandate.user_id:
            raise ValidationError("a grant belongs to the person of its mandate")
        super().save(*args, **kwargs)
