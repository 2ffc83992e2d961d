from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import Frozen, PartOf
from supervision.drafts.models.draft import Draft
from supervision.drafts.models.remark import Remark


class AnswerRound(models.Model):
    """One sending of answers by the drafting agency; a first one may leave remarks for a second.

    `returned_reason` keeps why a leader sent a working round back to its drafter.
    """

    frozen = Frozen(when="{row}.submitted_at IS NOT NULL", files=("files",), parts=("answers",))

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    number_text = models.CharField(max_length=80, blank=True)
    summary = models.TextField(blank=True)
    drafted_by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    approved_by = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    is_late = models.BooleanField(null=True)
    returned_reason = models.TextField(blank=True)
    files = models.ManyToManyField("files.Attachment", related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="answer_round_once"),
            models.CheckConstraint(
                condition=models.Q(submitted_at__isnull=True) | models.Q(approved_by__isnull=False),
                name="answers_sent_by_a_leader",
                violation_error_message=_("Trả lời chỉ được gửi khi lãnh đạo đã duyệt."),
            ),
        ]


#: What a sent answer fixes of the remark that it answers.
_OF_REMARK = (
    "public_id", "draft_id", "version_id", "number", "text", "wording", "reason",
    "author", "author_name", "others", "by_id", "at",
)  # fmt: skip


class Answer(models.Model):
    """What the drafting agency says to one remark: taken up, in part or not, why, and the wording now."""

    frozen = PartOf(
        "round",
        free=("is_reopened",),
        also=tuple(f"remark__{name}" for name in _OF_REMARK),
    )

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", _("Tiếp thu")
        PARTLY = "partly", _("Tiếp thu một phần")
        NOT_ACCEPTED = "not_accepted", _("Không tiếp thu")

    round = models.ForeignKey(AnswerRound, models.CASCADE, related_name="answers")
    remark = models.ForeignKey(Remark, models.PROTECT, related_name="answers")
    verdict = models.CharField(max_length=12, choices=Verdict)
    text = models.TextField()
    wording = models.TextField(blank=True)
    is_reopened = models.BooleanField(default=False)  # the Front asked for another answer

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "remark"], name="one_answer_a_round"),
            models.CheckConstraint(
                condition=~models.Q(text=""),
                name="answer_gives_reasons",
                violation_error_message=_("Mỗi câu trả lời phải nêu nội dung tiếp thu hoặc lý do."),
            ),
        ]
