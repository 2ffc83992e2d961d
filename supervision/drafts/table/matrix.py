"""The table of remarks and answers (bảng tổng hợp, tiếp thu, giải trình): generated, never typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Length

from supervision.drafts.models import Answer, AnswerRound, Draft, Remark
from supervision.drafts.services import sent_rounds, standing_answers

WHOLE_DRAFT = "Toàn văn dự thảo"
OPEN = "open"


@dataclass(frozen=True)
class Line:
    """A remark and the answer that stands for it, if there is one yet.

    `is_prepared` where its agency reads an answer that it has not sent.
    """

    remark: Remark
    answer: Answer | None
    is_prepared: bool = False

    @property
    def provision(self) -> str:
        return self.remark.provision or WHOLE_DRAFT

    @property
    def is_open(self) -> bool:
        return self.answer is None or self.answer.is_reopened


def remarks(draft: Draft, *, working: AnswerRound | None = None) -> QuerySet[Any]:
    """Return the remarks in the order of the table, each with the verdict that stands as `says`, "" if open.

    What a `working` round says stands before what was sent: its own agency reads it so.
    """
    says: Combinable = F("verdict")
    if working is not None:
        here = working.answers.filter(remark=OuterRef("pk"))
        says = Coalesce(Subquery(here.values("verdict")), says)
    return draft.remarks.annotate(says=says).order_by("place", "number")


def lines(draft: Draft, *, working: AnswerRound | None = None) -> list[Line]:
    """Return a line for each remark, in the order of the table; two queries whatever its length."""
    prepared = working.answers.all() if working else Answer.objects.none()
    return _lines(remarks(draft), standing_answers(draft), prepared)


def lines_of(draft: Draft, some: Iterable[Remark], *, working: AnswerRound | None = None) -> list[Line]:
    """Return the lines of some remarks of the draft, in the order given."""
    some = list(some)
    prepared = working.answers.all() if working else Answer.objects.none()
    return _lines(some, standing_answers(draft).filter(remark__in=some), prepared.filter(remark__in=some))


def in_batches(draft: Draft, *, size: int) -> Iterator[list[Line]]:
    """Yield the table `size` lines at a time, so that it is never in memory as a whole."""
    ordered, start = remarks(draft), 0
    while some := list(ordered[start : start + size]):
        yield lines_of(draft, some)
        start += size


def _lines(some: Iterable[Remark], sent: QuerySet[Answer], prepared: QuerySet[Answer]) -> list[Line]:
    given = {answer.remark_id: answer for answer in sent.select_related(None)}
    new = {answer.remark_id: answer for answer in prepared}
    given |= new
    return [Line(remark, given.get(remark.pk), remark.pk in new) for remark in some]


def tally(some: QuerySet[Any]) -> dict[str, int]:
    """Return how many of some of `remarks` there are of each verdict, and how many are open ("open")."""
    found = some.order_by().values_list("says").annotate(Count("pk"))
    counted = {verdict or OPEN: count for verdict, count in found}
    return {verdict: counted.get(verdict, 0) for verdict in [*Answer.Verdict.values, OPEN]}


def standing_counts(draft: Draft) -> dict[str, int]:
    """Return what `tally` says of the answers that were sent: one query, without the table."""
    return tally(remarks(draft))


def edition(draft: Draft) -> str:
    """Return a mark that is another one whenever the table, as it was sent, has changed."""
    said = draft.remarks.aggregate(
        Count("pk"), Max("pk"), Max("at"), Sum("place", default=0), open=Count("pk", filter=Q(verdict="")),
        whose=Sum(F("others") + Length("author_name"), default=0),
    )  # fmt: skip
    rounds = sent_rounds(draft).aggregate(Count("pk"))
    return ".".join(str(value) for value in [*said.values(), *rounds.values()])
