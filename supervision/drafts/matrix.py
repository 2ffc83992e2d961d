"""The table of remarks and answers (bảng tổng hợp, tiếp thu, giải trình): generated, never typed."""

from __future__ import annotations

from dataclasses import dataclass

from supervision.drafts.models import Answer, AnswerRound, Draft, Remark
from supervision.drafts.services import standing_answers

WHOLE_DRAFT = "Toàn văn dự thảo"


@dataclass(frozen=True)
class Line:
    """A remark and the answer that stands for it, if there is one yet."""

    remark: Remark
    answer: Answer | None

    @property
    def provision(self) -> str:
        return self.remark.provision or WHOLE_DRAFT

    @property
    def is_open(self) -> bool:
        return self.answer is None or self.answer.is_reopened


def lines(draft: Draft, *, working: AnswerRound | None = None) -> list[Line]:
    """Return a line for each remark, in the order of the table; two queries whatever its length.

    What a `working` round says stands before what was sent: its own agency reads it so.
    """
    answers = {answer.remark_id: answer for answer in standing_answers(draft)}
    if working is not None:
        answers |= {answer.remark_id: answer for answer in working.answers.all()}
    return [Line(remark, answers.get(remark.pk)) for remark in draft.remarks.order_by("number")]


def counts(table: list[Line]) -> dict[str, int]:
    """Return how many remarks there are of each verdict, and how many are open ("open")."""
    found = {verdict: 0 for verdict in [*Answer.Verdict.values, "open"]}
    for line in table:
        found["open" if line.answer is None or line.is_open else line.answer.verdict] += 1
    return found
