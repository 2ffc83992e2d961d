"""Joining another body's supervision: who is sent, what the leaders decide on the report (403 Art 12-13)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.services import opening, papers
from supervision.cases.services.records import keep
from supervision.documents.models import Document
from supervision.language.dates import long_date
from supervision.language.folding import upper_first
from supervision.notices.services import tell
from supervision.organizations.actors import Actor


def draft_appointment(
    *, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep the invitation and who is named, and prepare the letter to the inviting body."""
    opening.require_running(case)
    keep(case=case, step="draft_appointment", data=data, actor=actor, at=at)
    body, person = data["inviting"], data["representative"]
    number = f" số {data['number_text']}" if data["number_text"] else ""
    lead = case.lead.deciding_body or case.lead.name
    goes_to = papers.receivers(case, [body])
    papers.prepare(
        case=case,
        kind="appointment_letter",
        subject_line=f"cử đại diện tham gia đoàn giám sát của {body.short_name}",
        context={
            "to": [body.name],
            "body": f"{upper_first(long_date(data['received_on']))}, {lead} nhận được thư mời{number} của "
            f"{body.name} về việc tham gia giám sát: {data['matter']}\n"
            f"{lead} cử {person.user.display_name}, {person.title}, tham gia đoàn giám sát.",
            "recipients": [*goes_to.lines[:-1], person.user.display_name, goes_to.lines[-1]],
        },
        addressees=goes_to.organizations,
        actor=actor,
        at=at,
    )


def appoint(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """Once the letter is signed the inviting body has it, and the representative is told."""
    papers.mark_sent(document, at=at)
    person = selectors.representative_of(case)
    tell(
        key=f"appointed:{document.pk}",
        kind="task.assigned",
        organization=person.organization,
        mandate=person,
        title=case.title,
        address="/viec-cua-toi/",
        case_code=case.code,
        at=at,
    )
    audit.record(
        action="representative.named",
        actor=Actor.of(document.signer),
        obj=case,
        thread=case,
        at=at,
        data={"name": person.user.display_name, "number": document.number_text},
    )


def recommends(case: Case, subject: None) -> bool:
    """The flow's question after the report: do the leaders recommend on their own?"""
    record = selectors.latest_record(case, "consider")
    return record is not None and record.data["decision"] == "recommend"
