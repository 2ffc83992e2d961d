"""What is attached to mails that are taken in: each file is looked at, so their number is bounded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from supervision.drafts.taking.imports.limits import MAX_FILES
from supervision.errors import InvalidInput
from supervision.files.models import Attachment
from supervision.files.services import store
from supervision.organizations.models import Mandate

if TYPE_CHECKING:
    from supervision.drafts.taking.intake import Good

_MORE = _("Một lần chỉ nhận %(most)s tệp kèm theo; hãy tách các thư còn lại ra rồi gửi riêng.")


def keep_attachments(
    rows: Iterable[Good], *, by: Mandate, at: dt.datetime
) -> tuple[dict[str, list[Attachment]], list[dict[str, Any]]]:
    """Store what is attached to mails; return it by content, and what was left out with the reason.

    Each file is inspected in a child process, so this is done before anything is locked. Of more than
    MAX_FILES the rest is left out, unread, with one line for each mail.
    """
    kept: dict[str, list[Attachment]] = {}
    left_out: list[dict[str, Any]] = []
    room = MAX_FILES
    for row in rows:
        taken = row.attachments[:room]
        room -= len(taken)
        for name, data in taken:
            try:
                one = store(ContentFile(data, name=name), by=by, at=at, is_private=True)
            except InvalidInput as error:
                left_out.append({"number": row.number, "name": name, "why": str(error.message)})
            else:
                kept.setdefault(row.content, []).append(one)
        if more := len(row.attachments) - len(taken):
            name, why = _("%(n)s tệp") % {"n": more}, _MORE % {"most": MAX_FILES}
            left_out.append({"number": row.number, "name": str(name), "why": str(why)})
    return kept, left_out
