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
from supervision.law.rules import RULES, Direction, rule_of
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


def a_step_to_come() -> Deadline:
    """Five working days from Tue 18/08/2026, set on 03/08: 19, 20, 21, Sat 22 (worked), Mon 24."""
    given = {"rule": "S3_MINUTES", "start_label": RECEIVED, "length": 5, "set_by": SET_BY}
    clock = services.set_deadline(**given, start_on=D(2026, 8, 18), at=at(D(2026, 8, 3)))
    assert clock.due_on == D(2026, 8, 24)
    return clock


def test_a_clock_that_is_yet_to_begin_may_stand_still_and_loses_no_day_before_it_begins(
    officer: Mandate,
) -> None:
    clock = stopped(a_step_to_come(), officer, (D(2026, 8, 5), D(2026, 8, 10)))
    assert clock.due_on == D(2026, 8, 24)
    assert told(clock)["Tạm dừng"][0].endswith("đến hết Chủ nhật, 09/08/2026, khi hạn chưa bắt đầu đếm")


def test_of_a_pause_that_lasts_past_the_beginning_only_the_days_after_it_count(officer: Mandate) -> None:
    """Running again on Thu 20/08: 20, 21, 22, 24, 25. Of the pause only Wed 19/08 was to be counted."""
    clock = a_step_to_come()
    services.pause(clock, from_on=D(2026, 8, 5), reason="bão", by=officer)
    assert "lùi thêm số ngày tạm dừng sau thứ Ba, 18/08/2026" in sentences(clock, D(2026, 8, 6))
    services.resume(clock, on=D(2026, 8, 20))
    assert clock.due_on == D(2026, 8, 25)
    assert told(clock)["Tạm dừng"][0].endswith("đến hết thứ Tư, 19/08/2026: 1 ngày không tính")


ESTIMATE = "Lịch nghỉ chưa chốt"


def test_a_date_that_a_pause_moves_into_a_year_of_estimates_says_so(officer: Mandate) -> None:
    """01/12 + 20 days = 21/12/2026; the 45 days of 10/12 to 23/01 (22 + 23) lead to 04/02/2027, a Thursday.

    Tết of 2027 is 06/02, so nothing is rolled over yet: what is warned of is the year, not a day.
    """
    clock = stopped(a_reply(D(2026, 12, 1), 20), officer, (D(2026, 12, 10), D(2027, 1, 24)))
    assert clock.first_due_on == D(2026, 12, 21)
    assert D(2026, 12, 21) + dt.timedelta(days=22 + 23) == D(2027, 2, 4)
    warned = told(clock)[ESTIMATE][0]
    assert warned.startswith("lịch nghỉ năm 2027 là dự kiến; khi có lịch chính thức, hạn được rà lại")
    assert warned in sentences(clock, D(2027, 1, 25))


def test_working_days_counted_on_into_a_year_of_estimates_say_so(officer: Mandate) -> None:
    """Five working days from Mon 21/12/2026 end on Mon 28/12.

    Without 23/12 to 03/01 the 22nd is the first, then 04 to 07/01/2027, Monday to Thursday.
    """
    given = {"rule": "STEP", "start_label": RECEIVED, "length": 5, "set_by": SET_BY}
    clock = services.set_deadline(**given, start_on=D(2026, 12, 21), at=at(D(2026, 12, 21)))
    assert clock.due_on == D(2026, 12, 28) and ESTIMATE not in told(clock)
    stopped(clock, officer, (D(2026, 12, 23), D(2027, 1, 4)))
    assert clock.due_on == D(2027, 1, 7)
    assert "năm 2027 là dự kiến" in told(clock)[ESTIMATE][0]


def test_the_estimate_is_said_once_and_anew_only_for_a_later_year(officer: Mandate) -> None:
    """Counted from 20/12/2026 thirty days reach 19/01/2027; a pause of a year reaches into 2028."""
    clock = a_reply(D(2026, 12, 20), 30)
    stopped(clock, officer, (D(2027, 1, 4), D(2027, 1, 9)))
    said = [row.value.vi for row in explain(clock) if row.label.vi == ESTIMATE]
    assert clock.due_on.year == 2027 and len(said) == 1
    stopped(clock, officer, (D(2027, 1, 11), D(2028, 1, 11)))
    said = [row.value.vi for row in explain(clock) if row.label.vi == ESTIMATE]
    assert clock.due_on.year == 2028 and len(said) == 2 and "năm 2028" in said[1]


def test_an_extension_into_a_year_of_estimates_says_that_its_day_stays(officer: Mandate) -> None:
    clock = a_reply(D(2026, 12, 1), 20)
    services.extend(clock, to_on=D(2027, 2, 8), reason="mẫu", by=officer, at=at(D(2026, 12, 15)))
    assert told(clock)[ESTIMATE][0] == "lịch nghỉ năm 2027 là dự kiến; ngày đã ấn định thì giữ nguyên"
    stopped(clock, officer, (D(2027, 1, 4), D(2027, 1, 6)))
    assert told(clock)[ESTIMATE][0].endswith("hạn được rà lại và mọi thay đổi được ghi")
    services.extend(clock, to_on=D(2027, 3, 31), reason="mẫu", by=officer, at=at(D(2027, 1, 7)))
    assert told(clock)[ESTIMATE][0].endswith("giữ nguyên")


def test_a_fixed_day_called_off_by_an_estimate_is_said_to_be_so() -> None:
    """08/02/2027, the third day of Tết by the estimate; 08/02/2026 is a Sunday of a decided year."""
    for year, warned in ((2027, True), (2026, False)):
        clock = services.set_deadline(
            rule="S_ACTION",
            start_on=D(2026, 1, 5),
            start_label=RECEIVED,
            at=at(D(2026, 1, 5)),
            fixed_on=D(year, 2, 8),
            set_by=SET_BY,
        )
        assert "Rơi vào ngày nghỉ" in told(clock)
        assert (ESTIMATE in told(clock)) is warned


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


def a_fixed_day(code: str) -> Deadline:
    rule = rule_of(code)
    return services.set_deadline(
        rule=code,
        start_on=D(2026, 7, 2),
        start_label=rule.starts,
        at=at(D(2026, 7, 2)),
        fixed_on=D(2026, 7, 10),
        set_by=SET_BY,
    )


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if rule.direction is Direction.FIXED])
def test_of_a_day_that_was_fixed_both_tellings_say_what_is_known_of_the_law(code: str) -> None:
    clock, rule = a_fixed_day(code), RULES[code]
    page = sentences(clock, D(2026, 7, 3)).casefold()
    panel = told(clock)["Quy định"][1].casefold()
    assert rule.silence.vi.casefold() in page
    assert ("luật không quy định" in page) is rule.is_silent
    if not rule.is_silent:
        assert rule.silence.vi.casefold() in panel and "luật không quy định" not in panel


def test_the_page_of_a_day_asked_for_early_names_the_law_s_own_day() -> None:
    """Seven days before the session of Tue 21/07/2026 is Tue 14/07."""
    asked = a_fixed_day("UNIT_ASKED")
    of_law = services.set_deadline(
        rule="S2_REPORT_IN", start_on=D(2026, 7, 21), start_label=RECEIVED, at=at(D(2026, 7, 2))
    )
    said = " ".join(one.vi for one in why(asked, D(2026, 7, 3), of_law=of_law).rule)
    assert "Hạn này theo thực tiễn: Đoàn giám sát đề nghị gửi sớm." in said
    assert "(Nghị quyết liên tịch 403, khoản 3 Điều 7), là hết ngày thứ Ba, 14/07/2026. Ngày do " in said
