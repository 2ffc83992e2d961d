"""Take one from a sender's share, or be told when there is one again.

`take` is all that most callers need. What counts only when it fails (a wrong password) is taken before it is
tried, so that many at once do not all find room, and given back when it went well.

The count slides: a window's count goes into the next one with the part of it that is not yet a window ago,
so nobody gets twice the share around the turn of an hour. Counts in the database (`lasting`) hold for all
processes and over a restart; those in the cache cost no writing and hold for one process. No lock outlives
the counting: call outside of a transaction.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import math
import threading
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import caches
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.errors import TooMany
from supervision.limits.models import Counter

#: Marks of senders: few enough that the table is bounded whatever number of addresses somebody has, so many
#: that of a thousand senders at a time one in a thousand shares a mark with another.
_MARKS = 2**20
_NOBODY = _MARKS  # counts that are nobody's share
_MESSAGE = _("Từ nơi này đã gửi quá nhiều lần trong một lúc. Hãy chờ rồi gửi lại.")


@dataclass(frozen=True)
class Limit:
    """At most `most` in any `seconds`."""

    most: int
    seconds: int

    @classmethod
    def of(cls, kind: str) -> Limit:
        """Return the limit of a kind, as settings.LIMITS writes it: "60/3600"; ValueError for nonsense."""
        most, _slash, seconds = settings.LIMITS[kind].partition("/")
        limit = cls(int(most), int(seconds))
        if limit.most < 1 or limit.seconds < 1:
            raise ValueError(f"{kind}: a limit of at least one in at least a second")
        return limit


@dataclass(frozen=True)
class _Share:
    """What one sender has used, at one moment: `now` in this window, `before` in the one before it."""

    kind: str
    mark: int
    limit: Limit
    window: int
    gone: float  # seconds of this window that have passed
    now: int
    before: int

    @property
    def room(self) -> int:
        """How high this window's count may be at most, by what the last one has used up."""
        return self.limit.most - math.ceil(self.before * (1 - self.gone / self.limit.seconds))

    @property
    def wait(self) -> int:
        """Seconds until there is room for one more."""
        most, seconds = self.limit.most, self.limit.seconds
        if self.now >= most:  # not in this window any more
            return math.ceil(seconds - self.gone + seconds / most)
        needed = seconds * (1 - (most - self.now - 1) / max(self.before, 1))
        return max(1, math.ceil(needed - self.gone))


def take(kind: str, key: str, *, at: dt.datetime, lasting: bool = True) -> None:
    """Count one of `kind` for the sender `key`; raises TooMany, counting nothing, when its share is used up.

    `kind` is a key of settings.LIMITS; `key` names the sender (an address, an account), kept as a mark alone.
    """
    share = _share(kind, key, at, lasting)
    count = _count if lasting else _count_in_cache
    if share.now >= share.room or not count(share, at):
        raise TooMany(_MESSAGE, seconds=share.wait)


def give_back(kind: str, key: str, *, at: dt.datetime) -> None:
    """Take one less than `take` did at the same moment `at`, in the database: what was tried went well."""
    share = _share(kind, key, at, lasting=True)
    row = Counter.objects.filter(kind=kind, source=share.mark, window=share.window, count__gt=0)
    row.update(count=F("count") - 1)


def sweep(*, at: dt.datetime) -> int:
    """Delete the counters that count for nothing any more; returns how many."""
    return Counter.objects.filter(over_at__lt=at).delete()[0]


class _Tallies:
    """Counts of this process that are not in the database yet: written once a minute, not with each."""

    EVERY = dt.timedelta(minutes=1)

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[tuple[str, int], int] = {}
        self._written_at: dt.datetime | None = None

    def add(self, kind: str, at: dt.datetime) -> None:
        with self._lock:
            key = (kind, _day(at))
            self._waiting[key] = self._waiting.get(key, 0) + 1
            self._written_at = self._written_at or at
            if at - self._written_at < self.EVERY:
                return
            self._written_at = at
            waiting, self._waiting = self._waiting, {}
        self._write(waiting, at)

    def write(self, at: dt.datetime, *, whatever: bool) -> None:
        """Write what waits for longer than a minute, or `whatever` waits."""
        with self._lock:
            if not self._waiting or not (whatever or at - (self._written_at or at) >= self.EVERY):
                return
            self._written_at = at
            waiting, self._waiting = self._waiting, {}
        self._write(waiting, at)

    def _write(self, waiting: dict[tuple[str, int], int], at: dt.datetime) -> None:
        with suppress(Exception):  # whatever is wrong with the database, the answer is given
            for (name, day), count in waiting.items():
                _write_tally(name, day, count, at)

    def of(self, day: int) -> dict[str, int]:
        with self._lock:
            return {kind: count for (kind, which), count in self._waiting.items() if which == day}


_TALLIES = _Tallies()
_KEPT = dt.timedelta(days=8)


def tally(kind: str, *, at: dt.datetime) -> None:
    """Count one of `kind` (at most 24 characters) on that day in Vietnam, without any limit."""
    _TALLIES.add(kind, at)


def write_tallies(*, at: dt.datetime, whatever: bool = False) -> None:
    """Write the counts of this process that nothing has followed for a minute, or all of them at its end."""
    _TALLIES.write(at, whatever=whatever)


def tallies(*, at: dt.datetime) -> dict[str, int]:
    """Return the counts of that day by kind; other processes write theirs once a minute."""
    found = dict(Counter.objects.filter(source=_NOBODY, window=_day(at)).values_list("kind", "count"))
    for kind, count in _TALLIES.of(_day(at)).items():
        found[kind] = found.get(kind, 0) + count
    return found


def _day(at: dt.datetime) -> int:
    return timezone.localdate(at).toordinal()


def _write_tally(kind: str, day: int, count: int, at: dt.datetime) -> None:
    row = Counter.objects.filter(kind=kind, source=_NOBODY, window=day)
    if row.update(count=F("count") + count):
        return
    with suppress(IntegrityError):
        with transaction.atomic():
            Counter.objects.create(kind=kind, source=_NOBODY, window=day, count=count, over_at=at + _KEPT)
        return
    row.update(count=F("count") + count)  # another process was first


def _share(kind: str, key: str, at: dt.datetime, lasting: bool) -> _Share:
    limit, mark = Limit.of(kind), _mark(kind, key)
    number, gone = divmod(at.timestamp(), limit.seconds)
    window = int(number)
    if lasting:
        rows = Counter.objects.filter(kind=kind, source=mark, window__in=(window, window - 1))
        found = dict(rows.values_list("window", "count"))
    else:
        names = {one: _name(kind, mark, one) for one in (window, window - 1)}
        kept = caches["limits"].get_many(names.values())
        found = {one: kept.get(name, 0) for one, name in names.items()}
    return _Share(kind, mark, limit, window, gone, found.get(window, 0), found.get(window - 1, 0))


def _mark(kind: str, key: str) -> int:
    """Return a number that stands for the sender; without the secret key nobody can tell for whom."""
    digest = hmac.new(f"{settings.SECRET_KEY}:limits".encode(), f"{kind}:{key}".encode(), hashlib.sha256)
    return int.from_bytes(digest.digest()[:8]) % _MARKS


def _count(share: _Share, at: dt.datetime) -> bool:
    """Count one more in the database unless others have used up the room meanwhile; return whether it was."""
    row = Counter.objects.filter(kind=share.kind, source=share.mark, window=share.window)
    with_room = row.filter(count__lt=share.room)
    if with_room.update(count=F("count") + 1):
        return True
    over_at = at + dt.timedelta(seconds=2 * share.limit.seconds - share.gone)
    try:
        with transaction.atomic():
            Counter.objects.create(
                kind=share.kind, source=share.mark, window=share.window, count=1, over_at=over_at
            )
    except IntegrityError:  # it was there: full, or made a moment ago
        return bool(with_room.update(count=F("count") + 1))
    return True


def _count_in_cache(share: _Share, at: dt.datetime) -> bool:
    name = _name(share.kind, share.mark, share.window)
    caches["limits"].add(name, 0, timeout=2 * share.limit.seconds)
    try:
        return caches["limits"].incr(name) <= share.room
    except ValueError:  # dropped between the two lines: the cache was full
        return True


def _name(kind: str, mark: int, window: int) -> str:
    return f"{kind}:{mark}:{window}"
