from __future__ import annotations

from django.db import models

from supervision.audit.frozen import Frozen, PartOf
from supervision.casefiles.models import Case


class Delegation(models.Model):
    """The group that carries out a supervision; head and secretary act in the flow by name."""

    frozen = Frozen(when="{row}.decided_at IS NOT NULL", parts=("members",))

    case = models.OneToOneField(Case, models.PROTECT, related_name="delegation")
    head = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    secretary = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    articles = models.TextField()
    decided_at = models.DateTimeField(null=True)  # set when the decision is signed


class DelegationMember(models.Model):
    """A member of the delegation, from any organization, with the task assigned."""

    frozen = PartOf("delegation")

    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="members")
    mandate = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    task = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delegation", "mandate"], name="delegation_member_once")
        ]
