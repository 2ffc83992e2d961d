from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.language.codes import new_public_id


class Publication(models.Model):
    """The frozen public copy of a document and its facts. Nothing here changes after the insert.

    `html` is the text as published; `sections` its outline; `facts` what the page's panel
    prints (labels are made by the page). The PDF is fixed by `pdf_sha256`. Append-only by
    triggers on both databases; what happens later is a row of `Entry` or `FollowUp`.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=40)  # document kind code
    form = models.CharField(max_length=40)  # form slug, for the facet
    year = models.PositiveSmallIntegerField()
    organization_code = models.CharField(max_length=40)
    organization_name = models.CharField(max_length=200)
    level = models.CharField(max_length=10)
    province_code = models.CharField(max_length=8, blank=True)
    province_name = models.CharField(max_length=120, blank=True)
    field = models.CharField(max_length=40)  # subject field: "land", "health"...
    number_text = models.CharField(max_length=80)  # "412/MTTQ-BTT"
    number_slug = models.CharField(max_length=80)  # "412-mttq-btt"
    number_key = models.CharField(max_length=80, db_index=True)  # folded, without separators
    title = models.CharField(max_length=400)
    lead = models.TextField()
    html = models.TextField()
    plain_text = models.TextField()
    facts = models.JSONField()
    signer_label = models.CharField(max_length=300)
    issued_on = models.DateField()
    published_at = models.DateTimeField(db_index=True)
    published_by_label = models.CharField(max_length=300)
    code = models.CharField(max_length=26, unique=True)
    pdf_sha256 = models.CharField(max_length=64, db_index=True)
    pdf_size = models.PositiveIntegerField()
    pdf_pages = models.PositiveSmallIntegerField()
    pdf_name = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "organization_code", "number_slug"], name="publication_address_once"
            )
        ]
        indexes = [
            models.Index(fields=["organization_code", "year"]),
            models.Index(fields=["province_code"]),
            models.Index(fields=["field"]),
        ]


class Entry(models.Model):
    """One line of the record of publishing: published, corrected, withdrawn, updated. Append-only."""

    class What(models.TextChoices):
        PUBLISH = "publish", _("công bố")
        CORRECT = "correct", _("đính chính")
        WITHDRAW = "withdraw", _("thu hồi")
        UPDATE = "update", _("cập nhật trả lời và đánh giá")

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="entries")
    what = models.CharField(max_length=10, choices=What)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    replaced_by = models.ForeignKey(Publication, models.PROTECT, null=True, related_name="replaces")
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["publication", "what"])]


class FollowUp(models.Model):
    """What has become of one recommendation of a publication, as it stood at one moment. Append-only.

    The page shows the newest row for each recommendation number. Due dates are stored, so
    that "quá hạn" is said when the page is read, whoever is asleep.
    """

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="follow_ups")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    state = models.CharField(max_length=30)
    addressee_code = models.CharField(max_length=40, db_index=True)
    addressee_name = models.CharField(max_length=200)
    text = models.TextField()
    due_on = models.DateField(null=True)  # the clock that runs now
    first_due_on = models.DateField(null=True)
    data = models.JSONField(default=dict)  # agency voice, Front voice, derivation, files

    class Meta:
        indexes = [models.Index(fields=["publication", "number", "-id"])]


class SearchRow(models.Model):
    """Folded text and current facets of a publication; rebuilt at will, shown to nobody."""

    publication = models.OneToOneField(Publication, models.CASCADE, related_name="search_row")
    folded = models.TextField()  # language.folding.fold of title, number, body
    exact = models.TextField()  # NFC, lower case, marks kept: ranks exact matches first
    addressee_codes = models.TextField(blank=True)  # " mttq-24 so-nnmt-24 "
    earliest_due_on = models.DateField(null=True, db_index=True)  # of open follow-ups
    is_withdrawn = models.BooleanField(default=False, db_index=True)
    is_corrected = models.BooleanField(default=False)
    open_count = models.PositiveSmallIntegerField(default=0)
    verified_count = models.PositiveSmallIntegerField(default=0)
    total_count = models.PositiveSmallIntegerField(default=0)
