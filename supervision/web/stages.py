"""The ordered list of a case's stages: done, not needed, now, still to come."""

from __future__ import annotations

import abc
import functools
from typing import Any

from django.utils.translation import gettext as _

from supervision.casefiles.models import Case
from supervision.law.registry import specs
from supervision.law.specs import Stage
from workflows.inbox.work_items import step_of
from workflows.models import WorkItem


class StageList:
    """What a page says of the stages, from the case, its open work and one item of each step done."""

    case: Case

    @property
    @abc.abstractmethod
    def open_items(self) -> list[WorkItem]:
        """The open work of the case."""

    @property
    @abc.abstractmethod
    def _items(self) -> list[WorkItem]:
        """The open work, and one item of each step that was ever done."""

    @functools.cached_property
    def open_stages(self) -> set[int]:
        """Stages at which work is open now: agencies do not all advance together."""
        return {step_of(item).stage for item in self.open_items if item.form == self.case.form}

    @functools.cached_property
    def _done_stages(self) -> set[int]:
        """Stages in which work of this case was done; a form may leave others out."""
        return {step_of(item).stage for item in self._items if item.finished_at is not None}

    @property
    def current_stage(self) -> int:
        """The furthest stage at which work is open, else the furthest reached."""
        return max(self.open_stages, default=self.case.stage)

    @functools.cached_property
    def steps(self) -> list[dict[str, Any]]:
        """The ordered list of stages: done, now, still to come."""
        stages = specs()[self.case.form].stages
        return [self._step(number, stage) for number, stage in enumerate(stages, start=1)]

    def _step(self, number: int, stage: Stage) -> dict[str, Any]:
        ended = self.case.ended_at is not None
        now = number == self.current_stage and not ended
        behind = number in self.open_stages and not now
        done = not behind and (number < self.current_stage or (ended and number <= self.case.stage))
        if done:
            said: list[Any] = [_("Đã xong") if number in self._done_stages else _("Không cần")]
        else:
            said = [basis.label for basis in stage.basis[:2]]
        if now:
            said.insert(0, _("Đang làm"))
        elif behind:
            said.insert(0, _("Còn cơ quan chưa xong"))
        return {
            "n": number,
            "title": stage.title,
            "said": said,
            "state": "now" if now else "done" if done and number in self._done_stages else "",
            "is_behind": done,
        }

    @functools.cached_property
    def _folded(self) -> int:
        """How many stages at the start are done, the last of them left to be seen."""
        first_open = next((i for i, row in enumerate(self.steps) if not row["is_behind"]), len(self.steps))
        return max(first_open - 1, 0)

    @property
    def folded_steps(self) -> list[dict[str, Any]]:
        return self.steps[: self._folded]

    @property
    def shown_steps(self) -> list[dict[str, Any]]:
        return self.steps[self._folded :]
