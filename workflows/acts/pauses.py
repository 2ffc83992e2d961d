"""An addressee's clock stopped by hand, and let run again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.access import policy
from supervision.cases.services import pauses
from supervision.cases.services.extensions import Asked
from supervision.deadlines.models import Deadline
from supervision.errors import WrongState
from supervision.organizations.actors import Actor
from workflows.acts.reasons import given
from workflows.engine.processes import locked


def pause_clock(*, actor: Actor, deadline: Deadline, reason: str, at: dt.datetime) -> None:
    """Stop an addressee's clock by hand; see `cases.services.pauses`."""
    policy.require(actor, "pause", deadline, on=timezone.localdate(at))
    with _holding(deadline) as subject:
        pauses.pause_clock(actor=actor, subject=subject, deadline=deadline, reason=given(reason), at=at)


def resume_clock(*, actor: Actor, deadline: Deadline, at: dt.datetime) -> None:
    """Let a clock that was stopped by hand run again."""
    policy.require(actor, "pause", deadline, on=timezone.localdate(at))
    with _holding(deadline) as subject:
        pauses.resume_clock(actor=actor, subject=subject, deadline=deadline, at=at)


@contextmanager
def _holding(deadline: Deadline) -> Iterator[Asked]:
    """Yield whose clock it is, with its case locked; WrongState for a clock of no addressee."""
    subject = pauses.holder_of(deadline)
    if subject is None:
        raise WrongState(_("Chỉ tạm dừng được hạn của cơ quan phải trả lời, thực hiện."))
    with locked(subject) as row:
        deadline.refresh_from_db()
        yield row
