"""The part of a case page about the board that carries the case out: notice, paper, settlement."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from supervision.cases import board_selectors
from supervision.cases.models import BoardSupervision, Settlement
from supervision.deadlines.models import Deadline
from supervision.deadlines.states import DeadlineState
from supervision.law.calendar import Calendar
from supervision.law.text import T
from supervision.web.board_briefs import EXTENT_WORDS
from supervision.web.briefs import file_rows


@dataclass
class BoardPart:
    """What the case page tells of a board's supervision; `state_of` looks at a clock as the page does."""

    row: BoardSupervision
    state_of: Callable[[Deadline | None], DeadlineState | None]
    days: Calendar

    @property
    def notice(self) -> DeadlineState | None:
        return self.state_of(self.row.notice_deadline)

    @property
    def reply(self) -> DeadlineState | None:
        return self.state_of(self.row.reply_deadline)

    @functools.cached_property
    def settlement(self) -> Settlement | None:
        return board_selectors.sent_settlement(self.row)

    @property
    def extent(self) -> T | None:
        return EXTENT_WORDS[self.settlement.extent] if self.settlement else None

    @property
    def files(self) -> list[dict[str, Any]]:
        return file_rows(self.settlement.files) if self.settlement else []

    @property
    def is_left_unsettled(self) -> bool:
        """Whether the time to settle has passed without any answer, so that the Front may be asked."""
        on = timezone.localdate()
        return self.settlement is None and board_selectors.has_run_out(self.row, on, self.days)
