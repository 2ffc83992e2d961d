"""S3, a board's report of a period: drafted, signed by its head, taken note of by the Front."""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.cases.services import board_reports, opening
from supervision.law.forms.s3c import SPEC
from workflows.engine.base import SupervisionFlow
from workflows.engine.nodes import Human, Signature


class BoardReportFlow(SupervisionFlow):
    """Báo cáo của Ban ở xã"""

    spec = SPEC

    start = flow.StartHandle(this.opened).Next(this.draft_board_report)
    draft_board_report = Human(board_reports.draft_board_report).Next(this.sign_board_report)
    sign_board_report = Signature(board_reports.send_board_report, returned=this.draft_board_report).Next(
        this.close_case
    )
    close_case = Human(opening.close_case).Next(this.end)
    end = flow.End()
