from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import NEVER, AppendOnly
from supervision.language.codes import new_public_id
from supervision.law.text import T
from supervision.publication.listed import FacetCount as FacetCount
from supervision.publication.listed import SearchRow as SearchRow
from supervision.publication.listed import Standing as Standing
from supervision.publication.log.models import Leaf as Leaf
from supervision.publication.log.models import Log as Log
from supervision.publication.log.models import SignedCheckpoint as SignedCheckpoint
from supervision.publication.log.models import Tile as Tile


class Publication(models.Model):
    """The frozen public copy of a document and its facts. Nothing here changes after the insert.

    `html` is the text as published, `plain_text` the same without markup; `facts` holds what
    the panel prints besides the columns: `basis` (list of T pairs), `case_code`, `issuer`.
    The PDF is fixed by `pdf_sha256`. Append-only by triggers on both databases; what happens
    later is a row of `Entry` or `FollowUp`.
    """

    frozen = AppendOnly()

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=40)  # document kind code
    kind_name_vi = models.CharField(max_length=120)
    kind_name_en = models.CharField(max_length=120)
    form = models.CharField(max_length=40)  # form slug, for the facet
    form_name_vi = models.CharField(max_length=120)
    form_name_en = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()
    organization_code = models.CharField(max_length=40)
    organization_name = models.CharField(max_length=200)
    level = models.CharField(max_length=10)
    province_code = models.CharField(max_length=8, blank=True)
    province_name = models.CharField(max_length=120, blank=True)
    field = models.CharField(max_length=40)  # key of `vocabulary.FIELDS`
    number_text = models.CharField(max_length=80)  # "412/MTTQ-BTT"
    number_slug = models.CharField(max_length=80)  # "412-mttq-btt"
    number_key = models.CharField(max_length=80, db_index=True)  # folded, without separators
    title = models.CharField(max_length=400)
    lead = models.TextField()
    html = models.TextField()
    plain_text = models.TextField()
    facts = models.JSONField(default=dict)
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
        indexes = [models.Index(fields=["pdf_size"], name="publication_pdf_size")]  # a file is verified by it

    def __str__(self) -> str:
        return f"{self.kind_name_vi} {self.number_text}"

    @property
    def kind_name(self) -> T:
        return T(vi=self.kind_name_vi, en=self.kind_name_en)

    @property
    def form_name(self) -> T:
        return T(vi=self.form_name_vi, en=self.form_name_en)

    @property
    def address(self) -> str:
        """The page's address, for ever; the English page has /en before it."""
        return f"/ket-luan/{self.year}/{self.organization_code}/{self.number_slug}/"

    @property
    def pdf_address(self) -> str:
        return f"{self.address}{self.pdf_name}"

    def newest_sha256(self) -> str:
        """Return the hash of the file that is given out now: the published one, or its newest renewal."""
        newest = self.renewals.order_by("-pk").first()
        return newest.pdf_sha256 if newest else self.pdf_sha256


class Entry(models.Model):
    """One line of the record of publishing: published, corrected, withdrawn, updated. Append-only.

    `data` of a correction: `number` of the paper that corrects, `changes` [{place, was, now}];
    of a withdrawal: `number` of the decision; of both `issued_on` and `code` of that paper. Of an
    update: `number` of the recommendation.
    """

    frozen = AppendOnly()

    class What(models.TextChoices):
        PUBLISH = "publish", _("công bố")
        CORRECT = "correct", _("đính chính")
        WITHDRAW = "withdraw", _("thu hồi")
        UPDATE = "update", _("cập nhật trả lời và đánh giá")

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="entries")
    what = models.CharField(max_length=10, choices=What)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)
    replaced_by = models.ForeignKey(Publication, models.PROTECT, null=True, related_name="replaces")
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["publication", "what"])]


class Renewal(models.Model):
    """The file of a publication with a further archive stamp: the same, provable for longer. Append-only.

    The file that was published first stays what it is; each renewal goes on from the one before.
    """

    frozen = AppendOnly()

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="renewals")
    pdf_sha256 = models.CharField(max_length=64, unique=True)
    pdf_size = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["pdf_size"], name="publication_renewal_size")]


class Beginning(models.Model):
    """A size at which a revision of a published file ends, and the hash up to there. Append-only.

    The last is the file itself: it says that the worker has read the file (see `beginnings`).
    """

    frozen = AppendOnly(hashed_when=NEVER)

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="beginnings")
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "sha256"], name="publication_beginning_once")
        ]


class FollowUp(models.Model):
    """What has become of one recommendation of a publication, as it stood at one moment. Append-only.

    The page shows the newest row for each recommendation number. Due dates are stored, so
    that "quá hạn" is said when the page is read, whoever is asleep. `state` is one of
    `vocabulary.State`; `data` holds `agency` and `front` (voices, never merged), `words`, those that
    no row before has told (`words.words_of`), `rows`, the derivation of the reply's date, and `clocks`,
    the other dates with theirs (see `services.follow_up`).
    """

    frozen = AppendOnly()

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="follow_ups")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    state = models.CharField(max_length=30)
    addressee_code = models.CharField(max_length=40, db_index=True)
    addressee_name = models.CharField(max_length=200)
    text = models.TextField()
    due_on = models.DateField(null=True)  # the clock that runs now; null: none runs
    first_due_on = models.DateField(null=True)  # before extensions
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["publication", "number", "-id"])]


class PublishedRemark(models.Model):
    """A remark of a published criticism and what was said to it, as it stood at one moment. Append-only.

    The newest row for each code counts (`remarks.current`); the table is read by `place`, then `number`.
    `verdict` is the drafting agency's, "" while open. `data` holds `provision`, `text`, `proposed`,
    `reason`, `whose`, `answer`, `wording`, where it was answered before `earlier` ([{verdict, answer,
    wording, on}]), and once the issued text was read `outcome`, `note`, `at`;
    authors of the people stay a group.
    """

    frozen = AppendOnly()

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="remarks")
    code = models.CharField(max_length=40)
    remark = models.CharField(max_length=26, db_index=True)  # the permanent id it has inside
    place = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    verdict = models.CharField(max_length=12, blank=True)
    data = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["publication", "code", "-id"])]


class GoodPractice(models.Model):
    """A good practice that a published conclusion commends (Front Law Art 25(2), 28(8)). Append-only."""

    frozen = AppendOnly()

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="good_practices")
    number = models.PositiveSmallIntegerField()
    about_code = models.CharField(max_length=40, db_index=True)
    about_name = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "number"], name="good_practice_number_once")
        ]


class PublishedPlan(models.Model):
    """A version of an annual plan that is public: whose, for which year, on which page. Append-only."""

    frozen = AppendOnly()

    publication = models.OneToOneField(Publication, models.PROTECT, related_name="plan")
    organization_code = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "organization_code", "version"], name="published_plan_version_once"
            )
        ]
        indexes = [models.Index(fields=["-year", "organization_code", "-version"])]

    @property
    def address(self) -> str:
        """The page on which the plan's items and what became of them are read."""
        return f"/ke-hoach/{self.year}/{self.organization_code}/"


class PlanLine(models.Model):
    """What has become of one item of a public plan, as it stood at one moment. Append-only.

    The newest row for each item number counts. `data` holds the item's words: `code`, `title`,
    `form`, `field` and `period` (T pairs), `agency`, `chair`, `reason`; `case_code` and
    `case_address` only where the case is public itself; of one that is gone nothing but its
    code. Lateness is said when the page is read.
    """

    frozen = AppendOnly()

    class State(models.TextChoices):
        NOT_BEGUN = "not_begun", _("chưa thực hiện")
        RUNNING = "running", _("đang thực hiện")
        DONE = "done", _("đã thực hiện")
        DROPPED = "dropped", _("đã bỏ khỏi kế hoạch")
        GONE = "gone", _("chỉ có ở bản đã thu hồi")

    organization_code = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State)
    ends_on = models.DateField()
    data = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["year", "organization_code", "number", "id"])]
