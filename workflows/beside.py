"""Acts on a case beside its steps that move no task: a sheet, a new day of submission, a clock stopped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.access import policy
from supervision.cases.models import Case, Criticism
from supervision.cases.services import calls, criticisms, pauses, sheets
from supervision.cases.services.extensions import Asked
from supervision.deadlines.models import Deadline
from supervision.drafts.contributions import Said
from supervision.drafts.models import Call, Contribution, Intake
from supervision.drafts.outline import Outline
from supervision.errors import WrongState
from supervision.files.models import Attachment
from supervision.organizations.actors import Actor
from workflows.outside import given, locked


def fill_in_sheet(*, actor: Actor, case: Case, at: dt.datetime, **sheet: Any) -> None:
    """Keep an assessment sheet of a supervision; see `cases.services.sheets.fill_in`."""
    policy.require(actor, "assess", case, on=timezone.localdate(at))
    with transaction.atomic():
        case = Case.objects.select_for_update(of=("self",)).select_related("lead").get(pk=case.pk)
        sheets.fill_in(actor=actor, case=case, at=at, **sheet)


def move_submission(
    *, actor: Actor, criticism: Criticism, to_on: dt.date, reason: str, at: dt.datetime
) -> None:
    """Record that the drafting agency submits its draft on another day; the 15 days count from it."""
    policy.require(actor, "extend", criticism, on=timezone.localdate(at))
    with locked(criticism) as row:
        criticisms.move_submission(actor=actor, criticism=row, to_on=to_on, reason=given(reason), at=at)


def read_draft(
    *, actor: Actor, criticism: Criticism, outline: Outline, source: Attachment | None, at: dt.datetime
) -> None:
    """Keep the provisions that were read in the newest version of the draft; see `drafts.texts`."""
    policy.require(actor, "prepare_draft", criticism, on=timezone.localdate(at))
    with locked(criticism) as row:
        criticisms.read_draft(actor=actor, criticism=row, outline=outline, source=source, at=at)


def mend_draft(
    *, actor: Actor, criticism: Criticism, piece: int, lines: list[str], edition: int, at: dt.datetime
) -> None:
    """Put right what was read of one piece of the newest version."""
    policy.require(actor, "prepare_draft", criticism, on=timezone.localdate(at))
    with locked(criticism) as row:
        criticisms.mend_draft(actor=actor, criticism=row, piece=piece, lines=lines, edition=edition, at=at)


def open_call(*, actor: Actor, criticism: Criticism, data: dict[str, Any], at: dt.datetime) -> Call:
    """Ask for contributions to the newest version of the draft; see `cases.services.calls`."""
    policy.require(actor, "prepare_draft", criticism, on=timezone.localdate(at))
    with locked(criticism) as row:
        return calls.open_call(actor=actor, criticism=row, data=data, at=at)


def close_call(*, actor: Actor, criticism: Criticism, call: Call, at: dt.datetime) -> None:
    """End a call before its last day is over."""
    policy.require(actor, "prepare_draft", criticism, on=timezone.localdate(at))
    with locked(criticism) as row:
        call.refresh_from_db()
        calls.close_call(actor=actor, criticism=row, call=call, at=at)


def contribute(
    *, actor: Actor, criticism: Criticism, call: Call, said: Said, at: dt.datetime, **kept: Any
) -> Contribution:
    """Say something of a provision, as one of those who were asked."""
    policy.require(actor, "contribute", criticism, on=timezone.localdate(at))
    with locked(criticism) as row:
        return calls.contribute(actor=actor, criticism=row, call=call, said=said, at=at, **kept)


def import_contributions(
    *, actor: Actor, criticism: Criticism, call: Call, at: dt.datetime, **arrived: Any
) -> Intake:
    """Keep remarks that were collected on paper or by mail; see `cases.services.calls`."""
    policy.require(actor, "prepare_draft", criticism, on=timezone.localdate(at))
    with locked(criticism) as row:
        return calls.import_contributions(actor=actor, criticism=row, call=call, at=at, **arrived)


def moderate(*, actor: Actor, criticism: Criticism, call: Call, at: dt.datetime, **decided: Any) -> int:
    """Put contributions into the table of remarks, or keep them out for a public reason."""
    policy.require(actor, "prepare_draft", criticism, on=timezone.localdate(at))
    with locked(criticism) as row:
        return calls.moderate(actor=actor, criticism=row, call=call, at=at, **decided)


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
