from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import Decided, Frozen, PartOf
from supervision.casefiles.models import Case
from supervision.language.codes import new_public_id
from supervision.law.registry import spec_of
from supervision.law.text import T
from supervision.organizations.models.organizations import SUCCEEDED

_ENDS = ("closed", "withdrawn")
#: How a recommendation goes on once it was sent.
_FOLLOWS = {
    "sent": ("received", *_ENDS),
    "received": ("reconsider", "replied", *_ENDS),
    "reconsider": ("received", *_ENDS),
    "replied": ("reply_rejected", "implementing", "satisfied", "answered", *_ENDS),
    "reply_rejected": ("reconsider", "replied", *_ENDS),
    "implementing": ("implemented", *_ENDS),
    "implemented": ("implementing", "verified", *_ENDS),
    "verified": _ENDS,
    "satisfied": _ENDS,
    "answered": _ENDS,
}
#: Its wording changes only as a decision on record says, from that wording to this one.
_AMENDED = Decided(
    "cases.Reconsideration", "old_text", "new_text", of="recommendation", where={"decision": "amended"}
)


class Conclusion(models.Model):
    """A version of the chairing body's conclusion, which its recommendations follow (403 Art 9(3))."""

    frozen = Frozen(once=("publication",), files=("competent",), parts=("commendations",))

    case = models.ForeignKey(Case, models.PROTECT, related_name="conclusions")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    competent = models.ManyToManyField("organizations.Organization", related_name="+")
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    publication = models.ForeignKey(
        "publication.Publication", models.PROTECT, null=True, related_name="conclusions"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="conclusion_version_once")]


class Commendation(models.Model):
    """A good practice that the conclusion commends (Front Law Art 25(2), 28(8))."""

    frozen = PartOf("conclusion")

    conclusion = models.ForeignKey(Conclusion, models.PROTECT, related_name="commendations")
    number = models.PositiveSmallIntegerField()
    about = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conclusion", "number"], name="commendation_number_once")
        ]


class Recommendation(models.Model):
    """A kiến nghị: addressee, text, deadlines; it lives until verified or closed with reasons.

    What the agency says is in `replies` and `carrying_outs`, what the Front says in
    `assessments` and `verifications`; neither side writes the other's words.
    """

    frozen = Frozen(
        when="{row}.sent_at IS NOT NULL",
        free=("reply_deadline", "assess_deadline", "action_deadline"),
        once=("received_at", "unit", "closed_at", "closed_as", "closing_reason"),
        moves={"state": _FOLLOWS},
        allowed={"text": _AMENDED, "addressee": SUCCEEDED},
    )

    class State(models.TextChoices):
        DRAFT = "draft", _("Dự thảo")
        SENT = "sent", _("Đã gửi")
        RECEIVED = "received", _("Đã tiếp nhận")
        RECONSIDER = "reconsider", _("Đề nghị xem xét lại")
        REPLIED = "replied", _("Đã trả lời, chờ đánh giá")
        REPLY_REJECTED = "reply_rejected", _("Trả lời chưa đạt")
        IMPLEMENTING = "implementing", _("Đang thực hiện")
        IMPLEMENTED = "implemented", _("Báo đã thực hiện, chờ xác minh")
        VERIFIED = "verified", _("Đã xác minh")
        SATISFIED = "satisfied", _("Giải trình có cơ sở")
        ANSWERED = "answered", _("Đã trả lời rõ, chờ quyết định")
        CLOSED = "closed", _("Kết thúc")
        WITHDRAWN = "withdrawn", _("Đã rút")

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="recommendations")
    conclusion = models.ForeignKey(Conclusion, models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    addressee = models.ForeignKey(
        "organizations.Organization", models.PROTECT, related_name="received_recommendations"
    )
    title = models.CharField(max_length=300)
    text = models.TextField()  # as in force; the first wording stays in the document
    state = models.CharField(max_length=14, choices=State, default=State.DRAFT)
    action_asked_on = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    unit = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_as = models.CharField(max_length=12, blank=True)  # "verified", "satisfied", "withdrawn"
    closing_reason = models.TextField(blank=True)
    reply_deadline = models.ForeignKey("deadlines.Deadline", models.PROTECT, null=True, related_name="+")
    assess_deadline = models.ForeignKey("deadlines.Deadline", models.PROTECT, null=True, related_name="+")
    action_deadline = models.ForeignKey("deadlines.Deadline", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conclusion", "number"], name="recommendation_number_once"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["closed", "withdrawn"])
                | (models.Q(closed_at__isnull=False) & ~models.Q(closing_reason="")),
                name="recommendation_closes_with_reason",
                violation_error_message=_("Kiến nghị chỉ kết thúc khi có thời điểm và lý do."),
            ),
        ]
        indexes = [models.Index(fields=["addressee", "state"]), models.Index(fields=["case", "state"])]

    def __str__(self) -> str:
        return f"{self.case.code}/{self.code}"

    @property
    def code(self) -> str:
        """What papers call it: "KN-2"; the letters are the form's."""
        return f"{spec_of(self.case.form).followed_code}-{self.number}"

    @property
    def called(self) -> T:
        """What titles call it: "kiến nghị 2"; the word is the form's."""
        word = spec_of(self.case.form).followed
        return T(f"{word.vi} {self.number}", f"{word.en} {self.number}")


class Reply(models.Model):
    """A version of the addressee's answer: position, action, owner, date."""

    frozen = Frozen(when="{row}.submitted_at IS NOT NULL", files=("files",))

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="replies")
    version = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=16)  # accepted, partly_accepted, not_accepted, reconsider
    text = models.TextField()
    reason = models.TextField(blank=True)
    owner = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True)
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
            models.UniqueConstraint(fields=["recommendation", "version"], name="reply_version_once"),
            models.CheckConstraint(
                condition=models.Q(verdict="accepted") | ~models.Q(reason=""),
                name="reply_explains_what_it_refuses",
                violation_error_message=_("Không tiếp thu hoặc tiếp thu một phần thì phải có giải trình."),
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at__isnull=True) | models.Q(approved_by__isnull=False),
                name="reply_sent_by_a_leader",
                violation_error_message=_("Trả lời chỉ được gửi khi lãnh đạo đã duyệt."),
            ),
        ]


class Assessment(models.Model):
    """The Front's verdict on a reply."""

    frozen = Frozen()

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="assessments")
    reply = models.ForeignKey(Reply, models.PROTECT, related_name="assessments")
    verdict = models.CharField(max_length=24)  # satisfied, explanation_satisfied, rejected
    text = models.TextField()
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Dialogue(models.Model):
    """A dialogue that clarifies a recommendation (Front Law Art 28(4), 29(4))."""

    frozen = Frozen(files=("files",))

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="dialogues")
    held_on = models.DateField()
    attendance = models.TextField()
    notes = models.TextField()
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    files = models.ManyToManyField("files.Attachment", related_name="+")


class Reconsideration(models.Model):
    """The decision after re-consideration: upheld, amended or withdrawn, with reasons."""

    frozen = Frozen()

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="reconsiderations")
    decision = models.CharField(max_length=10)
    reason = models.TextField()
    old_text = models.TextField()
    new_text = models.TextField(blank=True)
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()


class CarryingOut(models.Model):
    """The addressee's word on what it has done, with evidence."""

    frozen = Frozen(files=("files",))

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="carrying_outs")
    is_full = models.BooleanField()
    text = models.TextField()
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    files = models.ManyToManyField("files.Attachment", related_name="+")


class Verification(models.Model):
    """The Front's own look at the carrying out."""

    frozen = Frozen(files=("files",))

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="verifications")
    outcome = models.CharField(max_length=10)  # verified, not_yet
    text = models.TextField()
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    files = models.ManyToManyField("files.Attachment", related_name="+")


class Urging(models.Model):
    """A reminder letter, or the recommendation to a superior body when reminders did not help.

    About a recommendation, the answers to a criticism, or a board's paper.
    """

    frozen = Frozen()

    class Level(models.TextChoices):
        URGE = "urge", _("đôn đốc")
        ESCALATE = "escalate", _("kiến nghị cấp có thẩm quyền")

    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, null=True, blank=True, related_name="urgings"
    )
    criticism = models.ForeignKey(
        "cases.Criticism", models.PROTECT, null=True, blank=True, related_name="urgings"
    )
    board_supervision = models.ForeignKey(
        "cases.BoardSupervision", models.PROTECT, null=True, blank=True, related_name="urgings"
    )
    level = models.CharField(max_length=8, choices=Level)
    ordinal = models.PositiveSmallIntegerField()
    addressee = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    text = models.TextField()
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recommendation__isnull=False, criticism=None, board_supervision=None)
                | models.Q(recommendation=None, criticism__isnull=False, board_supervision=None)
                | models.Q(recommendation=None, criticism=None, board_supervision__isnull=False),
                name="urging_of_one_subject",
                violation_error_message=_(
                    "Đôn đốc phải thuộc đúng một kiến nghị, văn bản phản biện hoặc kiến nghị của Ban."
                ),
            )
        ]
