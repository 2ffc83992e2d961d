from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import Frozen, Until
from supervision.casefiles.models import Case
from supervision.language.codes import new_public_id
from supervision.organizations.models.organizations import SUCCEEDED


class Criticism(models.Model):
    """A social criticism: the draft it is about, who owes the answer, and its clocks.

    The remarks and what the agency says to each are the draft's; here stands how far it has come.
    """

    frozen = Frozen(
        when="{row}.state <> 'prepared'",
        free=("draft_deadline", "explain_deadline", "reply_deadline", "assess_deadline"),
        once=("received_at", "unit"),
        moves={
            "state": {
                "sent": ("received",),
                "received": ("answered",),
                "answered": ("returned", "accepted"),
                "returned": ("answered",),
            }
        },
        allowed={
            "addressee": SUCCEEDED,
            "reservations": Until("{row}.state = 'accepted'", may="{row}.state = 'answered'"),
        },
    )

    class State(models.TextChoices):
        PREPARED = "prepared", _("đang chuẩn bị")
        SENT = "sent", _("đã gửi văn bản phản biện")
        RECEIVED = "received", _("cơ quan soạn thảo đã tiếp nhận")
        ANSWERED = "answered", _("đã trả lời, chờ đánh giá")
        RETURNED = "returned", _("trả lời chưa đủ")
        ACCEPTED = "accepted", _("mọi ý kiến đã được trả lời")

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    case = models.OneToOneField(Case, models.PROTECT, related_name="criticism")
    draft = models.OneToOneField("drafts.Draft", models.PROTECT, related_name="criticism")
    addressee = models.ForeignKey(  # the drafting agency, or its heir
        "organizations.Organization", models.PROTECT, related_name="received_criticisms"
    )
    state = models.CharField(max_length=10, choices=State, default=State.PREPARED)
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    unit = models.CharField(max_length=200, blank=True)
    reservations = models.TextField(blank=True)  # what the chairing body maintains against an answer
    draft_deadline = models.ForeignKey("deadlines.Deadline", models.PROTECT, null=True, related_name="+")
    explain_deadline = models.ForeignKey("deadlines.Deadline", models.PROTECT, null=True, related_name="+")
    reply_deadline = models.ForeignKey("deadlines.Deadline", models.PROTECT, null=True, related_name="+")
    assess_deadline = models.ForeignKey("deadlines.Deadline", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["addressee", "state"])]

    def __str__(self) -> str:
        return f"{self.case.code}/PB"
