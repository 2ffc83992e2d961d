"""How a publication stands that an answer about a file names: withdrawn, corrected, in force, or unknown.

Whoever holds a copy, a part or a changed file of a paper is told the same of the paper as whoever holds the
original, and to use it only where the log proves that it stands.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from supervision.documents.verdicts import WHY_UNCONFIRMED
from supervision.language import dates
from supervision.law.text import T
from supervision.publication.log.answers import Assurance, Logged, logged
from supervision.publication.models import Entry, Publication

WITHDRAWN = T(
    "Nơi ban hành đã thu hồi văn bản này {day}{by}. Đừng dùng văn bản này, kể cả bản gốc.",
    "Its issuer withdrew this document on {day}{by}. Do not use it, not even the original.",
)
CORRECTED = T(
    "Nơi ban hành đã đính chính văn bản này {day}{by}. Chỗ đính chính ghi trên trang văn bản.",
    "Its issuer corrected this document on {day}{by}. What was corrected stands on its page.",
)
_BY = {
    Entry.What.WITHDRAW: T(" theo Quyết định số {number}", " by Decision {number}"),
    Entry.What.CORRECT: T(" theo Công văn số {number}", " by Letter {number}"),
}
IN_FORCE = T(
    "Đến nay cổng không ghi nhận văn bản bị thu hồi hay thay thế. Hãy dùng bản công bố trên cổng.",
    "So far the portal has no record of the document's being withdrawn or replaced. Use the copy that is "
    "published on this portal.",
)
NOT_YET_SIGNED = T(
    "Nhật ký công bố chưa ký mục về văn bản này, nên cổng chưa xác nhận được bản công bố. Hãy xem lại sau ít "
    "phút.",
    "The publication log has not signed the entry of this document yet, so that the published copy cannot be "
    "confirmed now. Look again in some minutes.",
)
#: The same doubt as of any paper, of one that is known to have been corrected.
STALE_SINCE = T(
    "Nhật ký công bố đã hơn 24 giờ chưa được ký, nên cổng chưa nói được từ đó văn bản có bị đính chính thêm, "
    "thu hồi hay thay thế không. Hãy hỏi nơi đã ký.",
    "The publication log has not been signed for more than 24 hours, so this portal cannot say whether the "
    "document was corrected again, withdrawn or replaced since. Ask whoever signed it.",
)
#: Added to the heading of an answer about a file that is not the original.
ALSO_WITHDRAWN = T("; văn bản ấy đã thu hồi", "; the document was withdrawn")


@dataclass(frozen=True)
class PublishedState:
    """What the portal's record and its log say at one moment.

    `entry` is the withdrawal, or else the newest correction; `logged` where the file stands in the log.
    """

    entry: Entry | None
    logged: Logged | None
    said: Assurance

    @property
    def is_gone(self) -> bool:
        """Whether it was withdrawn or replaced, which holds however little the log proves."""
        entry = self.entry
        return entry is not None and (entry.what == Entry.What.WITHDRAW or entry.replaced_by_id is not None)

    @property
    def may_be_used(self) -> bool:
        """Whether anybody may be sent to the published copy.

        Only by the signed log: while its entry waits, the copy stands by signatures that were not looked at.
        """
        return not self.is_gone and self.said == Assurance.PROVED

    @property
    def change(self) -> T | None:
        """Return what was done to the paper since it was published, and when; None for nothing."""
        if self.entry is None:
            return None
        words = WITHDRAWN if self.is_gone else CORRECTED
        number = self.entry.data.get("number", "")
        by = _BY[Entry.What(self.entry.what)] if number else T("", "")
        day = dates.vietnam_day(self.entry.at)
        return T(
            words.vi.format(day=dates.long_date(day), by=by.vi.format(number=number)),
            words.en.format(day=dates.long_date_en(day), by=by.en.format(number=number)),
        )

    @property
    def told(self) -> T:
        """Return all that whoever holds something else than the original is told of the paper."""
        if self.is_gone and self.change:
            return self.change
        if self.change is None:
            return self._doubt or IN_FORCE
        rest = STALE_SINCE if self.said == Assurance.STALE else self._doubt or IN_FORCE
        return T(f"{self.change.vi} {rest.vi}", f"{self.change.en} {rest.en}")

    @property
    def _doubt(self) -> T | None:
        """Return why nobody may be sent to the published copy; None where that may be done."""
        if self.said in (Assurance.STALE, Assurance.UNPROVED):
            return WHY_UNCONFIRMED[self.said]
        return None if self.may_be_used else NOT_YET_SIGNED


def state_of(publication: Publication, *, at: dt.datetime, sha256: str = "") -> PublishedState:
    """Return how `publication` stands at `at`, by the log that holds its file `sha256` ("": the first)."""
    changed = publication.entries.filter(what__in=(Entry.What.WITHDRAW, Entry.What.CORRECT))
    entries = list(changed.select_related("replaced_by").order_by("-id"))
    gone = [entry for entry in entries if entry.what == Entry.What.WITHDRAW or entry.replaced_by_id]
    where = logged(publication, sha256)
    return PublishedState(
        entry=next(iter(gone or entries), None),
        logged=where,
        said=where.assurance(at) if where else Assurance.UNPROVED,
    )
