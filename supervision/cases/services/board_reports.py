"""What a board reports to the commune Front: of a period, or on request (Decree 59/2023 Art 14(3))."""

from __future__ import annotations

import datetime as dt
from typing import Any

from supervision.casefiles.models import Case
from supervision.cases import board_selectors, selectors
from supervision.cases.services import opening, papers
from supervision.cases.services.records import keep
from supervision.documents.models import Document
from supervision.language.folding import lower_first
from supervision.notices.services import tell
from supervision.organizations.actors import Actor


def draft_board_report(
    *, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep which report of the board tells of this supervision, and prepare it unless it is another."""
    opening.require_running(case)
    keep(case=case, step="draft_board_report", data=data, actor=actor, at=at)
    if data["period"] == "covered":
        return
    board = board_selectors.supervision_of(case).board
    parts = (("Hoạt động, kết quả", data["activity"]), ("Khó khăn, đề xuất", data["proposals"]))
    papers.prepare(
        case=case,
        kind="board_report",
        subject_line=f"Hoạt động của {board}, {lower_first(data['span'])}",
        context={
            "to": [case.lead.name],
            "lead_in": f"{board} báo cáo hoạt động {lower_first(data['span'])} như sau:",
            "sections": [{"title": title, "text": said} for title, said in parts if said],
            "recipients": papers.receivers(case, [case.lead], archive=papers.BOARD_ARCHIVE).lines,
        },
        addressees=[case.lead],
        actor=actor,
        at=at,
        issuer=board.organization,
    )


def send_board_report(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """Send the signed report to the commune Front, which is told of it."""
    papers.mark_sent(document, at=at)
    tell(
        key=f"board.report:{document.pk}",
        kind="document.copy",
        organization=case.lead,
        title=document.subject,
        address=f"/van-ban/{document.public_id}/",
        case_code=case.code,
        at=at,
    )


def reports_now(case: Case, subject: None) -> bool:
    """The flow's question: is a report of its own made, or does another cover this supervision?"""
    record = selectors.latest_record(case, "draft_board_report")
    return record is not None and record.data["period"] != "covered"
