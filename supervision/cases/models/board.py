from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import NEARER, NEVER, Frozen, Until
from supervision.casefiles.models import Case
from supervision.organizations.models.organizations import SUCCEEDED

#: A board goes on under a later decision.
_DECIDED_ANEW = Until(NEVER, may="{new}.decided_on >= {row}.decided_on")


class Board(models.Model):
    """A board of a commune's people, set up or recognized by its Front committee (403 Art 10)."""

    frozen = Frozen(allowed=dict.fromkeys(("decision_number", "decided_on"), _DECIDED_ANEW))

    class Kind(models.TextChoices):
        INSPECTION = "inspection", _("Ban Thanh tra nhân dân")
        INVESTMENT = "investment", _("Ban Giám sát đầu tư của cộng đồng")

    organization = models.OneToOneField("organizations.Organization", models.PROTECT, related_name="board")
    front = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="boards")
    kind = models.CharField(max_length=12, choices=Kind)
    project = models.CharField(max_length=300, blank=True)  # the works an investment board follows
    decision_number = models.CharField(max_length=80)
    decided_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["front"],
                condition=Q(kind="inspection"),
                name="one_inspection_board_per_commune",
                violation_error_message=_("Xã đã có Ban Thanh tra nhân dân."),
            ),
            models.CheckConstraint(
                condition=Q(kind="inspection") | ~Q(project=""),
                name="investment_board_has_a_project",
                violation_error_message=_("Ban Giám sát đầu tư của cộng đồng phải có công trình, dự án."),
            ),
        ]

    def __str__(self) -> str:
        return self.organization.name


class BoardMember(models.Model):
    """A member of a board, declared to be no official of the commune (Law 10/2022 Art 37(2))."""

    frozen = Frozen(allowed={"until_on": NEARER, "mandate": Until(NEVER)})

    class Post(models.TextChoices):
        HEAD = "head", _("Trưởng ban")
        DEPUTY = "deputy", _("Phó Trưởng ban")
        MEMBER = "member", _("Ủy viên")

    board = models.ForeignKey(Board, models.PROTECT, related_name="members")
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=8, choices=Post)
    area = models.CharField(max_length=120, blank=True)  # the hamlet or group that chose this member
    is_no_official = models.BooleanField()
    mandate = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True)  # the last day; set when the board is chosen anew

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_no_official=True),
                name="board_member_is_no_official",
                violation_error_message=_("Thành viên Ban không được là cán bộ, công chức xã."),
            ),
            models.UniqueConstraint(
                fields=["board"],
                condition=Q(post="head", until_on__isnull=True),
                name="board_has_one_head",
                violation_error_message=_("Mỗi Ban có một Trưởng ban."),
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="board_member_dates_in_order",
                violation_error_message=_("Ngày kết thúc phải từ ngày bắt đầu trở đi."),
            ),
        ]


class BoardSupervision(models.Model):
    """What a case that a board carries out has of its own: the board, who settles, its two clocks."""

    frozen = Frozen(
        when="{row}.sent_at IS NOT NULL",
        free=("notice_deadline", "reply_deadline"),
        once=("received_at", "silent_at"),
        allowed={"settler": SUCCEEDED},
    )

    case = models.OneToOneField(Case, models.PROTECT, related_name="board_supervision")
    board = models.ForeignKey(Board, models.PROTECT, related_name="supervisions")
    settler = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    starts_on = models.DateField(null=True)
    notice_deadline = models.ForeignKey("deadlines.Deadline", models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)  # the paper left, confirmed by the Front
    received_at = models.DateTimeField(null=True)
    reply_deadline = models.ForeignKey("deadlines.Deadline", models.PROTECT, null=True, related_name="+")
    silent_at = models.DateTimeField(null=True)  # the board went to the Front without an answer

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | Q(sent_at__isnull=False),
                name="board_paper_received_after_sent",
                violation_error_message=_("Văn bản của Ban chỉ được tiếp nhận sau khi Mặt trận xác nhận."),
            )
        ]


class Settlement(models.Model):
    """A version of the commune committee's answer to the board; once sent it stays, with its time."""

    frozen = Frozen(when="{row}.submitted_at IS NOT NULL", files=("files",))

    supervision = models.ForeignKey(BoardSupervision, models.PROTECT, related_name="settlements")
    version = models.PositiveSmallIntegerField()
    extent = models.CharField(max_length=8)  # all, part, none: the committee's own word
    text = models.TextField()
    reason = models.TextField(blank=True)
    number_text = models.CharField(max_length=80, blank=True)
    drafted_by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    approved_by = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    is_late = models.BooleanField(null=True)
    returned_reason = models.TextField(blank=True)
    files = models.ManyToManyField("files.Attachment", related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supervision", "version"], name="settlement_version_once"),
            models.CheckConstraint(
                condition=Q(extent="all") | ~Q(reason=""),
                name="settlement_explains_what_it_leaves",
                violation_error_message=_("Giải quyết một phần hoặc không giải quyết thì phải có lý do."),
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | Q(approved_by__isnull=False),
                name="settlement_sent_by_a_leader",
                violation_error_message=_("Kết quả giải quyết chỉ được gửi khi lãnh đạo đã duyệt."),
            ),
        ]
