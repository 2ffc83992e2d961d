"""Social criticism: draft, plan, remarks, criticism document (Front Law Art 33-36; 403 Art 14-19)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import reply_clocks, selectors
from supervision.cases.models import Criticism
from supervision.cases.services import opening, papers
from supervision.cases.services.judging import judged_by
from supervision.cases.services.plans import GROUNDS, of_the_year
from supervision.cases.services.records import keep
from supervision.deadlines import services as deadlines
from supervision.documents.models import Document
from supervision.drafts import services as drafts
from supervision.drafts.models import Draft
from supervision.errors import Errors, WrongState
from supervision.files.models import Attachment
from supervision.language.folding import lower_first
from supervision.law.registry import spec_of
from supervision.law.rules import RULES
from supervision.law.specs import Widget
from supervision.notices.services import tell
from supervision.organizations.actors import Actor

State = Criticism.State


def _submitted_after_it_came(*, case: Case, subject: None, data: dict[str, Any], on: dt.date) -> Errors:
    came, goes = data["received_on"], data["submission_on"]
    if came and goes and goes <= came:
        return {"submission_on": [_("Ngày trình phải sau ngày nhận dự thảo.")]}
    return {}


@judged_by(_submitted_after_it_came)
def receive_draft(*, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime) -> None:
    """Keep the draft with its papers, and whether it came 15 days before submission (Law Art 36(1))."""
    opening.require_running(case)
    draft = Draft.objects.create(
        title=data["title"],
        owner=data["drafter"],
        issuer=data["issuer"],
        is_legal_document=data["legal_document"] == "yes",
        submission_on=data["submission_on"],
    )
    drafts.receive_version(
        draft,
        received_on=data["received_on"],
        number_text=data["number_text"],
        files=data["files"],
        by=actor.mandate,
        at=at,
    )
    criticism = Criticism.objects.create(case=case, draft=draft, addressee=data["drafter"])
    _start_draft_clock(criticism, at)
    audit.record(
        action="draft.received",
        actor=actor,
        obj=criticism,
        thread=case,
        at=at,
        data={"subject": draft.title, "agency": draft.owner.short_name, "late": _came_late(criticism)},
    )


def _start_draft_clock(criticism: Criticism, at: dt.datetime) -> None:
    """Count back from the day of submission; the draft has come, so the clock is met on that day."""
    draft = criticism.draft
    if draft.submission_on is None:
        return
    clock = deadlines.set_deadline(
        rule="C_DRAFT_IN",
        start_on=draft.submission_on,
        start_label=RULES["C_DRAFT_IN"].starts,
        at=at,
    )
    criticism.draft_deadline = deadlines.meet(
        clock, on=draft.versions.order_by("number")[0].received_on, at=at
    )
    criticism.save(update_fields=["draft_deadline"])


def _came_late(criticism: Criticism) -> bool:
    clock = criticism.draft_deadline
    return bool(clock and clock.met_on and clock.met_on > clock.due_on)


def move_submission(
    *, actor: Actor, criticism: Criticism, to_on: dt.date, reason: str, at: dt.datetime
) -> None:
    """Record the day to which the drafting agency has moved the submission; the 15 days count from it anew.

    Raises WrongState once the criticism has ended.
    """
    opening.require_not_ended(criticism.case)
    draft = criticism.draft
    before, draft.submission_on = draft.submission_on, to_on
    draft.save(update_fields=["submission_on"])
    _start_draft_clock(criticism, at)
    audit.record(
        action="draft.submission_moved",
        actor=actor,
        obj=criticism,
        thread=criticism.case,
        at=at,
        data={
            "agency": criticism.addressee.short_name,
            "from_on": before.isoformat() if before else "",
            "to_on": to_on.isoformat(),
            "reason": reason,
        },
    )


def draft_plan(*, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime) -> None:
    """Keep the plan of the criticism and prepare its paper (Law Art 35(1))."""
    opening.require_running(case)
    keep(case=case, step="draft_criticism_plan", data=data, actor=actor, at=at)
    criticism, step = selectors.criticism_of(case), spec_of(case.form).step("draft_criticism_plan")
    goes_to = papers.receivers(case, [criticism.addressee])
    body = case.lead.deciding_body or case.lead.name
    papers.prepare(
        case=case,
        kind="criticism_plan",
        subject_line=f"Phản biện xã hội đối với {lower_first(criticism.draft.title)}",
        context={
            "grounds": [*GROUNDS, *of_the_year(case)],
            "lead_in": f"{body} xây dựng kế hoạch {lower_first(spec_of(case.form).title.vi)} như sau:",
            "sections": [
                {"title": field.label.vi, "text": data[field.name]}
                for field in step.fields
                if field.widget is Widget.TEXT and data[field.name]
            ],
            "recipients": goes_to.lines,
        },
        addressees=goes_to.organizations,
        actor=actor,
        at=at,
    )


def issue_plan(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """Once the plan is signed the drafting agency gets it to know of it."""
    papers.mark_sent(document, at=at)
    papers.tell_of_copies(document, case, at)


def _compiled(*, case: Case, subject: None, data: dict[str, Any], on: dt.date) -> Errors:
    """Some remark must be there, typed now or contributed before; a question has its day."""
    errors: Errors = {}
    if not data.get("remarks") and not selectors.criticism_of(case).draft.remarks.exists():
        errors["remarks"] = [_("Ghi ít nhất một ý kiến; chưa có góp ý nào trong bảng.")]
    if data.get("question") and not data.get("explain_by"):
        errors["explain_by"] = [_("Ghi ngày cần có giải trình.")]
    return errors


@judged_by(_compiled)
def compile_remarks(
    *, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep the table of remarks, and what the drafting agency is asked to explain, if anything is."""
    opening.require_running(case)
    criticism = selectors.criticism_of(case)
    drafts.record_remarks(criticism.draft, data["remarks"] or [], by=actor.mandate, at=at)
    question = data.get("question")
    if question:
        criticism.explain_deadline = deadlines.set_deadline(
            rule="C_EXPLAIN",
            start_on=timezone.localdate(at),
            start_label=RULES["C_EXPLAIN"].starts,
            at=at,
            fixed_on=data["explain_by"],
            set_by=case.lead.short_name,
        )
        criticism.save(update_fields=["explain_deadline"])
        keep(
            case=case,
            step="compile_remarks",
            data={"question": question, "explain_by": data["explain_by"]},
            actor=actor,
            at=at,
        )
        tell_drafter(criticism, "criticism.explain", f"{criticism.explain_deadline.pk}", at)
    audit.record(
        action="remarks.compiled",
        actor=actor,
        obj=criticism,
        thread=case,
        at=at,
        data={"count": criticism.draft.remarks.count(), "text": question or ""},
    )


def tell_drafter(criticism: Criticism, kind: str, key: str, at: dt.datetime) -> None:
    """Tell the drafting agency of something that awaits it on the page of the criticism."""
    tell(
        key=f"{kind}:{criticism.pk}:{key}",
        kind=kind,
        organization=criticism.addressee,
        title=criticism.draft.title,
        address=f"/phan-bien/{criticism.public_id}/",
        case_code=criticism.case.code,
        at=at,
    )


def asks_explanation(case: Case, subject: None) -> bool:
    """The flow's question once the table is made: is the drafter asked to explain (403 Art 17(2))?"""
    clock = selectors.criticism_of(case).explain_deadline
    return clock is not None and clock.is_running


def explain(
    *, actor: Actor, case: Case, subject: Criticism, data: dict[str, Any], at: dt.datetime
) -> list[Attachment]:
    """Keep the drafting agency's explanation; a late one counts as well. Returns its files."""
    keep(case=case, step="explain", data=data, actor=actor, at=at)
    on = timezone.localdate(at)
    if subject.explain_deadline and subject.explain_deadline.is_running:
        deadlines.meet(subject.explain_deadline, on=on, at=at)
    audit.record(
        action="draft.explained",
        actor=actor,
        obj=subject,
        thread=case,
        at=at,
        data={"agency": subject.addressee.short_name, "text": data["explanation"]},
    )
    return list(data["files"])


def receive_criticism(
    *, actor: Actor, case: Case, subject: Criticism, data: dict[str, Any], at: dt.datetime
) -> None:
    """Record receipt; the time to answer runs from this day, as the chairing organization set it."""
    if subject.state != State.SENT:
        raise WrongState(_("Văn bản phản biện này không còn chờ tiếp nhận."))
    subject.state, subject.received_at, subject.unit = State.RECEIVED, at, data["unit"]
    running, agency = subject.reply_deadline, subject.addressee
    subject.reply_deadline = reply_clocks.at_receipt(running, "C_REPLY", case, agency, at=at)
    subject.save(update_fields=["state", "received_at", "unit", "reply_deadline"])
    audit.record(
        action="criticism.received",
        actor=actor,
        obj=subject,
        thread=case,
        at=at,
        data={"agency": subject.addressee.short_name},
    )
