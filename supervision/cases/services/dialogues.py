"""The yearly dialogue with the people: notice, minutes, the year's clock (Law 10/2022 Art 32)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.services import entries, opening, papers
from supervision.cases.services.conferences import frame_of_minutes_holds, named
from supervision.cases.services.judging import judged_by
from supervision.cases.services.records import keep
from supervision.cases.services.sessions import moment
from supervision.deadlines import services as deadlines
from supervision.documents import typesetting
from supervision.documents.models import Document
from supervision.language.dates import long_date
from supervision.organizations.actors import Actor
from supervision.organizations.models import Organization


def draft_notice(*, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime) -> None:
    """Prepare the notice to the people: who and about what, by the plan; when and where, as typed."""
    opening.require_running(case)
    keep(case=case, step="draft_dialogue_notice", data=data, actor=actor, at=at)
    plan = plan_of(case)
    authority = Organization.objects.get(public_id=plan["agency"])
    day: dt.date = data["held_on"]
    time = f"{typesetting.clock(data['start_time'])}, " if data["start_time"] else ""
    body = case.lead.deciding_body or case.lead.name
    goes_to = papers.receivers(case, [authority])
    papers.prepare(
        case=case,
        kind="dialogue_notice",
        subject_line=f"Tổ chức đối thoại với người dân năm {day.year}",
        context={
            "lead_in": f"Thực hiện Luật Thực hiện dân chủ ở cơ sở, {authority.name} phối hợp với {body} "
            "tổ chức đối thoại với người dân như sau:",
            "sections": [
                {"title": "Thời gian, địa điểm", "text": f"{time}{long_date(day)}, tại {data['place']}."},
                {"title": "Nội dung", "text": plan["topics"]},
                {"title": "Gửi câu hỏi trước", "text": data["questions"]},
            ],
            "closing": "Trân trọng kính mời người dân tham dự.",
            "recipients": ["Các thôn, tổ dân phố (để niêm yết)", *goes_to.lines],
        },
        addressees=goes_to.organizations,
        actor=actor,
        at=at,
    )


def plan_of(case: Case) -> dict[str, Any]:
    """Return what was recorded of the plan: dates and times as ISO text."""
    record = selectors.latest_record(case, "plan_dialogue")
    assert record is not None  # the flow records the plan first
    return dict(record.data)


def announce(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """Let the authority read the signed notice, which is posted for the people."""
    papers.mark_sent(document, at=at)
    papers.tell_of_copies(document, case, at)
    _note(document, case, "dialogue.announced", at)


@judged_by(frame_of_minutes_holds)
def record_dialogue(
    *, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep questions and answers, and prepare the minutes; who asked is a group, never a name."""
    opening.require_running(case)
    keep(case=case, step="record_dialogue", data=data, actor=actor, at=at)
    authority = Organization.objects.get(public_id=plan_of(case)["agency"])
    goes_to = papers.receivers(case, [authority])
    rows = [[row["asked_by"], row["question"], row["answer"]] for row in data["questions"]]
    table = {"caption": "Câu hỏi và trả lời", "columns": ["Người hỏi", "Câu hỏi", "Trả lời"], "rows": rows}
    papers.prepare(
        case=case,
        kind="conference_minutes",
        subject_line="Hội nghị đối thoại với người dân",
        context={
            "started_at": moment(data["held_on"], data["started_time"]),
            "ended_at": moment(data["ended_on"], data["ended_time"]),
            "place": data["place"],
            "present": entries.people(data["attendance"]),
            **named(data),
            "sections": [
                {"title": "Phát biểu mở đầu", "text": data["opening"]},
                {"title": "Câu hỏi của người dân và trả lời", "text": "", "tables": [table]},
                {"title": "Kết luận của chủ trì", "text": data["conclusion"]},
            ],
            "recipients": goes_to.lines,
        },
        addressees=goes_to.organizations,
        actor=actor,
        at=at,
    )


def hold(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """Once the minutes are signed the year's dialogue is held: its clock is met on the day it took place."""
    papers.mark_sent(document, at=at)
    record = selectors.latest_record(case, "record_dialogue")
    assert record is not None  # its minutes were signed
    row = case.people_dialogue
    row.held_on = dt.date.fromisoformat(record.data["held_on"])
    row.save(update_fields=["held_on"])
    if row.deadline.is_running:
        deadlines.meet(row.deadline, on=row.held_on, at=at)
    _note(document, case, "dialogue.with_people", at)


def _note(document: Document, case: Case, action: str, at: dt.datetime) -> None:
    signer, data = Actor.of(document.signer), {"paper": document.number_text}
    audit.record(action=action, actor=signer, obj=case, thread=case, at=at, data=data)
