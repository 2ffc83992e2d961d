from __future__ import annotations

from django.db import models

from supervision.audit.frozen import Frozen
from supervision.casefiles.models import Case


class PeopleDialogue(models.Model):
    """The yearly dialogue of a commune's authority with the people (Law 10/2022 Art 32) and its clock."""

    frozen = Frozen(when="{row}.held_on IS NOT NULL", free=("deadline",))

    case = models.OneToOneField(Case, models.PROTECT, related_name="people_dialogue")
    deadline = models.ForeignKey("deadlines.Deadline", models.PROTECT, related_name="+")
    held_on = models.DateField(null=True)
