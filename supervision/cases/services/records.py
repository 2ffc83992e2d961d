"""A step whose entries need no table of their own: they are kept as they were entered, version by version."""

from __future__ import annotations

import datetime as dt
from typing import Any

from supervision.audit import services as audit
from supervision.casefiles.models import Case, Record
from supervision.cases.services import opening
from supervision.files.models import Attachment
from supervision.law.specs import Step
from supervision.organizations.actors import Actor


def record_step(step: Step) -> Any:
    """Return the service of a plain step, so that a new form needs none of its own.

    Fields are stored as text, ISO dates and public ids; files are tied to the record. The
    service raises WrongState when the case is put off or has ended.
    """

    def service(*, actor: Actor, case: Case, subject: Any, data: dict[str, Any], at: dt.datetime) -> None:
        opening.require_running(case)
        keep(case=case, step=step.name, data=data, actor=actor, at=at)

    return service


def keep(*, case: Case, step: str, data: dict[str, Any], actor: Actor, at: dt.datetime) -> Record:
    """Store one version of what was entered at a step, with its event."""
    record = Record.objects.create(case=case, step=step, data=_plain(data), by=actor.mandate, at=at)
    record.files.set(_attachments(data))
    audit.record(action="step.recorded", actor=actor, obj=record, thread=case, at=at, data={"step": step})
    return record


def _attachments(value: Any) -> list[Attachment]:
    if isinstance(value, Attachment):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [file for one in inner for file in _attachments(one)]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return getattr(value, "public_id", value)
