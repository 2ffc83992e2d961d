"""S3, a board's report of a period, also of one without any supervision: Decree 59/2023 Art 14(3)."""

from __future__ import annotations

from dataclasses import replace

from supervision.law.basis import DECREE_59, Norm
from supervision.law.forms.boards import REPORTED, report
from supervision.law.forms.s3b import NORMS as INVESTMENT
from supervision.law.forms.shared import FRONT_WORKERS, SIGNERS, UNPLANNED, text
from supervision.law.specs import FormSpec, Party, Stage, Step
from supervision.law.text import T

BASIS = (Norm(DECREE_59, 14, 3), *INVESTMENT.reporting)
_NAMES = {
    "title": T("Tên báo cáo", "Title of the report"),
    "grounds": T("Báo cáo theo kỳ nào, theo yêu cầu của ai", "Of which period, or at whose request"),
}

SPEC = FormSpec(
    slug="bao-cao-cua-ban",
    code="S3c",
    prefix="BAN",
    title=T("Báo cáo của Ban ở xã", "Report of a commune board"),
    summary=T(
        "Báo cáo quý, sáu tháng, năm, nhiệm kỳ hoặc theo yêu cầu, gửi Mặt trận xã.",
        "Of a quarter, half-year, year or term, or on request, to the commune Front.",
    ),
    basis=BASIS,
    stages=(
        Stage(T("Ban báo cáo", "The board reports"), BASIS),
        Stage(T("Mặt trận tiếp nhận", "The Front takes note"), BASIS),
    ),
    steps=(
        *report(BASIS, stage=1, periods=REPORTED),
        Step(
            "close_case",
            T("Tiếp nhận báo cáo của Ban", "Take note of the board's report"),
            Party.LEAD,
            (*FRONT_WORKERS, *SIGNERS),
            BASIS,
            T("Ghi đã tiếp nhận báo cáo", "Record that it was received"),
            T("Đọc báo cáo, ghi ý kiến hướng dẫn Ban.", "Read the report and give the board guidance."),
            (text("summary", "Ý kiến của Mặt trận", "What the Front says"),),
            stage=2,
            rule="STEP",
        ),
    ),
    opening=tuple(
        replace(field, label=_NAMES.get(field.name, field.label), help=None) for field in UNPLANNED
    ),
    opened_by=Party.BOARD,
)
