"""The Front confirms the board's paper, the commune's People's Committee settles it within fifteen days."""

from __future__ import annotations

from supervision.law.forms.boards.norms import BoardNorms
from supervision.law.forms.shared import APPROVE_FIELDS, FRONT_WORKERS, LEADERS, RESPONDERS, signing, text
from supervision.law.specs import Field, Party, Step, Widget
from supervision.law.text import T

EXTENTS = (
    ("all", T("Đã giải quyết đầy đủ", "Settled in full")),
    ("part", T("Đã giải quyết một phần", "Settled in part")),
    ("none", T("Không giải quyết, có lý do", "Not settled, with reasons")),
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
