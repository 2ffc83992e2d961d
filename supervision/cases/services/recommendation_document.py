"""What the recommendation document says around its recommendations, and whom it goes to beside them."""

from __future__ import annotations

from supervision.casefiles.models import Case
from supervision.cases import reply_clocks, selectors
from supervision.cases.board_selectors import board_body
from supervision.cases.models import Conclusion, PeopleDialogue, StudiedText
from supervision.documents import typesetting
from supervision.language.dates import long_date
from supervision.organizations.models import Kind, Organization


def answering(case: Case, rule: str = "S_REPLY") -> str:
    """Return the request to answer with the time that is asked for.

    No law sets the days; the signature makes the number that of the body that signs, and the clock
    is started from the paper (`reply_clocks`).
    """
    return f"Đề nghị trả lời bằng văn bản; {reply_clocks.said(case, rule)}."


def commended(conclusion: Conclusion) -> list[dict[str, str]]:
    """Return the good practices that the document commends, as it prints them."""
    return [
        {"about": row.about.name, "finding": f"{typesetting.ended(row.title, '.')} {row.text}"}
        for row in conclusion.commendations.select_related("about").order_by("number")
    ]


def same_level_front(case: Case) -> list[Organization]:
    """Return the Front committee that an organization which chairs reports its result to (403 Art 22(2))."""
    front = case.lead.front
    is_beside = case.lead.kind != Kind.FRONT and front and front.level == case.lead.level
    return [front] if is_beside else []


def _examined(case: Case) -> str:
    """Return what the chairing body looked at before: a report, a board's request, or the text."""
    if report := selectors.signed_paper(case, "result_report"):
        return f" sau khi xem xét Báo cáo số {report.number_text} của Đoàn giám sát,"
    if board := board_body(case):
        return f" sau khi xem xét đề nghị của {board.name},"
    text = StudiedText.objects.filter(case=case).first()
    return f" sau khi nghiên cứu, xem xét {text}," if text else ""


def lead_in(case: Case, what: str) -> str:
    """Return the grounds of the document: the law and the report it rests on."""
    examined = _examined(case)
    body = case.lead.deciding_body or case.lead.short_name
    dialogue = PeopleDialogue.objects.filter(case=case).first()
    if dialogue is not None and dialogue.held_on:
        held = f"sau hội nghị đối thoại với người dân {long_date(dialogue.held_on)}"
        return f"Căn cứ Luật Thực hiện dân chủ ở cơ sở, {held}, {body} gửi {what} như sau:"
    return (
        "Căn cứ Luật Mặt trận Tổ quốc Việt Nam và Nghị quyết liên tịch số "
        f"403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN,{examined} {body} {what} như sau:"
    )
