"""The panel of a date beside what happened to it: pauses, corrections, the paper that set it."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command

from supervision.deadlines import services
from supervision.deadlines.explain import explain
from supervision.deadlines.models import Deadline
from supervision.deadlines.why import why
from supervision.organizations.models import Mandate
from tests.deadlines.test_services import RECEIVED, SET_BY, a_reply, at, officer, told

__all__ = ["officer"]
pytestmark = pytest.mark.django_db
D = dt.date
PAPER = services.Paper("07/MTTQ-BTT", D(2026, 6, 29), "Ủy ban MTTQ Việt Nam tỉnh Bắc Ninh")
ADDED, ROLLED = "Cộng ngày tạm dừng", "Chuyển ngày sau tạm dừng"


def stopped(deadline: Deadline, by: Mandate, *spans: tuple[D, D]) -> Deadline:
    for first, again in spans:
        services.pause(deadline, from_on=first, reason="bão", by=by)
        services.resume(deadline, on=again)
    return deadline


def sentences(deadline: Deadline, today: D) -> str:
    story = why(deadline, today)
    steps = [f"{step.label.vi}: {step.detail.vi}" for step in [*story.counting, *story.moved]]
    return "\n".join([story.answer.vi, *(x.vi for x in story.rule), *steps, *(x.vi for x in story.result)])


def test_the_roll_after_a_pause_is_told_day_by_day(officer: Mandate) -> None:
    """The case of the review: rule date 21/08/2026, eleven days not counted, two days off after them."""
    clock = stopped(a_reply(D(2026, 7, 22)), officer, (D(2026, 8, 3), D(2026, 8, 14)))
    assert (clock.first_due_on, clock.due_on) == (D(2026, 8, 21), D(2026, 9, 3))
    rows = told(clock)
    assert rows[ADDED][0] == "thứ Sáu, 21/08/2026 + 11 ngày = thứ Ba, 01/09/2026"
    assert rows[ROLLED][0] == (
        "ngày ấy trúng ngày nghỉ: 01/09/2026 (Quốc khánh), 02/09/2026 (Quốc khánh); "
        "chuyển sang ngày làm việc tiếp theo, thứ Năm, 03/09/2026"
    )
    assert "+ 11 ngày = thứ Ba, 01/09/2026" in sentences(clock, D(2026, 8, 20))


def test_tet_is_walked_over_by_name(officer: Mandate) -> None:
    clock = stopped(a_reply(D(2026, 1, 5)), officer, (D(2026, 1, 12), D(2026, 1, 24)))
    assert clock.due_on == D(2026, 2, 23)
    rows = told(clock)
    assert rows[ADDED][0] == "thứ Tư, 04/02/2026 + 12 ngày = thứ Hai, 16/02/2026"
    for day in range(16, 23):
        assert f"{day}/02/2026 (" in rows[ROLLED][0]


def test_several_pauses_are_added_one_by_one_from_the_day_before_rolling(officer: Mandate) -> None:
    """22/08/2026 is a Saturday that is worked; 29/08 is one that is not."""
    clock = a_reply(D(2026, 7, 30))
    assert (clock.raw_due_on, clock.first_due_on) == (D(2026, 8, 29), D(2026, 9, 3))
    stopped(clock, officer, (D(2026, 8, 3), D(2026, 8, 5)), (D(2026, 8, 10), D(2026, 8, 13)))
    assert told(clock)[ADDED][0] == "thứ Bảy, 29/08/2026 + 2 ngày + 3 ngày = thứ Năm, 03/09/2026"
    assert ROLLED not in told(clock) and clock.due_on == D(2026, 9, 3)


def test_working_days_are_counted_on_past_the_pause(officer: Mandate) -> None:
    given = {"rule": "STEP", "start_label": RECEIVED, "length": 5, "set_by": SET_BY}
    clock = services.set_deadline(**given, start_on=D(2026, 8, 24), at=at(D(2026, 8, 24)))
    assert clock.due_on == D(2026, 8, 28) + dt.timedelta(days=6)
    stopped(clock, officer, (D(2026, 8, 26), D(2026, 8, 28)))
    words = told(clock)["Đếm tiếp sau tạm dừng"][0]
    assert "cho đủ 5 ngày làm việc" in words and "05/09/2026 (thứ Bảy)" in words
    assert words.endswith(f"đến thứ Hai, {clock.due_on:%d/%m/%Y}")


def test_a_granted_day_is_what_a_later_pause_moves(officer: Mandate) -> None:
    clock = a_reply()
    services.extend(clock, to_on=D(2026, 8, 14), reason="mẫu", by=officer, at=at(D(2026, 7, 20)))
    stopped(clock, officer, (D(2026, 8, 3), D(2026, 8, 10)))
    assert told(clock)[ADDED][0] == "thứ Sáu, 14/08/2026 + 7 ngày = thứ Sáu, 21/08/2026"
    services.extend(clock, to_on=D(2026, 9, 30), reason="mẫu", by=officer, at=at(D(2026, 8, 12)))
    assert ADDED not in told(clock), "the later paper fixed its day"


def test_while_a_clock_stands_still_its_day_is_first_called_open(officer: Mandate) -> None:
    clock = a_reply()
    services.pause(clock, from_on=D(2026, 7, 10), reason="bão", by=officer)
    first = explain(clock)[0]
    assert first.label.vi == "Hạn hiện nay"
    assert first.value.vi == "hạn tạm thời chưa xác định, đang tạm dừng từ thứ Sáu, 10/07/2026"
    assert why(clock, D(2026, 8, 20)).answer.vi.startswith("Hạn tạm thời chưa xác định")
    assert "Vì vậy hạn là" not in sentences(clock, D(2026, 8, 20))


def test_a_correction_is_named_with_its_day_and_its_paper() -> None:
    clock, other = a_reply(D(2026, 7, 1)), a_reply(D(2026, 7, 3))
    now = at(D(2026, 7, 20))
    for day, name, source in (
        (D(2026, 7, 31), "Nghỉ do bão", "Công điện số 88/CĐ-TTg"),
        (D(2026, 7, 24), "Ngày lễ của tỉnh", "Văn bản số 5/UBND"),
        (D(2026, 12, 24), "Xa lắm", "Văn bản số 6/UBND"),
    ):
        services.correct_day(day=day, is_off=True, name=name, source=source, at=now)
    services.recheck(at=now, apply=True)
    clock.refresh_from_db()
    note = told(clock)["Tính lại hạn"][1]
    assert note == (
        "lịch nghỉ được sửa: thứ Sáu, 31/07/2026 là ngày nghỉ (Nghỉ do bão; căn cứ: Công điện số 88/CĐ-TTg)"
    )
    other.refresh_from_db()
    assert not other.recounts.exists()


def test_an_operator_enters_a_correction_with_its_paper() -> None:
    clock, said = a_reply(D(2026, 7, 1)), io.StringIO()
    given = ("correct_day", "2026-07-31", "--off", "--name", "Nghỉ do bão")
    call_command(*given, "--source", "Công điện số 88/CĐ-TTg", stdout=said)
    assert "1 running deadlines would move" in said.getvalue()
    clock.refresh_from_db()
    assert clock.due_on == D(2026, 7, 31), "nothing moves before recheck_deadlines --apply"
    with pytest.raises(CommandError, match="căn cứ"):
        call_command(*given, "--source", " ", stdout=said)
    with pytest.raises(CommandError, match="a day is written"):
        call_command("correct_day", "31/7", "--off", "--name", "x", "--source", "y")


def test_a_signed_paper_is_the_source_of_its_number() -> None:
    clock = services.set_deadline(
        rule="S_REPLY",
        start_on=D(2026, 7, 1),
        start_label=RECEIVED,
        at=at(D(2026, 7, 1)),
        length=30,
        set_by=SET_BY,
        paper=PAPER,
    )
    note = told(clock)["Quy định"][1]
    assert note.endswith(
        "theo văn bản số 07/MTTQ-BTT ngày 29/06/2026 của Ủy ban MTTQ Việt Nam tỉnh Bắc Ninh; "
        "luật không quy định số ngày"
    )
    assert "mặc định" not in note and "mặc định" not in sentences(clock, D(2026, 7, 2))
    assert "Số ngày: theo văn bản số 07/MTTQ-BTT" in sentences(clock, D(2026, 7, 2))


def test_no_paper_sets_what_the_law_sets_and_none_is_a_default() -> None:
    given = {"start_on": D(2026, 7, 1), "start_label": RECEIVED, "at": at(D(2026, 7, 1)), "paper": PAPER}
    with pytest.raises(ValueError, match="the law sets"):
        services.set_deadline(rule="S2_RESULT", **given)
    with pytest.raises(ValueError, match="has a default"):
        services.set_deadline(rule="S_REPLY", length=30, set_by=SET_BY, by_default=True, **given)


def test_a_period_is_told_without_a_number_of_days() -> None:
    label = RECEIVED
    clock = services.set_deadline(
        rule="PLAN_Q4", start_on=D(2028, 10, 1), start_label=label, at=at(D(2028, 10, 5))
    )
    said = sentences(clock, D(2028, 10, 6))
    assert clock.due_on == D(2028, 12, 31)
    assert "không nêu ngày" in said and "“Quý IV hằng năm, kế hoạch" in said
    assert "Số ngày do văn bản nêu trên quy định" not in said and "báo trước" not in said


def test_a_clock_that_bears_a_rule_given_up_is_told_without_a_law() -> None:
    clock = a_reply()
    Deadline.objects.filter(pk=clock.pk).update(rule="O_REPLY_PARTYHEAD", set_by="", length=10)
    clock.refresh_from_db()
    said = sentences(clock, D(2026, 7, 2))
    assert "do văn bản nêu trên quy định" not in said and "11-QĐi" not in said
    assert explain(clock)[0].value.vi.startswith("Cấp ủy trả lời")
