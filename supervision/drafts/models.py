from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.language.codes import new_public_id


class Draft(models.Model):
    """A text that an agency prepares (dự thảo văn bản), to be issued by itself or by another body."""

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    title = models.CharField(max_length=300)
    owner = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")  # who drafts it
    issuer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    is_legal_document = models.BooleanField(default=False)  # văn bản quy phạm pháp luật: Law 64/2025 Art 6
    submission_on = models.DateField(null=True)  # planned day of submission to the issuer

    def __str__(self) -> str:
        return self.title


class DraftVersion(models.Model):
    """The text as it was sent once, with the documents that came along; each version stays."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    received_on = models.DateField()
    number_text = models.CharField(max_length=80, blank=True)  # of the letter that brought it
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    files = models.ManyToManyField("files.Attachment", related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="draft_version_once")]


class Remark(models.Model):
    """An opinion on one provision of a draft, or on all of it; every remark gets an answer."""

    class Author(models.TextChoices):
        FRONT = "front", _("Mặt trận Tổ quốc")
        UNION = "union", _("tổ chức chính trị - xã hội")
        MEMBER = "member", _("tổ chức thành viên khác")
        EXPERT = "expert", _("chuyên gia, nhà khoa học")
        PEOPLE = "people", _("người dân, đối tượng chịu tác động")
        AGENCY = "agency", _("cơ quan, đơn vị")

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="remarks")
    version = models.ForeignKey(DraftVersion, models.PROTECT, related_name="remarks")
    number = models.PositiveIntegerField()
    provision = models.CharField(max_length=120, blank=True)  # "khoản 2 Điều 5"; empty for the whole draft
    text = models.TextField()
    wording = models.TextField(blank=True)  # what it should say instead
    author = models.CharField(max_length=8, choices=Author)
    author_name = models.CharField(max_length=200, blank=True)  # an organization or a group, no citizen
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="remark_number_once")]

    @property
    def code(self) -> str:
        """How people refer to it: "YK-05"."""
        return f"YK-{self.number:02d}"

    @property
    def whose(self) -> str:
        return self.author_name or str(self.get_author_display())


class AnswerRound(models.Model):
    """One sending of answers by the drafting agency; a first one may leave remarks for a second.

    `returned_reason` keeps why a leader sent a working round back to its drafter.
    """

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


class Answer(models.Model):
    """What the drafting agency says to one remark: taken up, in part or not, why, and the wording now."""

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
