"""Days off in Viet Nam and working-day arithmetic.

Days come from the `holidays` package, then national corrections it lacks, then the
corrections officials enter. Years whose swaps are not yet decided are estimates: a later
correction never moves a due date by itself (see `deadlines.services.recheck`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version as package_version
from types import MappingProxyType

import holidays

from supervision.law.text import T

ONE_DAY = dt.timedelta(days=1)
SATURDAY = 5
#: The last year whose swaps were announced when this release was made; later ones are estimates.
DECIDED_UNTIL = 2026
_WEEKDAYS = (
    T("thứ Hai", "Monday"),
    T("thứ Ba", "Tuesday"),
    T("thứ Tư", "Wednesday"),
    T("thứ Năm", "Thursday"),
    T("thứ Sáu", "Friday"),
    T("thứ Bảy", "Saturday"),
    T("Chủ nhật", "Sunday"),
)
#: A day off announced by the press and listed by the package, whose enactment nobody has read yet.
_CULTURE_DAY = "Ngày Văn hóa Việt Nam"
_SWAPPED = "Ngày nghỉ (thay cho ngày "


@dataclass(frozen=True)
class Correction:
    """A day that is off although a weekday, or worked although a weekend, and why."""

    day: dt.date
    is_off: bool
    name: T
    source: str


#: What the package lacks. Source: notice of the Ministry of Home Affairs of 25/12/2025.
_HOME_AFFAIRS_2026 = "Thông báo ngày 25/12/2025 của Bộ Nội vụ"
NATIONAL_CORRECTIONS = (
    Correction(
        dt.date(2026, 1, 2),
        True,
        T("nghỉ hoán đổi với ngày 10/01/2026", "day off exchanged for 10/01/2026"),
        _HOME_AFFAIRS_2026,
    ),
    Correction(
        dt.date(2026, 1, 10),
        False,
        T("làm việc hoán đổi cho ngày 02/01/2026", "worked in exchange for 02/01/2026"),
        _HOME_AFFAIRS_2026,
    ),
)


def weekday(day: dt.date) -> T:
    """Return the name of the weekday: "thứ Hai", "Monday"."""
    return _WEEKDAYS[day.weekday()]


class Calendar:
    """Which days are off and why; `corrections` win over the national list.

    `version` names the package release and the corrections, so that a stored date can
    say by which calendar it was computed.
    """

    def __init__(self, corrections: Iterable[Correction] = ()) -> None:
        merged = {c.day: c for c in NATIONAL_CORRECTIONS}
        merged.update({c.day: c for c in corrections})
        self._corrections: Mapping[dt.date, Correction] = MappingProxyType(merged)
        self.version = f"holidays-{package_version('holidays')}+{_digest(merged.values())}"

    def without(self, day: dt.date) -> Calendar:
        """Return this calendar as it would be if nobody had corrected `day`."""
        return Calendar(one for one in self._corrections.values() if one.day != day)

    def off(self, day: dt.date) -> T | None:
        """Return why `day` is off ("Quốc khánh", "thứ Bảy"), or None when it is worked."""
        correction = self._corrections.get(day)
        if correction:
            return correction.name if correction.is_off else None
        year = _national(day.year)
        if day in year.off:
            return year.off[day]
        if day.weekday() >= SATURDAY and day not in year.worked:
            return weekday(day)
        return None

    def exchanged(self, day: dt.date) -> T | None:
        """Return for which day off a Saturday or Sunday is worked; None for any other day."""
        if day.weekday() < SATURDAY or self.is_off(day):
            return None
        correction = self._corrections.get(day)
        return correction.name if correction else _national(day.year).worked[day]

    def named(self, day: dt.date) -> T | None:
        """Return the name of a day off that is more than a plain weekend, else None."""
        reason = self.off(day)
        return None if reason == weekday(day) else reason

    def is_off(self, day: dt.date) -> bool:
        """Whether state bodies rest on `day`."""
        return self.off(day) is not None

    def on_or_after(self, day: dt.date) -> dt.date:
        """Return `day`, or the first working day after it."""
        while self.is_off(day):
            day += ONE_DAY
        return day

    def on_or_before(self, day: dt.date) -> dt.date:
        """Return `day`, or the last working day before it."""
        while self.is_off(day):
            day -= ONE_DAY
        return day

    def add_working(self, day: dt.date, number: int) -> dt.date:
        """Return the working day `number` working days after `day` (before it, if negative)."""
        step = ONE_DAY if number > 0 else -ONE_DAY
        left = abs(number)
        while left:
            day += step
            left -= not self.is_off(day)
        return day


@dataclass(frozen=True)
class _Year:
    off: Mapping[dt.date, T]
    worked: Mapping[dt.date, T]  # Saturdays and Sundays


@cache
def _national(year: int) -> _Year:
    """The package's days for `year`; neighbours are asked too, for swaps across New Year."""
    years = range(year - 1, year + 2)
    vi = holidays.country_holidays("VN", years=years, expand=False, language="vi")
    en = holidays.country_holidays("VN", years=years, expand=False, language="en_US")
    off = {day: _name(day, vi[day], en[day]) for day in vi if day.year == year}
    swapped = {_made_up(name): day for day, name in vi.items() if name.startswith(_SWAPPED)}
    worked = {day: _for(swapped.get(day)) for day in vi.weekend_workdays if day.year == year}
    return _Year(MappingProxyType(off), MappingProxyType(worked))


def _made_up(name: str) -> dt.date:
    """Return the day that is worked for a day off, read from its name."""
    return dt.datetime.strptime(name.removeprefix(_SWAPPED).rstrip(")"), "%d/%m/%Y").date()


def _for(day: dt.date | None) -> T:
    """Return why a weekend day is worked; the package names no day off for some."""
    if day is None:
        return T("làm việc theo lịch hoán đổi", "worked in exchange for a day off")
    return T(f"làm việc hoán đổi cho ngày {day:%d/%m/%Y}", f"worked in exchange for {day:%d/%m/%Y}")


def _name(day: dt.date, vi: str, en: str) -> T:
    if vi.startswith(_SWAPPED):
        made_up = f"{_made_up(vi):%d/%m/%Y}"
        return T(f"nghỉ hoán đổi với ngày {made_up}", f"day off exchanged for {made_up}")
    if vi.startswith(_CULTURE_DAY):
        return T(f"{vi}, chưa kiểm tra văn bản", f"{en}, text not yet checked")
    return T(vi, en)


def _digest(corrections: Iterable[Correction]) -> str:
    rows = sorted(f"{c.day}|{c.is_off}|{c.name.vi}|{c.name.en}" for c in corrections)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:12]
