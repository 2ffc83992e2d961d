"""The table of a criticism as a file: what stands above it, and asking for it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils.text import Truncator

from supervision.audit import services as audit
from supervision.cases import selectors
from supervision.cases.models import Criticism
from supervision.cases.services.calls import require_unsent
from supervision.documents.letterhead import default_issuer_full
from supervision.documents.models import Document
from supervision.drafts import services as drafts
from supervision.drafts.models import Remark, TableExport
from supervision.drafts.table import exports
from supervision.language.dates import short_date, vietnam_day
from supervision.language.folding import lower_first, slug
from supervision.organizations.actors import Actor
from supervision.publication import corrections
from supervision.publication.models import Entry

#: So many lines of corrections go with a table, of so many characters a passage.
NOTES, NOTED = 30, 300


def ask(*, actor: Actor, criticism: Criticism, kind: TableExport.Kind, at: dt.datetime) -> TableExport:
    """Have the table made as a file; see `drafts.exports.ask`."""
    return exports.ask(criticism.draft, kind, heading=_heading(criticism), by=actor.mandate, at=at)


def said_since(criticism: Criticism) -> list[str]:
    """Return what corrects or withdraws the published document, line by line in Vietnamese, the newest first.

    The table shows the words as signed; whoever takes it away reads with it what they are not any more.
    """
    page = selectors.publication_of(criticism.case)
    if page is None:
        return []
    gone = page.entries.filter(what=Entry.What.WITHDRAW).first()
    if gone:
        return [f"Văn bản phản biện đã thu hồi ngày {short_date(vietnam_day(gone.at))}: {gone.reason}"]
    lines = []
    for one in corrections.in_force(page):
        paper = f"Đã đính chính ngày {short_date(vietnam_day(one.at))}, văn bản số {one.number}"
        for passage in one.passages:
            was, now = passage.was, passage.reads or passage.now
            said = f"“{Truncator(was).chars(NOTED)}” nay đọc là “{Truncator(now).chars(NOTED)}”"
            lines.append(f"{paper}. {passage.place}: {said}.")
    return lines[:NOTES]


def mend_remark(
    *, actor: Actor, criticism: Criticism, remark: Remark, data: dict[str, Any], at: dt.datetime
) -> None:
    """Put right a remark that was typed, or take it out ("decision" is "drop"), before the table is an annex.

    Raises WrongState once the document was drafted, and as `drafts.services.mend_remark` does.
    """
    require_unsent(criticism)
    drops, was = data["decision"] == "drop", remark.text
    if drops:
        drafts.drop_remark(remark)
    else:
        drafts.mend_remark(remark, data, by=actor.mandate, at=at)
    audit.record(
        action="remark.dropped" if drops else "remark.mended",
        actor=actor,
        obj=criticism,
        thread=criticism.case,
        at=at,
        data={"number": remark.code, "text": was},
    )


def is_sample(criticism: Criticism) -> bool:
    """Whether all that leaves must say that it is sample data."""
    return bool(settings.DEMO or criticism.case.lead.is_sample)


def file_name(criticism: Criticism, kind: str) -> str:
    """Return the name of the table as a download: "bang-y-kien-gs-24-0007.xlsx"."""
    mark = "-du-lieu-mau" if is_sample(criticism) else ""
    return f"bang-y-kien-{slug(criticism.case.code)}{mark}.{kind}"


def _heading(criticism: Criticism) -> dict[str, Any]:
    case, draft = criticism.case, lower_first(criticism.draft.title)
    signed = Document.objects.filter(
        case_link__case=case, kind="criticism_document", state=Document.State.SIGNED
    )
    paper = signed.order_by("-pk").first()
    return {
        "title": f"Bảng tổng hợp, tiếp thu, giải trình ý kiến phản biện xã hội đối với {draft}",
        "code": case.code,
        "draft": draft,
        "issuer": default_issuer_full(case.lead),
        "number_text": paper.number_text if paper else "",
        "issued_on": paper.issued_on.isoformat() if paper and paper.issued_on else "",
        "is_sample": is_sample(criticism),
        "notes": said_since(criticism),
    }
