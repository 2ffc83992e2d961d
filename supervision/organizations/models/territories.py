from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.organizations.models.querysets import NamedQuerySet


class Level(models.TextChoices):
    """The three levels since 1 July 2025."""

    CENTRE = "centre", _("trung ương")
    PROVINCE = "province", _("cấp tỉnh")
    COMMUNE = "commune", _("cấp xã")


class Territory(models.Model):
    """The country, one of 34 provinces, or one of 3,321 communes, wards and special zones.

    `code` is the official code (two digits for a province, five for a commune); invented
    demo communes have codes such as `24M01` and `is_sample` set.
    """

    code = models.CharField(max_length=8, unique=True)
    level = models.CharField(max_length=10, choices=Level)
    kind = models.CharField(max_length=20)  # "tỉnh", "thành phố", "xã", "phường", "đặc khu"
    name = models.CharField(max_length=120)  # with its kind: "Phường Mẫu Trung"
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    search_text = models.CharField(max_length=160, db_index=True)
    is_sample = models.BooleanField(default=False)

    objects = NamedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level="centre", parent__isnull=True)
                | (~models.Q(level="centre") & models.Q(parent__isnull=False)),
                name="territory_parent_matches_level",
                violation_error_message=_("Chỉ cấp trung ương không có đơn vị cấp trên."),
            )
        ]
        indexes = [models.Index(fields=["level", "parent"])]

    def __str__(self) -> str:
        return self.name
