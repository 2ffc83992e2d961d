"""Due dates worked out step by step, each step in words.

The day of the event is not counted. "Ngày" alone means calendar days: days off inside are
counted, and a last day on a day off rolls to the next working day. "At least N days before"
has no rule for a day off in the texts; by cautious practice it rolls to the working day before.
A period that the text names (Quarter IV, each year) ends on its own last day, off or not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from supervision.law.basis import CIVIL_CODE, Norm
from supervision.law.calendar import DECIDED_UNTIL, ONE_DAY, SATURDAY, Calendar, weekday
from supervision.law.planning import PERIODS
from supervision.law.rules import RULES, Direction, Rule, Unit
from supervision.law.text import T


@dataclass(frozen=True)
class DerivationStep:
    """One step of the working: what it is, and what it did."""

    label: T
    detail: T


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


@dataclass(frozen=True)
class _Term:
    code: str
    direction: Direction
    unit: Unit
    days: int

    @property
    def after(self) -> bool:
        return self.direction is Direction.AFTER


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
    return _counted(_Term(rule.code, rule.direction, unit or rule.unit, days), start, calendar)


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
    return _counted(_Term(working.rule, working.direction, working.unit, working.length), begin, calendar)


def shift_months(day: dt.date, months: int) -> dt.date:
    """Return the same day `months` later, or the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return min(dt.date(year, month, 1) + ONE_DAY * (day.day - 1), following - ONE_DAY)


def date_words(day: dt.date) -> T:
    """Return "thứ Hai, 09/03/2026"."""
    name = weekday(day)
    return T(f"{name.vi}, {day:%d/%m/%Y}", f"{name.en} {day:%d/%m/%Y}")


def _counted(term: _Term, start: dt.date, calendar: Calendar) -> Derivation:
    after = term.after
    raw = _raw_due(term, start, calendar)
    due = calendar.on_or_after(raw) if after else calendar.on_or_before(raw)
    steps = [_start_step(start, after), _length_step(term)]
    inside = _between(start, raw, after)
    if term.unit is Unit.WORKING:
        steps += _skipped_step(inside, calendar)
    else:
        steps += _counted_days_off_step(inside, calendar)
    steps.append(DerivationStep(T("Ngày cuối", "Last day"), date_words(raw)))
    if due != raw:
        steps.append(_rolled_step(raw, due, after, calendar))
    steps += _undecided_step(start, due)
    steps += _norms_step(after, rolled=due != raw)
    steps.append(_due_step(due))
    return Derivation(
        term.code, term.direction, term.unit, term.days, start, raw, due, calendar.version, tuple(steps)
    )


def _raw_due(term: _Term, start: dt.date, calendar: Calendar) -> dt.date:
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
    steps.append(_due_step(day))
    return Derivation(
        code, Direction.FIXED, Unit.CALENDAR, None, start, day, day, calendar.version, tuple(steps)
    )


def _within(code: str, name: str, start: dt.date, calendar: Calendar) -> Derivation:
    """A period of the year of `start`: nobody is given notice, so its last day moves for no day off."""
    period = PERIODS[name]
    first = dt.date(start.year, period.first, 1)
    last = shift_months(dt.date(start.year, period.last, 1), 1) - ONE_DAY
    begins, ends = date_words(first), date_words(last)
    steps = [
        DerivationStep(
            T("Khoảng thời gian", "Period"),
            T(
                f"{period.title.vi} năm {start.year}: từ {begins.vi} đến hết {ends.vi}",
                f"{period.title.en} of {start.year}: from {begins.en} to the end of {ends.en}",
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
    steps.append(_due_step(last))
    return Derivation(
        code, Direction.WITHIN, Unit.CALENDAR, None, first, last, last, calendar.version, tuple(steps)
    )


def _start_step(start: dt.date, after: bool) -> DerivationStep:
    words = date_words(start)
    if after:
        detail = T(
            f"{words.vi}; ngày này không tính, đếm từ ngày hôm sau",
            f"{words.en}; this day is not counted, counting begins the day after",
        )
    else:
        detail = T(
            f"{words.vi}; ngày này không tính, đếm ngược từ ngày liền trước",
            f"{words.en}; this day is not counted, counting goes back from the day before",
        )
    return DerivationStep(T("Mốc tính", "Counted from"), detail)


def _length_step(term: _Term) -> DerivationStep:
    days, before = term.days, not term.after
    vi = {Unit.CALENDAR: "ngày theo lịch", Unit.WORKING: "ngày làm việc", Unit.MONTHS: "tháng"}[term.unit]
    en = {Unit.CALENDAR: "calendar day", Unit.WORKING: "working day", Unit.MONTHS: "month"}[term.unit]
    counted = _plural(days, en)
    detail = T(
        f"ít nhất {days} {vi} trước" if before else f"{days} {vi}",
        f"at least {counted} before" if before else counted,
    )
    return DerivationStep(T("Thời hạn", "Term"), detail)


def _norms_step(after: bool, *, rolled: bool) -> list[DerivationStep]:
    """Cite what the counting rests on; counting back has no rule of its own in the texts."""
    if not after:
        return []
    first, next_day, end = _civil(147, 3), _civil(148, 5), _civil(148, 6)
    vi, en = (
        [f"không tính ngày xảy ra sự việc: {first.vi}"],
        [f"the day of the event is not counted: {first.en}"],
    )
    if rolled:
        vi.append(f"chuyển sang ngày làm việc tiếp theo: {next_day.vi}")
        en.append(f"moved to the next working day: {next_day.en}")
    vi.append(f"hết hạn lúc 24 giờ: {end.vi}")
    en.append(f"ends at midnight: {end.en}")
    label = T("Căn cứ cách đếm", "What the counting rests on")
    return [DerivationStep(label, T("; ".join(vi), "; ".join(en)))]


def _civil(article: int, clause: int) -> T:
    return Norm(CIVIL_CODE, article, clause).label


def _between(start: dt.date, end: dt.date, after: bool) -> Iterator[dt.date]:
    """Days strictly between, in the order of the calendar."""
    first, last = (start, end) if after else (end, start)
    day = first + ONE_DAY
    while day < last:
        yield day
        day += ONE_DAY


def _skipped_step(inside: Iterator[dt.date], calendar: Calendar) -> list[DerivationStep]:
    skipped = [(day, reason) for day in inside if (reason := calendar.off(day))]
    if not skipped:
        return []
    detail = _joined(lambda lang: (f"{d:%d/%m/%Y} ({r.in_(lang)})" for d, r in skipped))
    return [DerivationStep(T("Ngày nghỉ không tính", "Days off skipped"), detail)]


def _counted_days_off_step(inside: Iterator[dt.date], calendar: Calendar) -> list[DerivationStep]:
    off = [(day, reason) for day in inside if (reason := calendar.off(day))]
    if not off:
        return []
    weekends = sum(day.weekday() >= SATURDAY and reason == weekday(day) for day, reason in off)
    named = [(day, reason) for day, reason in off if reason != weekday(day)]

    def parts(lang: str) -> Iterator[str]:
        if weekends:
            yield f"{weekends} ngày cuối tuần" if lang == "vi" else _plural(weekends, "weekend day")
        for day, reason in named:
            yield f"{day:%d/%m/%Y} ({reason.in_(lang)})"

    listed = _joined(parts)
    detail = T(
        f"{listed.vi}; tính theo ngày lịch nên vẫn được đếm",
        f"{listed.en}; still counted, because the term runs in calendar days",
    )
    return [DerivationStep(T("Ngày nghỉ nằm trong thời hạn", "Days off inside the term"), detail)]


def _rolled_step(raw: dt.date, due: dt.date, after: bool, calendar: Calendar) -> DerivationStep:
    first, last = (raw, due - ONE_DAY) if after else (due + ONE_DAY, raw)
    off = [first + ONE_DAY * n for n in range((last - first).days + 1)]

    def parts(lang: str) -> Iterator[str]:
        for day in off:
            reason = calendar.off(day)
            yield f"{day:%d/%m/%Y} ({reason.in_(lang) if reason else ''})"

    listed, target = _joined(parts), date_words(due)
    if after:
        detail = T(
            f"ngày cuối trúng ngày nghỉ: {listed.vi}; chuyển sang ngày làm việc tiếp theo, {target.vi}",
            f"the last day is a day off: {listed.en}; moved to the next working day, {target.en}",
        )
    else:
        detail = T(
            f"ngày cuối trúng ngày nghỉ: {listed.vi}; luật không nói rõ trường hợp này, theo cách làm thận "
            f"trọng để thời gian báo trước không ngắn lại thì lấy ngày làm việc liền trước, {target.vi}",
            f"the last day is a day off: {listed.en}; the law does not say what then, so by cautious "
            f"practice, not to shorten the notice, the working day before is taken, {target.en}",
        )
    return DerivationStep(T("Chuyển ngày", "Moved"), detail)


def _due_step(due: dt.date) -> DerivationStep:
    words = date_words(due)
    return DerivationStep(T("Hạn", "Due"), T(f"hết ngày {words.vi}", f"end of {words.en}"))


def _undecided_step(first: dt.date, last: dt.date) -> list[DerivationStep]:
    year = max(first, last).year
    if year <= DECIDED_UNTIL:
        return []
    detail = T(
        f"lịch nghỉ năm {year} là dự kiến; khi có lịch chính thức, hạn được rà lại và mọi thay đổi được ghi",
        f"days off in {year} are an estimate; once they are decided the date is checked again "
        f"and every change is recorded",
    )
    return [DerivationStep(T("Lịch nghỉ chưa chốt", "Days off not yet decided"), detail)]


def _plural(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _joined(parts: Callable[[str], Iterator[str]]) -> T:
    return T(", ".join(parts("vi")), ", ".join(parts("en")))
