from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import Frozen
from supervision.language.codes import new_public_id


class SigningAuthorization(models.Model):
    """Leave to sign for the head of an organization: by order (TL.) or by sub-authorization (TUQ.).

    Limited in days and in kinds of paper (`kinds` is "|plan|letter|"); cases may narrow it further
    (`cases.AuthorizedCase`). TL. rests in the working rules and may be passed to the grantee's
    deputy, who then signs KT.; TUQ. rests in a paper of its own and goes no further (Decree 30 Art 13).
    A row is never changed but to be revoked, and never deleted.
    """

    frozen = Frozen(once=("revoked_at", "revoked_by", "revoke_reason"), also=("file__blob__sha256",))

    class Form(models.TextChoices):
        BY_ORDER = "TL", _("thừa lệnh (TL.)")
        SUB_AUTHORIZED = "TUQ", _("thừa ủy quyền (TUQ.)")

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    key = models.CharField(max_length=64, unique=True, null=True)  # of the form that granted it: never twice
    content = models.CharField(max_length=64, blank=True)  # the mark of what was sent under the key
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    form = models.CharField(max_length=3, choices=Form)
    grantor = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    grantee = models.ForeignKey(
        "organizations.Mandate", models.PROTECT, related_name="signing_authorizations"
    )
    passed_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="passed_on")
    kinds = models.CharField(max_length=800)
    working_rules = models.CharField(max_length=200, blank=True)  # "Điều 12 Quy chế làm việc số 03-QC/…"
    decision_number = models.CharField(max_length=80, blank=True)
    decision_on = models.DateField(null=True)
    file = models.ForeignKey("files.Attachment", models.PROTECT, null=True, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()  # last day, inclusive
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="+")
    revoke_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="authorization_days_in_order",
                violation_error_message=_("Ngày kết thúc phải từ ngày bắt đầu trở đi."),
            ),
            models.CheckConstraint(
                condition=~Q(grantee=F("grantor")),
                name="authorization_to_another",
                violation_error_message=_("Không ai tự giao quyền ký cho mình."),
            ),
            models.CheckConstraint(condition=~Q(kinds=""), name="authorization_names_kinds"),
            models.CheckConstraint(
                condition=Q(form="TL", working_rules__gt="")
                | Q(form="TUQ")
                & (Q(decision_number__gt="", decision_on__isnull=False) | Q(file__isnull=False)),
                name="authorization_rests_on_paper",
                violation_error_message=_("TL. phải có trong quy chế làm việc; TUQ. phải bằng văn bản."),
            ),
            models.CheckConstraint(
                condition=Q(passed_from__isnull=True) | Q(form="TL"),
                name="authorization_tuq_goes_no_further",
                violation_error_message=_("Người được ký thừa ủy quyền không được ủy quyền lại."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="authorization_revoked_by_someone",
            ),
        ]
        indexes = [
            models.Index(fields=["grantee", "until_on"]),
            models.Index(fields=["organization", "-granted_at"]),
        ]

    @property
    def kind_codes(self) -> list[str]:
        """The kinds of paper it covers, by code."""
        return [code for code in self.kinds.split("|") if code]
