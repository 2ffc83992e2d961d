from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import Decided, Frozen
from supervision.language.codes import new_public_id
from supervision.organizations.models.querysets import OrganizationQuerySet
from supervision.organizations.models.territories import Level, Territory


class Kind(models.TextChoices):
    """What an organization is; the first six may chair a supervision (Law Art 26)."""

    FRONT = "front", _("Mặt trận Tổ quốc")
    TRADE_UNION = "trade_union", _("Công đoàn")
    FARMERS = "farmers", _("Hội Nông dân")
    YOUTH = "youth", _("Đoàn Thanh niên")
    WOMEN = "women", _("Hội Liên hiệp Phụ nữ")
    VETERANS = "veterans", _("Hội Cựu chiến binh")
    MEMBER = "member", _("tổ chức thành viên khác")
    ADVISORY = "advisory", _("hội đồng, tổ tư vấn")
    BOARD = "board", _("ban ở cơ sở")
    COUNCIL = "council", _("Hội đồng nhân dân")
    COMMITTEE = "committee", _("Ủy ban nhân dân")
    GOVERNMENT = "government", _("Chính phủ")
    MINISTRY = "ministry", _("bộ, cơ quan ngang bộ")
    DEPARTMENT = "department", _("sở, phòng")
    UNIT = "unit", _("đơn vị sự nghiệp")
    PARTY = "party", _("cấp ủy")
    ELECTED = "elected", _("cơ quan dân cử khác")


#: The Front and the five socio-political organizations: those that may chair.
FRONT_SIDE = (
    Kind.FRONT,
    Kind.TRADE_UNION,
    Kind.FARMERS,
    Kind.YOUTH,
    Kind.WOMEN,
    Kind.VETERANS,
)

#: Those that act beside the Front and never chair by themselves.
BESIDE_FRONT = (Kind.MEMBER, Kind.ADVISORY, Kind.BOARD)


class Organization(models.Model):
    """Any body with a name, a level and a superior.

    `superior` is the next body up in its own system (a commune Women's Union: the province
    Women's Union); `front` is the Front committee it belongs directly under. `path` is the
    chain of superior ids, `/1/35/812/`, for prefix scopes. Never deleted: it ends.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    code = models.SlugField(max_length=40, unique=True)  # in public addresses: "mttq-24"
    kind = models.CharField(max_length=12, choices=Kind)
    level = models.CharField(max_length=10, choices=Level)
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="organizations")
    superior = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="subordinates")
    front = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="members")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=120)
    deciding_body = models.CharField(max_length=80, blank=True)  # "Ban Thường trực"
    symbol = models.CharField(max_length=30, blank=True)  # in document symbols: "MTTQ-BTT"
    path = models.CharField(max_length=120, db_index=True, blank=True)
    search_text = models.CharField(max_length=240, db_index=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)  # last day, inclusive
    is_sample = models.BooleanField(default=False)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="organization_dates_in_order",
                violation_error_message=_("Ngày kết thúc phải từ ngày bắt đầu trở đi."),
            )
        ]
        indexes = [
            models.Index(fields=["kind", "level", "territory"]),
        ]

    def __str__(self) -> str:
        return self.name

    def exists_on(self, day: dt.date) -> bool:
        """Whether the organization exists on `day`, both ends included."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    @property
    def is_front_side(self) -> bool:
        return self.kind in FRONT_SIDE

    @property
    def side(self) -> str:
        """ "front" for those who supervise and who help them, "agency" for those who answer."""
        return "front" if self.kind in (*FRONT_SIDE, *BESIDE_FRONT) else "agency"


#: A column that names a body goes over to another only as a succession of bodies says.
SUCCEEDED = Decided("organizations.Succession", "predecessor", "successor")


class Succession(models.Model):
    """On a date one body's duties pass to another: a rename, a merger or a split.

    A rename or merger has one heir per predecessor; a split has several, and each open duty
    asks a person for its heir.
    """

    frozen = Frozen()

    class How(models.TextChoices):
        RENAME = "rename", _("đổi tên")
        MERGER = "merger", _("hợp nhất, sáp nhập")
        SPLIT = "split", _("chia, tách")

    predecessor = models.ForeignKey(Organization, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organization, models.PROTECT, related_name="inheritances")
    how = models.CharField(max_length=8, choices=How)
    effective_on = models.DateField()
    decision_number = models.CharField(max_length=80)
    decision_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="succession_once",
                violation_error_message=_("Việc kế thừa này đã được ghi."),
            ),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")),
                name="succession_to_another",
                violation_error_message=_("Một tổ chức không thể kế thừa chính mình."),
            ),
        ]


class Setting(models.Model):
    """A number that law leaves open, as one organization has set it (see `law.rules.OPEN_TERMS`)."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="settings")
    key = models.CharField(max_length=40)
    value = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "key"], name="setting_once")]
