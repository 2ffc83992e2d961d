from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import NEVER, Frozen, Until
from supervision.drafts.models.draft import Draft, DraftVersion
from supervision.drafts.models.remark import Remark
from supervision.language.codes import new_public_id, new_receipt


class Call(models.Model):
    """A time in which what is said of a version is taken in (đợt lấy ý kiến): from those asked, or from all.

    Once it is public the text of its version may be read by anyone, also after it has ended.
    """

    frozen = Frozen(once=("closed_at",), files=("invited",))

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="calls")
    version = models.ForeignKey(DraftVersion, models.PROTECT, related_name="calls")
    chaired_by = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    is_public = models.BooleanField(default=False)
    invited = models.ManyToManyField("organizations.Organization", related_name="+")
    introduction = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    closes_on = models.DateField()  # the last day
    closed_at = models.DateTimeField(null=True)  # ended by hand before its last day was over

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft"], condition=models.Q(closed_at__isnull=True), name="one_open_call_a_draft"
            )
        ]
        indexes = [models.Index(fields=["is_public", "closes_on"])]


#: What is decided of a contribution changes only with its state.
_DECIDED = Until(NEVER, may="{row}.state <> {new}.state")


class Contribution(models.Model):
    """What one person or body sent about a provision (góp ý), with its receipt; it stays as it came.

    The chairing body takes it into the table, where equal ones are one remark, or refuses it for a
    reason that is public. Who sent it is known to the chairing body alone.
    """

    frozen = Frozen(
        # Thousands come at once, and no event names one of them before a person decides.
        hashed_when="({row}.state <> 'waiting' OR {row}.moderated_at IS NOT NULL)",
        # Its place goes along with the words of the provision when the text is read anew.
        free=("node", "provision"),
        moves={"state": {"waiting": ("taken", "refused"), "taken": ("waiting",), "refused": ("waiting",)}},
        allowed=dict.fromkeys(
            ("is_named", "remark", "refusal", "note", "moderated_by", "moderated_at"), _DECIDED
        ),
        files=("files",),
    )

    class Channel(models.TextChoices):
        PAGE = "page", _("trang công khai")
        ACCOUNT = "account", _("tài khoản của nơi được mời")
        SHEET = "sheet", _("bảng tính")
        MAIL = "mail", _("thư điện tử")

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ xem")
        TAKEN = "taken", _("đã đưa vào bảng ý kiến")
        REFUSED = "refused", _("không đưa vào bảng ý kiến")

    class Refusal(models.TextChoices):  # each goes on "không đưa vào bảng ý kiến, vì góp ý …"
        OFF_TOPIC = "off_topic", _("không nói về dự thảo này")
        PETITION = "petition", _("là khiếu nại, tố cáo hoặc phản ánh, có thủ tục riêng")
        PERSONAL = "personal", _("chứa thông tin riêng của người khác")
        OFFENSIVE = "offensive", _("xúc phạm người khác hoặc trái pháp luật")
        ADVERTISING = "advertising", _("là quảng cáo, nội dung rác")
        UNREADABLE = "unreadable", _("không đọc được, không rõ nội dung")
        CALLED_OFF = "called_off", _("là của một cuộc phản biện đã dừng")

    PERSONS = (Remark.Author.PEOPLE, Remark.Author.EXPERT)  # who are never named

    receipt = models.CharField(max_length=26, unique=True, default=new_receipt, editable=False)
    key = models.CharField(max_length=64, unique=True)  # channel:form, or intake:row: twice is once
    call = models.ForeignKey(Call, models.PROTECT, related_name="contributions")
    node = models.CharField(max_length=80, blank=True)  # of the call's version; empty: the whole draft
    provision = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    wording = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    author = models.CharField(max_length=8, choices=Remark.Author)
    author_name = models.CharField(max_length=200, blank=True)  # as it was given; never public as such
    is_named = models.BooleanField(default=False)  # the table names it: an official knows that it is a body
    files = models.ManyToManyField("files.Attachment", related_name="+")
    channel = models.CharField(max_length=8, choices=Channel)
    by = models.ForeignKey(
        "organizations.Mandate", models.PROTECT, null=True, related_name="+"
    )  # null: no account
    intake = models.ForeignKey(
        "drafts.Intake", models.PROTECT, null=True, related_name="contributions"
    )  # whose file brought it
    slip = models.CharField(max_length=120, blank=True)  # the number of its paper, or a note; never public
    at = models.DateTimeField()
    fingerprint = models.CharField(max_length=32)  # equal texts on one provision share it
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    remark = models.ForeignKey(Remark, models.PROTECT, null=True, related_name="contributions")
    refusal = models.CharField(max_length=12, choices=Refusal, blank=True)
    note = models.CharField(max_length=500, blank=True)  # public, beside the reason
    moderated_by = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="+")
    moderated_at = models.DateTimeField(null=True)  # taken, refused, or let wait again

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="taken", remark__isnull=False, refusal="")
                | models.Q(state="refused", remark__isnull=True) & ~models.Q(refusal="")
                | models.Q(state="waiting", remark__isnull=True, refusal=""),
                name="contribution_taken_or_refused_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["call", "state", "node", "fingerprint"]),
        ]

    @property
    def whose(self) -> str:
        """What the table may say of its author by name: a body's name, "" for a person."""
        return "" if self.author in self.PERSONS else self.author_name
