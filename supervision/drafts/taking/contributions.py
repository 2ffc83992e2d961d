"""What people send about a draft: taken in with a receipt, however many send at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from supervision.drafts.models import Call, Contribution, Remark
from supervision.drafts.taking.calls import is_open
from supervision.drafts.texts import provisions_of
from supervision.errors import InvalidInput, WrongState
from supervision.files.models import Attachment
from supervision.files.sending import mark, plain
from supervision.language.dates import vietnam_day
from supervision.language.folding import one_line
from supervision.legaltext.grouping import fingerprint
from supervision.organizations.models import Mandate

#: What two sendings of one form have in common, beside their files.
_SAME = ("call_id", "node", "text", "wording", "reason", "author", "author_name", "by_id")

_CHANGED = _(
    "Điều, khoản này vừa được sửa trong lúc bạn viết. Bạn đọc lời mới trên trang này rồi gửi lại, "
    "hoặc mở dự thảo chọn điều, khoản khác."
)
_GONE = _(
    "Dự thảo vừa được sửa, không còn điều, khoản này. "
    "Bạn gửi lại ý kiến này cho toàn văn, hoặc mở dự thảo chọn điều, khoản khác."
)


@dataclass(frozen=True)
class Said:
    """What somebody says of a provision, as they typed it; `seen` marks its words as they read them.

    A name is one line, wherever it came from: the table sets one name below the other.
    """

    node: str
    text: str
    wording: str = ""
    reason: str = ""
    author: str = Remark.Author.PEOPLE
    author_name: str = ""
    seen: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "author_name", one_line(self.author_name))


def contribute(
    call: Call,
    said: Said,
    *,
    key: str,
    channel: str,
    by: Mandate | None,
    files: Sequence[Attachment] = (),
    at: dt.datetime,
) -> Contribution:
    """Keep a contribution and return it with its receipt; the same again under one `key` is the one kept.

    Other words under it are kept apart. Raises WrongState when the call is over, InvalidInput as
    `provision_of` does.
    """
    require_open(call, at=at)
    provision = provision_of(call, said.node, said.seen)
    row = Contribution(
        key=_key(channel, key),
        call=call,
        node=said.node,
        provision=provision,
        text=said.text,
        wording=said.wording,
        reason=said.reason,
        author=said.author,
        author_name=said.author_name,
        channel=channel,
        by=by,
        at=at,
        fingerprint=fingerprint(f"{said.text}\n{said.wording}"),
    )
    try:
        return _insert(row, files)
    except IntegrityError:
        kept = Contribution.objects.filter(key=row.key).first()
        if kept is None:
            raise
    content = _content(row, files)
    if _content(kept, kept.files.select_related("blob")) == content:
        return kept
    row.key = _key(channel, mark(key, {"said": content}))
    return _other_words(row, files)


def _other_words(row: Contribution, files: Sequence[Attachment]) -> Contribution:
    """Keep other words under a key that was taken: nobody is given the receipt of what another said.

    Their key is made of them, the same when they are sent twice.
    """
    try:
        return _insert(row, files)
    except IntegrityError:
        return Contribution.objects.get(key=row.key)


def _content(row: Contribution, files: Iterable[Attachment]) -> list[Any]:
    """Return what two sendings of one form have in common, files by their bytes."""
    return [*(getattr(row, name) for name in _SAME), sorted(plain(list(files)))]


def _key(channel: str, key: str) -> str:
    """Return the key of a form as it is kept: apart from those of other channels, whatever was posted."""
    return f"{channel}:{key}"[:64]


def _insert(row: Contribution, files: Sequence[Attachment]) -> Contribution:
    with transaction.atomic():
        row.save(force_insert=True)
        if files:
            row.files.set(files)
    return row


def require_open(call: Call, *, at: dt.datetime) -> None:
    """Raise WrongState once the call is over."""
    if not is_open(call, vietnam_day(at)):
        raise WrongState(_("Đợt lấy ý kiến này đã kết thúc."))


def provision_of(call: Call, node: str, seen: str = "") -> str:
    """Return what paper calls a provision of the call's text, "" for the whole draft.

    Raises InvalidInput ("node") for one that the text does not have, ("changed") where its words are no
    longer those marked `seen` ("" for whoever read none): under its id may stand another clause by now.
    """
    if not node:
        return ""
    found = provisions_of(call.version).get(node)
    if found is None:
        raise InvalidInput({"node": [_GONE]})
    if seen not in ("", found.mark):
        raise InvalidInput({"changed": [_CHANGED]})
    return found.on_paper
