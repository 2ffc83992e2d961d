"""Exchange and agreement on the plan: with the State's bodies of the level, or with the Front.

403 Art 3(3) names the bodies for the Front's plan; a socio-political organization agrees with its
Front (Front Law Art 26). Nothing in either text lets silence stand for agreement.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import AnnualPlan, Consultation, PlanAgreement
from supervision.cases.services import annual_plans, consultations, papers, plan_overlaps
from supervision.documents.models import Document
from supervision.errors import DomainError, InvalidInput, WrongState
from supervision.files.models import Attachment
from supervision.language.dates import long_date, short_date
from supervision.language.folding import lower_first
from supervision.law.basis import joint, law
from supervision.law.planning import AGREEING_KINDS, PLAN_FORMS
from supervision.organizations.actors import Actor
from supervision.organizations.models import Kind, Organization

POSITIONS = {
    "agreed": "thống nhất",
    "with_remarks": "thống nhất, có lưu ý",
}
#: Where a letter's list of items begins and ends.
LISTED, ENDS = "Các nội dung dự kiến năm {year}:", "\nThời hạn đề nghị cho ý kiến: "


def bodies_of(plan: AnnualPlan, on: dt.date) -> list[Organization]:
    """Return whom the plan has to be agreed with; DomainError names a body that the directory lacks."""
    lead = plan.organization
    if lead.kind != Kind.FRONT:
        if lead.front is None:
            raise DomainError(_("Danh bạ chưa ghi Ủy ban Mặt trận cùng cấp của đơn vị."), law(26))
        return [lead.front]
    wanted = AGREEING_KINDS[lead.level]
    rows = Organization.objects.in_force(on).filter(territory=lead.territory, kind__in=wanted)
    rows = rows.exclude(kind=Kind.ELECTED, superior__kind=Kind.COUNCIL)  # the council's own committees
    found = sorted(rows, key=lambda body: (wanted.index(body.kind), body.pk))
    missing = [Kind(kind).label for kind in wanted if kind not in {body.kind for body in found}]
    if missing:
        raise DomainError(
            _("Danh bạ chưa có nơi phải thống nhất: %(names)s.") % {"names": ", ".join(map(str, missing))},
            joint(3, 3),
        )
    return found


def version_in_hand(plan: AnnualPlan) -> int:
    """Return the number of the version that is being made."""
    return plan.versions.count() + 1


def draft_exchange(*, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime) -> None:
    """Keep what is asked of each body and by when, and prepare the letter with the planned items."""
    plan = annual_plans.in_hand(case)
    _forget_unsent(case)
    version = version_in_hand(plan)
    attempt = _attempts(plan, version) + 1
    bodies = bodies_of(plan, timezone.localdate(at))
    first = case.consultations.count() + 1
    for number, body in enumerate(bodies, start=first):
        row = Consultation.objects.create(
            case=case, number=number, organization=body, question=data["question"], due_on=data["due_on"]
        )
        PlanAgreement.objects.create(plan=plan, version=version, attempt=attempt, consultation=row)
    goes_to = papers.receivers(case, bodies)
    papers.prepare(
        case=case,
        kind="exchange_letter",
        subject_line=f"trao đổi, thống nhất dự thảo kế hoạch giám sát, phản biện xã hội năm {plan.year}",
        context={
            "to": [body.name for body in goes_to.direct],
            "body": _letter(plan, data),
            "recipients": goes_to.lines,
        },
        addressees=goes_to.organizations,
        actor=actor,
        at=at,
    )


def _forget_unsent(case: Case) -> None:
    unsent = case.consultations.filter(state=Consultation.State.PREPARED)
    PlanAgreement.objects.filter(consultation__in=unsent).delete()
    unsent.delete()


def _attempts(plan: AnnualPlan, version: int) -> int:
    return int(plan.agreements.filter(version=version).aggregate(top=Max("attempt"))["top"] or 0)


def item_lines(plan: AnnualPlan) -> list[str]:
    """Return the planned items, one line each, as a letter and the page of whoever is asked list them."""
    forms = dict(PLAN_FORMS)
    return [
        f"{item.code}. {item.title}; {lower_first(forms[item.form].vi)}; {item.agency.short_name}; "
        f"{lower_first(item.period_title.vi)}; {item.chair.short_name} chủ trì."
        for item in plan_overlaps.current_items(plan)
    ]


def _letter(plan: AnnualPlan, data: dict[str, Any]) -> str:
    return f"{data['question']}\n{_listed(plan)}{ENDS}ngày {short_date(data['due_on'])}."


def _listed(plan: AnnualPlan) -> str:
    return "\n".join([LISTED.format(year=plan.year), *(f"- {line}" for line in item_lines(plan))])


def list_in(letter: Document, plan: AnnualPlan) -> str:
    """Return the list of items that a letter of exchange holds, heading and all, as it was sent."""
    body: str = letter.context["body"]
    begins = body.rindex(LISTED.format(year=plan.year))
    return body[begins : body.rindex(ENDS)]


def is_as_asked(plan: AnnualPlan) -> bool:
    """Whether the items are, to the word, those of the newest letter that the bodies were sent."""
    letter = selectors.signed_paper(plan.case, "exchange_letter")
    return letter is not None and list_in(letter, plan) == _listed(plan)


def lines_asked_about(plan: AnnualPlan) -> list[str]:
    """Return the items of the newest letter that the bodies were sent, one line each; empty before it."""
    letter = selectors.signed_paper(plan.case, "exchange_letter")
    listed = list_in(letter, plan).splitlines()[1:] if letter else []
    return [line.removeprefix("- ") for line in listed]


def require_still_planned(*, case: Case, document: Document) -> None:
    """Raise WrongState where a drafted letter of exchange does not list the items as they are by now."""
    plan = annual_plans.in_hand(case)
    if list_in(document, plan) != _listed(plan):
        raise WrongState(_("Các mục đã đổi từ khi soạn công văn này. Trả lại để soạn lại."))


def send_exchange(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """Once the letter is signed, each body is asked; its position waits in its own inbox."""
    papers.mark_sent(document, at=at)
    rows = case.consultations.filter(state=Consultation.State.PREPARED).select_related(
        "organization", "case__lead"
    )
    for row in rows.order_by("number"):
        consultations.ask(row, rule="PLAN_AGREE", paper=document, at=at)
    audit.record(
        action="exchange.sent",
        actor=Actor.of(document.signer),
        obj=case,
        thread=case,
        at=at,
        data={"number": document.number_text},
    )


def agree(
    *, actor: Actor, case: Case, subject: Consultation, data: dict[str, Any], at: dt.datetime
) -> list[Attachment]:
    """Keep the body's own position, with the number and day of its paper where it has one."""
    annual_plans.in_hand(case)
    return _keep(actor=actor, case=case, subject=subject, data=data, at=at, from_paper=False)


def record_from_paper(
    *, actor: Actor, case: Case, subject: Consultation, data: dict[str, Any], at: dt.datetime
) -> None:
    """Enter the position from the body's paper, whose number and day are named; InvalidInput without them."""
    annual_plans.in_hand(case)
    missing = {"number_text": _("Ghi số, ký hiệu văn bản của cơ quan."), "dated_on": _("Ghi ngày văn bản.")}
    errors: dict[str, list[Any]] = {name: [words] for name, words in missing.items() if not data[name]}
    if errors:
        raise InvalidInput(errors)
    _keep(actor=actor, case=case, subject=subject, data=data, at=at, from_paper=True)


def _keep(
    *,
    actor: Actor,
    case: Case,
    subject: Consultation,
    data: dict[str, Any],
    at: dt.datetime,
    from_paper: bool,
) -> list[Attachment]:
    said = {"opinion": data["remarks"], "files": data["files"]}
    files = consultations.give_opinion(actor=actor, case=case, subject=subject, data=said, at=at)
    row = subject.agreement
    row.position, row.from_paper = data["position"], from_paper
    row.number_text, row.dated_on = data["number_text"], data["dated_on"]
    row.save(update_fields=["position", "from_paper", "number_text", "dated_on"])
    audit.record(
        action=f"agreement.{row.position}",
        actor=actor,
        obj=row,
        thread=case,
        at=at,
        data={
            "name": subject.name,
            "number": f" ({row.number_text})" if row.number_text else "",
            "text": data["remarks"],
        },
    )
    return files


def agreements_in_hand(plan: AnnualPlan) -> list[PlanAgreement]:
    """Return the agreements of the newest draft that was sent, in order."""
    rows = plan.agreements.select_related(
        "consultation__deadline", "consultation__organization", "consultation__given_by__user"
    ).exclude(consultation__state=Consultation.State.PREPARED)
    newest = list(rows.order_by("-version", "-attempt", "consultation__number"))
    return [one for one in newest if (one.version, one.attempt) == (newest[0].version, newest[0].attempt)]


def everyone_agrees(case: Case, subject: None) -> bool:
    """The flow's question once all have spoken: does every body agree to the items as they are by now?

    They may have changed since they were sent: with the withdrawal of a version its items go back.
    """
    plan = selectors.annual_plan_of(case)
    rows = agreements_in_hand(plan)
    version = version_in_hand(plan)
    said = bool(rows) and all(one.stands and one.version == version for one in rows)
    return said and is_as_asked(plan)


def agreed_rows(plan: AnnualPlan) -> list[dict[str, str]]:
    """Return who agreed to the draft in hand, how, and by which paper."""
    return [
        {
            "body": row.consultation.organization.name,
            "position": row.position,
            "remarks": row.consultation.opinion,
            "number_text": row.number_text,
            "dated_on": row.dated_on.isoformat() if row.dated_on else "",
        }
        for row in agreements_in_hand(plan)
    ]


def agreed_lines(plan: AnnualPlan) -> list[str]:
    """Return who agreed, one line each, as the plan prints it."""
    lines = []
    for row in agreed_rows(plan):
        paper = f", văn bản số {row['number_text']}" if row["number_text"] else ""
        day = f" {long_date(dt.date.fromisoformat(row['dated_on']))}" if row["dated_on"] else ""
        lines.append(f"{row['body']}: {POSITIONS[row['position']]}{paper}{day}")
    return lines
