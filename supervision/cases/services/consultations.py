"""Asking others for their opinion on a text: request, opinions, and no more waiting for the silent.

Joint Resolution 403 Art 5(3) for the study of documents, Art 16-17 for written criticism.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import Consultation
from supervision.cases.services import opening, papers
from supervision.cases.services.judging import judged_by
from supervision.deadlines import services as deadlines
from supervision.documents.models import Document
from supervision.errors import Errors, WrongState
from supervision.files.models import Attachment
from supervision.language.dates import short_date
from supervision.law.rules import RULES
from supervision.notices.services import tell
from supervision.organizations.actors import Actor


def _someone_is_asked_once(*, case: Case, subject: None, data: dict[str, Any], on: dt.date) -> Errors:
    bodies, people = data["organizations"], data["people"]
    if not bodies and not people:
        return {"organizations": [_("Chọn ít nhất một tổ chức hoặc một người.")]}
    if len({mandate.user_id for mandate in people}) != len(people):
        return {"people": [_("Một người được chọn hai lần.")]}
    return {}


@judged_by(_someone_is_asked_once)
def draft_request(*, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime) -> None:
    """Keep whom the chairing body will ask and by when, and prepare the letter that asks them."""
    opening.require_running(case)
    case.consultations.filter(state=Consultation.State.PREPARED).delete()
    asked = [(body, None) for body in data["organizations"]]
    asked += [(mandate.organization, mandate) for mandate in data["people"]]
    first = case.consultations.count() + 1
    for number, (organization, person) in enumerate(asked, start=first):
        Consultation.objects.create(
            case=case,
            number=number,
            organization=organization,
            person=person,
            question=data["question"],
            due_on=data["due_on"],
        )
    _prepare_letter(case, data, actor, at)
    audit.record(
        action="consultation.drafted",
        actor=actor,
        obj=case,
        thread=case,
        at=at,
        data={"names": [row.name for row in _of(case, Consultation.State.PREPARED)]},
    )


def _prepare_letter(case: Case, data: dict[str, Any], actor: Actor, at: dt.datetime) -> None:
    bodies = [*data["organizations"], *(mandate.organization for mandate in data["people"])]
    goes_to = papers.receivers(case, data["organizations"])
    people = [mandate.user.display_name for mandate in data["people"]]
    papers.prepare(
        case=case,
        kind="opinion_request",
        subject_line=f"xin ý kiến đối với {selectors.text_of(case).title}",
        context={
            "to": [*(body.name for body in goes_to.direct), *people],
            "body": f"{data['question']}\nThời hạn đề nghị gửi ý kiến: ngày {short_date(data['due_on'])}.",
            "recipients": [*goes_to.lines[:-1], *people, goes_to.lines[-1]],
        },
        addressees=list({body.pk: body for body in bodies}.values()),
        actor=actor,
        at=at,
    )


def _of(case: Case, state: str) -> list[Consultation]:
    rows = case.consultations.filter(state=state).select_related("organization", "person__user")
    return list(rows.order_by("number"))


def send_requests(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """Once the letter is signed, everyone named is asked, each on a clock that the chairing body set."""
    papers.mark_sent(document, at=at)
    for row in _of(case, Consultation.State.PREPARED):
        ask(row, rule="OPINION", paper=document, at=at)
    audit.record(
        action="consultation.sent",
        actor=Actor.of(document.signer),
        obj=case,
        thread=case,
        at=at,
        data={"number": document.number_text},
    )


def ask(row: Consultation, *, rule: str, paper: Document, at: dt.datetime) -> None:
    """Ask whom the consultation names, on the clock of `rule`, whose day the signed `paper` fixes."""
    row.deadline = deadlines.set_deadline(
        rule=rule,
        start_on=timezone.localdate(at),
        start_label=RULES[rule].starts,
        at=at,
        fixed_on=row.due_on,
        set_by=row.case.lead.short_name,
        paper=selectors.as_source(paper),
    )
    row.state, row.asked_at = Consultation.State.ASKED, at
    row.save(update_fields=["deadline", "state", "asked_at"])
    tell(
        key=f"consultation.asked:{row.pk}",
        kind="consultation.asked",
        organization=row.organization,
        mandate=row.person,
        title=row.case.title,
        address="/viec-cua-toi/",
        case_code=row.case.code,
        at=at,
    )


def give_opinion(
    *, actor: Actor, case: Case, subject: Consultation, data: dict[str, Any], at: dt.datetime
) -> list[Attachment]:
    """Keep the opinion as the word of whoever was asked; a late one counts as well."""
    if subject.state != Consultation.State.ASKED:
        raise WrongState(_("Việc lấy ý kiến này đã kết thúc."))
    on = timezone.localdate(at)
    subject.opinion, subject.state = data["opinion"], Consultation.State.GIVEN
    subject.given_by, subject.given_at = actor.mandate, at
    subject.is_late = bool(subject.deadline and on > subject.deadline.due_on)
    subject.save(update_fields=["opinion", "state", "given_by", "given_at", "is_late"])
    subject.files.set(data["files"])
    if subject.deadline and subject.deadline.met_on is None:
        deadlines.meet(subject.deadline, on=on, at=at)
    audit.record(
        action="consultation.given",
        actor=actor,
        obj=subject,
        thread=case,
        at=at,
        data={"name": subject.name, "late": subject.is_late, "text": subject.opinion},
    )
    return list(data["files"])
