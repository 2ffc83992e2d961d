"""The papers that correct or withdraw what is published: what they print, and to whom they go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from supervision.casefiles.models import Case
from supervision.cases.models import CaseDocument, ChangeRequest
from supervision.cases.services import papers
from supervision.documents.models import Document
from supervision.language.dates import long_date
from supervision.organizations.actors import Actor
from supervision.organizations.models import Organization
from supervision.publication import corrections
from supervision.publication.composed import Composed
from supervision.publication.models import Entry, Publication

ARCHIVE = "Lưu: VT, hồ sơ"
KINDS = {"correct": "correction_letter", "withdraw": "withdrawal_decision"}


def prepare(*, change: ChangeRequest, actor: Actor, at: dt.datetime) -> Document:
    """Prepare the letter that corrects, or the decision that withdraws, for whoever got the paper itself.

    A number that an earlier request about the same publication left, its paper unsigned, goes over to it.
    """
    publication, case = change.publication, change.case
    to = recipients(publication)
    goes_to = papers.receivers(case, to, archive=ARCHIVE)
    correcting = change.kind == ChangeRequest.Kind.CORRECT
    words = _correction(change, to) if correcting else _withdrawal(change)
    what = "đính chính" if correcting else "thu hồi"
    waiting = left_unsigned(publication)
    left = next((one.document for one in waiting if one.document.kind == KINDS[change.kind]), None)
    others = [one for one in waiting if one.document != left]
    papers.give_up(
        others, by=actor, at=at, reason=_("Đề nghị đính chính, thu hồi sau đó là văn bản loại khác.")
    )
    return papers.prepare(
        case=case,
        kind=KINDS[change.kind],
        subject_line=f"{what} {_named(publication)}",
        context={**words, "recipients": goes_to.lines},
        addressees=goes_to.organizations,
        actor=actor,
        at=at,
        subject=change,
        continues=left,
    )


def left_unsigned(publication: Publication) -> list[CaseDocument]:
    """Return the papers about a publication that were returned with a number, the newest first."""
    found = CaseDocument.objects.filter(
        change__publication=publication, document__state=Document.State.RETURNED
    )
    return list(found.select_related("document").order_by("-pk"))


def recipients(publication: Publication) -> list[Organization]:
    """Return everybody to whom the published paper itself was sent."""
    return list(
        Organization.objects.filter(received_papers__document__code=publication.code)
        .distinct()
        .order_by("pk")
    )


def _named(publication: Publication) -> str:
    return f"{publication.kind_name_vi.lower()} số {publication.number_text}"


def _cited(publication: Publication) -> str:
    """Return a published paper as another cites it: kind, number, day, issuer, title."""
    issuer = publication.facts.get("issuer") or publication.organization_name
    day = long_date(publication.issued_on)
    return f"{_named(publication)} {day} của {issuer} ({publication.title})"


def _body(case: Case) -> str:
    return case.lead.deciding_body or case.lead.name


def _correction(change: ChangeRequest, to: list[Organization]) -> dict[str, Any]:
    rows = change.publication.entries.filter(what=Entry.What.CORRECT).order_by("id")
    text = corrections.composed(change.publication, rows)
    letters = [row.data.get("number", "") for row in rows]
    lines = [
        f"{number}. {one['place']}: {_said_where(text, letters, one)} “{one['was']}”, "
        f"nay sửa thành “{one['now']}”."
        for number, one in enumerate(change.changes, start=1)
    ]
    body = _body(change.case)
    return {
        "to": [one.name for one in to] or ["Các cơ quan, tổ chức, cá nhân có liên quan"],
        "body": "\n".join(
            [f"{body} đính chính {_cited(change.publication)} như sau:", *lines, f"Lý do: {change.reason}"]
        ),
        "closing": f"Các nội dung khác của văn bản giữ nguyên. {body} thông báo để các nơi nhận biết, "
        "sử dụng đúng nội dung đã đính chính",
    }


def _said_where(text: Composed, letters: Sequence[str], change: dict[str, str]) -> str:
    """Return what said a passage: the published paper, or the corrections whose words it quotes."""
    found = text.find(len(letters), change["place"], change["was"])
    if found.fit is None:
        return "đã ghi"
    said = [letters[number] for number in found.fit.stretch.said_by(change["was"])]
    return f"{'các ' if len(said) > 1 else ''}văn bản đính chính số {', '.join(said)} đã ghi"


def _withdrawal(change: ChangeRequest) -> dict[str, Any]:
    articles = [f"Thu hồi {_cited(change.publication)}.\nLý do: {change.reason}"]
    if change.replaced_by:
        articles.append(f"Văn bản nêu tại Điều 1 được thay bằng {_cited(change.replaced_by)}.")
    articles.append(
        "Quyết định có hiệu lực từ ngày ký. Nơi đã nhận văn bản nêu tại Điều 1 không sử dụng, "
        "không viện dẫn văn bản ấy"
    )
    return {"articles": articles}
