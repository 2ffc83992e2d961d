"""A deadline told to whoever asks "why this date?": plain sentences, from the rule to the result."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from supervision.deadlines.explain import ExplainRow, event_rows, is_open, open_words, whose_words
from supervision.deadlines.models import Deadline
from supervision.deadlines.reminders import PASSED
from supervision.deadlines.states import state
from supervision.language.dates import vietnam_day
from supervision.language.folding import upper_first
from supervision.law.basis import Practice
from supervision.law.counting import DerivationStep, date_words
from supervision.law.rules import Direction, Unit
from supervision.law.text import T


@dataclass(frozen=True)
class Story:
    """The parts of the answer, in the order in which they are told.

    `since` keeps label, value and reason apart: reasons that people wrote stay Vietnamese. `moved`
    says step by step how pauses moved the day.
    """

    answer: T
    rule: list[T]
    counting: list[DerivationStep]
    since: list[ExplainRow]
    moved: list[DerivationStep]
    told: list[T]
    result: list[T]


def why(deadline: Deadline, today: dt.date, task: T | None = None, of_law: Deadline | None = None) -> Story:
    """Return how the date in force on day `today` came about; `task` names the work, where it is one step.

    `of_law` is the clock by which the law itself sets a last day for the same thing, where there is one.
    Reads recounts, pauses, extensions and reminders of the deadline.
    """
    return Story(
        answer=_answer(deadline, today),
        rule=[_what(deadline, task), _basis(deadline), *_whose_number(deadline, of_law), *_start(deadline)],
        counting=[step for step in deadline.working.steps if step.label.vi not in _SAID_ELSEWHERE],
        since=event_rows(deadline),
        moved=deadline.moved_steps,
        told=_told(deadline),
        result=_result(deadline),
    )


#: Steps of the working that other sentences say more plainly.
_SAID_ELSEWHERE = ("Hạn",)


def _what(deadline: Deadline, task: T | None) -> T:
    title = task or deadline.law_rule.title
    return T(f"Đây là hạn của việc: {title.vi}.", f"This is the deadline of: {title.en}.")


def _basis(deadline: Deadline) -> T:
    rule = deadline.law_rule
    basis = rule.basis
    reasons = [one.reason for one in basis if isinstance(one, Practice)]
    if len(reasons) == len(basis):
        vi, en = ("; ".join(one.in_(language) for one in reasons) for language in ("vi", "en"))
        unregulated = T(", luật không quy định", ", not regulated by law") if rule.is_silent else T("", "")
        return T(
            f"Hạn này theo thực tiễn{unregulated.vi}: {vi}.",
            f"This deadline is practice{unregulated.en}: {en}.",
        )
    vi, en = ("; ".join(label.in_(language) for label in rule.basis_labels) for language in ("vi", "en"))
    return T(f"Căn cứ: {vi}.", f"Basis: {en}.")


_BY_LAW = {
    Unit.CALENDAR: T("Số ngày do văn bản nêu trên quy định.", "The text named above sets the days."),
    Unit.WORKING: T("Số ngày do văn bản nêu trên quy định.", "The text named above sets the days."),
    Unit.MONTHS: T("Số tháng do văn bản nêu trên quy định.", "The text named above sets the months."),
}
_PERIOD_BY_LAW = T(
    "Văn bản nêu trên nêu một khoảng thời gian, không nêu ngày; hạn là ngày cuối của khoảng thời gian ấy.",
    "The text named above names a period, no day; the period's last day is the deadline.",
)


def _whose_number(deadline: Deadline, of_law: Deadline | None) -> list[T]:
    rule = deadline.law_rule
    if rule.says is not None:
        said = _PERIOD_BY_LAW if rule.period else _BY_LAW[rule.unit]
        return [said, T(f"Nguyên văn: “{rule.says.vi}”.", f"In its words: “{rule.says.en}”.")]
    words = whose_words(deadline)
    if words is None:  # a rule given up: what it rests on has said all there is
        return []
    if rule.direction is Direction.FIXED or deadline.length is None:
        said = rule.silence
        if of_law is not None and not is_open(of_law):
            day = date_words(of_law.due_on)
            said = T(f"{said.vi}, là hết ngày {day.vi}", f"{said.en}, the end of {day.en}")
        return [
            T(
                f"{upper_first(said.vi)}. {upper_first(words.vi)}.",
                f"{upper_first(said.en)}. {upper_first(words.en)}.",
            )
        ]
    return [T(f"Số ngày: {words.vi}.", f"Number of days: {words.en}.")]


def _start(deadline: Deadline) -> list[T]:
    if deadline.law_rule.direction is Direction.WITHIN:
        return []
    label, day = deadline.start_label, date_words(deadline.start_on)
    return [T(f"Sự việc làm mốc: {label.vi}, {day.vi}.", f"What it is counted from: {label.en}, {day.en}.")]


def _told(deadline: Deadline) -> list[T]:
    said = []
    for one in deadline.reminders.order_by("pk"):
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
    if is_open(deadline):
        said = open_words(deadline)
        return T(
            f"{upper_first(said.vi)}. Trước khi tạm dừng, hạn là hết ngày {due.vi}.",
            f"The day is {said.en}. Before the pause it was due by the end of {due.en}.",
        )
    return T(f"Hạn là hết ngày {due.vi}. {words.vi}.", f"Due by the end of {due.en}. {words.en}.")


def _result(deadline: Deadline) -> list[T]:
    due, said = date_words(deadline.due_on), []
    if deadline.due_on != deadline.first_due_on:
        first = date_words(deadline.first_due_on)
        said.append(
            T(
                f"Tính theo quy định, chưa kể những việc ở mục 3, thì hạn là {first.vi}.",
                f"By the rule alone, without what part 3 tells, it would be {first.en}.",
            )
        )
    if is_open(deadline):
        return [*said, _while_paused(deadline)]
    return [*said, T(f"Vì vậy hạn là hết ngày {due.vi}.", f"So it is due by the end of {due.en}.")]


def _while_paused(deadline: Deadline) -> T:
    due = date_words(deadline.due_on)
    if deadline.working.direction is Direction.BEFORE:
        return T(
            "Hạn đang tạm dừng nên chưa xác định; hạn được đếm lại khi có ngày làm mốc mới.",
            "It stands still and is not known; it is counted anew once there is a new day to count from.",
        )
    if deadline.paused_from_on and deadline.paused_from_on < deadline.start_on:
        since = date_words(deadline.start_on)
        return T(
            f"Hạn đang tạm dừng nên chưa xác định: khi chạy lại, ngày {due.vi} lùi thêm số ngày tạm dừng "
            f"sau {since.vi}; trước đó hạn chưa bắt đầu đếm.",
            f"It stands still and is not known: when it runs again, {due.en} moves by the days of the pause "
            f"after {since.en}; until then nothing is counted.",
        )
    return T(
        f"Hạn đang tạm dừng nên chưa xác định: khi chạy lại, ngày {due.vi} lùi thêm số ngày đã tạm dừng.",
        f"It stands still and is not known: when it runs again, {due.en} moves by the days of the pause.",
    )
