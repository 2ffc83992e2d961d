"""What both boards of a commune do: public programme, plan, minutes, confirmed paper, settlement, report.

A form says on which norms its board stands, and adds its own notice (Joint Resolution 403 Art 10-11).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from supervision.law.basis import Basis
from supervision.law.forms.following import FOLLOWED, PUBLISHED, Ending, following
from supervision.law.forms.shared import (
    APPROVE_FIELDS,
    FRONT_WORKERS,
    LEADERS,
    PER_LINE,
    RESPONDERS,
    SIGNERS,
    signing,
    text,
)
from supervision.law.specs import Day, Field, Party, Stage, Step, Widget
from supervision.law.text import T

#: A board is small: whoever holds a duty in it may write; its head or a deputy signs.
MEMBERS = ("officer", "signer", "chair")
HEADS = ("signer", "chair")

FINDING_KINDS = (
    ("shortcoming", T("Hạn chế", "Shortcoming")),
    ("good_practice", T("Việc làm tốt", "Good practice")),
)
OUTCOMES = (
    ("recommend", T("Có, lập kiến nghị", "Yes, write a paper")),
    ("nothing", T("Không, chỉ báo cáo Mặt trận", "No, report to the Front only")),
)
EXTENTS = (
    ("all", T("Đã giải quyết đầy đủ", "Settled in full")),
    ("part", T("Đã giải quyết một phần", "Settled in part")),
    ("none", T("Không giải quyết, có lý do", "Not settled, with reasons")),
)
VERDICTS = (
    ("done", T("Đã giải quyết đầy đủ", "Settled in full")),
    ("unfinished", T("Chưa đầy đủ, đề nghị Mặt trận kiến nghị", "Not in full: the Front is asked")),
)
REPORTED = (
    ("quarter", T("Báo cáo quý", "Quarterly report")),
    ("half", T("Báo cáo sáu tháng", "Half-year report")),
    ("year", T("Báo cáo năm", "Yearly report")),
    ("term", T("Báo cáo nhiệm kỳ", "Report of the term")),
    ("ad_hoc", T("Báo cáo đột xuất, theo yêu cầu", "Report on request")),
)
COVERED = ("covered", T("Đã nêu trong báo cáo khác của Ban", "Covered by another report of the board"))
_TOLD = ("told", ("yes",))


@dataclass(frozen=True)
class BoardNorms:
    """The norms on which each part of a board's supervision stands."""

    posting: tuple[Basis, ...]
    planning: tuple[Basis, ...]
    carrying: tuple[Basis, ...]
    confirming: tuple[Basis, ...]
    settling: tuple[Basis, ...]
    reporting: tuple[Basis, ...]
    asking: tuple[Basis, ...]


def stages(norms: BoardNorms) -> tuple[Stage, ...]:
    """Return the stages of a board's supervision."""
    return (
        Stage(T("Công khai chương trình của Ban", "The board's programme made public"), norms.posting),
        Stage(T("Kế hoạch giám sát, thông báo trước", "Plan and notice ahead"), norms.planning),
        Stage(T("Giám sát, lập biên bản", "Supervision and minutes"), norms.carrying),
        Stage(T("Kiến nghị của Ban, Mặt trận xác nhận", "The board's paper, confirmed"), norms.confirming),
        Stage(T("Ủy ban nhân dân giải quyết", "The People's Committee settles it"), norms.settling),
        Stage(T("Ban đánh giá, báo cáo Mặt trận", "The board judges and reports"), norms.reporting),
        Stage(T("Mặt trận kiến nghị, khi cần", "The Front recommends, if needed"), norms.asking),
        PUBLISHED,
        FOLLOWED,
    )


def posting(norms: BoardNorms) -> Step:
    """Declare the step that records where and when the board's programme was posted."""
    return Step(
        "post_programme",
        T("Công khai chương trình, kế hoạch của Ban", "Make the board's programme public"),
        Party.BOARD,
        MEMBERS,
        norms.posting,
        T("Ghi việc đã công khai", "Record that it was made public"),
        T(
            "Niêm yết tại trụ sở Ủy ban nhân dân xã hoặc phát thanh; báo cáo Mặt trận.",
            "Posted at the commune office or broadcast, and reported to the Front.",
        ),
        (
            text("programme", "Nội dung chương trình, kế hoạch", "The programme"),
            Field("posted_at", T("Nơi niêm yết", "Where it is posted"), Widget.LINE),
            Field("posted_on", T("Ngày niêm yết", "Day posted"), Widget.DATE, day=Day.HAPPENED),
            text("broadcast", "Phát thanh, cách công khai khác", "Other ways", required=False),
            Field(
                "reported_on",
                T("Ngày báo cáo Mặt trận", "Day reported to the Front"),
                Widget.DATE,
                day=Day.HAPPENED,
            ),
            text(
                "reflections",
                "Phản ánh của người dân là nguyên cớ",
                "What people reported",
                required=False,
                help=T("Không ghi họ tên người phản ánh.", "Do not name whoever reported it."),
            ),
            Field("files", T("Tệp kèm theo", "Files"), Widget.FILES, required=False),
        ),
        stage=1,
        rule="STEP",
    )


def planning(norms: BoardNorms, *, looked_at: Field, rule: str = "STEP") -> tuple[Step, Step]:
    """Declare the drafting and signing of the board's plan; `rule` is the clock of its notice, if it has one.

    `looked_at` asks for the body that is supervised.
    """
    draft = Step(
        "draft_board_plan",
        T("Soạn kế hoạch giám sát", "Draft the plan of the supervision"),
        Party.BOARD,
        MEMBERS,
        norms.planning,
        T("Trình Trưởng ban ký kế hoạch", "Send the plan to the head of the board"),
        T(
            "Giám sát việc gì, của ai, từ ngày nào, bằng cách nào. Gửi sát ngày vẫn được ghi nhận là trễ.",
            "What, whose, from which day, how. Sending it late is recorded, never refused.",
        ),
        (
            text("object", "Đối tượng giám sát", "Who or what is supervised"),
            looked_at,
            text("content", "Nội dung giám sát", "Content"),
            Field("starts_on", T("Ngày bắt đầu giám sát", "First day"), Widget.DATE, day=Day.NOT_PAST),
            Field("ends_on", T("Ngày kết thúc", "Last day"), Widget.DATE, day=Day.NOT_PAST),
            text("method", "Cách tiến hành", "How it is done"),
            text("assignment", "Phân công thành viên", "Who does what", required=False),
        ),
        stage=2,
        rule="STEP",
    )
    sign = _signed_by_the_board(
        "sign_board_plan", T("kế hoạch giám sát", "plan"), "board_plan", stage=2, basis=norms.planning
    )
    return draft, replace(sign, rule=rule)


def _signed_by_the_board(name: str, of: T, document: str, *, stage: int, basis: tuple[Basis, ...]) -> Step:
    return signing(name, of=of, document=document, stage=stage, basis=basis, party=Party.BOARD, duties=HEADS)


def carrying_out(norms: BoardNorms) -> tuple[Step, ...]:
    """Declare the minutes of the supervision and the paper in which the board says what it asks for."""
    return (
        _minutes(norms),
        _signed_by_the_board(
            "sign_board_minutes",
            T("biên bản giám sát", "minutes"),
            "board_minutes",
            stage=3,
            basis=norms.carrying,
        ),
        _paper(norms),
        _signed_by_the_board(
            "sign_board_paper",
            T("kiến nghị của Ban", "board's paper"),
            "board_recommendation",
            stage=4,
            basis=norms.confirming,
        ),
    )


_VOTE = T("Ví dụ 5. Chỉ ghi số.", "For example 5. Digits only.")


_MINUTES_FIELDS = (
    Field("held_on", T("Ngày bắt đầu", "Day it began"), Widget.DATE, day=Day.HAPPENED),
    Field("ended_on", T("Ngày kết thúc", "Day it ended"), Widget.DATE, day=Day.HAPPENED),
    Field("place", T("Địa điểm", "Place"), Widget.LINE),
    Field("written_by", T("Người ghi biên bản", "Who wrote it"), Widget.LINE),
    text("attendance", "Thành phần tham dự", "Who attended", help=PER_LINE),
    text("result", "Nội dung, kết quả giám sát", "Content and result"),
    text("explanations", "Ý kiến của đối tượng giám sát", "What the other side said", required=False),
    Field(
        "findings",
        T("Nhận xét", "Findings"),
        Widget.ROWS,
        required=False,
        singular=T("Nhận xét", "Finding"),
        columns=(
            Field("kind", T("Loại", "Kind"), Widget.CHOICE, choices=FINDING_KINDS),
            Field("title", T("Tóm tắt", "Summary"), Widget.LINE),
            Field("text", T("Nội dung", "Text")),
        ),
    ),
    Field(
        "votes_for",
        T("Số thành viên tán thành", "Members in favour"),
        Widget.LINE,
        help=_VOTE,
        longest=3,
    ),
    Field("votes_all", T("Tổng số thành viên Ban", "Members in all"), Widget.LINE, help=_VOTE, longest=3),
    Field("outcome", T("Ban kiến nghị không?", "Does the board ask?"), Widget.CHOICE, choices=OUTCOMES),
    Field("files", T("Hình ảnh, tài liệu", "Pictures and papers"), Widget.FILES, required=False),
)


def _minutes(norms: BoardNorms) -> Step:
    return Step(
        "draft_board_minutes",
        T("Lập biên bản giám sát", "Write the minutes of the supervision"),
        Party.BOARD,
        MEMBERS,
        norms.carrying,
        T("Trình ký biên bản giám sát", "Send the minutes for signature"),
        T(
            "Ghi những gì đã xem, đã hỏi; kết quả; số phiếu của Ban.",
            "Write what was seen and asked, the result and the board's vote.",
        ),
        _MINUTES_FIELDS,
        stage=3,
        rule="S3_MINUTES",
    )


def _paper(norms: BoardNorms) -> Step:
    return Step(
        "draft_board_paper",
        T("Lập kiến nghị của Ban", "Write the board's paper"),
        Party.BOARD,
        MEMBERS,
        norms.confirming,
        T("Trình Trưởng ban ký kiến nghị", "Send the paper to the head of the board"),
        T(
            "Mỗi kiến nghị một việc. Văn bản chỉ gửi đi khi Mặt trận xã xác nhận.",
            "One matter each. The paper leaves only when the commune Front has confirmed it.",
        ),
        (
            text("result", "Kết quả giám sát làm căn cứ", "The result that it rests on"),
            Field(
                "recommendations",
                T("Kiến nghị", "What is asked for"),
                Widget.ROWS,
                singular=T("Kiến nghị", "Matter"),
                columns=(
                    Field("title", T("Tóm tắt", "Summary"), Widget.LINE),
                    Field("text", T("Nội dung kiến nghị", "Text")),
                ),
            ),
        ),
        stage=4,
        rule="STEP",
    )


_REVIEW_FIELDS = (
    Field(
        "decision",
        T("Quyết định của bạn", "Your decision"),
        Widget.DECISION,
        choices=(
            ("confirm", T("Trình ký xác nhận", "Send it to be confirmed")),
            ("return", T("Trả lại Ban, có lý do", "Return it to the board, with a reason")),
        ),
    ),
    Field(
        "confirmation",
        T("Nội dung xác nhận", "What is confirmed"),
        required=False,
        required_when=("decision", ("confirm",)),
    ),
    Field(
        "reason",
        T("Lý do trả lại, mọi điểm cần bổ sung", "Why it is returned, with every point"),
        required=False,
        required_when=("decision", ("return",)),
    ),
)


def confirming(norms: BoardNorms) -> tuple[Step, Step]:
    """Declare how the commune Front looks at the board's paper and confirms it, or gives it back."""
    return (
        Step(
            "review_board_paper",
            T("Xem xét kiến nghị của Ban để xác nhận", "Look at the board's paper before confirming"),
            Party.LEAD,
            FRONT_WORKERS,
            norms.confirming,
            T("Quyết định về kiến nghị của Ban", "Decide on the board's paper"),
            T(
                "Đúng kế hoạch, đúng biên bản, đã được tập thể Ban thông qua thì trình xác nhận.",
                "In line with plan and minutes and adopted by the board: send it to be confirmed.",
            ),
            _REVIEW_FIELDS,
            stage=4,
            rule="STEP",
        ),
        signing(
            "sign_confirmation",
            of=T("văn bản xác nhận", "confirmation"),
            document="board_confirmation",
            stage=4,
            basis=norms.confirming,
        ),
    )


_SETTLEMENT_FIELDS = (
    Field(
        "extent",
        T("Đã giải quyết đến đâu?", "How far is it settled?"),
        Widget.CHOICE,
        choices=EXTENTS,
    ),
    text("text", "Kết quả giải quyết", "The result"),
    Field(
        "reason",
        T("Lý do phần chưa giải quyết", "Why the rest is not settled"),
        required=False,
        required_when=("extent", ("part", "none")),
    ),
    Field(
        "number_text",
        T("Số, ký hiệu văn bản", "Number of the document"),
        Widget.LINE,
        longest=80,
        required=False,
    ),
    Field("files", T("Tệp kèm theo", "Files"), Widget.FILES, required=False),
)


def _receiving(norms: BoardNorms) -> Step:
    return Step(
        "receive_board_paper",
        T("Tiếp nhận kiến nghị của Ban", "Acknowledge the board's paper"),
        Party.SETTLER,
        RESPONDERS,
        norms.settling,
        T("Xác nhận đã nhận kiến nghị của Ban", "Confirm receipt"),
        T(
            "Hạn giải quyết và thông báo là 15 ngày kể từ ngày nhận.",
            "It is to be settled and answered within 15 days of receipt.",
        ),
        (Field("unit", T("Phân công xử lý cho", "Assigned to"), Widget.LINE, longest=200, required=False),),
        stage=5,
        rule="STEP",
    )


def settling(norms: BoardNorms) -> tuple[Step, ...]:
    """Declare what the commune's People's Committee does: receive, draft, approve within fifteen days."""
    return (
        _receiving(norms),
        Step(
            "draft_settlement",
            T("Soạn thông báo kết quả giải quyết", "Draft the notice of the result"),
            Party.SETTLER,
            RESPONDERS,
            norms.settling,
            T("Trình lãnh đạo duyệt kết quả giải quyết", "Send the result for approval"),
            T("Nói rõ từng kiến nghị giải quyết thế nào.", "Say of each matter how it was settled."),
            _SETTLEMENT_FIELDS,
            stage=5,
            rule="S3_REPLY",
        ),
        Step(
            "approve_settlement",
            T("Duyệt và gửi kết quả giải quyết", "Approve and send the result"),
            Party.SETTLER,
            LEADERS,
            norms.settling,
            T("Quyết định về kết quả giải quyết", "Decide on the result"),
            T("Đọc kết quả, duyệt và gửi hoặc trả lại.", "Read the result, then send or return it."),
            APPROVE_FIELDS,
            check_first=True,
            stage=5,
            rule="S3_REPLY",
        ),
    )


def judging(norms: BoardNorms) -> Step:
    """Declare the board's own look at the answer: done, or the Front is asked to recommend."""
    return Step(
        "judge_settlement",
        T("Đánh giá kết quả giải quyết", "Judge the result"),
        Party.BOARD,
        MEMBERS,
        norms.asking,
        T("Ghi đánh giá của Ban", "Record the board's view"),
        T(
            "So với kiến nghị, kiểm tra tại chỗ; chưa đầy đủ thì đề nghị Mặt trận kiến nghị.",
            "Compare with what was asked, look on the spot; if it falls short ask the Front.",
        ),
        (
            Field("verdict", T("Đánh giá của Ban", "The board's view"), Widget.CHOICE, choices=VERDICTS),
            text("text", "Đã kiểm tra gì, thấy gì", "What was checked and seen"),
            Field(
                "request",
                T("Nội dung đề nghị Mặt trận kiến nghị", "What the Front is asked to recommend"),
                required=False,
                required_when=("verdict", ("unfinished",)),
            ),
            Field("files", T("Hình ảnh, tài liệu", "Pictures and papers"), Widget.FILES, required=False),
        ),
        stage=6,
        rule="STEP",
    )


_TOLD_FIELDS = (
    Field(
        "told",
        T("Có người phản ánh cần được thông báo không?", "Is there anyone to tell?"),
        Widget.CHOICE,
        choices=(
            ("yes", T("Có, đã thông báo", "Yes, they were told")),
            ("none", T("Không có ai phản ánh việc này", "Nobody had reported it")),
        ),
    ),
    Field(
        "whom",
        T("Ai được thông báo", "Who was told"),
        Widget.LINE,
        required=False,
        required_when=_TOLD,
    ),
    Field(
        "told_on",
        T("Ngày thông báo", "Day"),
        Widget.DATE,
        required=False,
        required_when=_TOLD,
        day=Day.HAPPENED,
    ),
    Field(
        "text",
        T("Nội dung thông báo", "What they were told"),
        required=False,
        required_when=_TOLD,
    ),
)


def telling(basis: tuple[Basis, ...]) -> Step:
    """Declare the written notice of the result to whoever brought the matter to the board."""
    return Step(
        "tell_reflectors",
        T("Thông báo kết quả cho người phản ánh", "Tell those who reported the matter"),
        Party.BOARD,
        MEMBERS,
        basis,
        T("Ghi việc đã thông báo", "Record that they were told"),
        T(
            "Thông báo bằng văn bản; không ghi họ tên người phản ánh ở đây.",
            "In writing; do not name them here.",
        ),
        _TOLD_FIELDS,
        stage=6,
        rule="STEP",
    )


def report(
    basis: tuple[Basis, ...], *, stage: int, periods: tuple[tuple[str, T], ...] = REPORTED
) -> tuple[Step, Step]:
    """Declare the board's report to the Front, one of `periods`, and its signing by the head."""
    return (
        Step(
            "draft_board_report",
            T("Báo cáo Mặt trận", "Report to the Front"),
            Party.BOARD,
            MEMBERS,
            basis,
            T("Trình báo cáo của Ban", "Send the board's report on"),
            T(
                "Báo cáo quý, sáu tháng, năm, nhiệm kỳ hoặc theo yêu cầu.",
                "Of a quarter, half-year, year or term, or on request.",
            ),
            (
                Field("period", T("Loại báo cáo", "Kind of report"), Widget.CHOICE, choices=periods),
                *_REPORT_FIELDS,
                *(_COVERED_FIELDS if COVERED in periods else ()),
            ),
            stage=stage,
            rule="STEP",
        ),
        _signed_by_the_board(
            "sign_board_report",
            T("báo cáo của Ban", "board's report"),
            "board_report",
            stage=stage,
            basis=basis,
        ),
    )


_WHEN = ("period", tuple(value for value, _label in REPORTED))
_REPORT_FIELDS = (
    Field(
        "span",
        T("Kỳ báo cáo", "Period"),
        Widget.LINE,
        help=T("Ví dụ: quý II năm 2026.", "For example: second quarter of 2026."),
        required=False,
        required_when=_WHEN,
        longest=80,
    ),
    Field("activity", T("Hoạt động, kết quả", "Activity and results"), required=False, required_when=_WHEN),
    text("proposals", "Khó khăn, đề xuất", "Difficulties and proposals", required=False),
)
_COVERED_FIELDS = (
    Field(
        "covered_by",
        T("Báo cáo đã nêu việc này", "The report that covers it"),
        Widget.LINE,
        required=False,
        required_when=("period", ("covered",)),
        longest=200,
    ),
)


def reporting(norms: BoardNorms) -> tuple[Step, Step]:
    """Declare the report that tells of this supervision, or names the one that does."""
    return report(norms.reporting, stage=6, periods=(*REPORTED, COVERED))


def asking(norms: BoardNorms) -> tuple[Step, ...]:
    """Declare what the Front does when it is asked, up to the closing of the case."""
    consider = Step(
        "consider_request",
        T("Xem xét đề nghị của Ban", "Consider what the board asks"),
        Party.LEAD,
        SIGNERS,
        norms.asking,
        T("Ghi quyết định về đề nghị của Ban", "Record the decision"),
        T(
            "Kiến nghị cơ quan có thẩm quyền, hoặc kết thúc với lý do.",
            "Recommend to the competent body, or end it with reasons.",
        ),
        (
            Field(
                "decision",
                T("Mặt trận có kiến nghị không?", "Does the Front recommend?"),
                Widget.CHOICE,
                choices=(
                    ("recommend", T("Có, soạn văn bản kiến nghị", "Yes, draft a recommendation document")),
                    ("end", T("Không, kết thúc hồ sơ", "No, end the case")),
                ),
            ),
            text("reason", "Lý do", "Reasons"),
        ),
        stage=7,
        rule="STEP",
    )
    return consider, *following(Ending(basis=norms.asking, concluding=7, publishing=8, answering=9))
