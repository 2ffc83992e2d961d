"""The head of the audit chain in the publication log: what was recorded by then can no longer be unsaid."""

from __future__ import annotations

import datetime as dt
import json

from django.utils.translation import gettext_lazy as _

from supervision.audit import chain
from supervision.audit.models import Link
from supervision.errors import DomainError
from supervision.publication.log import keeping
from supervision.publication.log.models import Leaf

EVERY = dt.timedelta(minutes=10)
KIND = "audit"


class ChainBehind(DomainError):
    """The chain does not go on from the head that was logged last: a restore, or a forgery."""


def log_head(*, at: dt.datetime) -> Leaf | None:
    """Log the chain's head where it has grown since the last, ten minutes after that; None otherwise.

    Raises ChainBehind.
    """
    last = Leaf.objects.filter(kind=KIND).order_by("-index").first()
    newest = chain.head()
    if last and at - last.at < EVERY:
        return None
    number = _refuse_what_went_back(last) if last else 0
    if newest is None or newest.number == number:
        return None
    return keeping.append_head(KIND, {"number": newest.number, "hash": newest.hash}, at=at)


def anchors() -> dict[int, str]:
    """Return all heads that were logged: the hash of the chain by the number of its link."""
    return {said["number"]: said["hash"] for said in keeping.said_in(KIND)}


def _refuse_what_went_back(last: Leaf) -> int:
    """Return how far the chain was logged, once its link there is seen to be the one that was logged."""
    said = json.loads(last.body)
    number: int = said["number"]
    if not Link.objects.filter(number=number, hash=said["hash"]).exists():
        raise ChainBehind(
            _("Nhật ký hoạt động không nối tiếp bản đã ghi vào nhật ký công bố. Có thể vừa khôi phục bản cũ.")
        )
    return number
