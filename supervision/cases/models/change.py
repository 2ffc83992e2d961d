from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import Frozen
from supervision.casefiles.models import Case
from supervision.language.codes import new_public_id
from supervision.law.text import T


class ChangeRequest(models.Model):
    """A request to correct or to withdraw what is published of a case, and what was decided on it.

    `reason` and `changes` ([{place, was, now}], of a correction) are what the public will read;
    `replaced_by` is the published paper that stands in the place of a withdrawn one. Whoever asked
    never confirms: another person signs the paper that carries it out. One whose paper could not be signed
    and was taken back is `returned`: it is asked for anew, and the next paper takes over the number.
    """

    frozen = Frozen(
        once=("decision_reason", "decided_by", "decided_at", "entry"),
        moves={"state": {"asked": ("confirmed", "refused", "taken_back", "returned")}},
        files=("files",),
    )

    class Kind(models.TextChoices):
        CORRECT = "correct", _("đính chính")
        WITHDRAW = "withdraw", _("thu hồi")

    class State(models.TextChoices):
        ASKED = "asked", _("chờ người ký")
        CONFIRMED = "confirmed", _("đã ký, đã công bố")
        REFUSED = "refused", _("không đồng ý")
        TAKEN_BACK = "taken_back", _("người đề nghị đã rút")
        RETURNED = "returned", _("chưa ký được, đưa về soạn lại")

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    key = models.CharField(max_length=64, unique=True)  # of the page's form: sent twice, asked once
    content = models.CharField(max_length=64, blank=True)  # the mark of what was sent under the key
    case = models.ForeignKey(Case, models.PROTECT, related_name="change_requests")
    publication = models.ForeignKey("publication.Publication", models.PROTECT, related_name="change_requests")
    kind = models.CharField(max_length=8, choices=Kind)
    reason = models.TextField()
    changes = models.JSONField(default=list)
    replaced_by = models.ForeignKey("publication.Publication", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    decision_reason = models.TextField(blank=True)
    decided_by = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    entry = models.OneToOneField("publication.Entry", models.PROTECT, null=True, related_name="+")
    files = models.ManyToManyField("files.Attachment", related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication"],
                condition=models.Q(state="asked"),
                name="one_open_change_of_a_publication",
                violation_error_message=_("Đang có một đề nghị về văn bản này chờ người ký."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="correct", replaced_by=None) & ~models.Q(changes=[])
                | models.Q(kind="withdraw", changes=[]),
                name="change_says_what_it_changes",
                violation_error_message=_("Đính chính phải nêu chỗ sai; thu hồi thì không."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="asked", decided_by=None, decided_at=None, entry=None)
                | models.Q(state="confirmed", decided_at__isnull=False, entry__isnull=False)
                & ~models.Q(decided_by=models.F("by"))
                | models.Q(state="refused", decided_at__isnull=False, entry=None)
                & ~models.Q(decided_by=models.F("by"))
                & ~models.Q(decision_reason="")
                | models.Q(
                    state="taken_back", decided_by=models.F("by"), decided_at__isnull=False, entry=None
                )
                | models.Q(state="returned", decided_at__isnull=False, entry=None)
                & ~models.Q(decision_reason=""),
                name="change_decided_by_another",
                violation_error_message=_("Người đề nghị không tự quyết định đề nghị của mình."),
            ),
        ]
        indexes = [models.Index(fields=["case", "-id"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.publication}"

    @property
    def called(self) -> T:
        """What titles call it: "đính chính Kết luận 07/KL-MTTQ-BTT"."""
        words = {"correct": T("đính chính", "correction of"), "withdraw": T("thu hồi", "withdrawal of")}
        word, paper = words[self.kind], self.publication
        return T(
            f"{word.vi} {paper.kind_name_vi.lower()} {paper.number_text}",
            f"{word.en} {paper.kind_name_en} {paper.number_text}",
        )
