"""Rights on a draft under criticism: to read it clause by clause, to contribute, to work on what came."""

from __future__ import annotations

from supervision.access.rights import AGENCY, ANYONE, CHAIR, FRONT, OFFICER, SIGNER, VIEW, WORKERS, Row
from supervision.law.text import T

DRAFT_ROWS: tuple[Row, ...] = (
    Row(
        kind="cases.criticism",
        action="read_draft",
        relation="lead",
        duties=FRONT,
        reason=T(
            "Người của nơi chủ trì đọc dự thảo theo điều, khoản.",
            "People of the chairing body read the draft clause by clause.",
        ),
    ),
    Row(
        kind="cases.criticism",
        action="read_draft",
        relation="member",
        duties=ANYONE,
        reason=T(
            "Người tham gia hồ sơ đọc dự thảo theo điều, khoản.",
            "Those who take part in the case read the draft clause by clause.",
        ),
    ),
    Row(
        kind="cases.criticism",
        action="read_draft",
        relation="consulted",
        duties=ANYONE,
        reason=T(
            "Nơi được xin ý kiến đọc dự thảo theo điều, khoản.",
            "Those asked for an opinion read the draft clause by clause.",
        ),
    ),
    Row(
        kind="cases.criticism",
        action="read_draft",
        relation="invited",
        duties=WORKERS,
        reason=T(
            "Tổ chức được mời góp ý đọc dự thảo theo điều, khoản.",
            "Organizations invited to contribute read the draft clause by clause.",
        ),
    ),
    Row(
        kind="cases.criticism",
        action="read_draft",
        relation="addressed",
        duties=AGENCY,
        reason=T("Cơ quan soạn thảo đọc dự thảo của mình.", "The drafting agency reads its own draft."),
    ),
    Row(
        kind="cases.criticism",
        action="contribute",
        relation="lead",
        duties=frozenset({OFFICER, SIGNER, CHAIR}),
        reason=T(
            "Người của nơi chủ trì góp ý cho từng điều, khoản.",
            "People of the chairing body contribute to each clause.",
        ),
    ),
    Row(
        kind="cases.criticism",
        action="contribute",
        relation="member",
        duties=ANYONE,
        reason=T(
            "Người tham gia hồ sơ góp ý cho từng điều, khoản.",
            "Those who take part in the case contribute to each clause.",
        ),
    ),
    Row(
        kind="cases.criticism",
        action="contribute",
        relation="consulted",
        duties=ANYONE,
        reason=T(
            "Nơi được xin ý kiến góp ý cho từng điều, khoản.",
            "Those asked for an opinion contribute to each clause.",
        ),
    ),
    Row(
        kind="cases.criticism",
        action="contribute",
        relation="invited_last",
        duties=WORKERS,
        reason=T(
            "Tổ chức được mời trong đợt lấy ý kiến cuối cùng góp ý cho từng điều, khoản.",
            "Organizations invited to the last call contribute to each clause.",
        ),
    ),
    Row(
        kind="cases.criticism",
        action="prepare_draft",
        relation="lead",
        duties=frozenset({OFFICER, SIGNER, CHAIR}),
        reason=T(
            "Nơi chủ trì đọc dự thảo thành điều, khoản, lấy ý kiến, đưa góp ý vào bảng.",
            "The chairing body has the draft read into clauses, calls for contributions, fills the table.",
        ),
    ),
    Row(
        kind="files.attachment",
        action=VIEW,
        relation="contributed",
        duties=FRONT,
        reason=T("Tệp kèm góp ý cho dự thảo: chỉ nơi chủ trì.", "Files of contributions: the chairing body."),
    ),
    Row(
        kind="files.attachment",
        action=VIEW,
        relation="invited",
        duties=WORKERS,
        reason=T(
            "Tổ chức được mời góp ý đọc tệp dự thảo.", "Invited organizations read the files of the draft."
        ),
    ),
)
