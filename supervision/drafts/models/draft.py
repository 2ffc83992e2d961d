from __future__ import annotations

from django.db import models

from supervision.audit.frozen import NEVER, Frozen, Until
from supervision.language.codes import new_public_id
from supervision.legaltext.outline import Outline

#: A reading takes the place of another as the next edition, never under the same number.
_NEXT = Until(NEVER, may="{new}.edition > {row}.edition")
#: A later version that nobody has read or said anything of may be taken back.
_UNREAD = (
    "{row}.number > 1 "
    "AND NOT EXISTS (SELECT 1 FROM drafts_drafttext AS text WHERE text.version_id = {row}.id) "
    "AND NOT EXISTS (SELECT 1 FROM drafts_remark AS remark WHERE remark.version_id = {row}.id) "
    "AND NOT EXISTS (SELECT 1 FROM drafts_call AS call WHERE call.version_id = {row}.id)"
)


class Draft(models.Model):
    """A text that an agency prepares (dự thảo văn bản), to be issued by itself or by another body."""

    frozen = Frozen(free=("submission_on",))

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

    frozen = Frozen(may_go=_UNREAD, files=("files",))

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    received_on = models.DateField()
    number_text = models.CharField(max_length=80, blank=True)  # of the letter, or of the issued text
    is_issued = models.BooleanField(default=False)  # the text as it became law; nothing comes after it
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    files = models.ManyToManyField("files.Attachment", related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="draft_version_once")]


class DraftText(models.Model):
    """The provisions that were read in one version; remarks are tied to them by the ids they have here.

    `body` is `outline.Outline.to_data()`: what those asked read. `edition` grows with each mending, so that
    nobody mends what another has just changed. `accepted` are keys of doubts that a person found unfounded.
    `compared` is the edition that was last set beside the version before, 0 for none; `tries` counts the
    comparisons of this edition that failed.
    """

    frozen = Frozen(
        free=("accepted", "compared", "tries"),
        allowed=dict.fromkeys(("edition", "body", "source", "by", "at"), _NEXT),
        at_once=5,
    )

    version = models.OneToOneField(DraftVersion, models.PROTECT, related_name="text")
    source = models.ForeignKey(
        "files.Attachment", models.PROTECT, null=True, related_name="+"
    )  # null: pasted
    body = models.JSONField()
    accepted = models.JSONField(default=list)
    edition = models.PositiveIntegerField(default=1)
    compared = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    @property
    def outline(self) -> Outline:
        found = Outline.from_data(self.body)
        found.accepted = list(self.accepted)
        return found
