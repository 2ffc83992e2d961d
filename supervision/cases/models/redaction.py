from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import ALWAYS, NEVER, Frozen
from supervision.casefiles.models import Case


class Redaction(models.Model):
    """A passage that the public never reads in anything that is published of a case, and why.

    The passage itself stands here alone: no event, notice or log repeats it.
    """

    frozen = Frozen(hashed_when=NEVER, may_go=ALWAYS)

    class Reason(models.TextChoices):
        PERSONAL = "personal", _("dữ liệu cá nhân")
        STATE_SECRET = "state_secret", _("bí mật nhà nước")
        WORK_SECRET = "work_secret", _("bí mật công tác")
        BUSINESS = "business", _("bí mật kinh doanh")

    case = models.ForeignKey(Case, models.PROTECT, related_name="redactions")
    phrase = models.CharField(max_length=300)
    reason = models.CharField(max_length=12, choices=Reason)
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "phrase"], name="redaction_once")]
