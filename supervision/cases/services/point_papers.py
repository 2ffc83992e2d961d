"""The two papers of a collection: the compilation with its letter, and the notice of results.

Both print public wordings, counts and answers; nothing of who wrote an opinion is read here.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter

from supervision.casefiles.models import Case
from supervision.cases import reply_clocks
from supervision.cases.models import Conclusion, Opinion, Recommendation, Reply
from supervision.cases.services import papers
from supervision.cases.services.voices import REPLY_WORDS
from supervision.language.dates import short_date, vietnam_day
from supervision.language.folding import lower_first
from supervision.law.fields import FIELDS
from supervision.law.forms.o1 import COMPILED, ROUTED, SPEC
from supervision.organizations.actors import Actor
from supervision.organizations.models import Organization
from supervision.organizations.services import setting

Table = dict[str, object]


def prepare_compilation(case: Case, compilation: Conclusion, actor: Actor, at: dt.datetime) -> None:
    """Prepare the forwarding letter with the compilation annexed, a table for each body."""
    rows = list(compilation.recommendations.select_related("addressee").order_by("number"))
    goes_to = papers.receivers(
        case,
        [row.addressee for row in rows],
        copies=[*compilation.competent.order_by("pk"), *papers.superiors(case)],
    )
    body = case.lead.deciding_body or case.lead.short_name
    said = [compilation.text, _count(case), *_by_field(case), _asked(case)]
    papers.prepare(
        case=case,
        kind="opinion_compilation",
        subject_line=f"chuyển bản tổng hợp ý kiến {lower_first(case.title)}",
        context={
            "to": [one.name for one in goes_to.direct],
            "body": f"Căn cứ Luật Mặt trận Tổ quốc Việt Nam và Quyết định số 218-QĐ/TW, {body} chuyển bản "
            + "\n".join(["tổng hợp ý kiến góp ý kèm theo.", *said]),
            "tables": [_points_of(one, rows) for one in goes_to.direct],
            "reply_term": reply_clocks.asked(case, "O_REPLY"),
            "recipients": goes_to.lines,
        },
        addressees=goes_to.organizations,
        actor=actor,
        at=at,
    )


def _count(case: Case) -> str:
    """Return how many came and what became of them, by number alone."""
    kinds = Counter(case.opinions.values_list("kind", flat=True))
    total, compiled = sum(kinds.values()), sum(kinds[kind] for kind in COMPILED)
    said = f"Tiếp nhận {total:02d} ý kiến: {compiled:02d} ý kiến đưa vào bản tổng hợp"
    if routed := sum(kinds[kind] for kind in ROUTED):
        said += f"; {routed:02d} nội dung chuyển theo thủ tục riêng"
    if outside := kinds[Opinion.Kind.OUT_OF_SCOPE]:
        said += f"; {outside:02d} ý kiến ngoài phạm vi"
    if setting(case.lead, "anonymous_shown"):
        unnamed = case.opinions.filter(kind__in=COMPILED, author_kind="anonymous").count()
        said += f"; trong số đưa vào tổng hợp có {unnamed:02d} ý kiến không ghi tên"
    return f"{said}."


def _by_field(case: Case) -> list[str]:
    """Return the line that says how many were compiled in each field, where sorting said the fields."""
    fields = case.opinions.filter(kind__in=COMPILED).exclude(field="").values_list("field", flat=True)
    counted = Counter(fields)
    said = [f"{lower_first(words.vi)} {counted[key]:02d}" for key, words in FIELDS.items() if counted[key]]
    return [f"Theo lĩnh vực: {'; '.join(said)}."] if said else []


def _asked(case: Case) -> str:
    asked = "Đề nghị quý cơ quan nghiên cứu, tiếp thu hoặc giải trình, trả lời từng điểm"
    return f"{asked}; {reply_clocks.said(case, 'O_REPLY')}."


def _points_of(body: Organization, rows: list[Recommendation]) -> Table:
    mine = [row for row in rows if row.addressee_id == body.pk]
    fields = [_fields_of(row) for row in mine]
    named = any(fields)  # a column that would be empty is left out
    return {
        "caption": f"Ý kiến góp ý gửi {body.name}",
        "columns": ["Mã", "Nội dung góp ý", *(["Lĩnh vực"] if named else []), "Số ý kiến"],
        "rows": [
            [code(row), f"{row.title}\n{row.text}", *([said] if named else []), str(row.opinions.count())]
            for row, said in zip(mine, fields, strict=True)
        ],
        "numeric": [3 if named else 2],
    }


def _fields_of(row: Recommendation) -> str:
    """Return the fields of the opinions in a point, one a line, in the order of the list of fields."""
    found = set(row.opinions.values_list("field", flat=True))
    return "\n".join(words.vi for key, words in FIELDS.items() if key in found)


def code(row: Recommendation) -> str:
    """Return the point's code on papers: "GY-3"."""
    return f"{SPEC.followed_code}-{row.number}"


def prepare_results(case: Case, opening: str, actor: Actor, at: dt.datetime) -> None:
    """Prepare the notice: each published point, what was answered, and how many others there were."""
    points = case.recommendations.select_related("addressee").order_by("number")
    shown = list(points.filter(closed_as="published"))
    goes_to = papers.receivers(case, [row.addressee for row in points])
    body = case.lead.deciding_body or case.lead.short_name
    papers.prepare(
        case=case,
        kind="opinion_results",
        subject_line=f"Kết quả tiếp thu, giải trình {lower_first(case.title)}",
        context={
            "lead_in": "\n".join(
                filter(
                    None, (opening, _count(case), f"{body} thông báo kết quả tiếp thu, giải trình như sau:")
                )
            ),
            "tables": [
                {
                    "caption": "Điểm góp ý và trả lời",
                    "columns": ["Mã", "Nội dung góp ý", "Nơi trả lời", "Trả lời"],
                    "rows": [
                        [code(row), f"{row.title}\n{row.text}", row.addressee.short_name, _answer(row)]
                        for row in shown
                    ],
                    "numeric": [],
                }
            ],
            "closing": _kept(len(points) - len(shown)),
            "recipients": goes_to.lines,
        },
        addressees=goes_to.organizations,
        actor=actor,
        at=at,
    )


def _answer(row: Recommendation) -> str:
    """Return every answer that came, the first one too where it was asked for again."""
    replies = list(row.replies.filter(submitted_at__isnull=False).order_by("version"))
    assert replies  # a point is decided once it was answered
    if len(replies) == 1:
        return _said(replies[0])
    return "\n".join(
        f"Lần {number}, ngày {short_date(vietnam_day(reply.submitted_at))}: {_said(reply)}"
        for number, reply in enumerate(replies, start=1)
    )


def _said(reply: Reply) -> str:
    parts = [f"{REPLY_WORDS[reply.verdict].vi}. {reply.text}", reply.reason]
    if reply.due_on:
        parts.append(f"Hoàn thành: {short_date(reply.due_on)}.")
    if reply.number_text:
        parts.append(f"Văn bản {reply.number_text}.")
    return "\n".join(part for part in parts if part)


def _kept(count: int) -> str:
    if not count:
        return "Trân trọng cảm ơn mọi ý kiến đóng góp."
    return f"Có {count:02d} điểm góp ý khác đã được trả lời và lưu trong hồ sơ. Trân trọng cảm ơn mọi ý kiến."
