"""A draft with many articles and many remarks on them, most of them answered, by a few statements."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from supervision.casefiles.models import Case
from supervision.cases.models import Criticism
from supervision.demo import world
from supervision.drafts.models import Answer, AnswerRound, Draft, Remark
from supervision.drafts.services import newest_version, receive_version, record_remarks, send_round
from supervision.drafts.texts import keep_text
from supervision.language.dates import VIETNAM
from supervision.law.forms.c1 import SPEC
from supervision.legaltext.outline import outline, read_text
from supervision.organizations.models import Mandate, Organization

ARTICLES = 200
#: Of every ten remarks four are accepted, two in part, two not, and two stay open.
VERDICTS = (
    "accepted",
    "partly",
    "accepted",
    "not_accepted",
    "",
    "accepted",
    "partly",
    "not_accepted",
    "",
    "accepted",
)


GROUPS = ("Hội Luật gia mẫu", "", "Hội Người cao tuổi mẫu")
AT = dt.datetime(2026, 6, 1, 9, tzinfo=VIETNAM)
OFFICER, AGENCY, STRANGER = "mttq-24.can_bo_1", "so-nnmt-24.dau_moi", "phn-24.can_bo"


def a_criticism(count: int) -> Criticism:
    """Return a criticism, sent to its drafting agency, with so many remarks on its draft."""
    world.build(at=AT)
    officer, agency = world.actor(OFFICER), Organization.objects.get(code="so-nnmt-24")
    draft = Draft.objects.create(
        title="Dự thảo Quy chế phối hợp giải quyết thủ tục đất đai tại cấp xã (DỮ LIỆU MẪU)",
        owner=agency,
        issuer=Organization.objects.get(code="ubnd-24"),
    )
    receive_version(draft, received_on=AT.date(), number_text="", files=[], by=officer.mandate, at=AT)
    case = Case.objects.create(
        code=f"PB-MAU/{count}",
        form=SPEC.slug,
        title=draft.title,
        field="land",
        grounds="Kế hoạch",
        lead=officer.organization,
        opened_by=officer.mandate,
        opened_at=AT,
    )
    if count:
        many_remarks(draft, count, by=officer.mandate, at=AT)
    return Criticism.objects.create(
        case=case, draft=draft, addressee=agency, state=Criticism.State.SENT, sent_at=AT
    )


def many_remarks(draft: Draft, count: int, *, by: Mandate, at: dt.datetime) -> list[Remark]:
    """Read a text of 200 articles into the draft, and make remarks on all of it with the agency's answers.

    The last remark is on the whole draft; numbers run against the order of the text, so that the order
    of the table is another one.
    """
    text = "\n".join(f"Điều {n}. Tên điều {n}\n1. Khoản một.\n2. Khoản hai." for n in range(1, ARTICLES + 1))
    with transaction.atomic():
        keep_text(newest_version(draft), outline(*read_text(text)), source=None, by=by, at=at)
    rows = [
        {
            "provision": _provision(number, count),
            "text": f"Ý kiến thứ {number}: đề nghị quy định rõ thời hạn, trách nhiệm của từng cơ quan.",
            "wording": "2. Cơ quan làm chậm nêu lý do bằng văn bản." if number % 3 == 0 else "",
            "reason": "Thực tế ở xã cho thấy như vậy." if number % 4 == 0 else "",
            "author": Remark.Author.values[number % len(Remark.Author.values)],
            "author_name": GROUPS[number % 3],
        }
        for number in range(1, count + 1)
    ]
    remarks = record_remarks(draft, rows, by=by, at=at)
    _answer(draft, remarks, by=by, at=at)
    return remarks


def _provision(number: int, count: int) -> str:
    if number == count:
        return ""
    article = ARTICLES - (number - 1) * ARTICLES // count
    return f"khoản {number % 2 + 1} Điều {article}"


def _answer(draft: Draft, remarks: list[Remark], *, by: Mandate, at: dt.datetime) -> None:
    round_ = AnswerRound.objects.create(draft=draft, number=1, drafted_by=by, drafted_at=at)
    Answer.objects.bulk_create(
        Answer(
            round=round_,
            remark=remark,
            verdict=verdict,
            text=f"Trả lời {remark.code}: nội dung này đã được xem xét.",
            wording="Chỉnh sửa khoản 2" if verdict == "accepted" else "",
        )
        for remark in remarks
        if (verdict := VERDICTS[remark.number % 10])
    )
    send_round(round_, by=by, is_late=False, at=at)
