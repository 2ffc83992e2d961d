from __future__ import annotations

from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import Frozen, Until
from supervision.casefiles.models import Case
from supervision.cases.models.recommendation import Recommendation
from supervision.language.codes import new_public_id


class Opinion(models.Model):
    """One opinion of a collection, as everyone of the chairing body may know it.

    Who wrote it and what was written stand apart in `OpinionSource`. A complaint or a denunciation
    has a `Routing` and nothing else: it is never worded for the public and is in no point.
    """

    frozen = Frozen(
        free=("point",),
        allowed=dict.fromkeys(
            (
                "about", "kind", "note", "field", "sorted_by", "sorted_at",
                "public_text", "cleared_by", "cleared_at",
            ),
            Until(
                "{row}.kind IN ('complaint', 'denunciation') OR EXISTS (SELECT 1 FROM casefiles_record "
                "AS done WHERE done.case_id = {row}.case_id AND done.step = 'clear')"
            ),
        ),
    )  # fmt: skip

    class Kind(models.TextChoices):
        UNSORTED = "unsorted", _("chưa phân loại")
        OPINION = "opinion", _("ý kiến góp ý")
        REFLECTION = "reflection", _("phản ánh")
        COMPLAINT = "complaint", _("khiếu nại")
        DENUNCIATION = "denunciation", _("tố cáo")
        OUT_OF_SCOPE = "out_of_scope", _("ngoài phạm vi góp ý")

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="opinions")
    number = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=64, unique=True)  # of the page that recorded it: sent twice, kept once
    content = models.CharField(max_length=64, blank=True)  # the mark of what was sent under the key
    channel = models.CharField(max_length=12)
    received_on = models.DateField()
    sphere = models.CharField(max_length=12)
    about = models.ForeignKey("organizations.Organization", models.PROTECT, null=True, related_name="+")
    author_kind = models.CharField(max_length=12)
    received_by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.UNSORTED)
    note = models.TextField(blank=True)  # why it was sorted so
    field = models.CharField(max_length=40, blank=True)  # a key of `law.fields.FIELDS`, said when sorted
    sorted_by = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="+")
    sorted_at = models.DateTimeField(null=True)
    public_text = models.TextField(blank=True)
    cleared_by = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="+")
    cleared_at = models.DateTimeField(null=True)
    point = models.ForeignKey(Recommendation, models.SET_NULL, null=True, related_name="opinions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="opinion_number_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["opinion", "reflection"])
                | models.Q(public_text="", cleared_at__isnull=True, point__isnull=True),
                name="only_opinions_are_worded_and_compiled",
                violation_error_message=_("Khiếu nại, tố cáo không được biên tập, tổng hợp, công khai."),
            ),
            models.CheckConstraint(
                condition=models.Q(public_text="") | models.Q(cleared_at__isnull=False),
                name="public_wording_was_checked",
                violation_error_message=_("Bản công khai phải có người kiểm tra."),
            ),
        ]
        indexes = [models.Index(fields=["case", "kind"])]

    def __str__(self) -> str:
        return f"{self.case.code}/YK-{self.number:03d}"

    @property
    def name(self) -> str:
        """The opinion as a list offers it: its number and the first words of its public wording."""
        return f"{self.number}. {Truncator(self.public_text).chars(90)}"

    @property
    def is_routed(self) -> bool:
        """Whether it has left for a procedure of its own."""
        return self.kind in (self.Kind.COMPLAINT, self.Kind.DENUNCIATION)


class OpinionSource(models.Model):
    """Who gave an opinion and the words in which it came: read by right only, never printed or compiled."""

    frozen = Frozen(files=("files",))

    opinion = models.OneToOneField(Opinion, models.PROTECT, related_name="source")
    text = models.TextField()
    name = models.CharField(max_length=300, blank=True)
    contact = models.CharField(max_length=300, blank=True)
    files = models.ManyToManyField("files.Attachment", related_name="+")  # the letter as a scan, pictures

    def __str__(self) -> str:
        return str(self.opinion)


class Routing(models.Model):
    """The slip with which a complaint or a denunciation left the collection for the competent body."""

    frozen = Frozen()

    opinion = models.OneToOneField(Opinion, models.PROTECT, related_name="routing")
    number = models.PositiveSmallIntegerField()
    to_label = models.CharField(max_length=300)
    sent_on = models.DateField()
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-sent_on", "-id"])]
