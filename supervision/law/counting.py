"""Due dates worked out step by step, each step in words.

The day of the event is not counted. "Ngày" alone means calendar days: days off inside are
counted, and a last day on a day off rolls to the next working day. "At least N days before"
has no rule for a day off in the texts; by cautious practice it rolls to the working day before.
A period that the text names (Quarter IV, each year) ends on its own last day, off or not.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from supervision.law.calendar import ONE_DAY, Calendar
from supervision.law.planning import PERIODS
from supervision.law.rules import RULES, Direction, Rule, Unit
from supervision.law.text import T
from supervision.law.working import (
    DerivationStep,
    Term,
    between,
    counted_days_off_step,
    date_words,
    due_step,
    exchanged_step,
    length_step,
    norms_step,
    rolled_step,
    skipped_step,
    start_step,
    undecided_step,
)

__all__ = [
    "Derivation",
    "DerivationStep",
    "Unit",
    "date_words",
    "derive",
    "exchanged_step",
    "recount",
    "shift_months",
    "undecided_step",
]


@dataclass(frozen=True)
class Derivation:
    """A due date with its working; `raw_due` is the last day before rolling off days off."""

    rule: str
    direction: Direction
    unit: Unit
    length: int | None
    start: dt.date
    raw_due: dt.date
    due: dt.date
    calendar: str
    steps: tuple[DerivationStep, ...]

    def to_json(self) -> dict[str, Any]:
        """Return plain values for storage."""
        data = asdict(self)
        for name in ("start", "raw_due", "due"):
            data[name] = data[name].isoformat()
        data["direction"], data["unit"] = self.direction.value, self.unit.value
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Derivation:
        """Read what `to_json` wrote."""
        days = {name: dt.date.fromisoformat(data[name]) for name in ("start", "raw_due", "due")}
        steps = tuple(DerivationStep(T(**s["label"]), T(**s["detail"])) for s in data["steps"])
        return cls(
            rule=data["rule"],
            direction=Direction(data["direction"]),
            unit=Unit(data["unit"]),
            length=data["length"],
            calendar=data["calendar"],
            steps=steps,
            **days,
        )


def derive(
    rule: Rule,
    start: dt.date,
    calendar: Calendar,
    length: int | None = None,
    fixed_on: dt.date | None = None,
    unit: Unit | None = None,
) -> Derivation:
    """Return the due date of `rule` counted from `start`, with every step explained.

    `length` and `unit` are what an organization has set for an open term, instead of its default.
    `fixed_on` is the day that was fixed, for rules that are not the law's own count. ValueError for
    any of them where the law counts, a length under one, or a fixed-day rule without its day.
    """
    if rule.by_law and any(one is not None for one in (length, fixed_on, unit)):
        raise ValueError(f"{rule.code}: the law sets the number of days")
    if rule.direction is Direction.FIXED and fixed_on is None:
        raise ValueError(f"{rule.code}: the day must be given")
    if fixed_on is not None:
        return _fixed(rule.code, start, fixed_on, calendar)
    if rule.period:
        return _within(rule.code, rule.period, start, calendar)
    days = rule.default_length if length is None else length
    if days is None or days < 1:
        raise ValueError(f"{rule.code}: a term has at least one day")
    return _counted(Term(rule.code, rule.direction, unit or rule.unit, days), start, calendar)


def recount(working: Derivation, calendar: Calendar, start: dt.date | None = None) -> Derivation:
    """Count `working` anew by `calendar`, from `start` if it moved; the term itself stays as it was.

    ValueError for another start of a fixed day: it was not counted.
    """
    begin = working.start if start is None else start
    if working.direction is Direction.WITHIN:
        return _within(working.rule, RULES[working.rule].period, begin, calendar)
    if working.length is None:
        if begin != working.start:
            raise ValueError(f"{working.rule}: a fixed day has nothing to count from")
        return _fixed(working.rule, begin, working.raw_due, calendar)
    return _counted(Term(working.rule, working.direction, working.unit, working.length), begin, calendar)


def shift_months(day: dt.date, months: int) -> dt.date:
    """Return the same day `months` later, or the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return min(dt.date(year, month, 1) + ONE_DAY * (day.day - 1), following - ONE_DAY)


def _counted(term: Term, start: dt.date, calendar: Calendar) -> Derivation:
    after = term.after
    raw = _raw_due(term, start, calendar)
    due = calendar.on_or_after(raw) if after else calendar.on_or_before(raw)
    steps = [start_step(start, after), length_step(term)]
    inside, is_working = list(between(start, raw, after)), term.unit is Unit.WORKING
    steps += (skipped_step if is_working else counted_days_off_step)(inside, calendar)
    steps.append(DerivationStep(T("Ngày cuối", "Last day"), date_words(raw)))
    if due != raw:
        steps.append(rolled_step(raw, due, after, calendar))
    steps += exchanged_step([*inside, due] if is_working else [due], calendar)
    steps += undecided_step(start, due)
    steps += norms_step(after, rolled=due != raw)
    steps.append(due_step(due))
    return Derivation(
        term.code, term.direction, term.unit, term.days, start, raw, due, calendar.version, tuple(steps)
    )


def _raw_due(term: Term, start: dt.date, calendar: Calendar) -> dt.date:
    number = term.days if term.after else -term.days
    if term.unit is Unit.WORKING:
        return calendar.add_working(start, number)
    if term.unit is Unit.MONTHS:
        return shift_months(start, number)
    return start + number * ONE_DAY


def _fixed(code: str, start: dt.date, day: dt.date, calendar: Calendar) -> Derivation:
    words = date_words(day)
    steps = [
        DerivationStep(
            T("Ngày ấn định", "Day fixed"),
            T(
                f"{words.vi}: ngày được ấn định, không đếm số ngày",
                f"{words.en}: the day was fixed, no days are counted",
            ),
        )
    ]
    reason = calendar.off(day)
    if reason:
        steps.append(
            DerivationStep(
                T("Rơi vào ngày nghỉ", "Falls on a day off"),
                T(
                    f"{reason.vi}; giữ nguyên ngày đã ấn định",
                    f"{reason.en}; the day stays as it was fixed",
                ),
            )
        )
        steps += undecided_step(day, day, stays=True)
    steps.append(due_step(day))
    return Derivation(
        code, Direction.FIXED, Unit.CALENDAR, None, start, day, day, calendar.version, tuple(steps)
    )


def _within(code: str, name: str, start: dt.date, calendar: Calendar) -> Derivation:
    """A period of the year of `start`: nobody is given notice, so its last day moves for no day off."""
    period = PERIODS[name]
    first = dt.date(start.year, period.first, 1)
    last = shift_months(dt.date(start.year, period.last, 1), 1) - ONE_DAY
    begins, ends, named = date_words(first), date_words(last), period.of(start.year)
    steps = [
        DerivationStep(
            T("Khoảng thời gian", "Period"),
            T(
                f"{named.vi}: từ {begins.vi} đến hết {ends.vi}",
                f"{named.en}: from {begins.en} to the end of {ends.en}",
            ),
        )
    ]
    if reason := calendar.off(last):
        steps.append(
            DerivationStep(
                T("Rơi vào ngày nghỉ", "Falls on a day off"),
                T(
                    f"{reason.vi}; khoảng thời gian vẫn kết thúc vào ngày cuối của nó",
                    f"{reason.en}; the period ends on its own last day all the same",
                ),
            )
        )
        steps += undecided_step(last, last, stays=True)
    steps.append(due_step(last))
    return Derivation(
        code, Direction.WITHIN, Unit.CALENDAR, None, first, last, last, calendar.version, tuple(steps)
    )
