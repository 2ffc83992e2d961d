"""G9, a look around."""

from viewflow import this
from viewflow.workflow import flow

from supervision.cases.services import opening, records
from supervision.law.forms.di_thuc_te import SPEC
from workflows.engine.base import SupervisionFlow
from workflows.engine.nodes import Human


class LookFlow(SupervisionFlow):
    """Đi thực tế"""

    spec = SPEC

    start = flow.StartHandle(this.opened).Next(this.look)
    look = Human(records.record_step(SPEC.step("look"))).Next(this.close_case)
    close_case = Human(opening.close_case).Next(this.end)
    end = flow.End()
