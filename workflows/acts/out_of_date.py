"""A paper is drafted on one day and signed on another: what that alone makes wrong is said before.

A day that was to come has passed, a notice no longer precedes its session by the days of the law, a person
who was chosen has left office. What was entered is judged by the same rules as on the day of drafting.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import Task

from supervision.cases.services.judging import judge_of
from supervision.errors import Errors, InvalidInput
from supervision.law.registry import specs
from supervision.law.specs import Field, Step
from supervision.organizations.actors import Actor
from workflows.acts import inputs
from workflows.acts.signatures import waiting_for
from workflows.models import UNSIGNED, DoneAct, WorkItem

#: Between drafting a paper and waiting for its signature lie a choice and the step of signing; twice, at
#: most, when it was offered anew.
FARTHEST = 8


def require_still_right(item: WorkItem, *, on: dt.date) -> None:
    """Raise InvalidInput on "decision" with the reasons why the paper of `item` is wrong on day `on`."""
    if words := reasons(item, on=on):
        raise InvalidInput({"decision": words})


def reasons(item: WorkItem, *, on: dt.date) -> list[Any]:
    """Return what the day alone makes wrong in the paper that `item` signs, a sentence each.

    Nothing is said of what was wrong, or was not judged, on the day of drafting.
    """
    if item.document_id is None:
        return []
    task = waiting_for(item.document) if item.form == UNSIGNED else item.task
    done = _drafting(task) if task else None
    if done is None or timezone.localdate(done.at) == on:
        return []
    step = specs()[done.item.form].step(done.item.step)
    before, now = (_wrong(done, step, day) for day in (timezone.localdate(done.at), on))
    return [_in_words(step.fields, key, said) for key, said in now.items() if key not in before]


def _drafting(task: Task) -> DoneAct | None:
    """Return the act in which the paper was drafted that `task` signs or waits for."""
    tasks = [task.pk]
    for _hop in range(FARTHEST):
        tasks = list(Task.objects.filter(leading__in=tasks).values_list("pk", flat=True))
        done = DoneAct.objects.filter(item__task__in=tasks).order_by("-pk")
        for act in done.select_related("item__case", "item__task", "mandate__organization", "mandate__user"):
            if not specs()[act.item.form].step(act.item.step).document:
                return act
        if not tasks:
            break
    return None


def _wrong(done: DoneAct, step: Step, on: dt.date) -> Errors:
    case, subject = done.item.case, done.item.subject
    judge = judge_of(done.item.task.flow_task.service, case=case, subject=subject, on=on)
    try:
        inputs.clean(step.fields, done.data, case=case, actor=Actor.of(done.mandate), on=on, judge=judge)
    except InvalidInput as error:
        return error.errors
    return {}


def _in_words(fields: tuple[Field, ...], key: str, said: list[Any]) -> Any:
    """Return what is wrong with a field as a sentence that names it, and the row that it stands in."""
    lang = get_language() or "vi"
    group, _sep, rest = key.partition("-")
    field = next(field for field in fields if field.name == group)
    names = [field.label.in_(lang)]
    if rest:
        row, _sep, column = rest.rpartition("-")
        names = [one.label.in_(lang) for one in field.columns if one.name == column]
        if field.singular and row.isdecimal():
            names.insert(0, f"{field.singular.in_(lang)} {int(row) + 1}")
    words = _("%(field)s: %(said)s Trả lại để người soạn sửa, rồi trình ký lại.")
    return words % {"field": ", ".join(names), "said": said[0]}
