"""The terms, a row for each: those that clocks are started by, and those given up."""

from __future__ import annotations

from dataclasses import replace

from supervision.law.basis import (
    DECISION_218,
    DECREE_59,
    GRASSROOTS_10,
    Norm,
    Practice,
    joint,
    law,
)
from supervision.law.rule import SILENT, Direction, Rule, Unit, set_by_words
from supervision.law.terms import OPEN_TERMS
from supervision.law.text import T

__all__ = [
    "OPEN_TERMS",
    "RETIRED",
    "RULES",
    "SILENT",
    "Direction",
    "Rule",
    "Unit",
    "rule_of",
    "set_by_words",
]

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
#: Regulation 11-QĐi/TW speaks of what is told to people who come to reception, not of this answer.
_ASKED_OF_A_PARTY_COMMITTEE = Practice(
    T(
        "nơi gửi bản tổng hợp đề nghị cấp ủy trả lời trong thời gian này",
        "whoever sends the compilation asks the Party committee to answer within this time",
    )
)

_REPORT_IN = Rule(
    "S2_REPORT_IN",
    T("Cơ quan gửi báo cáo bằng văn bản", "The supervised body sends its written report"),
    _SESSION_DAY,
    (joint(7, 3), law(29, 2)),
    Direction.BEFORE,
    length=7,
    says=T(
        "Chậm nhất là 07 ngày trước ngày đoàn giám sát làm việc",
        "At the latest 7 days before the day on which the delegation works",
    ),
)

RULES: dict[str, Rule] = {
    r.code: r
    for r in (
        Rule(
            "PLAN_Q4",
            T("Ban hành kế hoạch năm sau trong quý IV", "Issue next year's plan in Quarter IV"),
            T("quý IV của năm trước năm kế hoạch", "Quarter IV of the year before the one planned"),
            (joint(3, 3),),
            Direction.WITHIN,
            period="q4",
            says=T(
                "Quý IV hằng năm, kế hoạch … được xây dựng và ban hành cho năm sau",
                "In Quarter IV of each year the plan … is made and issued for the year after",
            ),
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
            says=T(
                "chậm nhất là 15 ngày trước ngày đoàn giám sát làm việc với cơ quan, tổ chức đó",
                "at the latest 15 days before the day on which the delegation works with that body",
            ),
        ),
        _REPORT_IN,
        Rule(
            "S2_RESULT",
            T("Báo cáo kết quả giám sát", "Supervision result report"),
            T("ngày kết thúc cuộc làm việc", "the end of the working session"),
            (joint(9, 1),),
            length=15,
            says=T(
                "Chậm nhất là 15 ngày kể từ ngày kết thúc cuộc làm việc",
                "At the latest 15 days from the day on which the working session ended",
            ),
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
            bound_by=_REPORT_IN,
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
            says=T("Định kỳ 6 tháng", "Every 6 months"),
        ),
        Rule(
            "C_DRAFT_IN",
            T("Gửi dự thảo đến Mặt trận để phản biện", "Send the draft to the Front for criticism"),
            T("ngày trình cơ quan ban hành", "the day of submission to the issuing authority"),
            (law(36, 1),),
            Direction.BEFORE,
            length=15,
            says=T(
                "chậm nhất là 15 ngày trước khi trình cơ quan có thẩm quyền ban hành văn bản",
                "at the latest 15 days before submission to the authority that issues the text",
            ),
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
            (Norm(DECREE_59, 14, 1, "b"),),
            Direction.BEFORE,
            Unit.WORKING,
            length=5,
            says=T(
                "chậm nhất 05 ngày làm việc trước khi tiến hành hoạt động kiểm tra, giám sát",
                "at the latest 5 working days before the inspection or supervision is carried out",
            ),
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
            says=T(
                "chậm nhất là 45 ngày trước ngày thực hiện",
                "at the latest 45 days before the day of carrying out",
            ),
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
            says=T(
                "thông báo kết quả giải quyết trong thời hạn 15 ngày kể từ ngày nhận được kiến nghị",
                "tell the result of settling it within 15 days from the day the recommendation was received",
            ),
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
            "O_REPLY_PARTY",
            T("Cấp ủy trả lời ý kiến góp ý", "A Party committee answers the opinion"),
            _RECEIPT,
            (Norm(DECISION_218), _ASKED_OF_A_PARTY_COMMITTEE),
            term="opinion_reply_days",
            unit_term="opinion_reply_unit",
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
            T("năm phải có đối thoại", "the year in which it is due"),
            (Norm(GRASSROOTS_10, 32, 1),),
            Direction.WITHIN,
            period="y",
            says=T(
                "Hằng năm, Ủy ban nhân dân cấp xã có trách nhiệm phối hợp … tổ chức ít nhất một lần hội nghị "
                "trao đổi, đối thoại với Nhân dân",
                "Each year the commune's People's Committee shall, together with …, hold at least one "
                "conference of exchange and dialogue with the people",
            ),
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

#: Rules given up: no clock is started by them, those that bear one stay readable.
RETIRED: dict[str, Rule] = {
    "O_REPLY_PARTYHEAD": Rule(
        "O_REPLY_PARTYHEAD",
        T(
            "Cấp ủy trả lời ý kiến góp ý (cách tính cũ, đã bỏ)",
            "A Party committee answers the opinion (as counted once, given up)",
        ),
        _RECEIPT,
        (
            Norm(DECISION_218),
            Practice(
                T(
                    "phần mềm từng tính 10 ngày làm việc; chưa đọc được văn bản nào đặt hạn này",
                    "the software once counted 10 working days; no text that was read sets this time",
                )
            ),
        ),
        Direction.FIXED,
    ),
}


def rule_of(code: str) -> Rule:
    """Return the rule that a clock bears, one given up since included; KeyError when there never was one."""
    return RULES.get(code) or RETIRED[code]
