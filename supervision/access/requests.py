"""Rights on what an agency is sent in a case: inquiries, recommendations, criticisms."""

from __future__ import annotations

from supervision.access.rights import AGENCY, ANYONE, CHAIR, FRONT, OFFICER, SIGNER, VIEW, Row
from supervision.law.text import T

REQUEST_ROWS: tuple[Row, ...] = (
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
        kind="cases.criticism",
        action=VIEW,
        relation="lead",
        duties=FRONT,
        reason=T("Phản biện do tổ chức mình chủ trì.", "Criticisms that one's organization chairs."),
    ),
    Row(
        kind="cases.criticism",
        action=VIEW,
        relation="addressed",
        duties=AGENCY,
        reason=T(
            "Cơ quan soạn thảo thấy văn bản phản biện gửi đến mình, khi được hỏi hoặc sau khi gửi.",
            "The drafting agency sees the criticism once it is asked or sent.",
        ),
    ),
    Row(
        kind="cases.criticism",
        action="answer",
        relation="addressed",
        duties=AGENCY,
        reason=T(
            "Cơ quan soạn thảo trả lời từng ý kiến, xin gia hạn.",
            "The drafting agency answers each remark, and asks for time.",
        ),
    ),
    Row(
        kind="cases.criticism",
        action="extend",
        relation="lead",
        duties=frozenset({OFFICER, SIGNER, CHAIR}),
        reason=T(
            "Nơi chủ trì đặt hạn nên gia hạn được; ghi ngày trình mới của dự thảo.",
            "The chairing body set the time, and records a new day of submission.",
        ),
    ),
    Row(
        kind="cases.criticism",
        action="follow_up",
        relation="lead",
        duties=frozenset({OFFICER, SIGNER, CHAIR}),
        reason=T(
            "Theo dõi, đôn đốc cơ quan soạn thảo trả lời từng ý kiến.",
            "Follow up and urge the drafting agency to answer each remark.",
        ),
    ),
    Row(
        kind="drafts.tableexport",
        action=VIEW,
        relation="lead",
        duties=FRONT,
        reason=T(
            "Tệp bảng ý kiến của phản biện do tổ chức mình chủ trì.",
            "The table of remarks, as a file, of criticisms that one's organization chairs.",
        ),
    ),
    Row(
        kind="drafts.tableexport",
        action=VIEW,
        relation="addressed",
        duties=AGENCY,
        reason=T(
            "Cơ quan soạn thảo tải bảng ý kiến của phản biện mà mình được xem.",
            "The drafting agency downloads the table of a criticism that it may see.",
        ),
    ),
)
