from __future__ import annotations

from django.db import models
from django.db.models import Q

from supervision.audit.frozen import Frozen


class SigningCertificate(models.Model):
    """A certificate that a person, in whatever mandate, or a body signs with.

    Known from the keys that the worker signed with, or entered for people who sign on machines of their own.
    """

    frozen = Frozen()

    person = models.ForeignKey("organizations.User", models.PROTECT, null=True, related_name="+")
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, related_name="+"
    )
    sha256 = models.CharField(max_length=64, unique=True)
    subject = models.CharField(max_length=300)
    not_before = models.DateTimeField()
    not_after = models.DateTimeField()
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, organization__isnull=False)
                | Q(person__isnull=False, organization=None),
                name="certificate_has_one_holder",
            )
        ]
        indexes = [models.Index(fields=["not_after"])]
