from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import NEVER, Frozen, Until
from supervision.language.codes import new_public_id

_PUBLISHED = "EXISTS (SELECT 1 FROM publication_publication AS public WHERE public.code = {code})"
#: A paper stays what was confirmed while it is being signed or stuck, but for the step that leads out.
_MAY = "{row}.state NOT IN ('signing', 'stuck') OR ({row}.state = 'stuck' AND {new}.state <> 'stuck')"


class NumberRegister(models.Model):
    """The last number given in one series of one organization in one year (Decree 30 Art 15)."""

    frozen = Frozen(hashed_when=NEVER, allowed={"last": Until(NEVER, may="{new}.last > {row}.last")})

    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    series = models.CharField(max_length=60)  # "KH-MTTQ-BTT", "ĐGS-12:BB-ĐGS"
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "series", "year"], name="register_once")
        ]


class Document(models.Model):
    """An outgoing official paper: kind, frozen context, number, renditions, signatures.

    `context` is what the template prints, frozen when a signature is asked for. Number and
    code are allotted in that same transaction and never reused. A paper that could not be signed and
    was returned keeps its number for the version that `continues` it; one that is given up with its
    number says why (`unused_reason`).
    """

    frozen = Frozen(
        hashed_when="{row}.requested_at IS NOT NULL",
        free=("attempts", "trouble", "edition_trouble", "is_handed_out"),
        once=("signed_at", "continues"),
        moves={
            "state": {
                "prepared": ("signing", "returned", "abandoned"),
                "signing": ("signed", "stuck"),
                "stuck": ("prepared", "returned", "signing", "signed", "abandoned"),
                "returned": ("abandoned",),
            }
        },
        allowed={
            **dict.fromkeys(
                (
                    "subject", "context", "issued_on", "drafted_by", "drafted_for",
                    "signer", "capacity", "authorization", "requested_at",
                    "year", "number", "number_text", "code", "verify_address", "unused_reason",
                ),
                Until("{row}.signed_at IS NOT NULL", may=_MAY),
            ),
            "public_context": Until(_PUBLISHED.replace("{code}", "{row}.code")),
        },
    )  # fmt: skip

    class State(models.TextChoices):
        PREPARED = "prepared", _("đã soạn")
        SIGNING = "signing", _("đang ký")
        SIGNED = "signed", _("đã ký")
        STUCK = "stuck", _("ký chưa xong")
        RETURNED = "returned", _("trả lại để sửa, giữ số")
        ABANDONED = "abandoned", _("đã hủy, số không dùng lại")

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=40)  # checked against `documents.kinds`
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="documents")
    subject = models.CharField(max_length=400)
    context = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.PREPARED)
    series = models.CharField(max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    number_text = models.CharField(max_length=80, blank=True)  # "45/KH-MTTQ-BTT"
    code = models.CharField(max_length=26, unique=True, null=True)  # behind the QR: /v/<code>/
    verify_address = models.CharField(max_length=200, blank=True)  # frozen from PUBLIC_URL
    issued_on = models.DateField(null=True)
    drafted_by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    drafted_for = models.ForeignKey(  # the absent colleague in whose place it was drafted
        "organizations.Mandate", models.PROTECT, null=True, related_name="+"
    )
    signer = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="+")
    capacity = models.CharField(max_length=6, blank=True)  # how it was signed: `letterhead.Capacity`
    authorization = models.ForeignKey(
        "documents.SigningAuthorization", models.PROTECT, null=True, related_name="papers"
    )
    requested_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    public_context = models.JSONField(null=True)  # what the public reads where something is hidden
    edition_trouble = models.CharField(max_length=300, blank=True)  # why the public edition is not printed
    is_handed_out = models.BooleanField(default=False)  # printed to be signed on the signer's own machine
    trouble = models.CharField(max_length=300, blank=True)  # why it is stuck, for people
    continues = models.OneToOneField("self", models.PROTECT, null=True, related_name="continued_by")
    unused_reason = models.CharField(max_length=300, blank=True)  # why its number was given up

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "series", "year", "number"],
                condition=models.Q(number__isnull=False),
                name="document_number_once",
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__in=("TL", "TL_KT", "TUQ"), authorization__isnull=False)
                | ~models.Q(capacity__in=("TL", "TL_KT", "TUQ")) & models.Q(authorization__isnull=True),
                name="document_by_order_is_authorized",
            ),
            models.CheckConstraint(
                condition=models.Q(signer__isnull=True) | ~models.Q(signer=models.F("drafted_by")),
                name="document_signed_by_another_mandate",
                violation_error_message=_("Người soạn không được tự ký văn bản của mình."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="abandoned")
                | models.Q(number__isnull=True)
                | ~models.Q(unused_reason=""),
                name="document_number_unused_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["state", "requested_at"])]

    def __str__(self) -> str:
        return f"{self.number_text or self.kind} {self.subject}"


class Rendition(models.Model):
    """One PDF of a document, fixed by hash: the unsigned print, the signed original, the public edition."""

    frozen = Frozen(
        hashed_when="NOT {row}.is_public",
        may_go="{row}.is_public AND NOT "
        + _PUBLISHED.replace(
            "{code}", "(SELECT p.code FROM documents_document AS p WHERE p.id = {row}.document_id)"
        ),
        also=("blob__sha256",),
    )

    document = models.ForeignKey(Document, models.PROTECT, related_name="renditions")
    blob = models.ForeignKey("files.Blob", models.PROTECT, related_name="+")
    is_signed = models.BooleanField()
    is_public = models.BooleanField(default=False)
    certificate_sha256 = models.CharField(max_length=64, blank=True)  # what a public edition is sealed with
    pages = models.PositiveSmallIntegerField()
    stamp_until = models.DateTimeField(null=True)  # when its newest archive stamp can no longer be checked
    renews = models.OneToOneField("self", models.PROTECT, null=True, related_name="renewed")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=models.Q(is_signed=True), name="one_signed_rendition"
            ),
            models.UniqueConstraint(
                fields=["document"], condition=models.Q(is_public=True), name="one_public_edition"
            ),
        ]
        indexes = [
            models.Index(fields=["stamp_until"]),
        ]


class Signature(models.Model):
    """Who signed a document, in which mandate, with which certificate.

    `organization` is set where the signature is the body's own, its seal, put by the act of `mandate`.
    """

    frozen = Frozen()

    document = models.ForeignKey(Document, models.PROTECT, related_name="signatures")
    mandate = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, related_name="+"
    )
    certificate_sha256 = models.CharField(max_length=64)
    certificate_subject = models.CharField(max_length=300)
    at = models.DateTimeField()
