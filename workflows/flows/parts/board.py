"""What the boards of a commune do, for the flows of both: from the public programme to the Front's own paper.

A flow inherits it before `Following`, whose end it leads to, and declares anew the node after which
its own form does something more.
"""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.cases.services import board_papers, board_reports, board_supervisions, settlements
from workflows.engine.nodes import Choice, Human, Join, Recorded, Signature


class Boarding:
    """Nodes of a board's supervision; each flow gets copies of its own."""

    # programme and plan
    post_programme = Recorded().Next(this.draft_board_plan)
    draft_board_plan = Human(board_supervisions.draft_board_plan).Next(this.sign_board_plan)
    sign_board_plan = Signature(board_supervisions.send_board_plan, returned=this.draft_board_plan).Next(
        this.draft_board_minutes
    )

    # the supervision
    draft_board_minutes = Human(board_supervisions.draft_board_minutes).Next(this.sign_board_minutes)
    sign_board_minutes = Signature(
        board_supervisions.hold_supervision, returned=this.draft_board_minutes
    ).Next(this.asks_for_something)
    asks_for_something = (
        Choice(board_supervisions.asks_for_something).Then(this.draft_board_paper).Else(this.settled)
    )

    # the board's paper, which the Front confirms before it leaves
    draft_board_paper = Human(board_papers.draft_board_paper).Next(this.sign_board_paper)
    sign_board_paper = Signature(board_papers.submit_board_paper, returned=this.draft_board_paper).Next(
        this.review_board_paper
    )
    review_board_paper = Human(board_papers.review_board_paper).Next(this.is_confirmed_for)
    is_confirmed_for = (
        Choice(board_papers.is_confirmed_for).Then(this.sign_confirmation).Else(this.draft_board_paper)
    )
    sign_confirmation = Signature(
        board_papers.send_board_paper,
        returned=this.review_board_paper,
        service=board_papers.sign_confirmation,
    ).Next(this.receive_board_paper)

    # the People's Committee settles, the board judges
    receive_board_paper = Human(settlements.receive_board_paper).Next(this.draft_settlement)
    draft_settlement = Human(settlements.draft_settlement).Next(this.approve_settlement)
    approve_settlement = Human(settlements.approve_settlement).Next(this.settlement_sent)
    settlement_sent = Choice(settlements.was_sent).Then(this.judge_settlement).Else(this.draft_settlement)
    judge_settlement = Human(settlements.judge_settlement).Next(this.settled)

    # The board reports by its own calendar; the Front does not wait for that to recommend.
    settled = flow.Split().Next(this.draft_board_report).Next(this.is_finished)
    draft_board_report = Human(board_reports.draft_board_report).Next(this.reports_now)
    reports_now = Choice(board_reports.reports_now).Then(this.sign_board_report).Else(this.board_has_done)
    sign_board_report = Signature(board_reports.send_board_report, returned=this.draft_board_report).Next(
        this.board_has_done
    )
    is_finished = Choice(settlements.is_finished).Then(this.board_has_done).Else(this.consider_request)
    consider_request = Recorded().Next(this.front_recommends)
    front_recommends = (
        Choice(settlements.front_recommends).Then(this.draft_recommendations).Else(this.board_has_done)
    )
    published_and_followed = Join().Next(this.board_has_done)
    board_has_done = Join().Next(this.close_case)
