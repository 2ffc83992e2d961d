"""S3, a board's report of a period: drafted, signed by its head, taken note of by the Front."""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.cases.services import board_reports, opening, papers
from supervision.law.forms.s3c import SPEC
from workflows.engine.base import SupervisionFlow
from workflows.engine.nodes import AwaitSignature, Choice, Human, Sign


class BoardReportFlow(SupervisionFlow):
    """Báo cáo của Ban ở xã"""

    spec = SPEC

    start = flow.StartHandle(this.opened).Next(this.draft_board_report)
    draft_board_report = Human(board_reports.draft_board_report).Next(this.sign_board_report)
    sign_board_report = Sign().Next(this.board_report_goes_on)
    board_report_goes_on = (
        Choice(papers.is_being_signed("sign_board_report"))
        .Then(this.await_board_report)
        .Else(this.draft_board_report)
    )
    await_board_report = AwaitSignature(
        papers.paper("sign_board_report"), then=board_reports.send_board_report
    ).Next(this.close_case)
    close_case = Human(opening.close_case).Next(this.end)
    end = flow.End()
