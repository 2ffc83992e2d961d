"""The steps of a due date's working, each in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from supervision.law.basis import CIVIL_CODE, Norm
from supervision.law.calendar import DECIDED_UNTIL, ONE_DAY, SATURDAY, Calendar, weekday
from supervision.law.rule import Direction, Unit
from supervision.law.text import T


@dataclass(frozen=True)
class DerivationStep:
    """One step of the working: what it is, and what it did."""

    label: T
    detail: T


@dataclass(frozen=True)
class Term:
    """A length in its unit, counted after an event or back from a day."""

    code: str
    direction: Direction
    unit: Unit
    days: int

    @property
    def after(self) -> bool:
        return self.direction is Direction.AFTER


def date_words(day: dt.date) -> T:
    """Return "thứ Hai, 09/03/2026"."""
    name = weekday(day)
    return T(f"{name.vi}, {day:%d/%m/%Y}", f"{name.en} {day:%d/%m/%Y}")


def start_step(start: dt.date, after: bool) -> DerivationStep:
    """Return from which day the term is counted, and which way."""
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


def length_step(term: Term) -> DerivationStep:
    """Return how long the term is."""
    days, before = term.days, not term.after
    vi = {Unit.CALENDAR: "ngày theo lịch", Unit.WORKING: "ngày làm việc", Unit.MONTHS: "tháng"}[term.unit]
    en = {Unit.CALENDAR: "calendar day", Unit.WORKING: "working day", Unit.MONTHS: "month"}[term.unit]
    counted = _plural(days, en)
    detail = T(
        f"ít nhất {days} {vi} trước" if before else f"{days} {vi}",
        f"at least {counted} before" if before else counted,
    )
    return DerivationStep(T("Thời hạn", "Term"), detail)


def norms_step(after: bool, *, rolled: bool) -> list[DerivationStep]:
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


def between(start: dt.date, end: dt.date, after: bool) -> Iterator[dt.date]:
    """Days strictly between, in the order of the calendar."""
    first, last = (start, end) if after else (end, start)
    day = first + ONE_DAY
    while day < last:
        yield day
        day += ONE_DAY


def skipped_step(inside: Iterable[dt.date], calendar: Calendar) -> list[DerivationStep]:
    """Return the days off that working days leave out, each named."""
    skipped = [(day, reason) for day in inside if (reason := calendar.off(day))]
    if not skipped:
        return []
    detail = _joined(lambda lang: (f"{d:%d/%m/%Y} ({r.in_(lang)})" for d, r in skipped))
    return [DerivationStep(T("Ngày nghỉ không tính", "Days off skipped"), detail)]


def exchanged_step(days: Iterable[dt.date], calendar: Calendar) -> list[DerivationStep]:
    """Return the Saturdays and Sundays among days that matter that are worked in exchange, each named."""
    found = [(day, words) for day in days if (words := calendar.exchanged(day))]
    if not found:
        return []
    listed = _joined(
        lambda lang: (f"{d:%d/%m/%Y} ({weekday(d).in_(lang)}, {words.in_(lang)})" for d, words in found)
    )
    label = T("Ngày cuối tuần làm việc hoán đổi", "Weekend days worked in exchange")
    detail = T(
        f"{listed.vi}; là ngày làm việc nên được đếm, hạn rơi vào đó thì không chuyển",
        f"{listed.en}; a working day, so it counts, and a date that falls on it is not moved",
    )
    return [DerivationStep(label, detail)]


def counted_days_off_step(inside: Iterable[dt.date], calendar: Calendar) -> list[DerivationStep]:
    """Return the days off inside a term in calendar days, which count all the same."""
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


def rolled_step(raw: dt.date, due: dt.date, after: bool, calendar: Calendar) -> DerivationStep:
    """Return the days off that the last day was moved over, and on what ground."""
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


def due_step(due: dt.date) -> DerivationStep:
    """Return the day by whose end it is due."""
    words = date_words(due)
    return DerivationStep(T("Hạn", "Due"), T(f"hết ngày {words.vi}", f"end of {words.en}"))


def undecided_step(first: dt.date, last: dt.date, *, stays: bool = False) -> list[DerivationStep]:
    """Return a warning where the days off reached are still an estimate.

    `stays`: the day was fixed as it is, and moves for no day off.
    """
    year = max(first, last).year
    if year <= DECIDED_UNTIL:
        return []
    then = T(
        "khi có lịch chính thức, hạn được rà lại và mọi thay đổi được ghi",
        "once they are decided the date is checked again and every change is recorded",
    )
    if stays:
        then = T("ngày đã ấn định thì giữ nguyên", "the day stays as it was fixed")
    detail = T(
        f"lịch nghỉ năm {year} là dự kiến; {then.vi}", f"days off in {year} are an estimate; {then.en}"
    )
    return [DerivationStep(T("Lịch nghỉ chưa chốt", "Days off not yet decided"), detail)]


def _plural(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _joined(parts: Callable[[str], Iterator[str]]) -> T:
    return T(", ".join(parts("vi")), ", ".join(parts("en")))
