"""Rights of who acts for whom: absences and substitutes, leave to sign for the head."""

from __future__ import annotations

from supervision.access.rights import (
    CHAIR,
    CLERK,
    FRONT,
    LEADER,
    OFFICER,
    RESPONDER,
    SIGNER,
    VIEW,
    Row,
)
from supervision.law.text import T

ACTING_ROWS: tuple[Row, ...] = (
    Row(
        kind="organizations.organization",
        action="record_absences",
        relation="own",
        duties=frozenset({CHAIR, LEADER}),
        reason=T(
            "Người đứng đầu ghi vắng mặt và người làm thay; ai cũng tự ghi cho mình được.",
            "The head records who is away and who stands in; everyone may for themselves.",
        ),
    ),
    Row(
        kind="organizations.organization",
        action="authorize_signing",
        relation="own",
        duties=frozenset({CHAIR}),
        reason=T(
            "Chỉ người đứng đầu giao ký thừa lệnh, thừa ủy quyền (Nghị định 30/2020 Điều 13).",
            "Only the head lets others sign by order or sub-authorization (Decree 30/2020 Art 13).",
        ),
    ),
    Row(
        kind="documents.signingauthorization",
        action=VIEW,
        relation="own",
        duties=FRONT,
        reason=T("Ai ký thay được thì cả tổ chức biết.", "Who may sign is known in the organization."),
    ),
    Row(
        kind="documents.signingauthorization",
        action="revoke",
        relation="own",
        duties=frozenset({CHAIR}),
        reason=T("Người đứng đầu thu hồi quyền ký đã giao.", "The head revokes leave to sign."),
    ),
    Row(
        kind="documents.signingauthorization",
        action="revoke",
        relation="passed",
        duties=FRONT,
        reason=T("Ai giao lại TL. cho cấp phó thì thu hồi được.", "Who passed TL. on may take it back."),
    ),
    Row(
        kind="documents.signingauthorization",
        action="pass_on",
        relation="received",
        duties=FRONT,
        reason=T(
            "Người được ký thừa lệnh giao lại cho cấp phó ký thay; TUQ. không giao lại được.",
            "Whoever signs by order may let the deputy sign; TUQ. goes no further.",
        ),
    ),
    Row(
        kind="documents.document",
        action="sign_anew",
        relation="issuer",
        duties=frozenset({SIGNER, CHAIR}),
        reason=T(
            "Người ký không còn được ký thì lãnh đạo hủy số và trình ký lại.",
            "When the signer may sign no longer, heads give up the number and have it signed anew.",
        ),
    ),
    Row(
        kind="supervision_workflows.workitem",
        action="act",
        relation="substituted",
        duties=frozenset({OFFICER, CLERK, SIGNER, CHAIR, RESPONDER, LEADER}),
        reason=T(
            "Người làm thay làm việc của người vắng trong những ngày đó; ký thì không thay.",
            "A substitute does the work of who is away on those days; signing is not substituted.",
        ),
    ),
    Row(
        kind="supervision_workflows.workitem",
        action="act",
        relation="authorized",
        duties=frozenset({OFFICER, CLERK, SIGNER}),
        reason=T(
            "Người được giao ký thừa lệnh, thừa ủy quyền ký trong giới hạn đã giao.",
            "Whoever was let to sign by order or sub-authorization signs within its limits.",
        ),
    ),
)
