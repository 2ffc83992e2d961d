from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import Frozen, Until
from supervision.casefiles.models import Case
from supervision.cases.models.annual_plan import PlanItem


class PlannedCase(models.Model):
    """Which item of a plan a case carries out, from its opening on; an item has one case that goes on."""

    frozen = Frozen(
        allowed={
            "is_called_off": Until(
                "{row}.is_called_off",
                may="EXISTS (SELECT 1 FROM casefiles_case AS whole "
                "WHERE whole.id = {row}.case_id AND whole.state = 'cancelled')",
            )
        }
    )

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="planned")
    item = models.ForeignKey(PlanItem, models.PROTECT, related_name="+")
    is_called_off = models.BooleanField(default=False)  # its case was: the item waits for another

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=models.Q(is_called_off=False),
                name="one_case_an_item",
                violation_error_message=_("Đã có hồ sơ mở từ mục này."),
            )
        ]
