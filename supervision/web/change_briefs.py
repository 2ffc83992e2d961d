"""Corrections and withdrawals inside: as the public would read them, and what was asked before."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import ChangeRequest
from supervision.publication.corrections import Correction, Passage, told
from supervision.publication.models import Entry, Publication
from supervision.web.blocks import Block, file_rows
from supervision.web.templatetags.gs import here, in_language, moment, vi


def as_read(publication: Publication, kind: str, read: dict[str, Any], *, at: dt.datetime) -> dict[str, Any]:
    """Return what the public page's own templates draw, of an entry that does not exist yet."""
    if kind == ChangeRequest.Kind.CORRECT:
        passages = [Passage(**one) for one in read["changes"]]
        return {"kind": kind, "correction": Correction(at, read["reason"], "", passages)}
    entry = SimpleNamespace(at=at, reason=read["reason"], replaced_by=read["replaced_by"])
    return {"kind": kind, "entry": entry, "publication": publication}


FORMS: dict[str, str] = {ChangeRequest.Kind.CORRECT: "dinh-chinh", ChangeRequest.Kind.WITHDRAW: "thu-hoi"}


def change_blocks(change: ChangeRequest, *, is_back: bool = False) -> list[Block]:
    """Return who asks for what and why, with which files, and what the public would read once signed.

    Of a request that `is_back`, first why, and the way to the form in which it is mended.
    """
    said = {"reason": change.reason, "changes": change.changes, "replaced_by": change.replaced_by}
    meta = format_html("{}, {}", vi(change.by.user.display_name), moment(change.at))
    links = [
        (here(change.publication.address), _("Trang công khai đang có")),
        (here(f"/cong-bo/{change.publication.public_id}/"), _("Các lần đề nghị về văn bản này")),
    ]
    block = Block(
        _("Đề nghị"),
        change.reason,
        meta,
        file_rows(change.files),
        said=capfirst(in_language(change.called)),
        links=links,
        read=as_read(change.publication, change.kind, said, at=timezone.now()),
    )
    return [_why_back(change), block] if is_back else [block]


def _why_back(change: ChangeRequest) -> Block:
    assert change.decided_by is not None
    form = here(f"/cong-bo/{change.publication.public_id}/{FORMS[change.kind]}/")
    return Block(
        _("Đề nghị bị trả lại, cần sửa"),
        change.decision_reason,
        format_html("{}, {}", vi(change.decided_by.user.display_name), moment(change.decided_at)),
        kind="return",
        links=[(form, _("Sửa và trình ký lại"))],
    )


def changes_of(case: Any) -> QuerySet[Entry]:
    """Return the entries that correct or withdraw what a case has published; `case` may be an expression."""
    what = [Entry.What.CORRECT, Entry.What.WITHDRAW]
    return Entry.objects.filter(publication__conclusions__case=case, what__in=what)


def public_changes(case: Case) -> dict[str, Any] | None:
    """Return what was corrected or withdrawn of the outcome that a case has published, or None.

    Whoever does a step of the case reads it there: the words they act on are not those of the paper any more.
    """
    page = selectors.publication_of(case)
    if page is None:
        return None
    found = page.entries.filter(what__in=[Entry.What.CORRECT, Entry.What.WITHDRAW])
    entries = list(found.select_related("replaced_by__search_row").order_by("id"))
    if not entries:
        return None
    gone = next((entry for entry in entries if entry.what == Entry.What.WITHDRAW), None)
    return {"publication": page, "withdrawal": gone, "corrections": [] if gone else told(page, entries)}


def history(publication: Publication, *, given_up: dict[int, str]) -> list[dict[str, Any]]:
    """Return everything that was asked about a publication, the newest first, with what was decided.

    `given_up` says why requests that came back are made no more.
    """
    rows = publication.change_requests.select_related("by__user", "decided_by__user", "entry", "replaced_by")
    return [
        {
            "row": row,
            "number": row.entry.data.get("number", "") if row.entry else "",
            "files": file_rows(row.files),
            "given_up": given_up.get(row.pk, ""),
        }
        for row in rows.order_by("-pk")[:50]
    ]
