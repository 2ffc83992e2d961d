"""The dates that a public page shows, each with its own derivation."""

from __future__ import annotations

from supervision.deadlines.explain import ExplainRow, explain, is_open
from supervision.deadlines.models import Deadline
from supervision.law.text import T
from supervision.publication.progress import Clock

ANSWERED = T("Đã trả lời", "Answered")


def reply_rows(deadline: Deadline | None) -> list[ExplainRow]:
    """Return how the reply's date came about; that it was answered is no word on the carrying out."""
    return explain(deadline, done=ANSWERED) if deadline else []


def clock_told(deadline: Deadline) -> Clock:
    """Return a date beside the reply's, none while its clock stands still, with its derivation."""
    return Clock(deadline.law_rule.title, None if is_open(deadline) else deadline.due_on, explain(deadline))
