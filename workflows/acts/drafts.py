"""Acts on the draft of a criticism beside its steps: the text, contributions, versions, groups, outcomes.

They move no task. Each asks for the right, locks the case and calls the service that decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.access import policy
from supervision.cases.models import Criticism
from supervision.cases.services import calls, remark_table, versions
from supervision.drafts import groups
from supervision.drafts.models import (
    Call,
    Contribution,
    DraftVersion,
    Intake,
    Match,
    Outcome,
    Remark,
    RemarkGroup,
)
from supervision.drafts.services import newest_version
from supervision.drafts.taking.contributions import Said
from supervision.drafts.versions import comparison, outcomes
from supervision.errors import WrongState
from supervision.files.models import Attachment
from supervision.legaltext.outline import Outline
from supervision.organizations.actors import Actor
from workflows.engine.processes import locked

Row = TypeVar("Row", bound=Model)
#: A comparison takes a minute at most; after this long the process that was to do it has died.
COMPARISON_LOST_AFTER = dt.timedelta(minutes=3)


@contextmanager
def _working(actor: Actor, criticism: Criticism, at: dt.datetime) -> Iterator[Criticism]:
    """Yield the criticism, its case locked, for one of the chairing body who may work on its draft."""
    policy.require(actor, "prepare_draft", criticism, on=timezone.localdate(at))
    with locked(criticism) as row:
        yield row


def read_draft(
    *, actor: Actor, criticism: Criticism, outline: Outline, source: Attachment | None, at: dt.datetime
) -> None:
    """Keep the provisions that were read in the newest version of the draft; see `drafts.texts`."""
    with _working(actor, criticism, at) as row:
        versions.read_draft(actor=actor, criticism=row, outline=outline, source=source, at=at)
    _compare(newest_version(criticism.draft))


def mend_draft(
    *, actor: Actor, criticism: Criticism, piece: int, lines: list[str], edition: int, at: dt.datetime
) -> None:
    """Put right what was read of one piece of the newest version."""
    with _working(actor, criticism, at) as row:
        versions.mend_draft(actor=actor, criticism=row, piece=piece, lines=lines, edition=edition, at=at)
    _compare(newest_version(criticism.draft))


def accept_doubt(*, actor: Actor, criticism: Criticism, key: str, edition: int, at: dt.datetime) -> None:
    """Keep that a place of the draft was read right, so that its doubt is shown no more."""
    with _working(actor, criticism, at) as row:
        versions.accept_doubt(actor=actor, criticism=row, key=key, edition=edition, at=at)


def _compare(version: DraftVersion) -> None:
    """Find what became of each provision and remark; it takes a while, so no case is locked meanwhile."""
    comparison.compare(version)
    if version.is_issued:
        outcomes.propose_all(version)


def take_up_comparisons(*, at: dt.datetime) -> int:
    """Compare the versions that whoever read or mended them did not come to compare; returns how many."""
    lost = at - COMPARISON_LOST_AFTER
    missing = comparison.behind(before=lost)
    for version in missing:
        _compare(version)
    for version in outcomes.missing(before=lost):
        outcomes.propose_all(version)
    return len(missing)


def _as_it_stands(row: Row) -> Row:
    """Return a row as it is now that its case is locked; WrongState where it is gone."""
    found = type(row)._default_manager.filter(pk=row.pk).first()
    if found is None:
        raise WrongState(_("Nội dung này vừa thay đổi. Hãy mở lại trang."))
    return found


def open_call(*, actor: Actor, criticism: Criticism, data: dict[str, Any], at: dt.datetime) -> Call:
    """Ask for contributions to the newest version of the draft; see `cases.services.calls`."""
    with _working(actor, criticism, at) as row:
        return calls.open_call(actor=actor, criticism=row, data=data, at=at)


def close_call(*, actor: Actor, criticism: Criticism, call: Call, at: dt.datetime) -> None:
    """End a call before its last day is over."""
    with _working(actor, criticism, at) as row:
        call = _as_it_stands(call)
        calls.close_call(actor=actor, criticism=row, call=call, at=at)


def contribute(
    *, actor: Actor, criticism: Criticism, call: Call, said: Said, at: dt.datetime, **kept: Any
) -> Contribution:
    """Say something of a provision, as one of those who were asked."""
    policy.require(actor, "contribute", criticism, on=timezone.localdate(at))
    with locked(criticism) as row:
        call = _as_it_stands(call)
        return calls.contribute(actor=actor, criticism=row, call=call, said=said, at=at, **kept)


def import_contributions(
    *, actor: Actor, criticism: Criticism, call: Call, at: dt.datetime, **arrived: Any
) -> Intake:
    """Keep what was collected on paper or by mail; see `cases.services.calls`."""
    with _working(actor, criticism, at) as row:
        call = _as_it_stands(call)
        return calls.import_contributions(actor=actor, criticism=row, call=call, at=at, **arrived)


def moderate(*, actor: Actor, criticism: Criticism, call: Call, at: dt.datetime, **decided: Any) -> int:
    """Put contributions into the table of remarks, or keep them out for a public reason."""
    with _working(actor, criticism, at) as row:
        call = _as_it_stands(call)
        return calls.moderate(actor=actor, criticism=row, call=call, at=at, **decided)


def put_back(*, actor: Actor, criticism: Criticism, call: Call, at: dt.datetime, **chosen: Any) -> int:
    """Let contributions that were put into the table, or kept out of it, wait again."""
    with _working(actor, criticism, at) as row:
        call = _as_it_stands(call)
        return calls.put_back(actor=actor, criticism=row, call=call, at=at, **chosen)


def mend_remark(
    *, actor: Actor, criticism: Criticism, remark: Remark, data: dict[str, Any], at: dt.datetime
) -> None:
    """Put right a remark that was typed, or take it out."""
    with _working(actor, criticism, at) as row:
        remark = _as_it_stands(remark)
        remark_table.mend_remark(actor=actor, criticism=row, remark=remark, data=data, at=at)


def receive_version(*, actor: Actor, criticism: Criticism, data: dict[str, Any], at: dt.datetime) -> None:
    """Keep a later version of the draft, or the issued text."""
    with _working(actor, criticism, at) as row:
        versions.receive_next_version(actor=actor, criticism=row, data=data, at=at)


def take_back_version(*, actor: Actor, criticism: Criticism, number: int, at: dt.datetime) -> None:
    """Take out the newest version, which was recorded by mistake and not read yet."""
    with _working(actor, criticism, at) as row:
        versions.take_back_version(actor=actor, criticism=row, number=number, at=at)


def decide_match(
    *, actor: Actor, criticism: Criticism, match: Match, at: dt.datetime, **decided: Any
) -> None:
    """Say whether provisions of two versions belong together."""
    with _working(actor, criticism, at) as row:
        match = _as_it_stands(match)
        versions.decide_match(actor=actor, criticism=row, match=match, at=at, **decided)
    if match.version.is_issued:  # many remarks are compared, so no case is locked meanwhile
        outcomes.propose_all(match.version)


def propose_groups(*, actor: Actor, criticism: Criticism, at: dt.datetime) -> int:
    """Propose groups among the remarks; their words are compared before the case is locked."""
    policy.require(actor, "prepare_draft", criticism, on=timezone.localdate(at))
    proposals = groups.proposals(criticism.draft)
    with _working(actor, criticism, at) as row:
        return versions.propose_groups(criticism=row, proposals=proposals)


def decide_group(
    *, actor: Actor, criticism: Criticism, group: RemarkGroup, at: dt.datetime, **decided: Any
) -> None:
    """Confirm, refuse or dissolve a group of remarks."""
    with _working(actor, criticism, at) as row:
        group = _as_it_stands(group)
        versions.decide_group(actor=actor, criticism=row, group=group, at=at, **decided)


def decide_outcome(
    *, actor: Actor, criticism: Criticism, outcome: Outcome, at: dt.datetime, **decided: Any
) -> None:
    """Say what became of a remark in the issued text."""
    with _working(actor, criticism, at) as row:
        outcome = _as_it_stands(outcome)
        versions.decide_outcome(actor=actor, criticism=row, outcome=outcome, at=at, **decided)
