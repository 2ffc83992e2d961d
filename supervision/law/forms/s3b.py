"""S3, the Community Investment Supervision Board (Ban Giám sát đầu tư của cộng đồng): 403 Art 11(2)."""

from __future__ import annotations

from dataclasses import replace

from supervision.law.basis import GRASSROOTS_10, Norm, Practice, joint, law
from supervision.law.forms import boards
from supervision.law.forms.shared import FRONT_WORKERS, OPENING, signing, text
from supervision.law.specs import Field, FormSpec, Party, Step, Widget
from supervision.law.text import T

_AHEAD = (Norm(GRASSROOTS_10, 45, 1, "b"),)
NORMS = boards.BoardNorms(
    posting=(joint(11, 2, "a"),),
    planning=(joint(11, 2, "a"), *_AHEAD),
    carrying=(
        joint(11, 2),
        Practice(
            T(
                "Ban làm việc tập thể, biểu quyết theo đa số",
                "a board works as one body and decides by majority",
            )
        ),
    ),
    confirming=(joint(11, 2, "b"),),
    settling=(Norm(GRASSROOTS_10, 45, 2, "c"),),
    reporting=(
        Practice(
            T(
                "Ban báo cáo Mặt trận xã, nơi thành lập Ban",
                "the board reports to the commune Front that set it up",
            )
        ),
    ),
    asking=(joint(11), law(28, 6)),
)

NOTICE = (
    Step(
        "draft_owner_notice",
        T("Soạn thông báo gửi chủ đầu tư", "Draft the notice to the project owner"),
        Party.LEAD,
        FRONT_WORKERS,
        _AHEAD,
        T("Trình ký thông báo gửi chủ đầu tư", "Send the notice for signature"),
        T(
            "Kế hoạch và thành phần Ban gửi chủ đầu tư ít nhất 45 ngày trước ngày giám sát.",
            "Plan and composition of the board reach the owner at least 45 days ahead.",
        ),
        (text("request", "Hồ sơ, tài liệu đề nghị cung cấp", "Papers that are asked for"),),
        stage=2,
        rule="S3_NOTICE_GSDT",
    ),
    replace(
        signing(
            "sign_owner_notice",
            of=T("thông báo gửi chủ đầu tư", "notice to the project owner"),
            document="owner_notice",
            stage=2,
            basis=_AHEAD,
        ),
        rule="S3_NOTICE_GSDT",
    ),
)

SPEC = FormSpec(
    slug="giam-sat-dau-tu-cong-dong",
    code="S3b",
    prefix="GS",
    title=T(
        "Giám sát của Ban Giám sát đầu tư của cộng đồng",
        "Supervision by the Community Investment Supervision Board",
    ),
    summary=T(
        "Báo chủ đầu tư trước 45 ngày; Mặt trận xã xác nhận; Ủy ban nhân dân xã trả lời trong 15 ngày.",
        "The owner is told 45 days ahead; the commune Front confirms; the committee answers in 15 days.",
    ),
    basis=(joint(10, 2), joint(11, 2), Norm(GRASSROOTS_10, 45)),
    stages=boards.stages(NORMS),
    steps=(
        boards.posting(NORMS),
        *boards.planning(
            NORMS,
            looked_at=Field("object_body", T("Chủ đầu tư", "Project owner"), Widget.PICK, source="agencies"),
        ),
        *NOTICE,
        *boards.carrying_out(NORMS),
        *boards.confirming(NORMS),
        *boards.settling(NORMS),
        boards.judging(NORMS),
        *boards.reporting(NORMS),
        *boards.asking(NORMS),
    ),
    opening=OPENING,
    planned_as="S3",
    opened_by=Party.BOARD,
    board="investment",
)
