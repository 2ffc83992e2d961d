from __future__ import annotations

from django.db import models

from supervision.audit.frozen import Frozen
from supervision.casefiles.models import Case


class AuthorizedCase(models.Model):
    """A case to whose papers a signing authorization is narrowed; one without any holds for all cases."""

    frozen = Frozen()

    authorization = models.ForeignKey(
        "documents.SigningAuthorization", models.PROTECT, related_name="case_links"
    )
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authorization", "case"], name="authorized_case_once")]
