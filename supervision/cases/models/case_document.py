from __future__ import annotations

from django.db import models

from supervision.audit.frozen import Frozen
from supervision.casefiles.models import Case


class CaseDocument(models.Model):
    """A paper of the case, and about which inquiry, recommendation or change of a publication it is."""

    frozen = Frozen(once=("is_sent",))

    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    document = models.OneToOneField("documents.Document", models.PROTECT, related_name="case_link")
    inquiry = models.ForeignKey("cases.Inquiry", models.PROTECT, null=True, related_name="papers")
    recommendation = models.ForeignKey(
        "cases.Recommendation", models.PROTECT, null=True, related_name="papers"
    )
    change = models.ForeignKey("cases.ChangeRequest", models.PROTECT, null=True, related_name="papers")
    is_sent = models.BooleanField(default=False)  # agencies see a paper addressed to them once sent
    addressees = models.ManyToManyField("organizations.Organization", related_name="received_papers")
