"""Acts on a case beside its steps that move no task: a sheet, a new day of submission, a clock stopped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.access import policy
from supervision.cases.models import Case, Criticism, Redaction
from supervision.cases.services import criticisms, pauses, redactions, sheets
from supervision.cases.services.extensions import Asked
from supervision.deadlines.models import Deadline
from supervision.errors import WrongState
from supervision.organizations.actors import Actor
from workflows.outside import given, locked


def fill_in_sheet(*, actor: Actor, case: Case, at: dt.datetime, **sheet: Any) -> None:
    """Keep an assessment sheet of a supervision; see `cases.services.sheets.fill_in`."""
    policy.require(actor, "assess", case, on=timezone.localdate(at))
    with locked_case(case) as held:
        sheets.fill_in(actor=actor, case=held, at=at, **sheet)


def redact(*, actor: Actor, case: Case, phrases: Sequence[str], reason: str, at: dt.datetime) -> None:
    """Hide passages in what is published of a case; see `cases.services.redactions`."""
    policy.require(actor, "redact", case, on=timezone.localdate(at))
    with locked_case(case) as held:
        redactions.add(actor=actor, case=held, phrases=phrases, reason=reason, at=at)


def show_again(*, actor: Actor, case: Case, redaction: Redaction, at: dt.datetime) -> None:
    """Hide a passage no more."""
    policy.require(actor, "redact", case, on=timezone.localdate(at))
    with locked_case(case) as held:
        redactions.remove(actor=actor, case=held, redaction=redaction, at=at)


@contextmanager
def locked_case(case: Case) -> Iterator[Case]:
    """Yield the case, held against other acts on it."""
    with transaction.atomic():
        yield Case.objects.select_for_update(of=("self",)).select_related("lead").get(pk=case.pk)


def move_submission(
    *, actor: Actor, criticism: Criticism, to_on: dt.date, reason: str, at: dt.datetime
) -> None:
    """Record that the drafting agency submits its draft on another day; the 15 days count from it."""
    policy.require(actor, "extend", criticism, on=timezone.localdate(at))
    with locked(criticism) as row:
        criticisms.move_submission(actor=actor, criticism=row, to_on=to_on, reason=given(reason), at=at)


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
