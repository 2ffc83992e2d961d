"""Rights of a commune's Front on the boards that it set up or recognized (403 Art 10)."""

from __future__ import annotations

from supervision.access.rights import CHAIR, FRONT, VIEW, Row
from supervision.law.text import T

BOARD_ROWS: tuple[Row, ...] = (
    Row(
        kind="cases.board",
        action=VIEW,
        relation="front",
        duties=FRONT,
        reason=T("Ban do Mặt trận xã mình lập, công nhận.", "Boards of one's commune's Front."),
    ),
    Row(
        kind="cases.board",
        action="appoint",
        relation="front",
        duties=frozenset({CHAIR}),
        reason=T(
            "Người đứng đầu Mặt trận xã giao, cho thôi nhiệm vụ của thành viên Ban theo quyết định.",
            "The head of the commune's Front gives and ends the mandates of members, by the decision.",
        ),
    ),
)
