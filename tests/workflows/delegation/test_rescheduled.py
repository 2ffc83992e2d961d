"""A session moved to another day: what is announced, shown and judged is one day, and the law's at most.

D is Tuesday 21/07/2026. The notice is sent on Tue 23/06 and asks for the report by Mon 13/07 (D-8); the
law's own day is Tue 14/07 (D-7).
"""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine

from supervision.cases.models import Inquiry
from supervision.cases.services.extensions import extendable_clock
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.documents.models import Document
from supervision.documents.render import paper_html
from supervision.errors import InvalidInput
from supervision.language.dates import long_date
from supervision.law.counting import date_words
from tests.stages import CHAIR, DEPUTY, drafter, go, org
from tests.web.test_limits import client_of
from tests.workflows.delegation.acts import FIRST, Start, fresh, outside_act, sign_letter
from workflows.acts import pauses

D = dt.date
SESSION = D(2026, 7, 21)


def asked(start: Start) -> tuple[Driver, Inquiry]:
    driver = start("decided")
    driver.first_day = SESSION
    sessions = [{"agency": org(FIRST), "session_on": SESSION}]
    go(driver, -29, "draft_notice", agencies=sessions, asked_on=D(2026, 7, 13))
    go(driver, -28, "sign_notice")
    go(driver, -27, "receive_inquiry", driver.inquiry(FIRST))
    return driver, driver.inquiry(FIRST)


def offset(on: D) -> int:
    return (on - SESSION).days


def move(driver: Driver, inquiry: Inquiry, on: D, to: D | None) -> None:
    days = {inquiry.pk: to} if to else {}
    outside_act("reschedule_case", driver, offset(on), case=driver.case, days=days, reason="Đổi lịch")


def refusal(driver: Driver, inquiry: Inquiry, on: D, to: D | None) -> str:
    with pytest.raises(InvalidInput) as refused:
        move(driver, inquiry, on, to)
    (words,) = refused.value.errors[f"day_{inquiry.pk}"]
    return str(words)


def sent_late(driver: Driver, inquiry: Inquiry, on: D) -> bool | None:
    go(driver, offset(on), "draft_response", inquiry)
    go(driver, offset(on), "approve_response", inquiry)
    late: bool | None = inquiry.responses.order_by("-version")[0].is_late
    return late


def letter(driver: Driver) -> Document:
    return driver.case.papers.filter(document__kind="announcement").order_by("-pk")[0].document


def printed(paper: Document) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", paper_html(paper).replace("⁠", "").replace(" ", " "))


def all_say(driver: Driver, inquiry: Inquiry, on: D, day: D) -> None:
    """The paper, the work, the page of the request and the page of the date tell one day."""
    clock, work = extendable_clock(fresh(inquiry)), driver.item("draft_response", inquiry).deadline
    assert clock is not None and work is not None
    assert (letter(driver).context["days"][0]["report_due_on"], work.due_on) == (day.isoformat(), day)
    assert clock == work
    agency = client_of(drafter(FIRST))
    with time_machine.travel(driver.at(offset(on)), tick=True):
        told = agency.get(f"/han/{clock.public_id}/").content.decode()
        request = agency.get(f"/yeu-cau/{inquiry.public_id}/").content.decode()
    assert f"Hạn là hết ngày {date_words(day).vi}" in told
    assert f"hạn {day:%d/%m/%Y}" in re.sub(r"<[^>]+>", "", request)


def test_the_delegation_s_own_day_gives_way_where_the_law_s_comes_before_it(start: Start) -> None:
    """02/07 + 15 = Fri 17/07; seven days before that is Fri 10/07, before the 13/07 that was asked for."""
    driver, inquiry = asked(start)
    on = D(2026, 7, 2)
    move(driver, inquiry, on, D(2026, 7, 17))
    assert fresh(inquiry).asked_deadline.dropped_at is not None
    all_say(driver, inquiry, on, D(2026, 7, 10))
    sign_letter(driver, offset(on))
    assert sent_late(driver, inquiry, D(2026, 7, 10)) is False


def test_a_day_asked_for_that_is_still_ahead_of_the_law_s_stays(start: Start) -> None:
    """Wed 05/08 less seven days is Wed 29/07; the delegation still asks for Mon 13/07."""
    driver, inquiry = asked(start)
    move(driver, inquiry, D(2026, 7, 2), D(2026, 8, 5))
    all_say(driver, inquiry, D(2026, 7, 2), D(2026, 7, 13))


def test_a_day_asked_for_that_has_passed_is_not_held_against_a_later_session(start: Start) -> None:
    """On Tue 14/07 the 13/07 has passed; of the session of Wed 05/08 the law's day is Wed 29/07."""
    driver, inquiry = asked(start)
    move(driver, inquiry, D(2026, 7, 14), D(2026, 8, 5))
    all_say(driver, inquiry, D(2026, 7, 14), D(2026, 7, 29))
    assert sent_late(driver, inquiry, D(2026, 7, 29)) is False


def test_a_day_that_neither_notice_precedes_by_fifteen_days_is_refused_in_the_words_of_drafting(
    start: Start,
) -> None:
    """On Thu 02/07 the first day is Fri 17/07; Thu 16/07 is before it and before the 21/07 announced."""
    driver, inquiry = asked(start)
    on, case = D(2026, 7, 2), driver.case
    words = "Thông báo phải gửi trước ngày làm việc ít nhất 15 ngày: chọn từ ngày 17/07/2026 trở đi."
    assert refusal(driver, inquiry, on, D(2026, 7, 16)) == words
    with time_machine.travel(driver.at(offset(on)), tick=True):
        typed = {f"day_{inquiry.pk}": "16/07/2026", "reason": "Cơ quan đề nghị sớm"}
        page = client_of(CHAIR).post(f"/ho-so/{case.public_id}/hen-lai/", typed)
    assert page.status_code == 422 and words in page.content.decode()
    assert fresh(inquiry).session_on == SESSION and fresh(inquiry).asked_deadline.is_running


def test_a_day_later_than_announced_may_be_near_and_makes_nobody_late_anew(start: Start) -> None:
    """On Mon 20/07 to Thu 23/07: the notice of 23/06 came before Wed 08/07; the report's day is Thu 16/07."""
    driver, inquiry = asked(start)
    on = D(2026, 7, 20)
    move(driver, inquiry, on, D(2026, 7, 23))
    notice = fresh(inquiry).notice_deadline
    assert (notice.due_on, notice.met_on, notice.met_late) == (D(2026, 7, 8), D(2026, 6, 23), False)
    shown = extendable_clock(fresh(inquiry))
    assert shown == fresh(inquiry).report_deadline and shown.due_on == D(2026, 7, 16)
    assert letter(driver).context["days"][0]["report_was_due_on"] == "2026-07-16", "the law's own day"
    assert f"báo cáo đã quá hạn từ {long_date(D(2026, 7, 16))}, đề nghị gửi ngay" in printed(letter(driver))


def test_once_put_off_no_announced_day_stands_and_every_agency_needs_a_new_one(start: Start) -> None:
    """On Mon 13/07 the first day is Tue 28/07: 15 days before it is that Monday."""
    driver, inquiry = asked(start)
    outside_act("postpone_case", driver, -12, case=driver.case, reason="Mưa lũ")
    sign_letter(driver, -12)
    on = D(2026, 7, 13)
    assert "chọn từ ngày 28/07/2026 trở đi" in refusal(driver, inquiry, on, D(2026, 7, 27))
    assert "hãy ấn định ngày làm việc mới" in refusal(driver, inquiry, on, None)
    move(driver, inquiry, on, D(2026, 7, 28))
    all_say(driver, inquiry, on, D(2026, 7, 17))  # 13/07 put off for the four days from 09/07


def test_a_day_asked_for_that_a_pause_carries_past_the_law_s_gives_way(start: Start) -> None:
    """Put off from 02/07 to Mon 20/07: 13/07 + 18 = Fri 31/07; the law's day of Tue 04/08 is Tue 28/07."""
    driver, inquiry = asked(start)
    outside_act("postpone_case", driver, -19, case=driver.case, reason="Mưa lũ")
    sign_letter(driver, -19)
    on = D(2026, 7, 20)
    move(driver, inquiry, on, D(2026, 8, 4))
    all_say(driver, inquiry, on, D(2026, 7, 28))
    assert sent_late(driver, inquiry, D(2026, 7, 28)) is False


def supplementing(start: Start, due_on: D) -> tuple[Driver, Inquiry]:
    driver, inquiry = asked(start)
    assert sent_late(driver, inquiry, D(2026, 6, 30)) is False
    wanted = {"decision": "supplement", "points": "Số liệu", "supplement_due_on": due_on}
    go(driver, offset(D(2026, 7, 1)), "review_response", inquiry, **wanted)
    return driver, inquiry


@pytest.mark.parametrize(
    ("due_on", "then"), [(D(2026, 7, 9), D(2026, 7, 9)), (D(2026, 7, 14), D(2026, 7, 10)),
                         (D(2026, 7, 17), D(2026, 7, 13))]
)  # fmt: skip
def test_a_supplement_comes_no_nearer_to_the_session_than_it_was(start: Start, due_on: D, then: D) -> None:
    """The session comes four days earlier, to Fri 17/07, seven days before which is Fri 10/07.

    9/7 is ahead of that; 14/7 was D-7 and is D-7 again; 17/7, four days ahead, is four days ahead again.
    """
    driver, inquiry = supplementing(start, due_on)
    on = D(2026, 7, 2)
    move(driver, inquiry, on, D(2026, 7, 17))
    all_say(driver, inquiry, on, then)
    assert sent_late(driver, inquiry, then) is False


def test_a_supplement_that_a_head_has_stopped_stays_stopped_on_its_earlier_day(start: Start) -> None:
    driver, inquiry = supplementing(start, D(2026, 7, 17))
    stop = {"actor": actor(CHAIR), "reason": "Chờ số liệu", "at": driver.at(-19)}
    pauses.pause_clock(deadline=driver.inquiry(FIRST).supplement_deadline, **stop)
    move(driver, inquiry, D(2026, 7, 2), D(2026, 7, 17))
    clock = fresh(inquiry).supplement_deadline
    assert (clock.due_on, clock.paused_from_on) == (D(2026, 7, 13), D(2026, 7, 2))
    assert clock.pauses.get().by_hand


def test_the_notice_of_a_new_day_stands_still_with_the_case(start: Start) -> None:
    """Moved on 02/07, announced by nobody, put off on 03/07: no notice is late of a day that is given up."""
    driver, inquiry = asked(start)
    move(driver, inquiry, D(2026, 7, 2), D(2026, 7, 20))
    driver.do(-19, DEPUTY, "sign_letter", None, decision="return", reason="Sai ngày")
    outside_act("postpone_case", driver, -18, case=driver.case, reason="Mưa lũ")
    assert fresh(inquiry).notice_deadline.paused_from_on == D(2026, 7, 3)


def test_a_case_moved_to_an_earlier_day_can_be_called_off(start: Start) -> None:
    driver, inquiry = asked(start)
    move(driver, inquiry, D(2026, 7, 2), D(2026, 7, 17))
    sign_letter(driver, -19)
    outside_act("cancel_case", driver, -18, case=driver.case, reason="Trùng thanh tra")
    assert fresh(inquiry).report_deadline.dropped_at is not None
