from __future__ import annotations

from django.db import models

from supervision.casefiles.models import Case


class StudiedText(models.Model):
    """The text that a case is about: an issued document under study, or a draft under criticism."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="studied_text")
    title = models.CharField(max_length=300)
    number_text = models.CharField(max_length=80, blank=True)
    owner = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    issued_on = models.DateField(null=True)
    provisions = models.TextField(blank=True)  # which of them are looked at
    chosen_by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()
    files = models.ManyToManyField("files.Attachment", related_name="+")

    def __str__(self) -> str:
        return f"{self.title} ({self.number_text})" if self.number_text else self.title
