"""The delegation: its plan (403 Art 6), its decision and members (403 Art 7(1))."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.access.grants import end_grant, grant
from supervision.audit import services as audit
from supervision.casefiles.models import Case, CaseGrant
from supervision.cases import selectors
from supervision.cases.models import Delegation, DelegationMember
from supervision.cases.services import opening, papers
from supervision.cases.services.judging import judged_by
from supervision.cases.services.plan_progress import item_of, standing_versions
from supervision.documents.models import Document
from supervision.errors import Errors
from supervision.language.dates import long_date
from supervision.language.folding import lower_first
from supervision.organizations.actors import Actor

PARTS = (
    "purpose",
    "requirements",
    "content",
    "scope",
    "composition",
    "time_place",
    "assignment",
    "conditions",
)

GROUNDS = (
    "Căn cứ Luật Mặt trận Tổ quốc Việt Nam",
    "Căn cứ Nghị quyết liên tịch số 403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN ngày 15 tháng 6 năm 2017",
)


def cited(plan: Document, about: str) -> str:
    """Return a signed plan as the grounds of a paper cite it: number, date, body, what it is about."""
    body = plan.organization.deciding_body or plan.organization.name
    return f"Căn cứ Kế hoạch số {plan.number_text} {long_date(plan.issued_on)} của {body} {about}"


def of_the_year(case: Case) -> list[str]:
    """Return the ground that the annual plan is, with the item that the case carries out; empty outside one.

    The newest version in force is cited: what an amendment changed stands there.
    """
    item = item_of(case)
    if item is None:
        return []
    version = standing_versions(item.plan).last()
    if version is None:
        return []
    what = f"giám sát, phản biện xã hội năm {item.plan.year}"
    about = f"về {what}" if version.number == 1 else f"về điều chỉnh Kế hoạch {what}"
    return [f"{cited(version.document, about)}, mục {item.code}"]


def draft_plan(*, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime) -> None:
    """Prepare the next version of the delegation's plan for signature; the paper keeps what it says."""
    opening.require_running(case)
    parts = {name: data[name] for name in PARTS}
    goes_to = _receivers(case)
    plan = papers.prepare(
        case=case,
        kind="plan",
        subject_line=case.title,
        context={
            "grounds": [*GROUNDS, *of_the_year(case)],
            "objects": data["objects"],
            **parts,
            "recipients": goes_to.lines,
        },
        addressees=goes_to.organizations,
        actor=actor,
        at=at,
    )
    version = case.papers.filter(document__kind="plan").count()
    audit.record(action="plan.drafted", actor=actor, obj=plan, thread=case, at=at, data={"version": version})


def _each_person_has_one_part(*, case: Case, subject: None, data: dict[str, Any], on: dt.date) -> Errors:
    people = [data["head"], data["secretary"], *(row["mandate"] for row in data["members"])]
    named = [mandate.user_id for mandate in people if mandate]
    if len(set(named)) != len(named):
        return {"members": [_("Mỗi người chỉ giữ một vai trong đoàn.")]}
    return {}


@judged_by(_each_person_has_one_part)
def draft_decision(*, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime) -> None:
    """Keep head, secretary and members of the delegation and prepare the decision that sets it up."""
    opening.require_running(case)
    delegation, _created = Delegation.objects.update_or_create(
        case=case,
        defaults={"head": data["head"], "secretary": data["secretary"], "articles": data["articles"]},
    )
    delegation.members.all().delete()
    DelegationMember.objects.bulk_create(
        DelegationMember(delegation=delegation, mandate=row["mandate"], task=row["task"])
        for row in data["members"]
    )
    plan, goes_to = selectors.signed_paper(case, "plan"), _receivers(case)
    rows = [
        (data["head"], "Trưởng đoàn"),
        (data["secretary"], "Thư ký"),
        *((row["mandate"], row["task"]) for row in data["members"]),
    ]
    papers.prepare(
        case=case,
        kind="decision",
        subject_line=f"Về việc thành lập Đoàn {lower_first(case.title)}",
        context={
            "grounds": [*GROUNDS, *([cited(plan, f"về {lower_first(case.title)}")] if plan else [])],
            "articles": articles_of(data["articles"]),
            "members": [
                {
                    "name": mandate.user.display_name,
                    "post": f"{mandate.title}, {mandate.organization.short_name}",
                    "task": task,
                }
                for mandate, task in rows
            ],
            "recipients": [*_as_in_the_last_article(data["articles"]), *goes_to.lines],
        },
        addressees=goes_to.organizations,
        actor=actor,
        at=at,
    )
    audit.record(
        action="delegation.drafted",
        actor=actor,
        obj=delegation,
        thread=case,
        at=at,
        data={"head": str(data["head"]), "members": len(rows)},
    )


def _receivers(case: Case) -> papers.Receivers:
    """Return whom plan and decision go to; the agencies get them later, with the notice that names them."""
    agencies = [inquiry.agency for inquiry in selectors.open_inquiries(case).select_related("agency")]
    return papers.receivers(case, agencies, copies=papers.superiors(case), members=True)


def _as_in_the_last_article(text: str) -> list[str]:
    """Return "Như Điều N" when the articles were typed with the very numbers that are printed."""
    typed = [int(number) for number in re.findall(r"^\s*Điều (\d+)\.", text, re.MULTILINE)]
    printed = list(range(1, len(articles_of(text)) + 1))
    return [f"Như Điều {typed[-1]}"] if typed and typed == printed else []


def articles_of(text: str) -> list[str]:
    """Split "Điều 1. …" paragraphs into the list the paper numbers by itself."""
    found: list[str] = []
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith("Điều ") and "." in line:
            found.append(line.split(".", 1)[1].strip())
        elif line and found:
            found[-1] += f"\n{line}"
        elif line:
            found.append(line)
    return found


def set_up_delegation(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """Once the decision is signed the delegation stands: its people get access to this case."""
    delegation = selectors.delegation_of(case)
    delegation.decided_at = at
    delegation.save(update_fields=["decided_at"])
    people = [delegation.head, delegation.secretary]
    people += [member.mandate for member in delegation.members.select_related("mandate__user").order_by("pk")]
    on, signer = timezone.localdate(at), Actor.of(document.signer)
    for paper in (selectors.signed_paper(case, "plan"), document):
        if paper:
            papers.mark_sent(paper, at=at)
            papers.tell_of_copies(paper, case, at)
    for old in CaseGrant.objects.filter(content_object=case).exclude(mandate__in=people):
        end_grant(old, on=on, by=signer, at=at)
    for mandate in people:
        grant(
            model=CaseGrant,
            mandate=mandate,
            relation="member",
            content_object=case,
            source=document.number_text,
            from_on=on,
            by=signer,
            at=at,
        )
    audit.record(
        action="delegation.set_up",
        actor=signer,
        obj=delegation,
        thread=case,
        at=at,
        data={"number": document.number_text},
    )
