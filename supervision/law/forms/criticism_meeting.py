"""A criticism at a meeting with the drafting agency: what the conference (C1) and the dialogue (C3) share."""

from __future__ import annotations

from dataclasses import dataclass

from supervision.law.basis import Norm, law
from supervision.law.forms.conference import conference
from supervision.law.forms.criticism import (
    ANSWERED,
    RECEIVED,
    answering,
    compiling,
    concluding,
    planning,
    receiving,
)
from supervision.law.forms.following import PUBLISHED
from supervision.law.specs import Field, Stage, Step
from supervision.law.text import T


@dataclass(frozen=True)
class Meeting:
    """A meeting on a draft: what it is called, on which norms it stands, in which order it goes."""

    title: T
    prepared: Norm
    held: Norm
    summed_up: Norm
    order: tuple[Field, ...]

    @property
    def stages(self) -> tuple[Stage, ...]:
        remarks = T("Bảng ý kiến, văn bản phản biện", "Remarks and criticism document")
        return (
            RECEIVED,
            Stage(T("Kế hoạch", "Plan"), (law(35, 1), self.prepared)),
            Stage(self.title, (self.prepared, self.held)),
            Stage(remarks, (self.summed_up, law(35, 4))),
            PUBLISHED,
            ANSWERED,
        )

    @property
    def steps(self) -> tuple[Step, ...]:
        return (
            receiving(),
            *planning(stage=2, basis=(self.prepared,)),
            *conference(stage=3, basis=(self.prepared, self.held), order=self.order),
            *compiling(stage=4, basis=(self.summed_up,)),
            *concluding(stage=4, publishing=5, basis=(self.summed_up,)),
            *answering(stage=6),
        )
