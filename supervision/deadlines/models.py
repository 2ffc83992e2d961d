from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from supervision.language.codes import new_public_id
from supervision.law.counting import Derivation, DerivationStep
from supervision.law.rules import Rule, rule_of
from supervision.law.text import T


class DayCorrection(models.Model):
    """A day that officials mend in the calendar: off although a weekday, or worked although a weekend."""

    day = models.DateField(unique=True)
    is_off = models.BooleanField()
    name = models.CharField(max_length=160)
    source = models.CharField(max_length=200)
    created_at = models.DateTimeField()


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def running(self) -> DeadlineQuerySet:
        """Deadlines neither met nor dropped, paused ones included."""
        return self.filter(met_on__isnull=True, dropped_at__isnull=True)


class Deadline(models.Model):
    """A due date that explains itself.

    `rule` is a code of `law.rules`; `start_on` the day of the event (not counted) or, for
    "at least N days before", the day counted back from. `raw_due_on` is the date before
    rolling, `first_due_on` the due date as first derived, `due_on` the one in force after
    extensions and pauses. `derivation` is the serialized `law.counting.Derivation`.
    `paper_number`, `paper_on` and `paper_by` name the signed paper that states the number or the day.
    `moved` holds the steps by which pauses moved it, as they were counted.
    `paused_from_on` and `is_extended` mirror the pause that stops the clock now and the
    extensions in force, so that lists need no join. Overdue is never stored: see `deadlines.states`.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    rule = models.CharField(max_length=40)
    start_on = models.DateField()
    start_label_vi = models.CharField(max_length=200)
    start_label_en = models.CharField(max_length=200)
    length = models.PositiveSmallIntegerField(null=True)  # null: a fixed day was agreed
    set_by = models.CharField(max_length=200, blank=True)  # organization's name; blank: set by law
    by_default = models.BooleanField(default=False)  # `set_by` has set no number: the product's own
    paper_number = models.CharField(max_length=80, blank=True)
    paper_on = models.DateField(null=True)
    paper_by = models.CharField(max_length=200, blank=True)
    calendar_version = models.CharField(max_length=64)
    raw_due_on = models.DateField()
    first_due_on = models.DateField()
    due_on = models.DateField(db_index=True)
    derivation = models.JSONField()
    moved = models.JSONField(default=list, blank=True)
    is_extended = models.BooleanField(default=False)
    paused_from_on = models.DateField(null=True)
    met_on = models.DateField(null=True)
    met_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)  # withdrawn or cancelled: no longer runs
    extension_requested_at = models.DateTimeField(null=True)  # asked for, not yet decided
    created_at = models.DateTimeField()

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["met_on", "dropped_at", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(met_on__isnull=True) | Q(dropped_at__isnull=True),
                name="deadline_met_or_dropped",
                violation_error_message=_("Một hạn không thể vừa hoàn thành vừa bị bỏ."),
            ),
            models.CheckConstraint(
                condition=Q(met_on__isnull=True, met_at__isnull=True)
                | Q(met_on__isnull=False, met_at__isnull=False),
                name="deadline_met_day_and_time",
                violation_error_message=_("Ngày hoàn thành và thời điểm ghi nhận phải đi cùng nhau."),
            ),
            models.CheckConstraint(
                condition=Q(paper_number="", paper_on__isnull=True, paper_by="")
                | (~Q(paper_number="") & Q(paper_on__isnull=False) & ~Q(paper_by="")),
                name="deadline_paper_is_named_whole",
                violation_error_message=_("Văn bản đặt hạn phải có đủ số, ngày và nơi ban hành."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.due_on:%d/%m/%Y}"

    @property
    def law_rule(self) -> Rule:
        """The rule in `law.rules` this deadline was derived from."""
        return rule_of(self.rule)

    @property
    def start_label(self) -> T:
        return T(vi=self.start_label_vi, en=self.start_label_en)

    @property
    def working(self) -> Derivation:
        """The derivation of `first_due_on`, step by step."""
        return Derivation.from_json(self.derivation)

    @property
    def moved_steps(self) -> list[DerivationStep]:
        """How pauses moved the date, step by step; empty where none did."""
        return [DerivationStep(T(**step["label"]), T(**step["detail"])) for step in self.moved]

    @property
    def paper(self) -> T | None:
        """The signed paper that states the number or the day, with its number, date and body."""
        if not self.paper_number:
            return None
        on = f"{self.paper_on:%d/%m/%Y}"
        return T(
            f"văn bản số {self.paper_number} ngày {on} của {self.paper_by}",
            f"paper no. {self.paper_number} of {on} by {self.paper_by}",
        )

    @property
    def is_running(self) -> bool:
        return self.met_on is None and self.dropped_at is None

    @property
    def met_late(self) -> bool:
        """Whether it was met after the date then in force; nothing changes it afterwards."""
        return self.met_on is not None and self.met_on > self.due_on


class Extension(models.Model):
    """A granted extension: from which date to which, why, by whom, under which paper.

    `superseded_at` is set when the deadline was counted anew from another day.
    """

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="extensions")
    from_due_on = models.DateField()
    to_due_on = models.DateField()
    reason = models.TextField()
    document_number = models.CharField(max_length=80, blank=True)
    granted_by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_due_on__gt=F("from_due_on")),
                name="extension_moves_later",
                violation_error_message=_("Hạn mới phải sau hạn đang có."),
            )
        ]


class Pause(models.Model):
    """A time in which the clock stands still, with its reason; open while `until_on` is null.

    Days from `from_on` up to the day before `until_on` are not counted. A pause that began
    `after_due` is kept on record but excuses nothing: the date had passed. `by_hand`: an official
    stopped the clock; otherwise the procedure did, and it lets it run again.
    """

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="pauses")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    after_due = models.BooleanField(default=False)
    by_hand = models.BooleanField(default=False)
    reason = models.TextField()
    by = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deadline"],
                condition=Q(until_on__isnull=True),
                name="one_open_pause",
                violation_error_message=_("Hạn này đang tạm dừng."),
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="pause_dates_in_order",
                violation_error_message=_("Ngày chạy lại phải từ ngày tạm dừng trở đi."),
            ),
        ]

    @property
    def days(self) -> int | None:
        """Calendar days not counted; None while the pause is open."""
        delta: dt.timedelta | None = self.until_on - self.from_on if self.until_on else None
        return delta.days if delta is not None else None


class Recount(models.Model):
    """A deadline counted anew, with the dates before and after: a moved session day or a mended calendar.

    `corrections` are the mended days that moved it, each with its name and the paper that says so.
    """

    class Cause(models.TextChoices):
        START_MOVED = "start_moved", _("mốc tính thay đổi")
        CALENDAR = "calendar", _("lịch nghỉ được sửa")

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="recounts")
    cause = models.CharField(max_length=20, choices=Cause)
    old_start_on = models.DateField()
    new_start_on = models.DateField()
    old_due_on = models.DateField()
    new_due_on = models.DateField()
    old_derivation = models.JSONField()
    corrections = models.JSONField(default=list, blank=True)  # [{day, is_off, name, source}]
    at = models.DateTimeField()


class Reminder(models.Model):
    """A reminder that was told: of which due date, how many days before it (-1: it had passed).

    The constraint is what makes it once, whoever tells it; a due date that moved has its own.
    """

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="reminders")
    due_on = models.DateField()
    days_before = models.SmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deadline", "due_on", "days_before"], name="reminder_told_once")
        ]
