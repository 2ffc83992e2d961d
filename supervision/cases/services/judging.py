"""Rules about what several fields of a step say together, asked before its service runs.

What one field alone may say stands in its declaration (`law.specs.Field`). A judge sees the
values as they were read, None for what could not be, so that one look names every mistake.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol, TypeVar

from supervision.casefiles.models import Case
from supervision.errors import Errors


class Judge(Protocol):
    """Returns what is wrong in `data`, typed on day `on` for `subject` of `case`; empty when nothing is."""

    def __call__(self, *, case: Case, subject: Any, data: dict[str, Any], on: dt.date) -> Errors: ...


Service = TypeVar("Service", bound=Callable[..., Any])


def judged_by(judge: Judge) -> Callable[[Service], Service]:
    """Name the rules of a step's service; `workflows.acts.act` asks them before it calls the service."""

    def named(service: Service) -> Service:
        service.judge = judge  # type: ignore[attr-defined]
        return service

    return named


def judge_of(
    service: Callable[..., Any], *, case: Case, subject: Any, on: dt.date
) -> Callable[[dict[str, Any]], Errors] | None:
    """Return the service's rules, to be asked about the values read; None when it has none."""
    judge: Judge | None = getattr(service, "judge", None)
    return partial(_asked, judge, case, subject, on) if judge else None


def _asked(judge: Judge, case: Case, subject: Any, on: dt.date, data: dict[str, Any]) -> Errors:
    return judge(case=case, subject=subject, data=data, on=on)
