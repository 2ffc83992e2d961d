from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import Frozen, PartOf
from supervision.casefiles.models import Case


class ResultReport(models.Model):
    """A version of the delegation head's report to the chairing body (403 Art 9(1))."""

    frozen = Frozen(files=("files",), parts=("findings",))

    case = models.ForeignKey(Case, models.PROTECT, related_name="result_reports")
    version = models.PositiveSmallIntegerField()
    strengths = models.TextField()
    causes = models.TextField()
    proposals = models.TextField()
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    files = models.ManyToManyField("files.Attachment", related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="result_version_once")]


class Finding(models.Model):
    """A conclusion of the result report about one agency, with its evidence."""

    frozen = PartOf("report")

    class Kind(models.TextChoices):
        SHORTCOMING = "shortcoming", _("hạn chế")
        GOOD_PRACTICE = "good_practice", _("cách làm hay")

    report = models.ForeignKey(ResultReport, models.PROTECT, related_name="findings")
    number = models.PositiveSmallIntegerField()
    about = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14, choices=Kind)
    title = models.CharField(max_length=300)
    text = models.TextField()
    evidence = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="finding_number_once")]


class Examination(models.Model):
    """How the chairing body examined the result report, with a conference when needed (403 Art 9(2))."""

    frozen = Frozen()

    case = models.ForeignKey(Case, models.PROTECT, related_name="examinations")
    conference_on = models.DateField(null=True)
    notes = models.TextField()
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()
