"""What can happen to a deadline, and what its panel then says."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from supervision.audit.models import Event
from supervision.deadlines import services
from supervision.deadlines.explain import explain
from supervision.deadlines.models import DayCorrection, Deadline, Recount
from supervision.deadlines.states import state
from supervision.errors import AlreadyDone, InvalidInput, WrongState
from supervision.language.dates import VIETNAM
from supervision.law.text import T
from supervision.organizations.models import Mandate
from tests.organizations.makers import FRONT, a_mandate

pytestmark = pytest.mark.django_db
D = dt.date
RECEIVED = T("ngày nhận được kiến nghị", "the day the recommendation was received")
SESSION = T("ngày làm việc", "the session day")
SET_BY = "Ban Thường trực"
FIRST_OF_JULY = D(2026, 7, 1)
SESSION_DAY = D(2026, 7, 21)


def at(day: dt.date, hour: int = 9) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), VIETNAM)


@pytest.fixture
def officer() -> Mandate:
    return a_mandate(FRONT, "officer")


def a_reply(start: dt.date = FIRST_OF_JULY, length: int | None = 30) -> Deadline:
    return services.set_deadline(
        rule="S_REPLY", start_on=start, start_label=RECEIVED, at=at(start), length=length, set_by=SET_BY
    )


def a_report(session: dt.date = SESSION_DAY) -> Deadline:
    return services.set_deadline(
        rule="S2_REPORT_IN", start_on=session, start_label=SESSION, at=at(D(2026, 7, 3))
    )


def told(deadline: Deadline) -> dict[str, tuple[str, str]]:
    return {row.label.vi: (row.value.vi, row.note.vi if row.note else "") for row in explain(deadline)}


def test_a_deadline_stores_its_working_and_who_set_it() -> None:
    deadline = a_reply()
    assert (deadline.raw_due_on, deadline.first_due_on, deadline.due_on) == (D(2026, 7, 31),) * 3
    assert deadline.working.due == D(2026, 7, 31)
    assert deadline.calendar_version == services.calendar().version
    value, note = told(deadline)["Quy định"]
    assert value == "Trả lời kiến nghị"
    assert note.startswith("Luật Mặt trận Tổ quốc Việt Nam, khoản 6 Điều 29")
    assert note.endswith("do Ban Thường trực đặt ra, luật không quy định số ngày")
    assert told(deadline)["Sự việc"][0] == "ngày nhận được kiến nghị: thứ Tư, 01/07/2026"


def test_a_number_that_nobody_set_is_called_the_product_s_own() -> None:
    start = FIRST_OF_JULY
    given = {"rule": "S_REPLY", "start_on": start, "start_label": RECEIVED, "at": at(start)}
    note = told(services.set_deadline(**given, length=30, set_by=SET_BY, by_default=True))["Quy định"][1]
    assert note.endswith(
        "số mặc định của phần mềm, Ban Thường trực chưa đặt riêng; luật không quy định số ngày"
    )
    assert "do Ban Thường trực" not in note
    with pytest.raises(ValueError, match="only an open term"):
        services.set_deadline(
            **given | {"rule": "S_ACTION"}, fixed_on=D(2026, 8, 1), set_by=SET_BY, by_default=True
        )


def test_the_law_s_own_term_names_its_article_and_nobody() -> None:
    note = told(a_report())["Quy định"][1]
    assert note.startswith("Nghị quyết liên tịch 403, khoản 3 Điều 7")
    assert "đặt ra" not in note


def test_who_set_the_days_is_named_exactly_when_the_law_did_not() -> None:
    with pytest.raises(ValueError, match="set_by"):
        services.set_deadline(
            rule="S_REPLY", start_on=D(2026, 7, 1), start_label=RECEIVED, at=at(D(2026, 7, 1))
        )
    with pytest.raises(ValueError, match="set_by"):
        services.set_deadline(
            rule="S2_RESULT", start_on=D(2026, 7, 1), start_label=SESSION, at=at(D(2026, 7, 1)), set_by=SET_BY
        )


def test_days_the_unit_fixed_in_story_s2a() -> None:
    """YC-1 of story S2a: asked for at D-11, supplement at D+7, action at D+80; D is 9 June 2026."""
    for rule, day in (
        ("UNIT_ASKED", D(2026, 5, 29)),
        ("SUPPLEMENT", D(2026, 6, 16)),
        ("S_ACTION", D(2026, 8, 28)),
    ):
        deadline = services.set_deadline(
            rule=rule,
            start_on=D(2026, 5, 20),
            start_label=T("ngày gửi đề nghị", "the day of the request"),
            at=at(D(2026, 5, 20)),
            set_by="Đoàn giám sát",
            fixed_on=day,
        )
        assert (deadline.due_on, deadline.length) == (day, None)
        assert "ngày do Đoàn giám sát ấn định" in told(deadline)["Quy định"][1]


def test_being_met_late_is_recorded_and_never_blocks() -> None:
    on_time, late = a_reply(), a_reply()
    services.meet(on_time, on=D(2026, 7, 31), at=at(D(2026, 7, 31), 23))
    services.meet(late, on=D(2026, 8, 1), at=at(D(2026, 8, 1)))
    assert (on_time.met_late, late.met_late) == (False, True)
    assert told(late)["Hoàn thành"] == ("thứ Bảy, 01/08/2026", "muộn 1 ngày")


@pytest.mark.parametrize("end", ["met", "dropped"])
def test_what_is_finished_takes_no_further_act(end: str, officer: Mandate) -> None:
    deadline, day = a_reply(), D(2026, 7, 3)
    if end == "met":
        services.meet(deadline, on=D(2026, 7, 2), at=at(D(2026, 7, 2)))
    else:
        services.drop(deadline, at=at(D(2026, 7, 2)))
    acts = [
        lambda: services.meet(deadline, on=day, at=at(day)),
        lambda: services.drop(deadline, at=at(day)),
        lambda: services.request_extension(deadline, at=at(day)),
        lambda: services.decline_extension(deadline, at=at(day)),
        lambda: services.extend(deadline, to_on=D(2026, 9, 9), reason="mẫu", by=officer, at=at(day)),
        lambda: services.pause(deadline, from_on=day, reason="mẫu", by=officer),
        lambda: services.resume(deadline, on=day),
        lambda: services.restart(deadline, start_on=day, start_label=RECEIVED, at=at(day)),
    ]
    for act in acts:
        with pytest.raises(AlreadyDone if end == "met" else WrongState):
            act()
    assert not Deadline.objects.running().filter(pk=deadline.pk).exists()


def test_a_granted_extension_ends_lateness_at_once_and_keeps_its_exact_day(officer: Mandate) -> None:
    deadline = a_reply()
    today = D(2026, 8, 5)
    assert state(deadline, today).kind == "late"
    services.request_extension(deadline, at=at(today))
    assert state(deadline, today).words.vi == "Quá hạn 5 ngày, đã xin gia hạn"
    extension = services.extend(
        deadline,
        to_on=D(2026, 8, 15),
        reason="Chờ số liệu của xã",
        by=officer,
        at=at(today),
        document_number="45/MTTQ-BTT",
    )
    assert state(deadline, today).words.vi == "Đã gia hạn, còn 10 ngày"
    assert deadline.due_on == D(2026, 8, 15)  # a Saturday: the paper's day stands
    assert deadline.first_due_on == extension.from_due_on == D(2026, 7, 31)
    assert told(deadline)["Gia hạn"] == (
        "từ thứ Sáu, 31/07/2026 đến thứ Bảy, 15/08/2026",
        "Chờ số liệu của xã (văn bản số 45/MTTQ-BTT)",
    )
    assert told(deadline)["Hạn hiện nay"][0] == "thứ Bảy, 15/08/2026"


def test_an_extension_needs_a_later_day_and_a_reason_both_said_at_once(officer: Mandate) -> None:
    deadline = a_reply()
    with pytest.raises(InvalidInput) as refused:
        services.extend(deadline, to_on=deadline.due_on, reason=" ", by=officer, at=at(D(2026, 7, 20)))
    assert set(refused.value.errors) == {"to_on", "reason"}


def test_a_request_waits_for_one_answer() -> None:
    deadline = a_reply()
    day = D(2026, 7, 20)
    services.request_extension(deadline, at=at(day))
    with pytest.raises(AlreadyDone):
        services.request_extension(deadline, at=at(day))
    assert state(deadline, day).words.vi == "Đã xin gia hạn, còn 11 ngày"
    services.decline_extension(deadline, at=at(D(2026, 7, 21)))
    assert state(deadline, day).kind == "ok"
    with pytest.raises(WrongState):
        services.decline_extension(deadline, at=at(D(2026, 7, 21)))


def test_paused_days_are_not_counted(officer: Mandate) -> None:
    """KN-2 of story S2a: received D+22, the clock stands still from D+30 to D+41."""
    deadline = a_reply(D(2026, 7, 1))
    services.pause(deadline, from_on=D(2026, 7, 9), reason="Đang đối thoại", by=officer)
    assert state(deadline, D(2026, 7, 15)).words.vi == "Tạm dừng từ 09/07/2026"
    assert state(deadline, D(2026, 9, 15)).kind == "paused"  # a standing clock is never late
    services.resume(deadline, on=D(2026, 7, 20))
    assert deadline.due_on == D(2026, 8, 11)  # 31 July and eleven days, a Tuesday
    assert told(deadline)["Tạm dừng"] == (
        "từ thứ Năm, 09/07/2026 đến hết Chủ nhật, 19/07/2026: 11 ngày không tính",
        "Đang đối thoại",
    )


def test_a_date_moved_by_a_pause_rolls_off_days_off(officer: Mandate) -> None:
    deadline = a_reply(D(2026, 7, 1))
    services.pause(deadline, from_on=D(2026, 7, 9), reason="Đang đối thoại", by=officer)
    services.resume(deadline, on=D(2026, 7, 10))
    assert deadline.due_on == D(2026, 8, 3)  # 1 August is a Saturday


def test_pauses_stand_apart_and_open_one_at_a_time(officer: Mandate) -> None:
    deadline = a_reply(D(2026, 7, 1))
    with pytest.raises(InvalidInput):
        services.pause(deadline, from_on=D(2026, 7, 9), reason="", by=officer)
    services.pause(deadline, from_on=D(2026, 7, 9), reason="mẫu", by=officer)
    with pytest.raises(WrongState):
        services.pause(deadline, from_on=D(2026, 7, 10), reason="mẫu", by=officer)
    with pytest.raises(WrongState):
        services.extend(deadline, to_on=D(2026, 9, 9), reason="mẫu", by=officer, at=at(D(2026, 7, 10)))
    with pytest.raises(InvalidInput):
        services.resume(deadline, on=D(2026, 7, 8))
    services.resume(deadline, on=D(2026, 7, 20))
    with pytest.raises(WrongState):
        services.resume(deadline, on=D(2026, 7, 21))
    with pytest.raises(InvalidInput):
        services.pause(deadline, from_on=D(2026, 7, 19), reason="mẫu", by=officer)


def test_the_database_itself_refuses_two_open_pauses(officer: Mandate) -> None:
    deadline = a_reply()
    services.pause(deadline, from_on=D(2026, 7, 9), reason="mẫu", by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        deadline.pauses.create(from_on=D(2026, 7, 12), reason="mẫu", by=officer)


def test_an_answer_given_while_paused_is_on_time(officer: Mandate) -> None:
    deadline = a_reply(D(2026, 7, 1))
    services.pause(deadline, from_on=D(2026, 7, 30), reason="mẫu", by=officer)
    services.meet(deadline, on=D(2026, 8, 20), at=at(D(2026, 8, 20)))
    assert not deadline.met_late
    assert deadline.paused_from_on is None
    assert deadline.pauses.get().until_on == D(2026, 8, 20)


def test_a_pause_after_the_due_date_excuses_no_lateness(officer: Mandate) -> None:
    deadline = a_reply(D(2026, 7, 1))
    services.pause(deadline, from_on=D(2026, 8, 5), reason="Đang đối thoại", by=officer)
    assert state(deadline, D(2026, 8, 10)).words.vi == "Quá hạn 10 ngày"
    with pytest.raises(WrongState):
        services.extend(deadline, to_on=D(2026, 9, 9), reason="mẫu", by=officer, at=at(D(2026, 8, 10)))
    services.resume(deadline, on=D(2026, 8, 12))
    assert deadline.due_on == D(2026, 7, 31)
    assert told(deadline)["Tạm dừng"] == (
        "từ thứ Tư, 05/08/2026 đến hết thứ Ba, 11/08/2026",
        "Đang đối thoại; hạn đã qua nên không dời",
    )
    services.extend(deadline, to_on=D(2026, 8, 20), reason="mẫu", by=officer, at=at(D(2026, 8, 12)))
    assert state(deadline, D(2026, 8, 12)).kind == "extended"


def test_a_pause_on_the_first_day_stops_the_days_that_follow(officer: Mandate) -> None:
    deadline = a_reply(D(2026, 7, 1))
    services.pause(deadline, from_on=D(2026, 7, 1), reason="mẫu", by=officer)
    services.resume(deadline, on=D(2026, 7, 6))  # 2 to 5 July do not count
    assert deadline.due_on == D(2026, 8, 4)


def test_a_fixed_day_moves_by_the_whole_pause(officer: Mandate) -> None:
    deadline = services.set_deadline(
        rule="S_ACTION",
        start_on=D(2026, 7, 1),
        start_label=RECEIVED,
        at=at(D(2026, 7, 1)),
        set_by=SET_BY,
        fixed_on=D(2026, 8, 29),  # a Saturday, kept as fixed
    )
    services.pause(deadline, from_on=D(2026, 7, 1), reason="mẫu", by=officer)
    services.resume(deadline, on=D(2026, 7, 1))
    assert deadline.due_on == D(2026, 8, 29)
    services.pause(deadline, from_on=D(2026, 7, 1), reason="mẫu", by=officer)
    services.resume(deadline, on=D(2026, 7, 4))
    assert deadline.due_on == D(2026, 9, 3)  # 1 September rolls over National Day


def test_a_pause_that_begins_on_the_fixed_day_moves_it(officer: Mandate) -> None:
    deadline = a_reply(D(2026, 7, 1))
    services.extend(deadline, to_on=D(2026, 8, 12), reason="mẫu", by=officer, at=at(D(2026, 7, 10)))
    services.pause(deadline, from_on=D(2026, 8, 12), reason="mẫu", by=officer)
    services.resume(deadline, on=D(2026, 8, 14))
    assert deadline.due_on == D(2026, 8, 14)


def test_a_pause_to_come_ends_where_it_begins_when_the_answer_is_there_first(officer: Mandate) -> None:
    deadline = a_reply(D(2026, 7, 1))
    services.pause(deadline, from_on=D(2026, 7, 20), reason="mẫu", by=officer)
    services.meet(deadline, on=D(2026, 7, 15), at=at(D(2026, 7, 15)))
    stop = deadline.pauses.get()
    assert (stop.until_on, stop.days, deadline.due_on) == (D(2026, 7, 20), 0, D(2026, 7, 31))


def test_a_pause_begun_past_the_due_date_stays_without_effect_when_the_calendar_is_mended(
    officer: Mandate,
) -> None:
    deadline = a_reply(D(2026, 7, 1))
    services.pause(deadline, from_on=D(2026, 8, 1), reason="mẫu", by=officer)
    services.resume(deadline, on=D(2026, 8, 5))
    services.correct_day(
        day=D(2026, 7, 31), is_off=True, name="Nghỉ do bão", source="mẫu", at=at(D(2026, 8, 6))
    )
    services.recheck(at=at(D(2026, 8, 6)), apply=True)
    deadline.refresh_from_db()
    assert deadline.due_on == D(2026, 8, 3)


def test_a_moved_session_day_moves_the_date_and_keeps_the_old_count() -> None:
    """Story S2d: the session of 21 July is put off by 28 days."""
    deadline = a_report()
    assert deadline.due_on == D(2026, 7, 14)
    services.restart(
        deadline,
        start_on=D(2026, 8, 18),
        start_label=T("ngày làm việc mới", "the new day"),
        at=at(D(2026, 7, 31)),
    )
    assert (deadline.due_on, deadline.first_due_on) == (D(2026, 8, 11), D(2026, 8, 11))
    kept = deadline.recounts.get()
    assert (kept.old_due_on, kept.new_due_on, kept.cause) == (
        D(2026, 7, 14),
        D(2026, 8, 11),
        Recount.Cause.START_MOVED,
    )
    assert told(deadline)["Tính lại hạn"] == (
        "từ thứ Ba, 14/07/2026 đến thứ Ba, 11/08/2026",
        "mốc tính chuyển từ thứ Ba, 21/07/2026 sang thứ Ba, 18/08/2026",
    )


def test_a_session_put_off_without_a_day_stands_still_until_it_has_one(officer: Mandate) -> None:
    deadline = a_report()
    services.pause(deadline, from_on=D(2026, 7, 20), reason="Mưa lũ", by=officer)  # the date had passed
    assert state(deadline, D(2026, 7, 25)).kind == "paused"
    services.restart(deadline, start_on=D(2026, 8, 18), start_label=SESSION, at=at(D(2026, 7, 31)))
    assert state(deadline, D(2026, 7, 31)).words.vi == "Đúng hạn, còn 11 ngày"
    assert deadline.pauses.get().superseded_at == at(D(2026, 7, 31))


def test_after_a_restart_old_extensions_and_pauses_count_no_more(officer: Mandate) -> None:
    deadline = a_reply(D(2026, 7, 1))
    services.pause(deadline, from_on=D(2026, 7, 6), reason="mẫu", by=officer)
    services.resume(deadline, on=D(2026, 7, 8))
    services.extend(deadline, to_on=D(2026, 9, 30), reason="mẫu", by=officer, at=at(D(2026, 7, 9)))
    services.restart(deadline, start_on=D(2026, 7, 13), start_label=RECEIVED, at=at(D(2026, 7, 14)))
    assert deadline.due_on == D(2026, 8, 12)
    assert not deadline.is_extended
    services.pause(deadline, from_on=D(2026, 7, 15), reason="mẫu", by=officer)
    services.resume(deadline, on=D(2026, 7, 16))
    assert deadline.due_on == D(2026, 8, 13)
    assert "thôi áp dụng" in told(deadline)["Gia hạn"][1]


def test_a_fixed_day_is_not_counted_from_elsewhere() -> None:
    deadline = services.set_deadline(
        rule="S_ACTION",
        start_on=D(2026, 7, 1),
        start_label=RECEIVED,
        at=at(D(2026, 7, 1)),
        set_by=SET_BY,
        fixed_on=D(2026, 9, 15),
    )
    with pytest.raises(WrongState):
        services.restart(deadline, start_on=D(2026, 7, 2), start_label=RECEIVED, at=at(D(2026, 7, 2)))


def test_a_corrected_calendar_moves_nothing_until_told() -> None:
    moved, same, met = a_reply(D(2026, 7, 1)), a_reply(D(2026, 7, 6)), a_reply(D(2026, 7, 1))
    services.meet(met, on=D(2026, 7, 30), at=at(D(2026, 7, 30)))
    services.correct_day(
        day=D(2026, 7, 31), is_off=True, name="Nghỉ do bão", source="Công điện mẫu", at=at(D(2026, 7, 29))
    )
    moved.refresh_from_db()
    assert moved.due_on == D(2026, 7, 31)

    listed = services.recheck(at=at(D(2026, 7, 29)))
    assert [(m.deadline.pk, m.old, m.new) for m in listed] == [(moved.pk, D(2026, 7, 31), D(2026, 8, 3))]
    moved.refresh_from_db()
    assert moved.due_on == D(2026, 7, 31)

    assert len(services.recheck(at=at(D(2026, 7, 29)), apply=True)) == 1
    moved.refresh_from_db()
    same.refresh_from_db()
    met.refresh_from_db()
    assert (moved.due_on, met.due_on) == (D(2026, 8, 3), D(2026, 7, 31))
    assert moved.calendar_version == same.calendar_version == services.calendar().version
    assert "Nghỉ do bão" in told(moved)["Chuyển ngày"][0]
    assert told(moved)["Tính lại hạn"][1] == (
        "lịch nghỉ được sửa: thứ Sáu, 31/07/2026 là ngày nghỉ (Nghỉ do bão; căn cứ: Công điện mẫu)"
    )
    assert not same.recounts.exists()
    event = Event.objects.get(object_type="deadlines.deadline", object_id=moved.pk)
    assert (event.action, event.data) == ("deadline.moved", {"from": "2026-07-31", "to": "2026-08-03"})
    assert services.recheck(at=at(D(2026, 7, 30))) == []


def test_a_correction_needs_a_name_and_its_paper_and_may_be_replaced() -> None:
    with pytest.raises(InvalidInput) as refused:
        services.correct_day(day=D(2026, 7, 31), is_off=True, name="", source=" ", at=at(D(2026, 7, 1)))
    assert set(refused.value.errors) == {"name", "source"}
    for is_off in (True, False):
        services.correct_day(
            day=D(2026, 7, 31), is_off=is_off, name="mẫu", source="mẫu", at=at(D(2026, 7, 1))
        )
    assert not DayCorrection.objects.get(day=D(2026, 7, 31)).is_off
    assert not services.calendar().is_off(D(2026, 7, 31))


def test_every_row_is_told_in_both_languages(officer: Mandate) -> None:
    deadline = a_reply(D(2026, 7, 1))
    services.pause(deadline, from_on=D(2026, 7, 6), reason="mẫu", by=officer)
    services.extend(
        services.resume(deadline, on=D(2026, 7, 6)),
        to_on=D(2026, 9, 30),
        reason="mẫu",
        by=officer,
        at=at(D(2026, 7, 9)),
    )
    services.meet(deadline, on=D(2026, 10, 2), at=at(D(2026, 10, 2)))
    rows = explain(deadline)
    assert [row.label.en for row in rows][-4:] == ["Pause", "Extension", "Due now", "Done"]
    assert all(row.value.en and row.label.en for row in rows)
    assert rows[-4].value.en == "from Monday 06/07/2026: no day taken off"
    assert rows[-1].note == T("muộn 2 ngày", "2 days late")


def test_the_command_lists_before_it_moves(capsys: pytest.CaptureFixture[str]) -> None:
    deadline = a_reply(D(2026, 7, 1))
    services.correct_day(
        day=D(2026, 7, 31), is_off=True, name="Nghỉ do bão", source="mẫu", at=at(D(2026, 7, 29))
    )
    call_command("recheck_deadlines")
    assert "S_REPLY: 31/07/2026 -> 03/08/2026" in capsys.readouterr().out
    deadline.refresh_from_db()
    assert deadline.due_on == D(2026, 7, 31)
    call_command("recheck_deadlines", "--apply")
    deadline.refresh_from_db()
    assert deadline.due_on == D(2026, 8, 3)
