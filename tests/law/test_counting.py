"""The working of a due date, in words a person can follow."""

from __future__ import annotations

import datetime as dt

import pytest

from supervision.law.calendar import Calendar, Correction
from supervision.law.counting import Derivation, derive, recount, shift_months
from supervision.law.rules import RULES, Direction
from supervision.law.text import T

D = dt.date


def told(working: Derivation, language: str = "vi") -> dict[str, str]:
    return {step.label.vi: step.detail.in_(language) for step in working.steps}


def test_a_last_day_on_a_day_off_rolls_to_the_next_working_day_and_says_so() -> None:
    steps = told(derive(RULES["S2_RESULT"], D(2026, 8, 18), Calendar()))
    assert steps["Mốc tính"] == "thứ Ba, 18/08/2026; ngày này không tính, đếm từ ngày hôm sau"
    assert steps["Thời hạn"] == "15 ngày theo lịch"
    assert "01/09/2026 (Quốc khánh)" in steps["Ngày nghỉ nằm trong thời hạn"]
    assert steps["Ngày nghỉ nằm trong thời hạn"].endswith("tính theo ngày lịch nên vẫn được đếm")
    assert steps["Ngày cuối"] == "thứ Tư, 02/09/2026"
    assert steps["Chuyển ngày"].endswith("chuyển sang ngày làm việc tiếp theo, thứ Năm, 03/09/2026")
    assert steps["Hạn"] == "hết ngày thứ Năm, 03/09/2026"


def test_time_of_notice_never_gets_shorter() -> None:
    working = derive(RULES["S2_REPORT_IN"], D(2026, 9, 8), Calendar())
    assert (working.raw_due, working.due) == (D(2026, 9, 1), D(2026, 8, 28))
    moved = told(working)["Chuyển ngày"]
    for skipped in ("01/09/2026 (Quốc khánh)", "31/08/2026 (nghỉ hoán đổi", "30/08/2026 (Chủ nhật)"):
        assert skipped in moved
    assert moved.endswith("lấy ngày làm việc liền trước, thứ Sáu, 28/08/2026")
    assert "luật không nói rõ trường hợp này, theo cách làm thận trọng" in moved


def test_working_days_name_each_day_skipped() -> None:
    steps = told(derive(RULES["STEP"], D(2026, 8, 28), Calendar()), "en")
    assert steps["Thời hạn"] == "5 working days"
    assert steps["Ngày nghỉ không tính"].split(", ") == [
        "29/08/2026 (Saturday)",
        "30/08/2026 (Sunday)",
        "31/08/2026 (day off exchanged for 22/08/2026)",
        "01/09/2026 (National Day)",
        "02/09/2026 (National Day)",
        "05/09/2026 (Saturday)",
        "06/09/2026 (Sunday)",
    ]


EXCHANGED = "Ngày cuối tuần làm việc hoán đổi"


@pytest.mark.parametrize(
    ("code", "start", "days", "named"),
    [
        ("S_REPLY", D(2026, 7, 23), 30, "22/08/2026 (thứ Bảy, làm việc hoán đổi cho ngày 31/08/2026)"),
        ("S_REPLY", D(2025, 12, 11), 30, "10/01/2026 (thứ Bảy, làm việc hoán đổi cho ngày 02/01/2026)"),
        ("STEP", D(2026, 8, 14), 10, "22/08/2026 (thứ Bảy, làm việc hoán đổi cho ngày 31/08/2026)"),
        ("STEP", D(2026, 8, 14), 6, "22/08/2026 (thứ Bảy, làm việc hoán đổi cho ngày 31/08/2026)"),
        ("S2_NOTICE", D(2026, 9, 8), None, ""),
        ("S_REPLY", D(2026, 7, 24), 40, ""),  # it lies inside a term in calendar days: nothing hangs on it
    ],
)
def test_a_weekend_day_that_is_worked_in_exchange_is_named_where_the_date_hangs_on_it(
    code: str, start: dt.date, days: int | None, named: str
) -> None:
    """Every other Saturday moves a date; the agency could not follow why this one does not."""
    rule = RULES[code]
    steps = told(derive(rule, start, Calendar(), length=None if rule.by_law else days))
    assert (EXCHANGED in steps) == bool(named)
    assert named in steps.get(EXCHANGED, "")


def test_a_fixed_day_stays_where_it_was_fixed() -> None:
    working = derive(RULES["S_ACTION"], D(2026, 7, 1), Calendar(), fixed_on=D(2026, 8, 29))
    assert working.due == D(2026, 8, 29)
    assert told(working)["Rơi vào ngày nghỉ"] == "thứ Bảy; giữ nguyên ngày đã ấn định"


def test_years_whose_days_off_are_not_decided_say_so() -> None:
    assert "Lịch nghỉ chưa chốt" not in told(derive(RULES["S_REPLY"], D(2026, 11, 1), Calendar()))
    note = told(derive(RULES["S_REPLY"], D(2026, 12, 15), Calendar()))["Lịch nghỉ chưa chốt"]
    assert note.startswith("lịch nghỉ năm 2027 là dự kiến")


def test_the_law_s_own_numbers_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="the law sets"):
        derive(RULES["S2_RESULT"], D(2026, 6, 9), Calendar(), 20)
    with pytest.raises(ValueError, match="the law sets"):
        derive(RULES["S2_RESULT"], D(2026, 6, 9), Calendar(), fixed_on=D(2026, 7, 9))


def test_a_term_needs_its_days_or_its_day() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        derive(RULES["S_REPLY"], D(2026, 6, 9), Calendar(), 0)
    with pytest.raises(ValueError, match="must be given"):
        derive(RULES["S_ACTION"], D(2026, 6, 9), Calendar())


def test_a_derivation_survives_storage() -> None:
    for working in (
        derive(RULES["S_REPLY"], D(2026, 7, 2), Calendar(), 20),
        derive(RULES["SUPPLEMENT"], D(2026, 6, 9), Calendar(), fixed_on=D(2026, 6, 16)),
    ):
        assert Derivation.from_json(working.to_json()) == working


def test_counting_anew_keeps_the_term_that_was_set() -> None:
    storm = Calendar([Correction(D(2026, 8, 3), True, T("nghỉ do bão", "storm"), "mẫu")])
    old = derive(RULES["S_REPLY"], D(2026, 7, 2), Calendar(), 32)
    assert (old.due, recount(old, storm).due) == (D(2026, 8, 3), D(2026, 8, 4))
    assert recount(old, Calendar(), D(2026, 7, 3)).due == D(2026, 8, 4)
    fixed = derive(RULES["S_ACTION"], D(2026, 7, 2), Calendar(), fixed_on=D(2026, 8, 3))
    assert recount(fixed, storm).due == D(2026, 8, 3)
    with pytest.raises(ValueError, match="nothing to count from"):
        recount(fixed, storm, D(2026, 7, 3))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (D(2026, 8, 31), 6, D(2027, 2, 28)),
        (D(2027, 8, 31), 6, D(2028, 2, 29)),
        (D(2026, 6, 30), 6, D(2026, 12, 30)),
        (D(2026, 12, 31), -6, D(2026, 6, 30)),
        (D(2026, 11, 15), 1, D(2026, 12, 15)),
        (D(2026, 12, 1), 12, D(2027, 12, 1)),
    ],
)
def test_a_month_without_that_day_ends_on_its_last(start: dt.date, months: int, end: dt.date) -> None:
    assert shift_months(start, months) == end


def test_every_rule_can_be_counted() -> None:
    for rule in RULES.values():
        fixed = D(2026, 7, 1) if rule.direction is Direction.FIXED else None
        working = derive(rule, D(2026, 6, 9), Calendar(), fixed_on=fixed)
        assert working.steps[-1].label.vi == "Hạn"
