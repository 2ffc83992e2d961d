"""The table of rights, as data: the policy enforces it, the documentation prints it.

A row reads: on an object of `kind`, `action` is open to a mandate with one of `duties` whose
organization (or whose mandate) stands in `relation` to the object. Rows add up by OR for one
actor; two mandates of one person never do. Relations are registered by the app that owns the
kind (`policy.register`).
"""

from __future__ import annotations

from collections.abc import Iterable

from supervision.access.acting_for import ACTING_ROWS
from supervision.access.boards import BOARD_ROWS
from supervision.access.drafts import DRAFT_ROWS
from supervision.access.opinions import OPINION_ROWS
from supervision.access.requests import REQUEST_ROWS
from supervision.access.rights import (
    ADMINISTRATOR,
    AGENCY,
    ANYONE,
    ASKED,
    CHAIR,
    CLERK,
    FRONT,
    LEADER,
    OFFICER,
    SIGNER,
    VIEW,
    WORKERS,
    Row,
)  # fmt: skip
from supervision.law.text import T

ROWS: tuple[Row, ...] = (
    Row(
        kind="organizations.organization",
        action=VIEW,
        relation="any",
        duties=ANYONE,
        reason=T(
            "Danh sách tổ chức là thông tin công khai.",
            "Which organizations exist is public information.",
        ),
    ),
    Row(
        kind="organizations.organization",
        action="manage_mandates",
        relation="own",
        duties=frozenset({CHAIR, LEADER, ADMINISTRATOR}),
        reason=T(
            "Người đứng đầu giao nhiệm vụ trong tổ chức mình; quản trị viên ghi nhận quyết định đó.",
            "The head gives duties in the organization; its administrator records that decision.",
        ),
    ),
    Row(
        kind="organizations.organization",
        action="set_terms",
        relation="own",
        duties=frozenset({CHAIR}),
        reason=T(
            "Thời hạn luật không quy định do chính tổ chức đặt ra.",
            "Terms that law leaves open are set by the organization itself.",
        ),
    ),
    Row(
        kind="organizations.organization",
        action="record_succession",
        relation="subordinate",
        duties=frozenset({CHAIR, ADMINISTRATOR}),
        reason=T(
            "Việc đổi tên, sáp nhập, chia tách do cấp trên ghi nhận theo quyết định.",
            "A rename, merger or split is recorded by the superior body, by its decision.",
        ),
    ),
    Row(
        kind="organizations.organization",
        action="choose_heir",
        relation="subordinate",
        duties=frozenset({CHAIR}),
        reason=T(
            "Khi chia, tách, cấp trên chọn nơi tiếp tục từng việc còn dở.",
            "After a split the superior chooses who carries on each open duty.",
        ),
    ),
    Row(
        kind="organizations.organization",
        action="open_case",
        relation="own",
        duties=frozenset({OFFICER, SIGNER, CHAIR}),
        reason=T(
            "Chuyên viên và lãnh đạo mở hồ sơ do tổ chức mình chủ trì.",
            "Officers and heads open cases that their organization chairs.",
        ),
    ),
    Row(
        kind="casefiles.case",
        action=VIEW,
        relation="lead",
        duties=FRONT,
        reason=T(
            "Hồ sơ do tổ chức mình chủ trì.",
            "Cases that one's organization chairs.",
        ),
    ),
    Row(
        kind="casefiles.case",
        action=VIEW,
        relation="member",
        duties=ANYONE,
        reason=T(
            "Thành viên đoàn, người được mời thấy hồ sơ trong thời gian ở quyết định; Ban, hồ sơ của Ban.",
            "Delegation members and invited persons see that case, for the time given; a board sees its own.",
        ),
    ),
    Row(
        kind="casefiles.case",
        action="redact",
        relation="lead",
        duties=FRONT,
        reason=T(
            "Nơi chủ trì che thông tin phải giữ kín trước khi công bố.",
            "The chairing body hides what must stay closed before it publishes.",
        ),
    ),
    Row(
        kind="casefiles.case",
        action="change_publication",
        relation="lead",
        duties=frozenset({OFFICER, CLERK}),
        reason=T(
            "Chuyên viên, văn thư nơi công bố đề nghị đính chính, thu hồi; lãnh đạo ký, không tự đề nghị.",
            "Officers and clerks of the publishing body ask for a change; its heads sign and never ask.",
        ),
    ),
    Row(
        kind="casefiles.case",
        action="steer",
        relation="lead",
        duties=frozenset({SIGNER, CHAIR}),
        reason=T(
            "Hủy, hoãn, hẹn lại, rút yêu cầu là việc của lãnh đạo chủ trì.",
            "Cancelling, postponing, rescheduling and withdrawing are for the heads of the chairing body.",
        ),
    ),
    Row(
        kind="casefiles.case",
        action="assess",
        relation="lead",
        duties=frozenset({OFFICER, SIGNER, CHAIR}),
        reason=T("Người của nơi chủ trì ghi phiếu đánh giá.", "People of the chairing body fill in sheets."),
    ),
    Row(
        kind="casefiles.case",
        action="assess",
        relation="member",
        duties=ANYONE,
        reason=T(
            "Thành viên đoàn, chuyên gia được mời ghi phiếu đánh giá.",
            "Delegation members and invited experts fill in assessment sheets.",
        ),
    ),
    Row(
        kind="casefiles.case",
        action="stop_waiting",
        relation="lead",
        duties=frozenset({OFFICER, SIGNER, CHAIR}),
        reason=T(
            "Hạn góp ý do nơi chủ trì đặt, nên nơi chủ trì quyết định không chờ thêm.",
            "The chairing body set the time for opinions, so it decides to wait no longer.",
        ),
    ),
    Row(
        kind="casefiles.case",
        action="record_agreement",
        relation="lead",
        duties=frozenset({OFFICER, SIGNER, CHAIR}),
        reason=T("Ghi ý kiến theo văn bản của cơ quan.", "Enter a body's agreement from its paper."),
    ),
    Row(
        "cases.annualplan", VIEW, "issued", ANYONE, T("Kế hoạch ban hành là công khai.", "Issued, so public.")
    ),
    Row(
        kind="cases.annualplan",
        action=VIEW,
        relation="beside",
        duties=FRONT,
        reason=T("Các tổ chức cùng cấp cùng hiệp thương.", "Organizations of one place consult on the plan."),
    ),
    Row(
        kind="cases.annualplan",
        action="propose",
        relation="beside",
        duties=frozenset({OFFICER, SIGNER, CHAIR}),
        reason=T("Tổ chức cùng cấp đề xuất (403 Điều 2).", "Member organizations propose (403 Art 2)."),
    ),
    Row(
        kind="casefiles.case",
        action="urge_settlement",
        relation="lead",
        duties=frozenset({OFFICER, SIGNER, CHAIR}),
        reason=T(
            "Mặt trận đôn đốc việc giải quyết kiến nghị của Ban khi đã hết 15 ngày.",
            "The Front urges the settling of a board's paper once the fifteen days have passed.",
        ),
    ),
    Row(
        kind="casefiles.case",
        action="go_to_front",
        relation="board",
        duties=frozenset({OFFICER, SIGNER, CHAIR}),
        reason=T(
            "Kiến nghị không được xem xét thì Ban đề nghị Mặt trận (403 Điều 11 khoản 1).",
            "What is not considered the board brings to the Front (403 Art 11(1)).",
        ),
    ),
    *REQUEST_ROWS,
    *DRAFT_ROWS,
    *BOARD_ROWS,
    Row(
        kind="files.attachment",
        action=VIEW,
        relation="drafter",
        duties=AGENCY,
        reason=T(
            "Cơ quan soạn thảo đọc dự thảo mà mình đã gửi.",
            "The drafting agency reads the draft that it sent.",
        ),
    ),
    Row(
        kind="deadlines.deadline",
        action=VIEW,
        relation="lead",
        duties=FRONT,
        reason=T("Hạn trong hồ sơ của tổ chức mình.", "Deadlines in one's organization's cases."),
    ),
    Row(
        kind="deadlines.deadline",
        action=VIEW,
        relation="member",
        duties=ANYONE,
        reason=T("Thành viên đoàn thấy hạn của hồ sơ.", "Members see the deadlines of the case."),
    ),
    Row(
        kind="deadlines.deadline",
        action=VIEW,
        relation="own",
        duties=ANYONE,
        reason=T("Ai phải làm thì biết hạn tính thế nào.", "Whoever owes something may ask why then."),
    ),
    Row(
        kind="deadlines.deadline",
        action="pause",
        relation="lead",
        duties=frozenset({SIGNER, CHAIR}),
        reason=T(
            "Nơi đặt hạn cho hạn tạm dừng, chạy lại; việc của lãnh đạo, như hoãn hồ sơ.",
            "The body that set the time stops and restarts it; for its heads, as is putting a case off.",
        ),
    ),
    Row(
        kind="documents.document",
        action=VIEW,
        relation="issuer",
        duties=FRONT,
        reason=T(
            "Văn bản của tổ chức mình.",
            "Papers of one's organization.",
        ),
    ),
    Row(
        kind="documents.document",
        action=VIEW,
        relation="member",
        duties=ANYONE,
        reason=T(
            "Thành viên đoàn đọc văn bản của hồ sơ.",
            "Members read the papers of the case.",
        ),
    ),
    Row(
        kind="documents.document",
        action=VIEW,
        relation="received",
        duties=WORKERS,
        reason=T(
            "Nơi nhận đọc văn bản đã gửi đến mình.",
            "Recipients read what was sent to them.",
        ),
    ),
    Row(
        kind="documents.document",
        action="retry",
        relation="issuer",
        duties=frozenset({OFFICER, CLERK, SIGNER, CHAIR}),
        reason=T(
            "Ký chưa xong thì người của tổ chức yêu cầu ký lại.",
            "When signing is stuck, people of the organization ask for it again.",
        ),
    ),
    Row(
        kind="files.attachment",
        action=VIEW,
        relation="lead",
        duties=FRONT,
        reason=T(
            "Tệp đã gửi trong hồ sơ của tổ chức mình.",
            "Files sent in one's organization's cases.",
        ),
    ),
    Row(
        kind="files.attachment",
        action=VIEW,
        relation="member",
        duties=ANYONE,
        reason=T(
            "Thành viên đoàn đọc tệp của hồ sơ.",
            "Members read the files of the case.",
        ),
    ),
    Row(
        kind="files.attachment",
        action=VIEW,
        relation="consulted",
        duties=ANYONE,
        reason=T(
            "Nơi được xin ý kiến đọc văn bản cần góp ý.",
            "Whoever is asked for an opinion reads the text it is about.",
        ),
    ),
    Row(
        kind="files.attachment",
        action=VIEW,
        relation="sender",
        duties=WORKERS,
        reason=T(
            "Tệp do người của tổ chức mình tải lên.",
            "Files that one's own organization uploaded.",
        ),
    ),
    Row(
        kind="files.attachment",
        action=VIEW,
        relation="uploader",
        duties=ANYONE,
        reason=T("Tệp do chính mình tải lên.", "Files that one uploaded oneself."),
    ),
    Row(
        kind="supervision_workflows.workitem",
        action=VIEW,
        relation="own",
        duties=WORKERS,
        reason=T(
            "Việc của tổ chức mình.",
            "Work of one's organization.",
        ),
    ),
    Row(
        kind="supervision_workflows.workitem",
        action=VIEW,
        relation="offered",
        duties=ASKED,
        reason=T(
            "Việc đang chờ người giữ nhiệm vụ của mình.",
            "Work that waits for whoever holds one's duty.",
        ),
    ),
    Row(
        kind="supervision_workflows.workitem",
        action=VIEW,
        relation="assigned",
        duties=ASKED,
        reason=T(
            "Việc giao cho mình.",
            "Work assigned to oneself.",
        ),
    ),
    Row(
        kind="supervision_workflows.workitem",
        action="act",
        relation="offered",
        duties=ASKED,
        reason=T(
            "Ai giữ nhiệm vụ mà bước này cần thì được nhận và làm.",
            "Whoever holds a duty the step asks for may take and do it.",
        ),
    ),
    Row(
        kind="supervision_workflows.workitem",
        action="act",
        relation="assigned",
        duties=ASKED,
        reason=T(
            "Người được giao hoặc đã nhận làm việc đó.",
            "Whoever was given it or has taken it does it.",
        ),
    ),
    Row(
        kind="supervision_workflows.workitem",
        action="assign",
        relation="own",
        duties=frozenset({SIGNER, CHAIR, LEADER}),
        reason=T(
            "Lãnh đạo giao và chuyển việc trong tổ chức mình.",
            "Heads assign and move work in their organization.",
        ),
    ),
    *OPINION_ROWS,
    *ACTING_ROWS,
)


def select(rows: Iterable[Row], *, kind: str, action: str, duty: str) -> list[Row]:
    """Return the rows that speak about this kind, action and duty."""
    return [row for row in rows if row.kind == kind and row.action == action and duty in row.duties]
