"""Which days are off: what the package has, what it lacks, what officials mend."""

from __future__ import annotations

import datetime as dt

import pytest

from supervision.law.calendar import Calendar, Correction, weekday
from supervision.law.text import T

D = dt.date


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (D(2026, 1, 1), "Tết Dương lịch"),
        (D(2026, 1, 2), "nghỉ hoán đổi với ngày 10/01/2026"),
        (D(2026, 2, 16), "Giao thừa Tết Nguyên Đán"),
        (D(2026, 2, 20), "Mùng bốn Tết Nguyên Đán"),
        (D(2026, 4, 27), "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)"),
        (D(2026, 8, 31), "nghỉ hoán đổi với ngày 22/08/2026"),
        (D(2026, 9, 1), "Quốc khánh"),
        (D(2026, 9, 2), "Quốc khánh"),
        (D(2026, 11, 24), "Ngày Văn hóa Việt Nam, chưa kiểm tra văn bản"),
        (D(2026, 11, 28), "thứ Bảy"),
        (D(2025, 5, 2), "nghỉ hoán đổi với ngày 26/04/2025"),
    ],
)
def test_a_day_off_says_why(day: dt.date, reason: str) -> None:
    off = Calendar().off(day)
    assert off is not None
    assert off.vi == reason


@pytest.mark.parametrize(
    "day",
    [
        D(2026, 1, 10),  # a Saturday worked for Friday 2 January
        D(2026, 8, 22),  # a Saturday worked for Monday 31 August
        D(2025, 4, 26),  # a Saturday worked for Friday 2 May
        D(2025, 11, 24),  # Vietnam Culture Day is a day off from 2026
        D(2026, 2, 23),  # the Monday after Tết
        D(2026, 9, 3),
    ],
)
def test_a_worked_day_is_not_off(day: dt.date) -> None:
    assert not Calendar().is_off(day)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (D(2026, 8, 22), "làm việc hoán đổi cho ngày 31/08/2026"),
        (D(2026, 1, 10), "làm việc hoán đổi cho ngày 02/01/2026"),
        (D(2025, 4, 26), "làm việc hoán đổi cho ngày 02/05/2025"),
        (D(2019, 1, 5), "làm việc hoán đổi cho ngày 31/12/2018"),
    ],
)
def test_a_saturday_that_is_worked_says_for_which_day_off(day: dt.date, reason: str) -> None:
    exchanged = Calendar().exchanged(day)
    assert exchanged is not None and exchanged.vi == reason
    for other in (day + dt.timedelta(days=1), day + dt.timedelta(days=2)):  # a Sunday off, a Monday worked
        assert Calendar().exchanged(other) is None


def test_officials_may_mend_any_day_and_the_version_tells() -> None:
    storm = Correction(D(2026, 10, 6), True, T("nghỉ do bão", "storm"), "Công điện mẫu")
    undone = Correction(D(2026, 1, 2), False, T("đi làm", "worked"), "Thông báo mẫu")
    mended = Calendar([storm, undone])
    assert mended.off(D(2026, 10, 6)) == storm.name
    assert not mended.is_off(D(2026, 1, 2))
    assert mended.version != Calendar().version
    assert mended.version == Calendar([undone, storm]).version


def test_swap_names_are_day_first_in_english_too() -> None:
    assert Calendar().off(D(2026, 8, 31)) == T(
        "nghỉ hoán đổi với ngày 22/08/2026", "day off exchanged for 22/08/2026"
    )


def test_working_days_are_counted_both_ways() -> None:
    days = Calendar()
    assert days.add_working(D(2026, 8, 28), 1) == D(2026, 9, 3)
    assert days.add_working(D(2026, 9, 3), -1) == D(2026, 8, 28)
    assert days.add_working(D(2026, 1, 9), 1) == D(2026, 1, 10)


def test_weekdays_have_names() -> None:
    assert weekday(D(2026, 11, 24)) == T("thứ Ba", "Tuesday")
    assert weekday(D(2026, 11, 29)) == T("Chủ nhật", "Sunday")
