"""The case, and what every case has: its number, who has access to it, what was entered at its steps."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.access.models import AbstractGrant
from supervision.audit.frozen import NEARER, NEVER, TAKEN_BACK, Frozen, Until
from supervision.language.codes import new_public_id
from supervision.organizations.models.organizations import SUCCEEDED


class CaseNumber(models.Model):
    """The last case number of one chairing organization in one year."""

    frozen = Frozen(hashed_when=NEVER, allowed={"last": Until(NEVER, may="{new}.last > {row}.last")})

    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    prefix = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "prefix", "year"], name="case_number_once")
        ]


class Case(models.Model):
    """One supervision, criticism or opinion matter, chaired by one organization."""

    frozen = Frozen(
        free=("stage", "search_text"),
        once=("ended_at",),
        moves={
            "state": {
                "running": ("postponed", "cancelled", "closed"),
                "postponed": ("running", "cancelled", "closed"),
            }
        },
        allowed={
            "outcome": Until("{row}.ended_at IS NOT NULL"),
            "postponed_on": Until("{row}.ended_at IS NOT NULL"),
            "lead": SUCCEEDED,
        },
    )

    class State(models.TextChoices):
        RUNNING = "running", _("đang tiến hành")
        POSTPONED = "postponed", _("đang hoãn")
        CANCELLED = "cancelled", _("đã hủy")
        CLOSED = "closed", _("đã kết thúc")

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    code = models.CharField(max_length=60, unique=True)  # "GS-MTTQ-24-2026-014"
    form = models.CharField(max_length=40)  # a slug of the forms registry
    title = models.CharField(max_length=300)
    field = models.CharField(max_length=40)
    grounds = models.TextField()
    lead = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="led_cases")
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    stage = models.PositiveSmallIntegerField(default=1)  # furthest stage reached, for lists
    opened_by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    postponed_on = models.DateField(null=True)  # the last time
    outcome = models.TextField(blank=True)  # why postponed or cancelled, or the final summary
    search_text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["running", "postponed"], ended_at__isnull=True)
                | models.Q(state__in=["cancelled", "closed"], ended_at__isnull=False),
                name="case_ends_with_a_time",
                violation_error_message=_("Hồ sơ kết thúc phải có thời điểm kết thúc."),
            ),
        ]
        indexes = [models.Index(fields=["lead", "state", "-opened_at"]), models.Index(fields=["-opened_at"])]

    def __str__(self) -> str:
        return f"{self.code}, {self.title}"


class CaseGrant(AbstractGrant):
    """Access of one mandate to one case, by being a member of its delegation or invited to it."""

    frozen = Frozen(
        allowed={"until_on": NEARER}, may_go=TAKEN_BACK.format(label="casefiles.casegrant", row="{row}")
    )

    content_object = models.ForeignKey(Case, models.CASCADE, related_name="grants")


class Record(models.Model):
    """What was entered at a step that needs no table of its own; each version stays."""

    frozen = Frozen(files=("files",))

    case = models.ForeignKey(Case, models.PROTECT, related_name="records")
    step = models.CharField(max_length=60)
    data = models.JSONField()
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    files = models.ManyToManyField("files.Attachment", related_name="+")

    class Meta:
        indexes = [models.Index(fields=["case", "step", "-id"])]
