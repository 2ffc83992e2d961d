"""S3, setting up a board: a list and a decision; with its signature the board exists (403 Art 10)."""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.cases.services import boards
from supervision.law.forms.s3 import SPEC
from workflows.engine.base import SupervisionFlow
from workflows.engine.nodes import Human, Signature


class BoardFlow(SupervisionFlow):
    """Thành lập, công nhận Ban ở xã"""

    spec = SPEC

    start = flow.StartHandle(this.opened).Next(this.draft_board)
    draft_board = Human(boards.draft_board).Next(this.sign_board)
    sign_board = Signature(boards.set_up_board, returned=this.draft_board).Next(this.end)
    end = flow.End()
