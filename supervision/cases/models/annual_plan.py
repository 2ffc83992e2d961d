from __future__ import annotations

import calendar
import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.audit.frozen import NEVER, Frozen, Newest, Until
from supervision.casefiles.models import Case
from supervision.language.codes import new_public_id
from supervision.law.planning import PERIODS
from supervision.law.text import T


class AnnualPlan(models.Model):
    """The plan of supervision and criticism of one organization for one year (403 Art 3).

    Its case is the work on it; what it says are its items, what was issued its versions.
    """

    frozen = Frozen(
        free=("deadline",),
        once=("issued_at", "given_up_at"),
        allowed={
            "gathers": Until("NOT {row}.gathers"),
            "last_number": Until(NEVER, may="{new}.last_number > {row}.last_number"),
        },
    )

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    case = models.OneToOneField(Case, models.PROTECT, related_name="annual_plan")
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, related_name="annual_plans"
    )
    year = models.PositiveSmallIntegerField()
    deadline = models.ForeignKey("deadlines.Deadline", models.PROTECT, related_name="+")
    gathers = models.BooleanField(default=True)  # proposals are taken until the consultation
    last_number = models.PositiveSmallIntegerField(default=0)  # of its items, never given twice
    issued_at = models.DateTimeField(null=True)  # of the first version
    #: When it was called off unissued, or the last of its versions withdrawn; its year is free for another.
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year"],
                condition=models.Q(given_up_at__isnull=True),
                name="one_plan_a_year",
                violation_error_message=_("Đơn vị đã có kế hoạch của năm này."),
            )
        ]
        indexes = [models.Index(fields=["-year", "organization"])]

    def __str__(self) -> str:
        return f"{self.case.code}, {self.year}"


class ItemContent(models.Model):
    """What a plan says of one of its items: what, in which form, about whom, when, chaired by whom."""

    class State(models.TextChoices):
        DRAFT = "draft", _("dự kiến")
        IN_FORCE = "in_force", _("trong kế hoạch")
        DROPPED = "dropped", _("đã bỏ khỏi kế hoạch")

    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    title = models.CharField(max_length=300)
    form = models.CharField(max_length=4)  # a code of `law.planning.PLAN_FORMS`
    field = models.CharField(max_length=40)
    agency = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    period = models.CharField(max_length=3)  # a key of `law.planning.PERIODS`
    first_month = models.PositiveSmallIntegerField()
    last_month = models.PositiveSmallIntegerField()
    chair = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)  # why it was dropped or changed
    dropped_on = models.DateField(null=True)

    class Meta:
        abstract = True


#: What of an item is as its wording has it.
WORDED = tuple(field.name for field in ItemContent._meta.local_fields)


class PlanItem(ItemContent):
    """One item of a plan; once issued it says what its newest wording says.

    A row with `amends` is what an amendment under way would make of an item; once the amended
    plan is issued the item takes its content over and the row is gone. Items are never deleted
    once issued: what is dropped says why.
    """

    frozen = Frozen(
        when="{row}.state <> 'draft' AND {row}.amends_id IS NULL",
        allowed=dict.fromkeys(WORDED, Newest("cases.ItemWording", of="item")),
    )

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    plan = models.ForeignKey(AnnualPlan, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    amends = models.OneToOneField("self", models.PROTECT, null=True, related_name="amendment")
    cases = models.ManyToManyField(Case, through="PlannedCase", related_name="+")  # those called off too

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                condition=models.Q(amends__isnull=True),
                name="plan_item_number_once",
                violation_error_message=_("Mã mục này đã có trong kế hoạch."),
            ),
            models.CheckConstraint(
                condition=models.Q(first_month__gte=1)
                & models.Q(last_month__lte=12)
                & models.Q(last_month__gte=models.F("first_month")),
                name="plan_item_months_in_order",
                violation_error_message=_("Thời gian của mục phải nằm trong năm."),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "field", "state"]),
            models.Index(fields=["plan", "state", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.code}, {self.title}"

    @property
    def code(self) -> str:
        """The item as people and papers name it: "KH-03"."""
        return f"KH-{self.number:02d}"

    @property
    def period_title(self) -> T:
        return PERIODS[self.period].title

    @property
    def ends_on(self) -> dt.date:
        """The last day of its planned period."""
        year = self.plan.year
        return dt.date(year, self.last_month, calendar.monthrange(year, self.last_month)[1])


class PlanProposal(models.Model):
    """A proposal for the plan: from a member organization's own hand, or as the planning body noted it."""

    frozen = Frozen(
        free=("item_number",),
        once=("organization",),
        allowed={
            "left_out_reason": Until(  # an amendment judges those that came later, or had no reason yet
                "{row}.left_out_reason <> '' AND EXISTS (SELECT 1 FROM cases_annualplan AS plan "
                "WHERE plan.id = {row}.plan_id AND plan.issued_at > {row}.at)"
            )
        },
    )

    plan = models.ForeignKey(AnnualPlan, models.PROTECT, related_name="proposals")
    number = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=12)  # a key of `law.planning.SOURCES_OF_PROPOSALS`
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, related_name="plan_proposals"
    )
    who = models.CharField(max_length=300, blank=True)
    title = models.CharField(max_length=300)
    form = models.CharField(max_length=4)
    field = models.CharField(max_length=40)
    agency = models.ForeignKey("organizations.Organization", models.PROTECT, null=True, related_name="+")
    period = models.CharField(max_length=3, blank=True)
    grounds = models.TextField()
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    item_number = models.PositiveSmallIntegerField(null=True)  # the item it went into
    left_out_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_proposal_number_once")]


class PlanAgreement(models.Model):
    """The exchange and agreement with one body on one draft of the plan (403 Art 3(3)); all stay.

    The consultation holds what was asked and the words of the answer. `from_paper` says that an
    official of the planning body entered what the body's paper says.
    """

    frozen = Frozen(when="{row}.position <> ''")

    class Position(models.TextChoices):
        AGREED = "agreed", _("thống nhất")
        WITH_REMARKS = "with_remarks", _("thống nhất, có lưu ý")
        NOT_AGREED = "not_agreed", _("chưa thống nhất")

    plan = models.ForeignKey(AnnualPlan, models.PROTECT, related_name="agreements")
    version = models.PositiveSmallIntegerField()  # of the plan that is agreed on
    attempt = models.PositiveSmallIntegerField()  # a draft that met no agreement is changed and sent again
    consultation = models.OneToOneField("cases.Consultation", models.PROTECT, related_name="agreement")
    position = models.CharField(max_length=12, choices=Position, blank=True)
    number_text = models.CharField(max_length=80, blank=True)
    dated_on = models.DateField(null=True)
    from_paper = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(from_paper=False)
                | (~models.Q(number_text="") & models.Q(dated_on__isnull=False)),
                name="agreement_from_a_paper_names_it",
                violation_error_message=_("Ghi theo văn bản giấy thì phải có số và ngày văn bản."),
            )
        ]
        indexes = [models.Index(fields=["plan", "version", "attempt"])]

    @property
    def stands(self) -> bool:
        """Whether the body has agreed, with or without remarks."""
        return self.position in (self.Position.AGREED, self.Position.WITH_REMARKS)


class PlanOverlap(models.Model):
    """Two things about the same body, in the same field and period, and why a person let it stay.

    `facts` freezes what was shown: the other plan or case, its item, the words in common.
    """

    frozen = Frozen(when="{row}.decision <> ''")

    class Decision(models.TextChoices):
        JOINT = "joint", _("làm chung một cuộc")
        WATCH = "watch", _("giữ, theo dõi")
        KEEP = "keep", _("giữ cả hai")

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    plan = models.ForeignKey(AnnualPlan, models.PROTECT, related_name="overlaps")
    key = models.CharField(max_length=120)
    item_number = models.PositiveSmallIntegerField()
    facts = models.JSONField()
    decision = models.CharField(max_length=6, choices=Decision, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="plan_overlap_once"),
            models.CheckConstraint(
                condition=models.Q(decision="") | (~models.Q(reason="") & models.Q(by__isnull=False)),
                name="overlap_stays_for_a_reason",
                violation_error_message=_("Giữ chỗ chồng chéo phải ghi vì sao."),
            ),
        ]

    @property
    def name(self) -> str:
        """The overlap as a list names it."""
        return f"KH-{self.item_number:02d} và {self.facts['other']}"


class PlanVersion(models.Model):
    """A version of the plan as it was signed, with what changed and who agreed; each stays readable."""

    frozen = Frozen(once=("publication",))

    plan = models.ForeignKey(AnnualPlan, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    document = models.OneToOneField("documents.Document", models.PROTECT, related_name="+")
    publication = models.OneToOneField("publication.Publication", models.PROTECT, null=True, related_name="+")
    rows = models.JSONField()  # the table as signed: code, title, form, field, agency, period, chair
    changes = models.JSONField(default=list)  # [{code, what, title, reason}]; empty for the first
    agreed = models.JSONField()  # [{body, position, number_text, dated_on}]
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="annual_plan_version_once")]


class ItemWording(ItemContent):
    """What a signed version made of an item, or what it says again once a later version was withdrawn."""

    frozen = Frozen()

    item = models.ForeignKey(PlanItem, models.PROTECT, related_name="wordings")
    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="wordings")
    at = models.DateTimeField()
