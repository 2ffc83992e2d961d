"""A deadline told in rows: rule and who set it, each step counted, and what moved it since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from supervision.deadlines.models import Deadline, Extension, Pause, Recount
from supervision.language.dates import vietnam_day
from supervision.law.calendar import ONE_DAY
from supervision.law.counting import date_words
from supervision.law.rules import SILENT, Direction, set_by_words
from supervision.law.text import T


@dataclass(frozen=True)
class ExplainRow:
    """A line of the derivation panel; `note` is a reason, a norm or a paper's number."""

    label: T
    value: T
    note: T | None = None


DONE = T("Hoàn thành", "Done")


def default_words(organization: str, silence: T = SILENT) -> T:
    """Return the sentence printed beside a number that the organization has not set for itself."""
    return T(
        vi=f"số mặc định của phần mềm, {organization} chưa đặt riêng; {silence.vi}",
        en=f"the software's default, {organization} has set none of its own; {silence.en}",
    )


def is_open(deadline: Deadline) -> bool:
    """Whether nobody can say the day yet: the clock stands still, and the pause will move it."""
    return deadline.is_running and deadline.paused_from_on is not None


def open_words(deadline: Deadline) -> T:
    """Return what is said in place of the day while the clock stands still."""
    since = date_words(deadline.paused_from_on or deadline.due_on)
    return T(
        f"hạn tạm thời chưa xác định, đang tạm dừng từ {since.vi}",
        f"not known for now, paused since {since.en}",
    )


def whose_words(deadline: Deadline) -> T | None:
    """Return whose the number or the day is, where no law sets it; a signed paper comes before all else."""
    rule, paper = deadline.law_rule, deadline.paper
    is_day = rule.direction is Direction.FIXED or deadline.length is None
    if not deadline.set_by:
        return None
    if paper and is_day:
        return T(f"ngày ấn định tại {paper.vi}", f"day fixed in {paper.en}")
    if paper:
        return T(f"theo {paper.vi}; {rule.silence.vi}", f"by {paper.en}; {rule.silence.en}")
    if is_day:
        return T(f"ngày do {deadline.set_by} ấn định", f"day fixed by {deadline.set_by}")
    words = default_words if deadline.by_default else set_by_words
    return words(deadline.set_by, rule.silence)


def explain(deadline: Deadline, without: Collection[str] = (), done: T = DONE) -> list[ExplainRow]:
    """Return the rows that show how `due_on` came about, in order.

    Reads extensions, pauses and recounts (prefetch them for lists), but not those that the
    caller knows to be `without` rows. Reasons that people wrote stay in their own language. `done`
    names what the clock waited for, where "done" alone could be taken for something else.
    """
    now = T("Hạn hiện nay", "Due now")
    rows = [ExplainRow(now, open_words(deadline))] if is_open(deadline) else []
    rows.append(_rule_row(deadline))
    if deadline.law_rule.direction is not Direction.WITHIN:
        rows.append(_start_row(deadline))
    rows += [ExplainRow(step.label, step.detail) for step in deadline.working.steps]
    rows += event_rows(deadline, without)
    rows += [ExplainRow(step.label, step.detail) for step in deadline.moved_steps]
    if is_open(deadline):
        rows.append(
            ExplainRow(T("Hạn trước khi tạm dừng", "Due before the pause"), date_words(deadline.due_on))
        )
    elif deadline.due_on != deadline.first_due_on:
        rows.append(ExplainRow(now, date_words(deadline.due_on)))
    if deadline.met_on:
        rows.append(ExplainRow(done, date_words(deadline.met_on), _lateness(deadline)))
    return rows


def event_rows(deadline: Deadline, without: Collection[str] = ()) -> list[ExplainRow]:
    """Return what has moved or stopped the clock since it was set, in order."""
    return [row for _day, row in sorted(_events(deadline, without), key=lambda pair: pair[0])]


def _rule_row(deadline: Deadline) -> ExplainRow:
    rule = deadline.law_rule
    said = [*rule.basis_labels]
    if rule.says is not None:
        said.append(T(f"nguyên văn: “{rule.says.vi}”", f"in its words: “{rule.says.en}”"))
    if whose := whose_words(deadline):
        said.append(whose)
    if rule.direction is Direction.FIXED and not rule.is_silent:
        said.append(rule.silence)
    note = T("; ".join(x.vi for x in said), "; ".join(x.en for x in said))
    return ExplainRow(T("Quy định", "Rule"), rule.title, note)


def _start_row(deadline: Deadline) -> ExplainRow:
    words = date_words(deadline.start_on)
    label = deadline.start_label
    return ExplainRow(T("Sự việc", "Event"), T(f"{label.vi}: {words.vi}", f"{label.en}: {words.en}"))


def _events(deadline: Deadline, without: Collection[str]) -> Iterator[tuple[tuple[dt.date, int], ExplainRow]]:
    """What happened since, each with its day; within a day recounts, then pauses, then extensions."""
    for recount in deadline.recounts.all() if "recounts" not in without else ():
        yield (vietnam_day(recount.at), 0), _recount_row(recount)
    for pause in deadline.pauses.all() if "pauses" not in without else ():
        yield (pause.from_on, 1), _pause_row(pause, _taken_off(pause, deadline))
    for extension in deadline.extensions.all() if "extensions" not in without else ():
        yield (vietnam_day(extension.granted_at), 2), _extension_row(extension)


def _recount_row(recount: Recount) -> ExplainRow:
    old, new = date_words(recount.old_due_on), date_words(recount.new_due_on)
    if recount.cause == Recount.Cause.CALENDAR:
        note = _corrected(recount)
    else:
        before, after = date_words(recount.old_start_on), date_words(recount.new_start_on)
        note = T(
            f"mốc tính chuyển từ {before.vi} sang {after.vi}",
            f"counted from {after.en} instead of {before.en}",
        )
    return ExplainRow(T("Tính lại hạn", "Counted anew"), _from_to(old, new), note)


def _corrected(recount: Recount) -> T:
    """Return which days were corrected and by which paper; without one the software's own list changed."""
    if not recount.corrections:
        return T(
            "lịch nghỉ được sửa: danh mục ngày nghỉ của phần mềm đổi theo bản mới",
            "the list of days off was corrected: a new release of the software has another list",
        )
    vi, en = [], []
    for one in recount.corrections:
        day = date_words(dt.date.fromisoformat(one["day"]))
        state = T("ngày nghỉ", "a day off") if one["is_off"] else T("ngày làm việc", "a working day")
        vi.append(f"{day.vi} là {state.vi} ({one['name']}; căn cứ: {one['source']})")
        en.append(f"{day.en} is {state.en} ({one['name']}; source: {one['source']})")
    return T(f"lịch nghỉ được sửa: {'; '.join(vi)}", f"the list of days off was corrected: {'; '.join(en)}")


def _taken_off(pause: Pause, deadline: Deadline) -> int:
    """Return how many days of a pause the count leaves out: none up to the day that it is counted from."""
    if pause.until_on is None:
        return 0
    first = pause.from_on
    if deadline.working.direction is Direction.AFTER and pause.superseded_at is None:
        first = max(first, deadline.start_on + ONE_DAY)
    return max((pause.until_on - first).days, 0)


def _pause_row(pause: Pause, days: int) -> ExplainRow:
    begin, reason = date_words(pause.from_on), _written(pause.reason, pause.superseded_at)
    if pause.until_on is None:
        value = T(f"từ {begin.vi}, đang tạm dừng", f"since {begin.en}, still paused")
    else:
        last = date_words(pause.until_on - ONE_DAY)
        counted = "1 day" if days == 1 else f"{days} days"
        tail = T(f": {days} ngày không tính", f": {counted} not counted")
        if not days:
            tail = T(", khi hạn chưa bắt đầu đếm", ", before counting began")
        if pause.after_due:
            tail = T("", "")
        if not pause.days:
            value = T(f"từ {begin.vi}: không ngày nào được trừ", f"from {begin.en}: no day taken off")
        else:
            value = T(
                f"từ {begin.vi} đến hết {last.vi}{tail.vi}",
                f"from {begin.en} to the end of {last.en}{tail.en}",
            )
    if pause.by_hand:
        reason = T(
            f"{reason.vi}; tạm dừng theo thực tiễn của nơi đặt hạn, luật không quy định",
            f"{reason.en}; paused by the practice of whoever set the time, not regulated by law",
        )
    if pause.after_due:
        reason = T(f"{reason.vi}; hạn đã qua nên không dời", f"{reason.en}; past due, so nothing moved")
    return ExplainRow(T("Tạm dừng", "Pause"), value, reason)


def _extension_row(extension: Extension) -> ExplainRow:
    value = _from_to(date_words(extension.from_due_on), date_words(extension.to_due_on))
    reason = _written(extension.reason, extension.superseded_at)
    if extension.document_number:
        number = extension.document_number
        reason = T(f"{reason.vi} (văn bản số {number})", f"{reason.en} (document no. {number})")
    return ExplainRow(T("Gia hạn", "Extension"), value, reason)


def _from_to(old: T, new: T) -> T:
    return T(f"từ {old.vi} đến {new.vi}", f"from {old.en} to {new.en}")


def _written(reason: str, superseded_at: dt.datetime | None) -> T:
    """Return what someone wrote as a part of a sentence, which ends it anew."""
    reason = reason.rstrip(". ")
    if superseded_at is None:
        return T(reason, reason)
    return T(f"{reason}; thôi áp dụng khi hạn được tính lại", f"{reason}; ended when counted anew")


def _lateness(deadline: Deadline) -> T | None:
    if deadline.met_on is None or not deadline.met_late:
        return None
    late = (deadline.met_on - deadline.due_on).days
    return T(f"muộn {late} ngày", f"{late} {'day' if late == 1 else 'days'} late")
