from __future__ import annotations

from django.db import models

from supervision.audit.frozen import Frozen, PartOf
from supervision.cases.models.case import Case


class DelegationPlan(models.Model):
    """The plan of the delegation with the six parts of Joint Resolution 403 Art 6; each version stays."""

    frozen = Frozen()

    case = models.ForeignKey(Case, models.PROTECT, related_name="delegation_plans")
    version = models.PositiveSmallIntegerField()
    purpose = models.TextField()
    requirements = models.TextField()
    objects_text = models.TextField()
    content = models.TextField()
    scope = models.TextField()
    composition = models.TextField()
    time_place = models.TextField()
    assignment = models.TextField()
    conditions = models.TextField()
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="plan_version_once")]


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
