"""S3, the Community Investment Supervision Board: the owner hears of it 45 days ahead (403 Art 11(2))."""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.cases.services import board_supervisions
from supervision.law.forms.s3b import SPEC
from workflows.engine.base import SupervisionFlow
from workflows.engine.nodes import Human, Signature
from workflows.flows.parts.board import Boarding
from workflows.flows.parts.follow_up import Following


class InvestmentFlow(Boarding, Following, SupervisionFlow):
    """Giám sát của Ban Giám sát đầu tư của cộng đồng"""

    spec = SPEC

    start = flow.StartHandle(this.opened).Next(this.post_programme)
    sign_board_plan = Boarding.sign_board_plan.Next(this.draft_owner_notice)
    draft_owner_notice = Human(board_supervisions.draft_owner_notice).Next(this.sign_owner_notice)
    sign_owner_notice = Signature(
        board_supervisions.send_owner_notice, returned=this.draft_owner_notice
    ).Next(this.draft_board_minutes)
