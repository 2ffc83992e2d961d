"""The board's public programme, its plan, the supervision with its minutes, the paper that says what it asks."""

from __future__ import annotations

from dataclasses import replace

from supervision.law.forms.boards.norms import MEMBERS, BoardNorms, signed_by_the_board
from supervision.law.forms.shared import PER_LINE, text
from supervision.law.specs import Day, Field, Party, Step, Widget
from supervision.law.text import T

FINDING_KINDS = (
    ("shortcoming", T("Hạn chế", "Shortcoming")),
    ("good_practice", T("Việc làm tốt", "Good practice")),
)
OUTCOMES = (
    ("recommend", T("Có, lập kiến nghị", "Yes, write a paper")),
    ("nothing", T("Không, chỉ báo cáo Mặt trận", "No, report to the Front only")),
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
    sign = signed_by_the_board(
        "sign_board_plan", T("kế hoạch giám sát", "plan"), "board_plan", stage=2, basis=norms.planning
    )
    return draft, replace(sign, rule=rule)


def carrying_out(norms: BoardNorms) -> tuple[Step, ...]:
    """Declare the minutes of the supervision and the paper in which the board says what it asks for."""
    return (
        _minutes(norms),
        signed_by_the_board(
            "sign_board_minutes",
            T("biên bản giám sát", "minutes"),
            "board_minutes",
            stage=3,
            basis=norms.carrying,
        ),
        _paper(norms),
        signed_by_the_board(
            "sign_board_paper",
            T("kiến nghị của Ban", "board's paper"),
            "board_recommendation",
            stage=4,
            basis=norms.confirming,
        ),
    )


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
        help=T(
            "Chỉ ghi số, ví dụ 5. Tổng số thành viên Ban lấy theo danh sách của Ban.",
            "Digits only, for example 5. How many members there are is taken from the board's list.",
        ),
        longest=3,
    ),
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
