"""A deadline told to whoever asks "why this date?": plain sentences, from the rule to the result."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from supervision.deadlines.explain import ExplainRow, default_words, event_rows
from supervision.deadlines.models import Deadline
from supervision.deadlines.reminders import PASSED
from supervision.deadlines.states import state
from supervision.language.dates import vietnam_day
from supervision.law.counting import DerivationStep, date_words
from supervision.law.rules import Direction, set_by_words
from supervision.law.text import T


@dataclass(frozen=True)
class Story:
    """The parts of the answer, in the order in which they are told.

    `since` keeps label, value and reason apart: reasons that people wrote stay Vietnamese.
    """

    answer: T
    rule: list[T]
    counting: list[DerivationStep]
    since: list[ExplainRow]
    told: list[T]
    result: list[T]


def why(deadline: Deadline, today: dt.date) -> Story:
    """Return how the date in force on day `today` came about.

    Reads recounts, pauses, extensions and reminders of the deadline.
    """
    return Story(
        answer=_answer(deadline, today),
        rule=[_what(deadline), _basis(deadline), _whose_number(deadline), _start(deadline)],
        counting=[step for step in deadline.working.steps if step.label.vi not in _SAID_ELSEWHERE],
        since=event_rows(deadline),
        told=_told(deadline),
        result=_result(deadline),
    )


#: Steps of the working that other sentences say more plainly.
_SAID_ELSEWHERE = ("Hạn",)


def _what(deadline: Deadline) -> T:
    title = deadline.law_rule.title
    return T(f"Đây là hạn của việc: {title.vi}.", f"This is the deadline of: {title.en}.")


def _basis(deadline: Deadline) -> T:
    labels = [basis.label for basis in deadline.law_rule.basis]
    vi, en = "; ".join(one.vi for one in labels), "; ".join(one.en for one in labels)
    return T(f"Căn cứ: {vi}.", f"Basis: {en}.")


def _whose_number(deadline: Deadline) -> T:
    if not deadline.set_by:
        return T(
            "Số ngày do văn bản nêu trên quy định.", "The number of days is set by the text named above."
        )
    if deadline.law_rule.direction is Direction.FIXED or deadline.length is None:
        return T(
            f"Luật không quy định số ngày. Ngày này do {deadline.set_by} ấn định.",
            f"The law sets no number of days. The day was fixed by {deadline.set_by}.",
        )
    words = (default_words if deadline.by_default else set_by_words)(deadline.set_by)
    return T(f"Số ngày: {words.vi}.", f"Number of days: {words.en}.")


def _start(deadline: Deadline) -> T:
    label, day = deadline.start_label, date_words(deadline.start_on)
    return T(f"Sự việc làm mốc: {label.vi}, {day.vi}.", f"What it is counted from: {label.en}, {day.en}.")


def _told(deadline: Deadline) -> list[T]:
    said = []
    for one in deadline.reminders.filter(in_backlog=False).order_by("pk"):
        at, due = date_words(vietnam_day(one.at)), date_words(one.due_on)
        if one.days_before == PASSED:
            said.append(
                T(
                    f"{at.vi}: đã báo quá hạn {due.vi}.",
                    f"{at.en}: it was told that {due.en} had passed.",
                )
            )
        else:
            number = one.days_before
            said.append(
                T(
                    f"{at.vi}: đã nhắc, theo mốc {number} ngày trước hạn {due.vi}.",
                    f"{at.en}: reminded, by the offset of {number} days before {due.en}.",
                )
            )
    return said


def _answer(deadline: Deadline, today: dt.date) -> T:
    due, words = date_words(deadline.due_on), state(deadline, today).words
    return T(f"Hạn là hết ngày {due.vi}. {words.vi}.", f"Due by the end of {due.en}. {words.en}.")


def _result(deadline: Deadline) -> list[T]:
    due = date_words(deadline.due_on)
    said = [T(f"Vì vậy hạn là hết ngày {due.vi}.", f"So it is due by the end of {due.en}.")]
    if deadline.is_running and deadline.paused_from_on:
        said.append(
            T(
                "Hạn đang tạm dừng: khi chạy lại, ngày này lùi thêm số ngày đã tạm dừng.",
                "It stands still: when it runs again, this day moves by the days of the pause.",
            )
        )
    if deadline.due_on == deadline.first_due_on:
        return said
    first = date_words(deadline.first_due_on)
    alone = T(
        f"Tính theo quy định, chưa kể những việc ở mục 3, thì hạn là {first.vi}.",
        f"By the rule alone, without what part 3 tells, it would be {first.en}.",
    )
    return [alone, *said]
