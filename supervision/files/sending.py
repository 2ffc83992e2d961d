"""A form carries a key: sent twice it is one act, sent again with other content it says that it did nothing.

The row that a form made keeps the key and the mark of what was sent under it (`key`, `content`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit.canonical import canonical
from supervision.errors import AlreadySent
from supervision.files.models import Attachment
from supervision.organizations.models import Mandate

OTHER = _(
    "Mẫu này đã được gửi lúc %(time)s với nội dung khác; nội dung vừa gõ còn ở dưới, chưa được ghi. "
    "Gửi lại nếu vẫn muốn ghi thêm."
)
ELSEWHERE = _(
    "Mẫu này đã được gửi cho một việc khác; nội dung vừa gõ còn ở dưới, chưa được ghi. "
    "Gửi lại nếu vẫn muốn ghi."
)


class Kept(Protocol):
    """A row that a form made."""

    content: Any  # of a row from before marks were kept ""


K = TypeVar("K", bound=Kept)


@dataclass(frozen=True)
class Sending:
    """One sending of a form: its key, and the mark of what it says."""

    key: str
    content: str

    @classmethod
    def of(cls, key: str, *, by: Mandate, act: str, about: str = "", typed: dict[str, Any]) -> Sending:
        """Mark what `by` sent under a key: which `act`, on what (a public id), and what was `typed`."""
        said = {"by": by.pk, "act": act, "about": about, "typed": plain(typed)}
        return cls(key, mark(key, said))

    def answer(self, row: K, *, is_own: bool, at: dt.datetime) -> K:
        """Return what the form made `at` a moment before, as the answer to the same sent again.

        `is_own` says that it is the same person's, about the same. Raises AlreadySent for anything else.
        """
        if not is_own:
            raise AlreadySent(ELSEWHERE)
        if row.content not in ("", self.content):
            raise AlreadySent(OTHER % {"time": time_of(at)})
        return row


def time_of(at: dt.datetime) -> str:
    """Return a moment as the sentences about a form say it: 14:05 05/03/2026."""
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}"


def mark(key: str, said: dict[str, Any]) -> str:
    """Return the mark of what was said; without the secret key of the site nobody can try words on it."""
    return hmac.new(
        settings.SECRET_KEY.encode(), f"{key}\n{canonical(said)}".encode(), hashlib.sha256
    ).hexdigest()


def plain(value: Any) -> Any:
    """Return what was typed as JSON that is the same whenever the same was: nothing empty, files by bytes."""
    if isinstance(value, Attachment):  # uploaded twice it is two rows
        return [value.name, value.blob.sha256]
    if isinstance(value, dict):
        kept = {str(name): plain(one) for name, one in value.items()}
        return {name: one for name, one in kept.items() if one not in ("", None, False, [], {})}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return getattr(value, "public_id", value)
