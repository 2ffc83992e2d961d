from __future__ import annotations

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import NEVER, Frozen
from supervision.drafts.models.draft import Draft, DraftVersion
from supervision.language.codes import new_public_id
from supervision.language.folding import fold

#: `Remark.place` of what is said of the whole draft, of a provision that was dropped since, and of what
#: names a provision that was not found.
WHOLE, DROPPED, NOT_FOUND = 0, 2**31 - 2, 2**31 - 1


class RemarkGroup(models.Model):
    """Remarks that ask for the same or belong together: proposed by their words, confirmed by a person.

    One answer may serve all of a confirmed group. A proposal that was refused is kept, so that it is not
    made again.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("đề xuất")
        CONFIRMED = "confirmed", _("đã xác nhận")
        REFUSED = "refused", _("không phải một nhóm")

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="groups")
    state = models.CharField(max_length=9, choices=State, default=State.PROPOSED)
    is_near_equal = models.BooleanField(default=False)
    members = models.JSONField(default=list)  # primary keys of the remarks, as they were proposed
    shared = models.JSONField(default=list)  # the words that speak for it
    apart = models.JSONField(default=list)  # remarks like these that want something else: `grouping.Apart`
    differing = models.JSONField(default=list)  # where its members differ in a few words: `grouping.Variant`
    score = models.FloatField(default=0)
    decided_by = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["draft", "state"])]


class Remark(models.Model):
    """An opinion on one provision of a draft, or on all of it; every remark gets an answer."""

    frozen = Frozen(
        when="EXISTS (SELECT 1 FROM drafts_answer AS said JOIN drafts_answerround AS whole "
        "ON whole.id = said.round_id WHERE said.remark_id = {row}.id AND whole.submitted_at IS NOT NULL)",
        hashed_when=NEVER,  # it is hashed with each answer
        free=("provision", "node", "place", "group", "verdict", "search_text"),
    )

    class Author(models.TextChoices):
        FRONT = "front", _("Mặt trận Tổ quốc")
        UNION = "union", _("tổ chức chính trị - xã hội")
        MEMBER = "member", _("tổ chức thành viên khác")
        EXPERT = "expert", _("chuyên gia, nhà khoa học")
        PEOPLE = "people", _("người dân, đối tượng chịu tác động")
        AGENCY = "agency", _("cơ quan, đơn vị")

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="remarks")
    version = models.ForeignKey(DraftVersion, models.PROTECT, related_name="remarks")
    number = models.PositiveIntegerField()
    provision = models.CharField(max_length=120, blank=True)  # "khoản 2 Điều 5"; empty for the whole draft
    node = models.CharField(max_length=80, blank=True)  # its id in the text of the version; empty: not tied
    text = models.TextField()
    wording = models.TextField(blank=True)  # what it should say instead
    reason = models.TextField(blank=True)
    author = models.CharField(max_length=8, choices=Author)
    author_name = models.CharField(max_length=200, blank=True)  # organizations or a group, no citizen
    others = models.PositiveIntegerField(default=0)  # contributions that say it too, beside those named
    # a confirmed one
    group = models.ForeignKey(RemarkGroup, models.SET_NULL, null=True, related_name="remarks")
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    #: The order of the table: the whole draft, then the provisions as they follow in the newest version that
    #: was read, from 1 on.
    place = models.PositiveIntegerField(default=WHOLE)
    verdict = models.CharField(max_length=12, blank=True)  # of the answer that stands; empty while it is open
    search_text = models.TextField(blank=True)  # folded: see `folded`

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="remark_number_once")]
        indexes = [
            models.Index(fields=["draft", "node"]),
            models.Index(fields=["draft", "place", "number"], name="remark_in_table"),
            models.Index(fields=["draft", "verdict", "place", "number"], name="remark_by_verdict"),
            models.Index(fields=["draft", "author", "place", "number"], name="remark_by_author"),
        ]

    @property
    def code(self) -> str:
        """How people refer to it: "YK-05"."""
        return f"YK-{self.number:02d}"

    @property
    def whose(self) -> str:
        """Whose it is, in Vietnamese as the table of a paper has it, and how many others said it too."""
        return f"{self._named} và {self.others} góp ý giống vậy" if self.others else self._named

    @property
    def _named(self) -> str:
        """Bodies by name, people by their kind."""
        with translation.override("vi"):
            return self.author_name or str(self.get_author_display())

    @property
    def folded(self) -> str:
        """What a search for words looks through: its code, provision, words and author without marks."""
        said = (self.code, self.provision, self.text, self.wording, self.reason, self._named)
        return fold(" ".join(said))
