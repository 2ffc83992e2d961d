from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import Frozen
from supervision.casefiles.models import Case
from supervision.language.codes import new_public_id


class Sheet(models.Model):
    """A filled-in assessment grid (phiếu đánh giá): one person's scores of one matter at one agency.

    Filled in again it is a new row; the newest of each person counts.
    """

    frozen = Frozen(free=("is_newest",))

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="sheets")
    grid = models.CharField(max_length=40)  # a slug of `law.grids`
    matter = models.CharField(max_length=300)  # a procedure, a subject, a post: never a person's name
    about = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    scores = models.JSONField()  # {question code: "0" | "1" | "2" | "na"}
    evidence = models.TextField()
    proposal = models.CharField(max_length=10, blank=True)
    is_newest = models.BooleanField(default=True)
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "grid", "matter", "about", "by"],
                condition=models.Q(is_newest=True),
                name="one_newest_sheet",
                violation_error_message=_("Phiếu này vừa được ghi ở nơi khác."),
            )
        ]
        indexes = [models.Index(fields=["case", "grid", "is_newest"])]
