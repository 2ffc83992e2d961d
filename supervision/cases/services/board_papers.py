"""The board's paper: signed by its head, confirmed by the commune Front, and only then sent (403 Art 11)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import board_selectors, selectors
from supervision.cases.models import Board
from supervision.cases.services import opening, papers
from supervision.cases.services.board_supervisions import said_on, votes_said
from supervision.cases.services.records import keep
from supervision.documents.models import Document
from supervision.errors import NotAllowed, WrongState
from supervision.law.registry import spec_of
from supervision.notices.services import tell
from supervision.organizations.actors import Actor

PAPER, CONFIRMATION = "board_recommendation", "board_confirmation"
#: The articles that the paper itself cites: who confirms it, and by when it is settled.
_CITED = {
    Board.Kind.INSPECTION: ("điểm c khoản 1 Điều 11", "điểm c khoản 1 Điều 40"),
    Board.Kind.INVESTMENT: ("điểm b khoản 2 Điều 11", "điểm c khoản 2 Điều 45"),
}


def draft_board_paper(
    *, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep what the board asks for and prepare its paper to the chair of the People's Committee."""
    opening.require_running(case)
    keep(case=case, step="draft_board_paper", data=data, actor=actor, at=at)
    supervision = board_selectors.supervision_of(case)
    board, settler = supervision.board, supervision.settler
    minutes = selectors.signed_paper(case, "board_minutes")
    voted = selectors.latest_record(case, "draft_board_minutes")
    if minutes is None or voted is None:
        raise WrongState(_("Biên bản giám sát chưa ký xong."))
    confirming, settling = _CITED[Board.Kind(board.kind)]
    asked = [
        {"title": f"Kiến nghị {number}: {row['title']}", "text": row["text"]}
        for number, row in enumerate(data["recommendations"], start=1)
    ]
    goes_to = papers.receivers(case, [settler], copies=[case.lead], archive=papers.BOARD_ARCHIVE)
    papers.prepare(
        case=case,
        kind=PAPER,
        subject_line=case.title,
        context={
            "to": [f"Chủ tịch {settler.name}"],
            "lead_in": f"Căn cứ Biên bản {said_on(minutes)}, {board} đã thảo luận, biểu quyết "
            f"({votes_said(voted.data)[:-1]}) và kiến nghị như sau:",
            "sections": [{"title": "Kết quả giám sát", "text": data["result"]}, *asked],
            "closing": "Đề nghị xem xét, giải quyết và thông báo kết quả trong 15 ngày kể từ ngày nhận "
            f"({settling} Luật Thực hiện dân chủ ở cơ sở). Văn bản này chỉ gửi đi khi có xác nhận của "
            f"{case.lead.name} ({confirming} Nghị quyết liên tịch 403).",
            "recipients": goes_to.lines,
        },
        addressees=goes_to.organizations,
        actor=actor,
        at=at,
        issuer=board.organization,
    )


def submit_board_paper(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """The head has signed; the paper waits at the Front and nobody outside the case reads it yet."""
    tell(
        key=f"board.paper:{document.pk}",
        kind="task.offered",
        organization=case.lead,
        title=case.title,
        address="/viec-cua-toi/",
        case_code=case.code,
        at=at,
    )


def review_board_paper(
    *, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime
) -> None:
    """Send the paper on to be confirmed, or give it back to the board with every point to mend.

    Raises NotAllowed for whoever drafted or signed it for the board.
    """
    opening.require_running(case)
    document = _signed(case)
    _refuse_its_authors(document, actor)
    keep(case=case, step="review_board_paper", data=data, actor=actor, at=at)
    if data["decision"] == "return":
        audit.record(
            action="paper.returned",
            actor=actor,
            obj=document,
            thread=case,
            at=at,
            data={"kind": PAPER, "subject": document.subject, "reason": data["reason"]},
        )
        return
    supervision = board_selectors.supervision_of(case)
    board, settler = supervision.board, supervision.settler
    minutes = selectors.signed_paper(case, "board_minutes")
    with_minutes = f", kèm Biên bản {said_on(minutes)}" if minutes else ""
    lead = case.lead.deciding_body or case.lead.name
    goes_to = papers.receivers(case, [settler, board.organization])
    papers.prepare(
        case=case,
        kind=CONFIRMATION,
        subject_line=f"xác nhận kiến nghị của {board}",
        context={
            "to": [f"Chủ tịch {settler.name}"],
            "body": f"{lead} xác nhận Kiến nghị {said_on(document)} của {board}{with_minutes}.\n"
            f"{data['confirmation']}",
            "recipients": goes_to.lines,
        },
        addressees=goes_to.organizations,
        actor=actor,
        at=at,
    )


def _signed(case: Case) -> Document:
    document = selectors.signed_paper(case, PAPER)
    if document is None:
        raise WrongState(_("Kiến nghị của Ban chưa ký xong."))
    return document


def _refuse_its_authors(document: Document, actor: Actor) -> None:
    """Whoever wrote or signed the paper for the board does not confirm it for the Front."""
    signer = document.signer.user_id if document.signer else None
    if actor.persons & {document.drafted_by.user_id, signer}:
        raise NotAllowed(_("Người soạn, người ký kiến nghị của Ban không xác nhận văn bản đó thay Mặt trận."))


def is_confirmed_for(case: Case, subject: None) -> bool:
    """The flow's question after the review: does it go on to be confirmed, or back to the board?"""
    record = selectors.latest_record(case, "review_board_paper")
    return record is not None and record.data["decision"] == "confirm"


def sign_confirmation(
    *, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime
) -> None:
    """Confirm by signing, or give the confirmation back; never by an author of the board's paper."""
    if data["decision"] == "sign":
        _refuse_its_authors(_signed(case), actor)
    step = spec_of(case.form).step("sign_confirmation")
    papers.sign_or_return(step)(actor=actor, case=case, subject=subject, data=data, at=at)


def send_board_paper(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """The Front has confirmed: the board's paper, its minutes and the confirmation leave together."""
    supervision = board_selectors.supervision_of(case)
    supervision.sent_at = at
    supervision.save(update_fields=["sent_at"])
    paper, minutes = _signed(case), selectors.signed_paper(case, "board_minutes")
    if minutes is not None:
        minutes.case_link.addressees.add(supervision.settler)
    for one in (paper, document):
        papers.mark_sent(one, at=at)
    tell(
        key=f"board.sent:{paper.pk}",
        kind="recommendation.sent",
        organization=supervision.settler,
        title=case.title,
        address=f"/van-ban/{paper.public_id}/",
        case_code=case.code,
        at=at,
    )
    audit.record(
        action="board.confirmed",
        actor=Actor.of(document.signer),
        obj=case,
        thread=case,
        at=at,
        data={"number": paper.number_text, "by_number": document.number_text},
    )
