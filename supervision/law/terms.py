"""What law leaves open: the settings of an organization, each with the product's default.

Every value is one whole number: a number of days or times, or the place of a choice in its list.
"""

from __future__ import annotations

from dataclasses import dataclass

from supervision.law.text import T

LONGEST = 365
NO, YES = 0, 1
YES_NO = (T("không", "no"), T("có", "yes"))
CALENDAR_DAYS, WORKING_DAYS = 0, 1
_DAYS = (T("ngày theo lịch", "calendar days"), T("ngày làm việc", "working days"))
FROM_RECEIPT, FROM_SENDING = 0, 1
TO_SUPERIOR, TO_PARTY, TO_COUNCIL = 0, 1, 2
EVERY_LEVEL, SAME_LEVEL, SAME_LINE = 0, 1, 2

ANSWERING = T("Trả lời kiến nghị, phản biện, góp ý", "Answers to recommendations, criticisms and opinions")
REMINDING = T("Nhắc hạn, đôn đốc", "Reminders and urging")
OWN_WORK = T("Việc của đơn vị", "The organization's own work")
OPINIONS = T("Tiếp nhận góp ý", "Taking opinions")
PLANNING = T("Kế hoạch năm", "Annual plan")
GROUPS = (ANSWERING, REMINDING, OWN_WORK, OPINIONS, PLANNING)


@dataclass(frozen=True)
class OpenTerm:
    """A setting that no statute makes: a number from `least` on, or one of `choices` by its place."""

    key: str
    default: int
    title: T
    group: T = OWN_WORK
    choices: tuple[T, ...] = ()
    least: int = 1
    most: int = LONGEST
    help: T | None = None

    def words(self, value: int) -> T:
        """Return a value as people read it; one that is no choice any more, as the number it is."""
        if self.choices and self.allows(value):
            return self.choices[value]
        return T(str(value), str(value))

    def allows(self, value: int) -> bool:
        """Whether the setting may be `value`."""
        return 0 <= value < len(self.choices) if self.choices else self.least <= value <= self.most


_NEVER = T("0 là không nhắc ở mốc này.", "0: no reminder at this point.")
_NO_LIMIT = T("0 là không giới hạn.", "0: no limit.")

_ALL = (
    # answers
    OpenTerm("reply_days", 30, T("Số ngày trả lời kiến nghị", "Days to answer a recommendation"), ANSWERING),
    OpenTerm(
        "reply_unit",
        CALENDAR_DAYS,
        T("Ngày trả lời kiến nghị đếm theo", "Days to answer a recommendation are"),
        ANSWERING,
        _DAYS,
    ),
    OpenTerm(
        "criticism_reply_days",
        30,
        T("Số ngày trả lời văn bản phản biện", "Days to answer a social criticism"),
        ANSWERING,
    ),
    OpenTerm(
        "criticism_reply_unit",
        CALENDAR_DAYS,
        T("Ngày trả lời phản biện đếm theo", "Days to answer a social criticism are"),
        ANSWERING,
        _DAYS,
    ),
    OpenTerm(
        "opinion_reply_days",
        30,
        T("Số ngày trả lời ý kiến góp ý", "Days to answer an opinion on Party and government building"),
        ANSWERING,
        help=T(
            "Dùng cho cả cấp ủy: chưa đọc được văn bản nào đặt số ngày trả lời bản tổng hợp của Mặt trận.",
            "Party committees as well: no text that was read sets their days to answer a compilation.",
        ),
    ),
    OpenTerm(
        "opinion_reply_unit",
        CALENDAR_DAYS,
        T("Ngày trả lời góp ý đếm theo", "Days to answer an opinion are"),
        ANSWERING,
        _DAYS,
    ),
    OpenTerm(
        "answer_clock_start",
        FROM_RECEIPT,
        T("Hạn trả lời tính từ", "The time to answer runs from"),
        ANSWERING,
        (
            T("ngày cơ quan tiếp nhận, vào sổ", "the day the body acknowledges and registers it"),
            T("ngày gửi văn bản", "the day it was sent"),
        ),
        help=T(
            "Tính từ ngày gửi thì văn bản không ai tiếp nhận cũng đến hạn và được đôn đốc.",
            "Counted from sending, what nobody acknowledges falls due as well and is urged.",
        ),
    ),
    OpenTerm(
        "reconsider_times",
        0,
        T(
            "Số lần cơ quan được đề nghị xem xét lại một kiến nghị",
            "Times a body may ask for re-consideration",
        ),
        ANSWERING,
        least=0,
        help=_NO_LIMIT,
    ),
    OpenTerm(
        "reconsider_within_days",
        0,
        T(
            "Đề nghị xem xét lại trong bao nhiêu ngày từ khi tiếp nhận",
            "Days from receipt in which re-consideration may be asked for",
        ),
        ANSWERING,
        least=0,
        help=_NO_LIMIT,
    ),
    # reminders and the ladder
    OpenTerm(
        "reminder_offset_1",
        15,
        T("Nhắc lần 1 trước hạn (ngày)", "First reminder, days before due"),
        REMINDING,
        least=0,
        help=_NEVER,
    ),
    OpenTerm(
        "reminder_offset_2",
        7,
        T("Nhắc lần 2 trước hạn (ngày)", "Second reminder, days before due"),
        REMINDING,
        least=0,
        help=_NEVER,
    ),
    OpenTerm(
        "reminder_offset_3",
        3,
        T("Nhắc lần 3 trước hạn (ngày)", "Third reminder, days before due"),
        REMINDING,
        least=0,
        help=_NEVER,
    ),
    OpenTerm(
        "reminder_offset_4",
        0,
        T("Nhắc lần 4 trước hạn (ngày)", "Fourth reminder, days before due"),
        REMINDING,
        least=0,
        help=_NEVER,
    ),
    OpenTerm(
        "reminder_offset_5",
        0,
        T("Nhắc lần 5 trước hạn (ngày)", "Fifth reminder, days before due"),
        REMINDING,
        least=0,
        help=_NEVER,
    ),
    OpenTerm(
        "reminders_before_escalation",
        2,
        T(
            "Số lần đôn đốc trước khi kiến nghị cấp có thẩm quyền",
            "Urgings before turning to the competent body",
        ),
        REMINDING,
    ),
    OpenTerm(
        "urge_again_days",
        10,
        T("Số ngày chờ sau một lần đôn đốc", "Days to wait after an urging letter"),
        REMINDING,
    ),
    OpenTerm(
        "ladder_target",
        TO_SUPERIOR,
        T("Khi đôn đốc không có kết quả, kiến nghị đến", "When urging does not help, turn to"),
        REMINDING,
        (
            T("cấp trên của nơi phải trả lời", "the superior of the body that is late"),
            T("cấp ủy cùng cấp", "the Party committee of the same place"),
            T("Hội đồng nhân dân cùng cấp", "the People's Council of the same place"),
        ),
        help=T(
            "Chỉ là nơi chọn sẵn; người soạn công văn đổi được.",
            "Only what is suggested; drafters change it.",
        ),
    ),
    # own work
    OpenTerm(
        "assess_days",
        5,
        T(
            "Số ngày Mặt trận đánh giá trả lời, xác minh việc thực hiện",
            "Days for the Front to assess an answer or verify its carrying out",
        ),
    ),
    OpenTerm(
        "recommendation_after_result_days",
        15,
        T(
            "Số ngày ban hành kiến nghị sau báo cáo kết quả",
            "Days to issue recommendations after the result report",
        ),
    ),
    OpenTerm(
        "reconsider_days",
        15,
        T("Số ngày xem xét lại kiến nghị", "Days to reconsider a recommendation"),
    ),
    OpenTerm(
        "written_opinion_days",
        10,
        T(
            "Số ngày để nơi được hỏi gửi ý kiến bằng văn bản",
            "Days given to those asked for a written opinion",
        ),
        help=T(
            "Ngày chọn sẵn khi soạn công văn xin ý kiến.", "The day suggested when the request is drafted."
        ),
    ),
    OpenTerm("step_days", 5, T("Số ngày làm việc cho một bước nội bộ", "Working days for an internal step")),
    # opinions
    OpenTerm(
        "anonymous_opinions",
        YES,
        T("Nhận ý kiến không ghi tên", "Take opinions without a name"),
        OPINIONS,
        YES_NO,
    ),
    OpenTerm(
        "anonymous_shown",
        NO,
        T(
            "Ghi số ý kiến không ghi tên trong bản tổng hợp và thông báo kết quả",
            "Say in the compilation and the notice of results how many came without a name",
        ),
        OPINIONS,
        YES_NO,
    ),
    # the annual plan
    OpenTerm(
        "overlap_levels",
        EVERY_LEVEL,
        T("So chồng chéo với kế hoạch, hồ sơ của", "Overlaps are looked for in plans and cases of"),
        PLANNING,
        (
            T("mọi cấp", "every level"),
            T("các tổ chức cùng địa bàn", "the organizations of the same place"),
            T("cùng địa bàn, cấp trên và cấp dưới", "the same place, those above and below it"),
        ),
    ),
    OpenTerm(
        "overlap_words",
        0,
        T(
            "Tên phải chung ít nhất bao nhiêu cụm từ mới coi là chồng chéo",
            "Phrases that titles must share to count as an overlap",
        ),
        PLANNING,
        least=0,
        most=10,
        help=T(
            "0: cùng cơ quan, cùng lĩnh vực, cùng thời gian là đủ.",
            "0: the same body, field and months are enough.",
        ),
    ),
)

OPEN_TERMS: dict[str, OpenTerm] = {term.key: term for term in _ALL}
