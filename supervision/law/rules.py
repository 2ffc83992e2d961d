"""The terms: how long, from what, in which days, set by whom and on what basis."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from supervision.law.basis import (
    DECISION_218,
    DECREE_59,
    GRASSROOTS_10,
    REGULATION_11,
    Basis,
    Norm,
    Practice,
    joint,
    law,
)
from supervision.law.terms import OPEN_TERMS, WORKING_DAYS
from supervision.law.text import T


class Unit(StrEnum):
    """What a term is counted in."""

    CALENDAR = "calendar"
    WORKING = "working"
    MONTHS = "months"


class Direction(StrEnum):
    """Where the due date lies: after an event, before a day, or on a day that was fixed."""

    AFTER = "after"
    BEFORE = "before"
    FIXED = "fixed"


@dataclass(frozen=True)
class Rule:
    """A term: `length` when the law sets it, else `term` names the setting that does.

    `starts` says what starts the clock (or, for BEFORE, which day it is counted back from).
    `basis` is what makes the duty; for open and fixed terms it sets no number of days. `unit_term`
    names the setting that says in which days an open term is counted, where that is open too.
    """

    code: str
    title: T
    starts: T
    basis: tuple[Basis, ...]
    direction: Direction = Direction.AFTER
    unit: Unit = Unit.CALENDAR
    length: int | None = None
    term: str = ""
    unit_term: str = ""

    def __post_init__(self) -> None:
        sources = (self.length is not None) + bool(self.term) + (self.direction is Direction.FIXED)
        if sources != 1:
            raise ValueError(f"{self.code}: exactly one of length, term and a fixed day")

    @property
    def by_law(self) -> bool:
        """Whether the number of days is the law's own."""
        return self.length is not None

    def unit_by(self, choice: int) -> Unit:
        """Return what the days are counted in when the setting `unit_term` is `choice`."""
        return Unit.WORKING if choice == WORKING_DAYS else Unit.CALENDAR

    @property
    def default_length(self) -> int | None:
        """The law's length, or the default of the open term; None for a fixed day."""
        return OPEN_TERMS[self.term].default if self.term else self.length


def set_by_words(organization: str) -> T:
    """Return the sentence printed beside every number that no statute sets."""
    return T(
        vi=f"do {organization} đặt ra, luật không quy định số ngày",
        en=f"set by {organization}; the law sets no number of days",
    )


_SESSION_DAY = T("ngày làm việc với cơ quan", "the session day with the body")
_RECEIPT = T("ngày nhận được", "the day of receipt")
_AGREED = T("ngày ấn định hạn", "the day the date was fixed")
_PROMISED = Practice(
    T(
        "nơi đã hứa trước người dân thực hiện và trả lời",
        "whoever promised before the people keeps and answers",
    )
)
_STEP = Practice(T("thời gian cho một bước nội bộ", "time for an internal step"))

RULES: dict[str, Rule] = {
    r.code: r
    for r in (
        Rule(
            "PLAN_Q4",
            T("Ban hành kế hoạch năm sau trong quý IV", "Issue next year's plan in Quarter IV"),
            T("ngày đầu tiên của năm kế hoạch", "the first day of the year that is planned"),
            (joint(3, 3),),
            Direction.BEFORE,
            length=1,
        ),
        Rule(
            "PLAN_AGREE",
            T("Cho ý kiến về dự thảo kế hoạch năm", "State a position on the draft annual plan"),
            T("ngày gửi công văn trao đổi", "the day of the letter of exchange"),
            (joint(3, 3), law(26)),
            Direction.FIXED,
        ),
        Rule(
            "PLAN_YEAR",
            T("Tổng kết kế hoạch năm", "Sum up the annual plan"),
            T("ngày công bố kế hoạch", "the day the plan was published"),
            (Practice(T("tổng kết khi hết năm kế hoạch", "summed up when the planned year ends")),),
            Direction.FIXED,
        ),
        Rule(
            "S2_NOTICE",
            T(
                "Gửi kế hoạch, quyết định và nội dung yêu cầu báo cáo",
                "Send the plan, the decision and the report outline",
            ),
            _SESSION_DAY,
            (joint(7, 3),),
            Direction.BEFORE,
            length=15,
        ),
        Rule(
            "S2_REPORT_IN",
            T("Cơ quan gửi báo cáo bằng văn bản", "The supervised body sends its written report"),
            _SESSION_DAY,
            (joint(7, 3), law(29, 2)),
            Direction.BEFORE,
            length=7,
        ),
        Rule(
            "S2_RESULT",
            T("Báo cáo kết quả giám sát", "Supervision result report"),
            T("ngày kết thúc cuộc làm việc", "the end of the working session"),
            (joint(9, 1),),
            length=15,
        ),
        Rule(
            "S_RECOMMEND",
            T("Ban hành văn bản kiến nghị", "Issue the recommendation document"),
            T("ngày có báo cáo kết quả", "the day of the result report"),
            (joint(9, 3),),
            term="recommendation_after_result_days",
        ),
        Rule(
            "S_REPLY",
            T("Trả lời kiến nghị", "Answer the recommendation"),
            _RECEIPT,
            (law(29, 6),),
            term="reply_days",
            unit_term="reply_unit",
        ),
        Rule(
            "S_ASSESS",
            T("Mặt trận đánh giá trả lời", "The Front assesses the answer"),
            T("ngày nhận được trả lời", "the day the answer was received"),
            (law(28, 7),),
            term="assess_days",
        ),
        Rule(
            "S_VERIFY",
            T("Mặt trận xác minh việc thực hiện", "The Front verifies the carrying out"),
            T("ngày cơ quan báo việc thực hiện", "the day the body reported on it"),
            (law(28, 7),),
            term="assess_days",
        ),
        Rule(
            "S_RECONSIDER",
            T("Trả lời đề nghị xem xét lại", "Answer a request to reconsider"),
            T("ngày nhận được đề nghị", "the day the request was received"),
            (law(29, 4),),
            term="reconsider_days",
        ),
        Rule(
            "S_ACTION",
            T("Thực hiện kiến nghị", "Carry out the recommendation"),
            _AGREED,
            (law(29, 6),),
            Direction.FIXED,
        ),
        Rule(
            "S4_NAME",
            T("Cử người theo thư mời", "Name a representative as invited"),
            T("ngày nhận thư mời", "the day the invitation came"),
            (joint(12, 1),),
            Direction.FIXED,
        ),
        Rule(
            "UNIT_ASKED",
            T("Gửi báo cáo theo đề nghị của Đoàn giám sát", "Send the report as the delegation asked"),
            T("ngày gửi đề nghị", "the day of the request"),
            (Practice(T("Đoàn giám sát đề nghị gửi sớm", "the delegation asks for it early")),),
            Direction.FIXED,
        ),
        Rule(
            "OPINION",
            T("Gửi ý kiến tham vấn", "Send the opinion that was asked for"),
            T("ngày gửi công văn xin ý kiến", "the day of the request"),
            (joint(5, 3), joint(16)),
            Direction.FIXED,
        ),
        Rule(
            "SUPPLEMENT",
            T("Gửi bổ sung theo yêu cầu", "Send what was asked in addition"),
            T("ngày yêu cầu bổ sung", "the day of the request"),
            (law(29, 2),),
            Direction.FIXED,
        ),
        Rule(
            "S_REPLY_AGAIN",
            T("Trả lời lại kiến nghị", "Answer the recommendation again"),
            T("ngày Mặt trận đánh giá trả lời chưa đạt", "the day the Front found the answer wanting"),
            (law(29, 6),),
            Direction.FIXED,
        ),
        Rule(
            "SESSION",
            T("Buổi làm việc với cơ quan", "Working session with the body"),
            T("ngày ấn định buổi làm việc", "the day the session was fixed"),
            (joint(8, 1),),
            Direction.FIXED,
        ),
        Rule(
            "STEP",
            T("Bước nội bộ", "Internal step"),
            T("ngày giao việc", "the day the work was given"),
            (_STEP,),
            unit=Unit.WORKING,
            term="step_days",
        ),
        Rule(
            "HALF_YEAR",
            T("Thông báo kết quả sáu tháng một lần", "Report results every six months"),
            T("kỳ trước", "the last report"),
            (law(30, 1),),
            unit=Unit.MONTHS,
            length=6,
        ),
        Rule(
            "C_DRAFT_IN",
            T("Gửi dự thảo đến Mặt trận để phản biện", "Send the draft to the Front for criticism"),
            T("ngày trình cơ quan ban hành", "the day of submission to the issuing authority"),
            (law(36, 1),),
            Direction.BEFORE,
            length=15,
        ),
        Rule(
            "C_REPLY",
            T("Trả lời văn bản phản biện", "Answer the criticism document"),
            _RECEIPT,
            (law(36, 3),),
            term="criticism_reply_days",
            unit_term="criticism_reply_unit",
        ),
        Rule(
            "C_REPLY_AGAIN",
            T("Trả lời tiếp các ý kiến phản biện", "Answer the remaining remarks"),
            T("ngày đề nghị trả lời tiếp", "the day the rest was asked for"),
            (law(36, 3),),
            Direction.FIXED,
        ),
        Rule(
            "C_EXPLAIN",
            T("Giải trình theo đề nghị", "Explain as asked"),
            T("ngày đề nghị giải trình", "the day of the request"),
            (joint(17, 2),),
            Direction.FIXED,
        ),
        Rule(
            "C_ASSESS",
            T("Đánh giá câu trả lời đối với ý kiến phản biện", "Assess the answers to the remarks"),
            T("ngày nhận được trả lời", "the day the answer was received"),
            (law(35, 5),),
            term="assess_days",
        ),
        Rule(
            "S3_NOTICE_TTND",
            T(
                "Gửi kế hoạch giám sát của Ban Thanh tra nhân dân",
                "Send the plan of the People's Inspection Board",
            ),
            T("ngày bắt đầu giám sát", "the day the supervision starts"),
            (Norm(DECREE_59, 14),),
            Direction.BEFORE,
            Unit.WORKING,
            length=5,
        ),
        Rule(
            "S3_NOTICE_GSDT",
            T(
                "Gửi kế hoạch giám sát đầu tư của cộng đồng đến chủ đầu tư",
                "Send the community investment supervision plan to the project owner",
            ),
            T("ngày bắt đầu giám sát", "the day the supervision starts"),
            (Norm(GRASSROOTS_10, 45, 1, "b"),),
            Direction.BEFORE,
            length=45,
        ),
        Rule(
            "S3_MINUTES",
            T("Lập biên bản giám sát của Ban", "Write the minutes of the board's supervision"),
            T("ngày cuối của cuộc giám sát", "the last day of the supervision"),
            (_STEP,),
            unit=Unit.WORKING,
            term="step_days",
        ),
        Rule(
            "S3_REPLY",
            T(
                "Ủy ban nhân dân cấp xã giải quyết kiến nghị của Ban",
                "Commune settles the board's recommendation",
            ),
            _RECEIPT,
            (Norm(GRASSROOTS_10, 40, 1, "c"), Norm(GRASSROOTS_10, 45, 2, "c")),
            length=15,
        ),
        Rule(
            "O_REPLY",
            T("Trả lời ý kiến góp ý", "Answer the opinion"),
            _RECEIPT,
            (law(24), Norm(DECISION_218)),
            term="opinion_reply_days",
            unit_term="opinion_reply_unit",
        ),
        Rule(
            "O_REPLY_PARTYHEAD",
            T(
                "Người đứng đầu cấp ủy thông báo kết quả xử lý ý kiến",
                "The head of a Party committee informs of the result",
            ),
            _RECEIPT,
            (Norm(REGULATION_11),),
            unit=Unit.WORKING,
            length=10,
        ),
        Rule(
            "O_REPLY_AGAIN",
            T("Trả lời lại ý kiến góp ý", "Answer the opinion again"),
            T("ngày Mặt trận thấy trả lời chưa rõ", "the day the Front found the answer not clear"),
            (law(24), Norm(DECISION_218)),
            Direction.FIXED,
        ),
        Rule(
            "GD_DIALOGUE",
            T("Đối thoại với người dân, mỗi năm ít nhất một lần", "Dialogue with the people, once a year"),
            T("ngày đầu năm sau", "the first day of the next year"),
            (Norm(GRASSROOTS_10, 32),),
            Direction.BEFORE,
            length=1,
        ),
    )
}

#: What a commune's authority promised in its dialogue is followed by the same clocks, on practice alone.
_OF_PROMISES = {
    "REPLY": T("Trả lời về việc đã hứa", "Answer on what was promised"),
    "REPLY_AGAIN": T("Trả lời lại về việc đã hứa", "Answer again on what was promised"),
    "ASSESS": T("Mặt trận đánh giá trả lời về việc đã hứa", "The Front assesses the answer on a promise"),
    "RECONSIDER": T("Trả lời đề nghị xem xét lại việc đã hứa", "Answer a request to reconsider a promise"),
    "ACTION": T("Thực hiện việc đã hứa khi đối thoại với người dân", "Keep what was promised to the people"),
    "VERIFY": T("Mặt trận xác minh việc đã hứa", "The Front verifies what was promised"),
}
RULES |= {
    f"D_{clock}": replace(RULES[f"S_{clock}"], code=f"D_{clock}", title=title, basis=(_PROMISED,))
    for clock, title in _OF_PROMISES.items()
}
