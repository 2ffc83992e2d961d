"""S3, the Community Investment Supervision Board: the owner hears of it 45 days ahead (403 Art 11(2))."""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.cases.services import board_supervisions, papers
from supervision.law.forms.s3b import SPEC
from workflows.engine.base import SupervisionFlow
from workflows.engine.nodes import AwaitSignature, Choice, Human, Sign
from workflows.flows.parts.board import Boarding
from workflows.flows.parts.follow_up import Following


class InvestmentFlow(Boarding, Following, SupervisionFlow):
    """Giám sát của Ban Giám sát đầu tư của cộng đồng"""

    spec = SPEC

    start = flow.StartHandle(this.opened).Next(this.post_programme)
    await_board_plan = AwaitSignature(
        papers.paper("sign_board_plan"), then=board_supervisions.send_board_plan
    ).Next(this.draft_owner_notice)
    draft_owner_notice = Human(board_supervisions.draft_owner_notice).Next(this.sign_owner_notice)
    sign_owner_notice = Sign().Next(this.owner_notice_goes_on)
    owner_notice_goes_on = (
        Choice(papers.is_being_signed("sign_owner_notice"))
        .Then(this.await_owner_notice)
        .Else(this.draft_owner_notice)
    )
    await_owner_notice = AwaitSignature(
        papers.paper("sign_owner_notice"), then=board_supervisions.send_owner_notice
    ).Next(this.draft_board_minutes)
