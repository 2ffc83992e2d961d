"""The table of remarks and answers (bảng tổng hợp, tiếp thu, giải trình): generated, never typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

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
    return _tally(line.answer.verdict if line.answer and not line.is_open else "open" for line in table)


def standing_counts(draft: Draft) -> dict[str, int]:
    """Return what `counts` says of the answers that were sent; one query, without the table."""
    said = standing_answers(draft).filter(remark=OuterRef("pk"), is_reopened=False).values("verdict")
    verdicts = draft.remarks.values_list(Coalesce(Subquery(said), Value("open")), flat=True)
    return _tally(verdicts)


def _tally(verdicts: Iterable[str]) -> dict[str, int]:
    found = Counter(verdicts)
    return {verdict: found[verdict] for verdict in [*Answer.Verdict.values, "open"]}
