"""What the recommendation document says around its recommendations, and whom it goes to beside them."""

from __future__ import annotations

from supervision.cases import selectors
from supervision.cases.models import Case
from supervision.law.rules import set_by_words
from supervision.organizations.models import Kind, Organization
from supervision.organizations.services import setting


def answering(case: Case) -> str:
    """Return the request to answer, with the unit's own number of days said to be its own."""
    days, own = setting(case.lead, "reply_days"), set_by_words(case.lead.short_name).vi
    return f"Đề nghị trả lời bằng văn bản trong {days} ngày kể từ ngày nhận (thời hạn {own})."


def same_level_front(case: Case) -> list[Organization]:
    """Return the Front committee that an organization which chairs reports its result to (403 Art 22(2))."""
    front = case.lead.front
    is_beside = case.lead.kind != Kind.FRONT and front and front.level == case.lead.level
    return [front] if is_beside else []


def lead_in(case: Case, what: str) -> str:
    """Return the grounds of the document: the law and the result report it rests on."""
    report = selectors.signed_paper(case, "result_report")
    examined = f" sau khi xem xét Báo cáo số {report.number_text} của Đoàn giám sát," if report else ""
    body = case.lead.deciding_body or case.lead.short_name
    return (
        "Căn cứ Luật Mặt trận Tổ quốc Việt Nam và Nghị quyết liên tịch số "
        f"403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN,{examined} {body} {what} như sau:"
    )
