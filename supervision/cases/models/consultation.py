from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import Frozen
from supervision.casefiles.models import Case
from supervision.language.codes import new_public_id
from supervision.organizations.models.organizations import SUCCEEDED


class Consultation(models.Model):
    """What one body or person is asked to say about the text of a case; staying silent is no breach."""

    frozen = Frozen(
        when="{row}.state <> 'prepared'",
        hashed_when="{row}.state = 'given'",
        free=("deadline",),
        once=("opinion", "given_by", "given_at", "is_late"),
        moves={"state": {"asked": ("given", "silent")}},
        allowed={"organization": SUCCEEDED},
        files=("files",),
    )

    class State(models.TextChoices):
        PREPARED = "prepared", _("chưa gửi")
        ASKED = "asked", _("đang chờ ý kiến")
        GIVEN = "given", _("đã có ý kiến")
        SILENT = "silent", _("không có ý kiến")

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="consultations")
    number = models.PositiveSmallIntegerField()
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    person = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="+")
    question = models.TextField()
    due_on = models.DateField()
    deadline = models.ForeignKey("deadlines.Deadline", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.PREPARED)
    asked_at = models.DateTimeField(null=True)
    opinion = models.TextField(blank=True)
    given_by = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(null=True)
    is_late = models.BooleanField(null=True)
    files = models.ManyToManyField("files.Attachment", related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="consultation_number_once"),
            models.CheckConstraint(
                condition=models.Q(state="given", given_at__isnull=False, given_by__isnull=False)
                | (~models.Q(state="given") & models.Q(given_at__isnull=True)),
                name="opinion_given_by_someone",
                violation_error_message=_("Ý kiến phải có người gửi và thời điểm gửi."),
            ),
        ]
        indexes = [models.Index(fields=["case", "state"])]

    def __str__(self) -> str:
        return f"{self.case.code}/{self.name}"

    @property
    def name(self) -> str:
        """Who was asked, as a list names it."""
        return self.person.user.display_name if self.person else self.organization.short_name
