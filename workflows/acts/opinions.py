"""Acts on the opinions of a collection, as often as they come: no task waits for one of them.

Sixty may come in a morning and none opens or ends a step; so they are acts beside the steps, each
checked against its own declaration (`law.forms.o1`) and kept once for the key of its page.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from supervision.access import policy
from supervision.access.opinions import IDENTIFY
from supervision.casefiles.models import Case
from supervision.cases.models import Opinion, OpinionSource
from supervision.cases.services import opinions
from supervision.files.sending import Sending
from supervision.law.forms.o1 import CLEARING, RECEIVING, SORTING
from supervision.organizations.actors import Actor
from workflows.acts import inputs


def receive(*, actor: Actor, case: Case, data: dict[str, Any], key: str, at: dt.datetime) -> Opinion:
    """Record one opinion; the same form records it once.

    InvalidInput names every mistake; AlreadySent is raised for other content under the key.
    """
    on = timezone.localdate(at)
    policy.require(actor, "receive_opinion", case, on=on)
    sending = Sending.of(
        key, by=actor.mandate, act="opinion", about=case.public_id, typed=inputs.sent(RECEIVING, data)
    )
    cleaned = inputs.clean(RECEIVING, data, case=case, actor=actor, on=on)
    with transaction.atomic():
        return opinions.receive_opinion(actor=actor, case=case, data=cleaned, sending=sending, at=at)


def sort(*, actor: Actor, opinion: Opinion, data: dict[str, Any], at: dt.datetime) -> None:
    """Sort one opinion that the actor may read; a complaint or denunciation leaves at once."""
    on = require_in_hand(actor=actor, opinion=opinion, at=at)
    cleaned = inputs.clean(SORTING, data, case=opinion.case, actor=actor, on=on)
    with transaction.atomic():
        opinions.sort_opinion(actor=actor, opinion=opinion, data=cleaned, at=at)


def clear(*, actor: Actor, opinion: Opinion, data: dict[str, Any], at: dt.datetime) -> None:
    """Keep the public wording of one opinion that the actor may read."""
    on = require_in_hand(actor=actor, opinion=opinion, at=at)
    cleaned = inputs.clean(CLEARING, data, case=opinion.case, actor=actor, on=on)
    with transaction.atomic():
        opinions.clear_opinion(actor=actor, opinion=opinion, data=cleaned, at=at)


def require_in_hand(*, actor: Actor, opinion: Opinion, at: dt.datetime) -> dt.date:
    """Return the day of an act on an opinion that the actor may read and that can still be worked on.

    It is asked before the values are: WrongState tells whoever comes late what happened, not what they
    mistyped.
    """
    on = timezone.localdate(at)
    policy.require(actor, "sort", opinion, on=on)
    policy.require(actor, "view", opinion.source, on=on)
    opinions.require_workable(opinion)
    return on


def identify(*, actor: Actor, opinion: Opinion, at: dt.datetime) -> OpinionSource:
    """Return who wrote an opinion to those few who may know, and record that they looked."""
    policy.require(actor, IDENTIFY, opinion.source, on=timezone.localdate(at))
    with transaction.atomic():
        return opinions.identify(actor=actor, opinion=opinion, at=at)
