"""Any history of a clock, pauses, extensions, calendar corrections and new starts, against a walk.

The services are driven by random histories; a clerk keeps the same file on paper and turns the
pages of the calendar day by day. Both must name the same day after every act.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from supervision.deadlines import services
from supervision.deadlines.explain import explain
from supervision.deadlines.models import Deadline
from supervision.errors import WrongState
from supervision.language.dates import VIETNAM
from supervision.law.calendar import Calendar
from supervision.law.rules import RULES, Direction, Unit
from supervision.law.text import T
from supervision.organizations.models import Mandate
from tests.organizations.makers import FRONT, a_mandate

DAY = dt.timedelta(days=1)
LABEL = T("ngày mẫu", "a sample day")

#: Each kind of term: open calendar days, months, open working days, two counted back, a fixed day.
RULES_WALKED = ("S_REPLY", "HALF_YEAR", "STEP", "S2_REPORT_IN", "S3_NOTICE_TTND", "S_ACTION")
ACTS = ("pause", "resume", "extend", "correct", "correct_later", "recheck", "restart")
histories = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 9), st.integers(0, 15)), min_size=1, max_size=9
)


def moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(23, 30), VIETNAM)


@dataclass
class Clerk:
    """The file on paper: the term, the times it stood still, the day last granted, the day written down."""

    rule: str
    start: dt.date
    length: int
    fixed: dt.date | None = None
    pauses: list[tuple[dt.date, dt.date]] = field(default_factory=list)
    open_since: dt.date | None = None
    excuses: bool = True  # whether the open pause began in time
    granted: tuple[dt.date, dt.date] | None = None
    due: dt.date = dt.date.min

    @property
    def backwards(self) -> bool:
        return RULES[self.rule].direction is Direction.BEFORE

    def write_down(self, days: Calendar) -> None:
        self.due = self.reckoned(days)

    def reckoned(self, days: Calendar) -> dt.date:
        if self.granted is not None:
            return self._exact(*self.granted, days)
        if self.backwards:
            return self._back(days)
        if self.fixed is not None:
            return self._exact(self.start, self.fixed, days)
        working = RULES[self.rule].unit is Unit.WORKING
        return self._walk(self.start, self._days(), working, self.pauses, days)

    def _days(self) -> int:
        if RULES[self.rule].unit is not Unit.MONTHS:
            return self.length
        day, left = self.start, self.length
        while left:  # to the same day of the next month, or that month's last
            month = day.month % 12 + 1
            day += DAY
            while day.month != month or (day.day != self.start.day and (day + DAY).month == month):
                day += DAY
            left -= 1
        return (day - self.start).days

    def _walk(
        self,
        start: dt.date,
        length: int,
        working: bool,
        pauses: list[tuple[dt.date, dt.date]],
        days: Calendar,
    ) -> dt.date:
        day, counted = start, 0
        while True:
            day += DAY
            if any(a <= day < b for a, b in pauses):
                continue
            counted += counted < length and not (working and days.is_off(day))
            if counted == length and not days.is_off(day):
                return day

    def _back(self, days: Calendar) -> dt.date:
        working = RULES[self.rule].unit is Unit.WORKING
        day, counted = self.start, 0
        while counted < self.length or days.is_off(day):
            day -= DAY
            counted += not (working and days.is_off(day))
        return day

    def _exact(self, since: dt.date, exact: dt.date, days: Calendar) -> dt.date:
        """A day that someone named stands, on a day off too; only a later pause moves it."""
        later = [(a, b) for a, b in self.pauses if a >= since and b > a]
        if not any(a <= exact for a, _ in later):
            return exact
        return self._walk(since - DAY, (exact - since).days + 1, False, later, days)

    def close(self, on: dt.date) -> None:
        if self.open_since is not None and self.excuses:
            self.pauses.append((self.open_since, max(on, self.open_since)))
        self.open_since = None


@dataclass
class History:
    """One clock, driven by the services on one side and kept by the clerk on the other."""

    deadline: Deadline
    clerk: Clerk
    officer: Mandate
    today: dt.date

    def act(self, name: str, size: int) -> None:
        event(f"{self.clerk.rule}: {name}{' while paused' if self.clerk.open_since else ''}")
        getattr(self, name)(size)

    def pause(self, size: int) -> None:
        late = self.today > self.clerk.due and not self.clerk.backwards
        try:
            services.pause(self.deadline, from_on=self.today, reason="mẫu", by=self.officer)
        except WrongState:
            assert self.clerk.open_since is not None
        else:
            self.clerk.open_since, self.clerk.excuses = self.today, not late

    def resume(self, size: int) -> None:
        """On whatever day it is: a day off too."""
        if self.clerk.open_since is None:
            with pytest.raises(WrongState):
                services.resume(self.deadline, on=self.today)
            return
        services.resume(self.deadline, on=self.today)
        self.clerk.close(self.today)
        self.clerk.write_down(services.calendar())

    def extend(self, size: int) -> None:
        to_on = self.clerk.due + (size + 1) * DAY
        say = {"to_on": to_on, "reason": "mẫu", "by": self.officer, "at": moment(self.today)}
        if self.clerk.open_since is not None:
            with pytest.raises(WrongState):
                services.extend(self.deadline, **say)
            return
        services.extend(self.deadline, **say)
        self.clerk.granted, self.clerk.due = (self.today, to_on), to_on

    def correct_later(self, size: int) -> None:
        """A day near the due date changes from worked to off or back; nothing moves yet."""
        day = self.clerk.due + (size - 7) * DAY
        off = not services.calendar().is_off(day)
        services.correct_day(day=day, is_off=off, name="mẫu", source="mẫu", at=moment(self.today))

    def recheck(self, size: int) -> None:
        services.recheck(at=moment(self.today), apply=True)
        self.clerk.write_down(services.calendar())

    def correct(self, size: int) -> None:
        self.correct_later(size)
        self.recheck(size)

    def restart(self, size: int) -> None:
        if self.clerk.fixed is not None:
            with pytest.raises(WrongState):
                services.restart(self.deadline, start_on=self.today, start_label=LABEL, at=moment(self.today))
            return
        ahead = size * 3 if self.clerk.backwards else 7 - size  # of the others some are yet to begin
        start = self.today + ahead * DAY
        services.restart(self.deadline, start_on=start, start_label=LABEL, at=moment(self.today))
        self.clerk.start, self.clerk.open_since, self.clerk.granted = start, None, None
        self.clerk.pauses = []
        self.clerk.write_down(services.calendar())


def begun(rule: str, start: dt.date, length: int, officer: Mandate) -> History:
    law = RULES[rule]
    own = {"set_by": "Đơn vị mẫu"} if not law.by_law else {}
    if law.direction is Direction.FIXED:
        own["fixed_on"] = start + length * DAY
    elif not law.by_law:
        own["length"] = length
    deadline = services.set_deadline(rule=rule, start_on=start, start_label=LABEL, at=moment(start), **own)
    clerk = Clerk(rule, start, deadline.length or 0, own.get("fixed_on"))
    clerk.write_down(services.calendar())
    return History(deadline, clerk, officer, start)


@pytest.mark.django_db
@given(
    st.sampled_from(RULES_WALKED),
    st.dates(dt.date(2025, 1, 1), dt.date(2027, 3, 1)),
    st.integers(3, 60),
    histories,
)
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_history_gives_what_a_walk_gives(
    rule: str, start: dt.date, length: int, acts: list[tuple[str, int, int]]
) -> None:
    with transaction.atomic():
        history = begun(rule, start, length, a_mandate(FRONT, "officer"))
        assert history.deadline.due_on == history.clerk.due
        for name, wait, size in acts:
            history.today += wait * DAY
            history.act(name, size)
            history.deadline.refresh_from_db()
            assert history.deadline.due_on == history.clerk.due, name
        assert_told_and_mirrored(history)
        transaction.set_rollback(True)


def assert_told_and_mirrored(history: History) -> None:
    """What lists read agrees with the rows, and the panel ends with the date in force."""
    deadline = history.deadline
    assert deadline.is_extended == (history.clerk.granted is not None)
    counts = history.clerk.open_since is not None and history.clerk.excuses
    assert deadline.paused_from_on == (history.clerk.open_since if counts else None)
    if deadline.due_on != deadline.first_due_on:
        assert f"{deadline.due_on:%d/%m/%Y}" in explain(deadline)[-1].value.vi


@pytest.mark.django_db
def test_a_correction_nobody_applied_is_put_on_record_when_a_pause_ends() -> None:
    """The date counted on from there is by the mended calendar; the page must be able to say why."""
    history = begun("STEP", dt.date(2026, 6, 1), 5, a_mandate(FRONT, "officer"))
    history.today = dt.date(2026, 6, 3)
    history.pause(0)
    services.correct_day(
        day=dt.date(2026, 6, 5), is_off=True, name="Nghỉ bão", source="Công điện 1", at=moment(history.today)
    )
    history.deadline.refresh_from_db()
    assert (history.deadline.due_on, history.deadline.recounts.count()) == (dt.date(2026, 6, 8), 0)
    history.today = dt.date(2026, 6, 4)
    history.resume(0)
    (record,) = history.deadline.recounts.all()
    assert (record.cause, record.old_due_on, record.new_due_on) == (
        "calendar",
        dt.date(2026, 6, 8),
        dt.date(2026, 6, 9),
    )
    assert history.deadline.due_on == history.clerk.due == dt.date(2026, 6, 10)
