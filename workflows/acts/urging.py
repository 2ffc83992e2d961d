"""Urging whoever is late, and turning to the competent body: each a letter that another person signs."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.access import policy
from supervision.cases.models import BoardSupervision, Recommendation
from supervision.cases.services import letters
from supervision.cases.services.urged import Subject
from supervision.errors import InvalidInput, WrongState
from supervision.organizations.actors import Actor
from supervision.organizations.models import Organization
from workflows.engine.processes import locked, start_letter


def may_urge(actor: Actor, subject: Subject, on: dt.date) -> None:
    """Raise NotAllowed or Hidden unless the actor may follow this up; a board's paper is its case's."""
    if isinstance(subject, BoardSupervision):
        policy.require(actor, "urge_settlement", subject.case, on=on)
    else:
        policy.require(actor, "follow_up", subject, on=on)


def urge(*, actor: Actor, subject: Subject, text: str, at: dt.datetime) -> None:
    """Prepare an urging letter and offer it for signature."""
    may_urge(actor, subject, timezone.localdate(at))
    _need_text(text)
    with locked(subject) as row:
        letters.prepare_urging(actor=actor, subject=row, text=text, at=at)
        _offer(row, at)


def escalate(*, actor: Actor, subject: Subject, to: Organization, text: str, at: dt.datetime) -> None:
    """Prepare the request to a competent body and offer it for signature.

    WrongState for a board's paper: there the board asks the Front, which recommends.
    """
    may_urge(actor, subject, timezone.localdate(at))
    _need_text(text)
    if isinstance(subject, BoardSupervision):
        raise WrongState(_("Kiến nghị của Ban quá hạn thì Ban đề nghị Mặt trận kiến nghị."))
    with locked(subject) as row:
        letters.prepare_escalation(actor=actor, subject=row, to=to, text=text, at=at)
        _offer(row, at)


def _offer(subject: Subject, at: dt.datetime) -> None:
    """A letter about a recommendation is tied to it; what is one with its case needs no more."""
    about = subject if isinstance(subject, Recommendation) else None
    start_letter(at, case=subject.case, subject=about)


def _need_text(text: str) -> None:
    if not text.strip():
        raise InvalidInput({"text": [_("Chưa điền mục này.")]})
