"""The board judges the answer, tells who reported the matter, reports to the Front; the Front may recommend."""

from __future__ import annotations

from supervision.law.basis import Basis
from supervision.law.forms.boards.norms import MEMBERS, BoardNorms, signed_by_the_board
from supervision.law.forms.following import Ending, following
from supervision.law.forms.shared import SIGNERS, text
from supervision.law.specs import Day, Field, Party, Step, Widget
from supervision.law.text import T

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
        signed_by_the_board(
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
