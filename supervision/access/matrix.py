"""The table of rights, as data: the policy enforces it, the documentation prints it.

A row reads: on an object of `kind`, `action` is open to a mandate with one of `duties` whose
organization (or whose mandate) stands in `relation` to the object. Rows add up by OR for one
actor; two mandates of one person never do. Relations are registered by the app that owns the
kind (`policy.register`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from supervision.law.text import T

OFFICER = "officer"
CLERK = "clerk"
SIGNER = "signer"
CHAIR = "chair"
EXPERT = "expert"
RESPONDER = "agency_responder"
LEADER = "agency_leader"
ADMINISTRATOR = "administrator"

#: Every duty, as the documentation names it; the keys equal `organizations.Duty`.
DUTIES: dict[str, T] = {
    OFFICER: T("chuyên viên", "officer"),
    CLERK: T("văn thư", "clerk"),
    SIGNER: T("người ký", "signer"),
    CHAIR: T("người đứng đầu", "chair"),
    EXPERT: T("chuyên gia, thành viên được mời", "expert, invited member"),
    RESPONDER: T("người soạn trả lời", "agency responder"),
    LEADER: T("lãnh đạo cơ quan", "agency leader"),
    ADMINISTRATOR: T("quản trị viên", "administrator"),
}
FRONT = frozenset({OFFICER, CLERK, SIGNER, CHAIR})
AGENCY = frozenset({RESPONDER, LEADER})
ANYONE = frozenset(DUTIES)

VIEW = "view"


@dataclass(frozen=True)
class Row:
    """One right: who (`duties` in `relation`) may do `action` on `kind`, and why."""

    kind: str  # model label in lower case: "cases.case"
    action: str
    relation: str  # registered for that kind: "lead", "addressee", "own"...
    duties: frozenset[str]
    reason: T

    def __post_init__(self) -> None:
        unknown = self.duties - DUTIES.keys()
        if unknown or not self.duties:
            raise ValueError(f"{self.kind}.{self.action}: unknown or no duties {sorted(unknown)}")


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
        kind="cases.case",
        action=VIEW,
        relation="lead",
        duties=FRONT,
        reason=T(
            "Hồ sơ do tổ chức mình chủ trì.",
            "Cases that one's organization chairs.",
        ),
    ),
    Row(
        kind="cases.case",
        action=VIEW,
        relation="member",
        duties=ANYONE,
        reason=T(
            "Thành viên đoàn, người được mời thấy hồ sơ trong thời gian ở quyết định; Ban, hồ sơ của Ban.",
            "Delegation members and invited persons see that case, for the time given; a board sees its own.",
        ),
    ),
    Row(
        kind="cases.case",
        action="steer",
        relation="lead",
        duties=frozenset({SIGNER, CHAIR}),
        reason=T(
            "Hủy, hoãn, hẹn lại, rút yêu cầu là việc của lãnh đạo chủ trì.",
            "Cancelling, postponing, rescheduling and withdrawing are for the heads of the chairing body.",
        ),
    ),
    Row(
        kind="cases.case",
        action="stop_waiting",
        relation="lead",
        duties=frozenset({OFFICER, SIGNER, CHAIR}),
        reason=T(
            "Hạn góp ý do nơi chủ trì đặt, nên nơi chủ trì quyết định không chờ thêm.",
            "The chairing body set the time for opinions, so it decides to wait no longer.",
        ),
    ),
    Row(
        kind="cases.case",
        action="go_to_front",
        relation="board",
        duties=frozenset({OFFICER, SIGNER, CHAIR}),
        reason=T(
            "Kiến nghị không được xem xét thì Ban đề nghị Mặt trận (403 Điều 11 khoản 1).",
            "What is not considered the board brings to the Front (403 Art 11(1)).",
        ),
    ),
    Row(
        kind="cases.inquiry",
        action=VIEW,
        relation="lead",
        duties=FRONT,
        reason=T(
            "Yêu cầu trong hồ sơ của tổ chức mình.",
            "Inquiries in one's organization's cases.",
        ),
    ),
    Row(
        kind="cases.inquiry",
        action=VIEW,
        relation="member",
        duties=ANYONE,
        reason=T(
            "Thành viên đoàn nghiên cứu báo cáo (403 Điều 7 khoản 2).",
            "Members study the reports (403 Art 7(2)).",
        ),
    ),
    Row(
        kind="cases.inquiry",
        action=VIEW,
        relation="addressed",
        duties=AGENCY,
        reason=T(
            "Cơ quan thấy yêu cầu gửi đến mình, sau khi gửi.",
            "An agency sees what is addressed to it, once sent.",
        ),
    ),
    Row(
        kind="cases.inquiry",
        action="answer",
        relation="addressed",
        duties=AGENCY,
        reason=T(
            "Cơ quan trả lời, xin gia hạn cho yêu cầu gửi đến mình.",
            "An agency answers, and asks for time for, what is addressed to it.",
        ),
    ),
    Row(
        kind="cases.inquiry",
        action="extend",
        relation="lead",
        duties=frozenset({OFFICER, SIGNER, CHAIR}),
        reason=T(
            "Bên đặt hạn gia hạn được, có lý do.",
            "Whoever set the time may extend it, with a reason.",
        ),
    ),
    Row(
        kind="cases.recommendation",
        action=VIEW,
        relation="lead",
        duties=FRONT,
        reason=T(
            "Kiến nghị của tổ chức mình.",
            "Recommendations of one's organization.",
        ),
    ),
    Row(
        kind="cases.recommendation",
        action=VIEW,
        relation="member",
        duties=ANYONE,
        reason=T(
            "Thành viên đoàn theo dõi kết quả.",
            "Members follow the result.",
        ),
    ),
    Row(
        kind="cases.recommendation",
        action=VIEW,
        relation="addressed",
        duties=AGENCY,
        reason=T(
            "Cơ quan thấy kiến nghị gửi đến mình.",
            "An agency sees recommendations addressed to it.",
        ),
    ),
    Row(
        kind="cases.recommendation",
        action="answer",
        relation="addressed",
        duties=AGENCY,
        reason=T(
            "Cơ quan trả lời, xin gia hạn, báo cáo thực hiện.",
            "An agency replies, asks for time, reports on carrying out.",
        ),
    ),
    Row(
        kind="cases.recommendation",
        action="extend",
        relation="lead",
        duties=frozenset({OFFICER, SIGNER, CHAIR}),
        reason=T(
            "Thời hạn do tổ chức mình đặt ra nên gia hạn được.",
            "The time was set by the organization, which may extend it.",
        ),
    ),
    Row(
        kind="cases.recommendation",
        action="follow_up",
        relation="lead",
        duties=frozenset({OFFICER, SIGNER, CHAIR}),
        reason=T(
            "Theo dõi, đôn đốc, kiến nghị cấp có thẩm quyền (Luật MTTQ Điều 28 khoản 7).",
            "Follow up, urge, escalate (Front Law Art 28(7)).",
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
        duties=ANYONE,
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
        duties=ANYONE,
        reason=T(
            "Tệp do người của tổ chức mình tải lên.",
            "Files that one's own organization uploaded.",
        ),
    ),
    Row(
        kind="supervision_workflows.workitem",
        action=VIEW,
        relation="own",
        duties=ANYONE,
        reason=T(
            "Việc của tổ chức mình.",
            "Work of one's organization.",
        ),
    ),
    Row(
        kind="supervision_workflows.workitem",
        action=VIEW,
        relation="assigned",
        duties=ANYONE,
        reason=T(
            "Việc giao cho mình.",
            "Work assigned to oneself.",
        ),
    ),
    Row(
        kind="supervision_workflows.workitem",
        action="act",
        relation="offered",
        duties=ANYONE,
        reason=T(
            "Ai giữ nhiệm vụ mà bước này cần thì được nhận và làm.",
            "Whoever holds a duty the step asks for may take and do it.",
        ),
    ),
    Row(
        kind="supervision_workflows.workitem",
        action="act",
        relation="assigned",
        duties=ANYONE,
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
)


def select(rows: Iterable[Row], *, kind: str, action: str, duty: str) -> list[Row]:
    """Return the rows that speak about this kind, action and duty."""
    return [row for row in rows if row.kind == kind and row.action == action and duty in row.duties]
