"""Rights on the opinions of a collection; who wrote one is the narrowest right of all."""

from __future__ import annotations

from supervision.access.rights import CHAIR, FRONT, SIGNER, VIEW, Row
from supervision.law.text import T

IDENTIFY = "identify"
_OTHER_HEADS = T(
    "Lãnh đạo khác, trừ khiếu nại, tố cáo. Bản gốc có thể lộ người gửi nên đồng nghiệp không xem.",
    "Other heads, except complaints and denunciations. An original may tell who wrote it: no colleague's.",
)

OPINION_ROWS: tuple[Row, ...] = (
    Row(
        kind="casefiles.case",
        action="receive_opinion",
        relation="lead",
        duties=FRONT,
        reason=T(
            "Ai của tổ chức cũng nhận được ý kiến của người dân.",
            "Anyone of the organization may receive an opinion.",
        ),
    ),
    Row(
        kind="cases.opinion",
        action=VIEW,
        relation="lead",
        duties=FRONT,
        reason=T(
            "Số, ngày, kênh, bản công khai của ý kiến; không có người gửi, không có bản gốc.",
            "Number, day, channel and public wording; neither author nor original.",
        ),
    ),
    Row(
        kind="cases.opinion",
        action="sort",
        relation="lead",
        duties=FRONT,
        reason=T(
            "Phân loại, biên tập bản công khai của ý kiến đọc được.",
            "Sort and word the opinions that one may read.",
        ),
    ),
    Row(
        kind="cases.opinionsource",
        action=VIEW,
        relation="received",
        duties=FRONT,
        reason=T("Người đã nhận ý kiến.", "Whoever received the opinion."),
    ),
    Row(
        kind="cases.opinionsource",
        action=VIEW,
        relation="lead",
        duties=frozenset({CHAIR}),
        reason=T("Người đứng đầu.", "The head."),
    ),
    Row(
        kind="cases.opinionsource",
        action=VIEW,
        relation="ordinary",
        duties=frozenset({SIGNER}),
        reason=_OTHER_HEADS,
    ),
    Row(
        kind="files.attachment",
        action=VIEW,
        relation="received_opinion",
        duties=FRONT,
        reason=T("Tệp kèm ý kiến mà mình đã nhận.", "Files of an opinion that one received."),
    ),
    Row(
        kind="files.attachment",
        action=VIEW,
        relation="led_opinion",
        duties=frozenset({CHAIR}),
        reason=T("Tệp kèm ý kiến: người đứng đầu.", "Files of an opinion: the head."),
    ),
    Row(
        kind="files.attachment",
        action=VIEW,
        relation="ordinary_opinion",
        duties=frozenset({SIGNER}),
        reason=_OTHER_HEADS,
    ),
    Row(
        kind="cases.opinionsource",
        action=IDENTIFY,
        relation="received",
        duties=FRONT,
        reason=T(
            "Người gửi: chỉ người đã nhận và lãnh đạo; mỗi lần xem đều được ghi lại.",
            "The author: only whoever received it, and heads; every look is recorded.",
        ),
    ),
    Row(
        kind="cases.opinionsource",
        action=IDENTIFY,
        relation="lead",
        duties=frozenset({CHAIR}),
        reason=T("Người đứng đầu; mỗi lần xem đều được ghi lại.", "The head; every look is recorded."),
    ),
    Row(
        kind="cases.opinionsource",
        action=IDENTIFY,
        relation="ordinary",
        duties=frozenset({SIGNER}),
        reason=T(
            "Lãnh đạo khác, trừ khiếu nại, tố cáo; mỗi lần xem đều được ghi lại.",
            "Other heads, except complaints and denunciations; every look is recorded.",
        ),
    ),
)
