from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import NEVER, Frozen, Until
from supervision.casefiles.models import Case
from supervision.language.codes import new_public_id
from supervision.organizations.models.organizations import SUCCEEDED


class Inquiry(models.Model):
    """What one agency is asked in a case: outline, session day, and its own clocks."""

    frozen = Frozen(
        when="{row}.state <> 'prepared'",
        free=(
            "notice_deadline", "report_deadline", "asked_deadline", "supplement_deadline", "result_deadline",
        ),
        once=("inherited_from", "received_at", "received_by", "contact", "withdrawn_at", "withdrawal_reason"),
        moves={
            "state": {
                "sent": ("received", "done", "withdrawn"),
                "received": ("answered", "done", "withdrawn"),
                "answered": ("accepted", "supplement", "done", "withdrawn"),
                "supplement": ("answered", "done", "withdrawn"),
                "accepted": ("done", "withdrawn"),
            }
        },
        allowed={"agency": SUCCEEDED, "session_on": Until(NEVER)},
    )  # fmt: skip

    class State(models.TextChoices):
        PREPARED = "prepared", _("chưa gửi")
        SENT = "sent", _("đã gửi")
        RECEIVED = "received", _("đã tiếp nhận")
        ANSWERED = "answered", _("đã báo cáo")
        SUPPLEMENT = "supplement", _("đang bổ sung")
        ACCEPTED = "accepted", _("đã nhận báo cáo")
        DONE = "done", _("đã làm việc xong")
        WITHDRAWN = "withdrawn", _("đã rút yêu cầu")

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="inquiries")
    number = models.PositiveSmallIntegerField()
    agency = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="inquiries")
    #: The body that was asked, where another has taken its place since.
    inherited_from = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, blank=True, related_name="+"
    )
    outline = models.TextField()
    session_on = models.DateField()
    place = models.CharField(max_length=300, blank=True)
    asked_on = models.DateField(null=True)  # earlier than the law's day; its clock starts with the notice
    state = models.CharField(max_length=12, choices=State, default=State.PREPARED)
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="+")
    contact = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.TextField(blank=True)
    notice_deadline = models.ForeignKey("deadlines.Deadline", models.PROTECT, null=True, related_name="+")
    report_deadline = models.ForeignKey("deadlines.Deadline", models.PROTECT, null=True, related_name="+")
    asked_deadline = models.ForeignKey("deadlines.Deadline", models.PROTECT, null=True, related_name="+")
    supplement_deadline = models.ForeignKey("deadlines.Deadline", models.PROTECT, null=True, related_name="+")
    result_deadline = models.ForeignKey("deadlines.Deadline", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="inquiry_number_once"),
            models.UniqueConstraint(
                fields=["case", "agency"],
                condition=~models.Q(state="withdrawn") & models.Q(inherited_from__isnull=True),
                name="one_open_inquiry_per_agency",
                violation_error_message=_("Cơ quan này đã có yêu cầu trong hồ sơ."),
            ),
        ]
        indexes = [models.Index(fields=["agency", "state"])]

    def __str__(self) -> str:
        return f"{self.case.code}/{self.number}"


class Response(models.Model):
    """A version of an agency's answer; once sent it stays as it is, with its time.

    `returned_reason` keeps why a leader sent a working version back to its drafter.
    """

    frozen = Frozen(when="{row}.submitted_at IS NOT NULL", files=("files",))

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="responses")
    version = models.PositiveSmallIntegerField()
    number_text = models.CharField(max_length=80, blank=True)
    summary = models.TextField()
    difficulties = models.TextField(blank=True)
    requests = models.TextField(blank=True)
    drafted_by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    approved_by = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    is_late = models.BooleanField(null=True)
    returned_reason = models.TextField(blank=True)
    files = models.ManyToManyField("files.Attachment", related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "version"], name="response_version_once"),
            models.CheckConstraint(
                condition=models.Q(submitted_at__isnull=True) | models.Q(approved_by__isnull=False),
                name="response_sent_by_a_leader",
                violation_error_message=_("Báo cáo chỉ được gửi khi lãnh đạo đã duyệt."),
            ),
        ]


class SupplementRequest(models.Model):
    """One request for a supplementary report, with every missing point (Front Law Art 29(2))."""

    frozen = Frozen()

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="supplement_requests")
    points = models.JSONField()  # list of sentences
    due_on = models.DateField()
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()
