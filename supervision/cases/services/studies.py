"""The study of a document: the text, the study report, which way it goes on (403 Art 4-5)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import StudiedText
from supervision.cases.services import opening, papers
from supervision.cases.services.records import keep
from supervision.documents.models import Document
from supervision.language.folding import lower_first
from supervision.organizations.actors import Actor

#: What the study report says, in the order in which it is printed, under these headings.
PARTS = (
    ("necessity", "Sự cần thiết của văn bản"),
    ("lawfulness", "Sự phù hợp với pháp luật"),
    ("issues", "Những vấn đề phát hiện"),
    ("proposal", "Đề xuất"),
)


def choose_text(*, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime) -> None:
    """Keep which document is studied, whose it is, and its files."""
    opening.require_running(case)
    files, owner = data.pop("files"), data.pop("text_of")
    text, _created = StudiedText.objects.update_or_create(
        case=case,
        defaults={
            **data,
            "owner": owner,
            "number_text": data["number_text"],
            "provisions": data["provisions"],
            "chosen_by": actor.mandate,
            "chosen_at": at,
        },
    )
    text.files.set(files)
    audit.record(action="text.chosen", actor=actor, obj=case, thread=case, at=at, data={"subject": str(text)})


def draft_study(*, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime) -> None:
    """Keep the study with the way proposed, and prepare its report for signature (403 Art 5(1))."""
    opening.require_running(case)
    keep(case=case, step="draft_study", data=data, actor=actor, at=at)
    text = selectors.text_of(case)
    body = case.lead.deciding_body or case.lead.name
    papers.prepare(
        case=case,
        kind="study_report",
        subject_line=f"Kết quả nghiên cứu {lower_first(text.title)}",
        context={
            "lead_in": f"Thực hiện nhiệm vụ giám sát, {body} báo cáo kết quả nghiên cứu, xem xét {text} "
            f"của {text.owner.name} như sau:",
            "sections": [{"title": title, "text": data[name]} for name, title in PARTS if data[name]],
            "recipients": papers.receivers(case, []).lines,
        },
        addressees=[],
        actor=actor,
        at=at,
    )


def submit_study(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """Once the study report is signed, whoever it names may read it."""
    papers.mark_sent(document, at=at)


def goes(*ways: str) -> Any:
    """Return the flow's question whether the study asked for one of these ways."""

    def answer(case: Case, subject: None) -> bool:
        record = selectors.latest_record(case, "draft_study")
        return record is not None and record.data["way"] in ways

    return answer
