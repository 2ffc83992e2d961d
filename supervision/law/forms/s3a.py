"""S3, the People's Inspection Board (Ban Thanh tra nhân dân): 403 Art 11(1); Law 10/2022; Decree 59/2023."""

from __future__ import annotations

from supervision.law.basis import DECREE_59, GRASSROOTS_10, Norm, joint
from supervision.law.forms import boards
from supervision.law.forms.shared import OPENING
from supervision.law.specs import Field, FormSpec, Party, Widget
from supervision.law.text import T

NORMS = boards.BoardNorms(
    posting=(joint(11, 1, "a"),),
    planning=(Norm(DECREE_59, 14), joint(11, 1, "b")),
    carrying=(Norm(DECREE_59, 12, 3),),
    confirming=(joint(11, 1, "c"),),
    settling=(Norm(GRASSROOTS_10, 40, 1, "c"),),
    reporting=(Norm(DECREE_59, 14, 3),),
    asking=(joint(11, 1, "b"),),
)

SPEC = FormSpec(
    slug="thanh-tra-nhan-dan",
    code="S3a",
    prefix="GS",
    title=T("Giám sát của Ban Thanh tra nhân dân", "Supervision by the People's Inspection Board"),
    summary=T(
        "Kế hoạch gửi trước 5 ngày làm việc; Mặt trận xã xác nhận; Ủy ban nhân dân xã trả lời trong 15 ngày.",
        "Plan sent 5 working days ahead; the commune Front confirms; the committee answers in 15 days.",
    ),
    basis=(joint(10), joint(11, 1), Norm(DECREE_59, 14)),
    stages=boards.stages(NORMS),
    steps=(
        boards.posting(NORMS),
        *boards.planning(
            NORMS,
            looked_at=Field(
                "object_body",
                T("Cơ quan, đơn vị chịu sự giám sát", "Body that is supervised"),
                Widget.PICK,
                help=T("Nếu có trong danh sách.", "If it is in the list."),
                source="agencies",
                required=False,
            ),
            rule="S3_NOTICE_TTND",
        ),
        *boards.carrying_out(NORMS),
        *boards.confirming(NORMS),
        *boards.settling(NORMS),
        boards.judging(NORMS),
        boards.telling((Norm(DECREE_59, 14, 2, "c"),)),
        *boards.reporting(NORMS),
        *boards.asking(NORMS),
    ),
    opening=OPENING,
    planned_as="S3",
    opened_by=Party.BOARD,
    board="inspection",
)
