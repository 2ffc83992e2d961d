"""What can be urged, seen alike: a recommendation, the answers to a criticism, a board's paper.

The ladder, the letters and the sweep ask only what stands in `Urged`; what differs is said here once.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils import timezone

from supervision.casefiles.models import Case
from supervision.cases import board_selectors, selectors
from supervision.cases.models import BoardSupervision, Criticism, Recommendation, Urging
from supervision.deadlines.models import Deadline
from supervision.deadlines.services import calendar
from supervision.documents.models import Document
from supervision.drafts import services as drafts
from supervision.language.dates import long_date
from supervision.law.basis import Basis, Practice, joint, law
from supervision.law.calendar import Calendar
from supervision.law.counting import derive
from supervision.law.registry import spec_of
from supervision.law.rules import RULES
from supervision.law.text import T
from supervision.organizations.models import Organization

Subject = Recommendation | Criticism | BoardSupervision
R, C = Recommendation.State, Criticism.State
_ANSWER = "Đề nghị quý cơ quan trả lời bằng văn bản, nêu rõ việc làm, người thực hiện và thời hạn."


def is_overdue(clock: Deadline | None, on: dt.date) -> bool:
    """Whether a clock runs, does not stand still, and its day has passed by day `on`."""
    return bool(clock and clock.is_running and not clock.paused_from_on and clock.due_on < on)


@dataclass(frozen=True)
class Urged(ABC):
    """A subject as the ladder sees it; each kind says what it is late with and in which words."""

    row: Any
    days: Calendar | None = None  # lists hand over the calendar, read once
    #: Whether the rung that follows the letters of urging is the competent body.
    escalates: ClassVar[bool] = True

    @property
    @abstractmethod
    def basis(self) -> tuple[Basis, ...]:
        """What a letter of urging rests on."""

    @property
    def case(self) -> Case:
        case: Case = self.row.case
        return case

    @property
    def body(self) -> str:
        return self.case.lead.deciding_body or self.case.lead.short_name

    @property
    @abstractmethod
    def agency(self) -> Organization:
        """Who is late."""

    @property
    @abstractmethod
    def what(self) -> T:
        """What is urged, as titles and subject lines name it."""

    @property
    @abstractmethod
    def address(self) -> str:
        """The path of the page from which it is urged."""

    @abstractmethod
    def passed_on(self, on: dt.date) -> dt.date | None:
        """Return the day that has passed by day `on`; None while nothing is overdue."""

    @abstractmethod
    def facts(self, on: dt.date, passed: dt.date) -> str:
        """Return what a letter of day `on` states first: the paper, the day, how long ago."""

    def request(self, on: dt.date) -> str:
        """Return what a letter is likely to ask for."""
        return _ANSWER

    def late_by(self, on: dt.date, passed: dt.date) -> str:
        return f"đến {long_date(on)} đã quá hạn {(on - passed).days:02d} ngày"

    def sent(self, paper: Document | None, said: str) -> str:
        """Return the beginning of the letter: by which paper what was said."""
        if paper and paper.issued_on:
            return f"Tại Văn bản số {paper.number_text} {long_date(paper.issued_on)}, {said}"
        return said


#: Steps in which the paper is signed that tells addressees what they are to answer.
_SENDING = ("sign_recommendations", "sign_compilation")
_FINISHED = (R.CLOSED, R.WITHDRAWN, R.VERIFIED, R.SATISFIED, R.ANSWERED, R.DRAFT)


class UrgedRecommendation(Urged):
    """Late with its reply, or with carrying out."""

    row: Recommendation

    @property
    def basis(self) -> tuple[Basis, ...]:
        return spec_of(self.case.form).urging

    @property
    def agency(self) -> Organization:
        agency: Organization = self.row.addressee
        return agency

    @property
    def what(self) -> T:
        word = spec_of(self.case.form).followed
        return T(f"{word.vi} {self.row.code}", f"{word.en} {self.row.code}")

    @property
    def address(self) -> str:
        return f"/kien-nghi/{self.row.public_id}/"

    def clock(self, on: dt.date) -> Deadline | None:
        if self.row.state in _FINISHED:
            return None
        clocks = (self.row.reply_deadline, self.row.action_deadline)
        return next((clock for clock in clocks if is_overdue(clock, on)), None)

    def passed_on(self, on: dt.date) -> dt.date | None:
        clock = self.clock(on)
        return clock.due_on if clock else None

    def _owes_action(self, on: dt.date) -> bool:
        return self.clock(on) == self.row.action_deadline

    def facts(self, on: dt.date, passed: dt.date) -> str:
        spec, body, late = spec_of(self.case.form), self.body, self.late_by(on, passed)
        step = next(step for step in spec.steps if step.name in _SENDING)
        paper = selectors.signed_paper(self.case, step.document)
        sent = self.sent(paper, f"{body} có {spec.followed.vi} {self.row.code} gửi {self.agency.name}.")
        if self._owes_action(on):
            owed = f"Thời hạn thực hiện là {long_date(passed)}; {late}, {body} chưa nhận được báo cáo đã"
            return f"{sent} {owed} thực hiện xong."
        again = " lại" if selectors.sent_reply(self.row) else ""
        owed = f"Thời hạn trả lời{again} là {long_date(passed)}; {late}, {body} chưa nhận được văn bản"
        return f"{sent} {owed} trả lời{again}."

    def request(self, on: dt.date) -> str:
        if not self._owes_action(on):
            return _ANSWER
        word = spec_of(self.case.form).followed.vi
        asked = f"thực hiện {word} và báo cáo kết quả bằng văn bản, kèm tài liệu chứng minh"
        return f"Đề nghị quý cơ quan {asked}."


class UrgedCriticism(Urged):
    """Late with the answers to the remarks; that the answer may be demanded the law says (Art 35)."""

    row: Criticism
    basis = (
        law(35),
        Practice(T("đôn đốc trả lời văn bản phản biện", "urging the answer to a criticism")),
    )

    @property
    def agency(self) -> Organization:
        agency: Organization = self.row.addressee
        return agency

    @property
    def what(self) -> T:
        return T("văn bản phản biện", "the criticism document")

    @property
    def address(self) -> str:
        return f"/phan-bien/{self.row.public_id}/"

    def passed_on(self, on: dt.date) -> dt.date | None:
        clock, owed = self.row.reply_deadline, self.row.state in (C.SENT, C.RECEIVED, C.RETURNED)
        return clock.due_on if clock and owed and is_overdue(clock, on) else None

    def facts(self, on: dt.date, passed: dt.date) -> str:
        paper, draft = selectors.signed_paper(self.case, "criticism_document"), self.row.draft
        left = drafts.open_remarks(draft).count()
        sent = self.sent(paper, f"{self.body} gửi {self.agency.name} ý kiến phản biện đối với {draft.title}.")
        again = " tiếp" if self.row.state == C.RETURNED else ""
        owed = f"Thời hạn trả lời{again} là {long_date(passed)}; {self.late_by(on, passed)}"
        return f"{sent} {owed}, còn {left:02d} ý kiến chưa được trả lời."

    def request(self, on: dt.date) -> str:
        return (
            "Đề nghị quý cơ quan trả lời bằng văn bản từng ý kiến: tiếp thu đến đâu, dự thảo sửa thế nào; "
            "ý kiến không tiếp thu thì giải trình."
        )


class UrgedBoardPaper(Urged):
    """The commune's committee late in settling a board's paper; after urging, the board asks the Front."""

    row: BoardSupervision
    escalates = False

    @property
    def basis(self) -> tuple[Basis, ...]:
        return board_selectors.settling_norm(self.row.board), joint(11, 1, "b")

    @property
    def agency(self) -> Organization:
        agency: Organization = self.row.settler
        return agency

    @property
    def what(self) -> T:
        return T(f"kiến nghị của {self.row.board}", f"the recommendation of {self.row.board}")

    @property
    def address(self) -> str:
        return f"/ho-so/{self.case.public_id}/"

    def passed_on(self, on: dt.date) -> dt.date | None:
        row = self.row
        settled = any(one.submitted_at for one in row.settlements.all())
        if row.sent_at is None or row.silent_at is not None or settled:
            return None
        if row.reply_deadline is not None:
            return row.reply_deadline.due_on if is_overdue(row.reply_deadline, on) else None
        rule = RULES[board_selectors.REPLY_RULE]
        due = derive(rule, timezone.localdate(row.sent_at), self.days or calendar()).due
        return due if due < on else None

    def facts(self, on: dt.date, passed: dt.date) -> str:
        paper, rule = selectors.signed_paper(self.case, "board_confirmation"), RULES["S3_REPLY"]
        sent = self.sent(
            paper, f"{self.body} xác nhận và gửi {self.agency.name} kiến nghị của {self.row.board}."
        )
        if self.row.reply_deadline is None:  # the law counts from receipt: here no day has passed by law
            sent_on = timezone.localdate(self.row.sent_at)
            return (
                f"{sent} Kiến nghị gửi {long_date(sent_on)}, đến {long_date(on)} đã "
                f"{(on - sent_on).days:02d} ngày, chưa được tiếp nhận, chưa có kết quả giải quyết."
            )
        norm = board_selectors.settling_norm(self.row.board).label.vi
        term = f"Thời hạn giải quyết là {rule.length} ngày ({norm}), đến {long_date(passed)}"
        late = self.late_by(on, passed)
        return f"{sent} {term}; {late}, {self.body} chưa nhận được kết quả giải quyết."

    def request(self, on: dt.date) -> str:
        return (
            "Đề nghị quý cơ quan giải quyết, thông báo kết quả bằng văn bản; không giải quyết thì nêu lý do."
        )


_KINDS: dict[type, type[Urged]] = {
    Recommendation: UrgedRecommendation,
    Criticism: UrgedCriticism,
    BoardSupervision: UrgedBoardPaper,
}


def urged(subject: Subject, days: Calendar | None = None) -> Urged:
    """Return the subject as the ladder sees it."""
    return _KINDS[type(subject)](subject, days)


def subject_of(case: Case, subject: Any) -> Subject | None:
    """Return what a letter is about: its recommendation, else what is one with the case; or None."""
    if isinstance(subject, Recommendation):
        return subject
    criticism = Criticism.objects.select_related("draft", "addressee", "reply_deadline").filter(case=case)
    board = BoardSupervision.objects.select_related("board__organization", "settler", "reply_deadline")
    found: Subject | None = criticism.first() or board.filter(case=case).first()
    if found is not None:
        found.case = case
    return found


def urged_words(letter: Urging) -> T:
    """Return what the chairing body's newest word is, once it has urged."""
    if letter.level == Urging.Level.ESCALATE:
        to = letter.addressee.short_name
        return T(f"Đã kiến nghị {to} xem xét", f"Referred to {to}")
    return T(f"Đã đôn đốc lần {letter.ordinal}", f"Urged, time {letter.ordinal}")
