"""A recommendation whose time has run out: which clock, and what the urging letter says of it."""

from __future__ import annotations

import datetime as dt

from supervision.cases import selectors
from supervision.cases.models import Case, Recommendation
from supervision.deadlines.models import Deadline
from supervision.documents.models import Document
from supervision.language.dates import long_date
from supervision.law.registry import spec_of

State = Recommendation.State
_FINISHED = (
    State.CLOSED, State.WITHDRAWN, State.VERIFIED, State.SATISFIED, State.ANSWERED, State.DRAFT
)  # fmt: skip


#: Steps in which the paper is signed that tells addressees what they are to answer.
_SENDING = ("sign_recommendations", "sign_compilation")


def _sent_paper(case: Case) -> Document | None:
    step = next(step for step in spec_of(case.form).steps if step.name in _SENDING)
    return selectors.signed_paper(case, step.document)


def overdue_clock(subject: Recommendation, on: dt.date) -> Deadline | None:
    """Return the addressee's clock that has run out by day `on`, or None."""
    if subject.state in _FINISHED:
        return None
    for deadline in (subject.reply_deadline, subject.action_deadline):
        if deadline and deadline.is_running and not deadline.paused_from_on and deadline.due_on < on:
            return deadline
    return None


def urging_facts(subject: Recommendation, on: dt.date) -> str:
    """Return what the urging letter states first: the paper, the day that has passed, how long ago.

    Empty when nothing is overdue.
    """
    clock = overdue_clock(subject, on)
    if clock is None:
        return ""
    paper, word = _sent_paper(subject.case), spec_of(subject.case.form).followed.vi
    agency, body = subject.addressee.name, subject.case.lead.deciding_body or subject.case.lead.short_name
    sent = (
        f"Tại Văn bản số {paper.number_text} {long_date(paper.issued_on)}, {body} có {word} "
        if paper and paper.issued_on
        else f"{body} có {word} "
    )
    late = f"đến {long_date(on)} đã quá hạn {(on - clock.due_on).days:02d} ngày"
    if clock == subject.action_deadline:
        passed = f"Thời hạn thực hiện là {long_date(clock.due_on)}; {late}, {body} chưa nhận được báo cáo đã"
        return f"{sent}{subject.code} gửi {agency}. {passed} thực hiện xong."
    again = " lại" if selectors.sent_reply(subject) else ""
    passed = f"Thời hạn trả lời{again} là {long_date(clock.due_on)}; {late}, {body} chưa nhận được văn bản"
    return f"{sent}{subject.code} gửi {agency}. {passed} trả lời{again}."


def urging_request(subject: Recommendation, on: dt.date) -> str:
    """Return the request an urging letter is likely to make, by the clock that has run out."""
    clock = overdue_clock(subject, on)
    if clock is None:
        return ""
    if clock == subject.action_deadline:
        word = spec_of(subject.case.form).followed.vi
        asked = f"thực hiện {word} và báo cáo kết quả bằng văn bản, kèm tài liệu chứng minh"
        return f"Đề nghị quý cơ quan {asked}."
    return "Đề nghị quý cơ quan trả lời bằng văn bản, nêu rõ việc làm, người thực hiện và thời hạn."
