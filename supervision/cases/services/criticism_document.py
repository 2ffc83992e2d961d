"""The criticism document: what it says of the draft, its annex, whom it goes to (Law Art 35(4))."""

from __future__ import annotations

import datetime as dt
from typing import Any

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import reply_clocks, selectors
from supervision.cases.models import Conclusion, Criticism
from supervision.cases.services import opening, papers
from supervision.cases.services import recommendation_document as document_text
from supervision.cases.services.criticisms import tell_drafter
from supervision.cases.services.judging import judged_by
from supervision.cases.services.records import keep
from supervision.documents.models import Document
from supervision.drafts import services as drafts
from supervision.drafts.table import matrix
from supervision.drafts.taking import calls
from supervision.errors import Errors
from supervision.language.dates import long_date
from supervision.language.folding import lower_first, upper_first
from supervision.law.forms.criticism import ASPECTS
from supervision.law.registry import spec_of
from supervision.organizations.actors import Actor
from supervision.organizations.models import Organization


def _the_table_is_settled(*, case: Case, subject: None, data: dict[str, Any], on: dt.date) -> Errors:
    left = calls.unsettled(selectors.criticism_of(case).draft, on)
    return {ASPECTS[0].name: [left]} if left else {}


@judged_by(_the_table_is_settled)
def draft_criticism(
    *, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep the assessment of the draft and prepare the criticism document with its annex of remarks."""
    opening.require_running(case)
    keep(case=case, step="draft_criticism", data=data, actor=actor, at=at)
    criticism = selectors.criticism_of(case)
    sections = [
        {"title": f"Về {lower_first(field.label.vi)}", "text": data[field.name]}
        for field in ASPECTS
        if data[field.name]
    ]
    conclusion = Conclusion.objects.create(
        case=case,
        version=selectors.next_version(case.conclusions.all()),
        text="\n\n".join(f"{section['title']}: {section['text']}" for section in sections),
        by=actor.mandate,
        at=at,
    )
    conclusion.competent.set(data["competent"])
    goes_to = _receivers(criticism, data["competent"])
    papers.prepare(
        case=case,
        kind="criticism_document",
        subject_line=f"phản biện xã hội đối với {lower_first(criticism.draft.title)}",
        context={
            "to": [body.name for body in goes_to.direct],
            "lead_in": _lead_in(criticism),
            "sections": sections,
            "remarks": _annex(criticism),
            "request": data["request"],
            "answering": document_text.answering(case, "C_REPLY"),
            "reply_term": reply_clocks.asked(case, "C_REPLY"),
            "recipients": goes_to.lines,
        },
        addressees=goes_to.organizations,
        actor=actor,
        at=at,
    )


def _receivers(criticism: Criticism, competent: list[Organization]) -> papers.Receivers:
    """The drafting agency answers; after a dialogue the issuing authority is written to as well."""
    case, direct = criticism.case, [criticism.addressee]
    if spec_of(case.form).results_to_issuer:
        direct.append(criticism.draft.issuer)
    copies = [*competent, *papers.superiors(case), *document_text.same_level_front(case)]
    return papers.receivers(case, direct, copies=copies)


def _annex(criticism: Criticism) -> list[dict[str, str]]:
    return [
        {
            "code": line.remark.code,
            "provision": line.provision,
            "text": line.remark.text,
            "wording": line.remark.wording,
            "reason": line.remark.reason,
            "whose": upper_first(line.remark.whose),
        }
        for line in matrix.lines(criticism.draft)
    ]


def _lead_in(criticism: Criticism) -> str:
    """Return how the draft came and what was done with it, as the paper begins."""
    case, draft = criticism.case, criticism.draft
    version = drafts.newest_version(draft)
    letter = f" theo Công văn số {version.number_text}" if version.number_text else ""
    body = case.lead.deciding_body or case.lead.name
    return (
        f"{upper_first(long_date(version.received_on))}, {body} nhận được {lower_first(draft.title)} của "
        f"{draft.owner.name}{letter}. Sau khi {_how(case)}, {body} có ý kiến phản biện như sau:"
    )


def _how(case: Case) -> str:
    spec = spec_of(case.form)
    return f"tổ chức {lower_first(spec.conference.vi)}" if spec.conference else "lấy ý kiến bằng văn bản"


def send_criticism(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """Send the signed document to the drafting agency, and to whoever else it names (Law Art 35(4))."""
    papers.mark_sent(document, at=at)
    criticism = selectors.criticism_of(case)
    criticism.state, criticism.sent_at = Criticism.State.SENT, at
    criticism.reply_deadline = reply_clocks.at_sending("C_REPLY", case, at=at)
    criticism.save(update_fields=["state", "sent_at", "reply_deadline"])
    tell_drafter(criticism, "criticism.sent", f"{document.pk}", at)
    papers.tell_of_copies(document, case, at, besides=[criticism.addressee_id])
    audit.record(
        action="criticism.sent",
        actor=Actor.of(document.signer),
        obj=criticism,
        thread=case,
        at=at,
        data={"number": document.number_text},
    )
