"""Pauses and extensions, by formula, against a clock that is walked day by day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supervision.deadlines import services
from supervision.deadlines.algebra import Span, due_after_pauses
from supervision.deadlines.models import Deadline
from supervision.language.dates import VIETNAM
from supervision.law.calendar import Calendar
from supervision.law.counting import derive
from supervision.law.rules import RULES
from supervision.law.text import T

DAY = dt.timedelta(days=1)
starts = st.dates(dt.date(2025, 1, 1), dt.date(2027, 3, 1))
lengths = st.integers(1, 60)


@st.composite
def spans(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Pauses apart from each other, in days after the start: (first paused, first counted again)."""
    day, found = 0, []
    for _ in range(draw(st.integers(0, 4))):
        begin = day + draw(st.integers(1, 15))
        day = begin + draw(st.integers(0, 20))
        found.append((begin, day))
    return found


def walked(start: dt.date, length: int, working: bool, pauses: list[Span], days: Calendar) -> dt.date:
    """Turn the page of the calendar each day, as a clerk would."""
    day, counted = start, 0
    while True:
        day += DAY
        if any(a <= day < b for a, b in pauses):
            continue
        if counted < length and not (working and days.is_off(day)):
            counted += 1
        if counted == length and not days.is_off(day):
            return day


@given(starts, lengths, st.booleans(), spans())
def test_the_formula_is_the_walk(
    start: dt.date, length: int, working: bool, offsets: list[tuple[int, int]]
) -> None:
    days = Calendar()
    pauses = [(start + a * DAY, start + b * DAY) for a, b in offsets]
    rule = RULES["STEP" if working else "S_REPLY"]
    due = due_after_pauses(derive(rule, start, days, length), pauses, days)
    assert due == walked(start, length, working, pauses, days)


@given(starts, lengths, st.booleans())
def test_without_pauses_the_derivation_is_the_walk(start: dt.date, length: int, working: bool) -> None:
    days = Calendar()
    rule = RULES["STEP" if working else "S_REPLY"]
    assert derive(rule, start, days, length).due == walked(start, length, working, [], days)


@given(starts, st.sampled_from(["S2_NOTICE", "S2_REPORT_IN", "C_DRAFT_IN", "S3_NOTICE_GSDT"]))
def test_time_of_notice_is_the_latest_working_day_that_leaves_enough(session: dt.date, code: str) -> None:
    days, rule = Calendar(), RULES[code]
    day = session
    while (session - day).days < (rule.length or 0) or days.is_off(day):
        day -= DAY
    assert derive(rule, session, days).due == day


@dataclass
class _Clerk:
    """A second reckoning of the same file: the exact day last granted, or the days still to run."""

    start: dt.date
    length: int
    pauses: list[Span]
    granted: tuple[dt.date, dt.date] | None = None  # (day of the grant, exact day granted)

    def due(self, days: Calendar) -> dt.date:
        if self.granted is None:
            return walked(self.start, self.length, False, self.pauses, days)
        granted_on, exact = self.granted
        later = [(a, b) for a, b in self.pauses if a >= granted_on and b > a]
        if not any(a <= exact for a, _ in later):
            return exact
        return walked(granted_on - DAY, (exact - granted_on).days + 1, False, later, days)


acts = st.lists(
    st.tuples(st.sampled_from(["pause", "extend"]), st.integers(0, 9), st.integers(0, 15)), max_size=5
)


@pytest.mark.django_db
@given(starts, st.integers(20, 60), acts)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_services_keep_the_same_reckoning(
    start: dt.date, length: int, history: list[tuple[str, int, int]]
) -> None:
    from tests.organizations.makers import FRONT, a_mandate

    officer, days = a_mandate(FRONT, "officer"), services.calendar()
    deadline = services.set_deadline(
        rule="S_REPLY",
        start_on=start,
        start_label=T("ngày nhận", "receipt"),
        at=dt.datetime.combine(start, dt.time(9), VIETNAM),
        length=length,
        set_by="Đơn vị mẫu",
    )
    clerk, today = _Clerk(start, length, []), start + DAY
    for act, wait, size in history:
        today += wait * DAY
        if today > deadline.due_on:
            break
        if act == "pause":
            services.pause(deadline, from_on=today, reason="mẫu", by=officer)
            begin, today = today, today + size * DAY
            services.resume(deadline, on=today)
            clerk.pauses.append((begin, today))
        else:
            to_on = deadline.due_on + (size + 1) * DAY
            moment = dt.datetime.combine(today, dt.time(23, 30), VIETNAM)
            services.extend(deadline, to_on=to_on, reason="mẫu", by=officer, at=moment)
            clerk.granted = (today, to_on)
        assert deadline.due_on == clerk.due(days)
    fresh = Deadline.objects.get(pk=deadline.pk)
    assert fresh.is_extended == fresh.extensions.filter(superseded_at=None).exists()
    assert (fresh.paused_from_on is None) == (not fresh.pauses.filter(until_on=None).exists())
