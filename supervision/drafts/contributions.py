"""What people send about a draft: taken in with a receipt, folded with its equals, answered for in public."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import BigIntegerField, Case, Count, Min, QuerySet, When
from django.utils.translation import gettext_lazy as _

from supervision.drafts.calls import is_open
from supervision.drafts.grouping import fingerprint
from supervision.drafts.models import Call, Contribution, Remark
from supervision.drafts.services import next_number, put_in_place, require_unanswered
from supervision.drafts.texts import provisions_of, text_of
from supervision.errors import DomainError, InvalidInput, WrongState
from supervision.files.models import Attachment
from supervision.language.codes import new_public_id
from supervision.language.dates import vietnam_day
from supervision.organizations.models import Mandate

_CHUNK = 500  # rows in one statement
#: What two sendings of one form have in common.
_SAME = ("call_id", "node", "text", "wording", "reason", "author", "author_name", "by_id")
Channel, State, Refusal = Contribution.Channel, Contribution.State, Contribution.Refusal


class TooMany(DomainError):
    """More came from one place in an hour than people write (web answers 429)."""


@dataclass(frozen=True)
class Said:
    """What somebody says of a provision, as they typed it."""

    node: str
    text: str
    wording: str = ""
    reason: str = ""
    author: str = Remark.Author.PEOPLE
    author_name: str = ""


def contribute(
    call: Call,
    said: Said,
    *,
    key: str,
    channel: str,
    by: Mandate | None,
    files: Sequence[Attachment] = (),
    source: str = "",
    at: dt.datetime,
) -> Contribution:
    """Keep a contribution and return it with its receipt; the same again under one `key` is the one kept.

    `source` says whence an anonymous one comes (`source_of`). Raises WrongState when the call is over,
    InvalidInput ("node") for a provision that the text does not have.
    """
    require_open(call, at=at)
    provision = provision_of(call, said.node)
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
        source=source,
    )
    try:
        _insert(row, files)
    except IntegrityError:
        kept = Contribution.objects.filter(key=row.key).first()
        if kept is None:
            raise
        if all(getattr(kept, name) == getattr(row, name) for name in _SAME):
            return kept
        # Other words under a key that is taken: nobody is given the receipt of what another said.
        row.key = _key(channel, new_public_id())
        _insert(row, files)
    return row


def _key(channel: str, key: str) -> str:
    """Return the key of a form as it is kept: apart from those of other channels, whatever was posted."""
    return f"{channel}:{key}"[:64]


def _insert(row: Contribution, files: Sequence[Attachment]) -> None:
    with transaction.atomic():
        row.save(force_insert=True)
        if files:
            row.files.set(files)


def require_open(call: Call, *, at: dt.datetime) -> None:
    """Raise WrongState once the call is over."""
    if not is_open(call, vietnam_day(at)):
        raise WrongState(_("Đợt lấy ý kiến này đã kết thúc."))


def provision_of(call: Call, node: str) -> str:
    """Return what paper calls a provision of the call's text, "" for the whole draft.

    Raises InvalidInput ("node") for one that the text does not have.
    """
    if not node:
        return ""
    found = provisions_of(call.version).get(node)
    if found is None:
        raise InvalidInput({"node": [_("Dự thảo không có điều, khoản này.")]})
    return found.on_paper


def source_of(address: str, on: dt.date) -> str:
    """Return a mark that one network address gives for a day; it tells nobody the address."""
    secret = f"{settings.SECRET_KEY}:contributions:{on.isoformat()}".encode()
    return hmac.new(secret, address.encode(), hashlib.sha256).hexdigest()[:32]


def require_patience(source: str, *, at: dt.datetime) -> None:
    """Raise TooMany when more than the allowed number came from one place within an hour."""
    recent = Contribution.objects.filter(source=source, at__gt=at - dt.timedelta(hours=1)).order_by("-at")
    most = settings.CONTRIBUTIONS_AN_HOUR
    if source and recent[most - 1 : most].exists():
        raise TooMany(_("Từ nơi này đã gửi quá nhiều góp ý trong một giờ. Hãy chờ rồi gửi lại."))


def forget_sources(*, before: dt.datetime) -> int:
    """Drop the marks of where contributions came from that are older than `before`; returns how many."""
    return Contribution.objects.filter(at__lt=before).exclude(source="").update(source="")


# -- moderation --------------------------------------------------------------------------------


def folded(rows: QuerySet[Contribution]) -> QuerySet[Any, Any]:
    """Return contributions with equal ones folded: first one, how many, of which provision, since when."""
    return (
        rows.values("node", "provision", "fingerprint")
        .annotate(first=Min("pk"), count=Count("pk"), since=Min("at"))
        .order_by("since", "first")
    )


def equals_of(call: Call, first: Iterable[int]) -> QuerySet[Contribution]:
    """Return all waiting contributions to the call that say what one of `first` (primary keys) says."""
    waiting = call.contributions.filter(state=State.WAITING)
    wanted = set(waiting.filter(pk__in=first).values_list("node", "fingerprint"))
    prints = {one for _node, one in wanted}
    rows = waiting.filter(fingerprint__in=prints).values_list("pk", "node", "fingerprint")
    return waiting.filter(pk__in=[pk for pk, node, mark in rows if (node, mark) in wanted])


def take(call: Call, first: Sequence[int], *, by: Mandate, at: dt.datetime) -> list[Remark]:
    """Put contributions into the table of remarks, equal ones as one remark; returns the remarks.

    `first` are primary keys of waiting contributions; their equals go with them. One that says what a
    remark of the table says already joins it. Raises WrongState once an answer refers to the table.
    """
    require_unanswered(call.draft)
    rows = list(equals_of(call, first).order_by("at", "pk"))
    known = _remarks_by_content(call, {row.fingerprint for row in rows})
    new = [row for row in rows if (row.node, row.fingerprint) not in known]
    known |= _new_remarks(call, new, by=by, at=at)
    remarks = {row.pk: known[row.node, row.fingerprint] for row in rows}
    for start in range(0, len(rows), _CHUNK):
        chunk = [row.pk for row in rows[start : start + _CHUNK]]
        # Four times as fast as bulk_update, which would choose each of these columns row by row.
        theirs = Case(*(When(pk=pk, then=remarks[pk].pk) for pk in chunk), output_field=BigIntegerField())
        Contribution.objects.filter(pk__in=chunk).update(
            state=State.TAKEN, remark=theirs, moderated_by=by, moderated_at=at
        )
    return list({remark.pk: remark for remark in remarks.values()}.values())


def _new_remarks(
    call: Call, rows: Iterable[Contribution], *, by: Mandate, at: dt.datetime
) -> dict[tuple[str, str], Remark]:
    """Write a remark for each content among `rows`, in the words of the first that has it."""
    first: dict[tuple[str, str], Contribution] = {}
    for row in rows:
        first.setdefault((row.node, row.fingerprint), row)
    remarks = [
        Remark(
            draft=call.draft,
            version=call.version,
            number=number,
            provision=row.provision,
            node=row.node,
            text=row.text,
            wording=row.wording,
            reason=row.reason,
            author=row.author,
            author_name=row.whose,
            by_id=row.by_id or by.pk,
            at=at,
        )
        for number, row in enumerate(first.values(), start=next_number(call.draft))
    ]
    put_in_place(remarks, text_of(call.version))
    Remark.objects.bulk_create(remarks, batch_size=_CHUNK)
    return dict(zip(first, remarks, strict=True))


def refuse(call: Call, first: Sequence[int], *, refusal: str, note: str, by: Mandate, at: dt.datetime) -> int:
    """Keep contributions and their equals out of the table, for a reason that their receipts tell."""
    rows = equals_of(call, first)
    return rows.update(state=State.REFUSED, refusal=refusal, note=note, moderated_by=by, moderated_at=at)


def _remarks_by_content(call: Call, prints: Iterable[str]) -> dict[tuple[str, str], Remark]:
    taken = Contribution.objects.filter(
        call__draft=call.draft, call__version=call.version_id, state=State.TAKEN, fingerprint__in=prints
    )
    return {(row.node, row.fingerprint): row.remark for row in taken.select_related("remark") if row.remark}
