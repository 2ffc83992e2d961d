"""The morning mail: what a person was told since the last one, once each working day at seven.

Gathering and mailing are two steps, as with notices: a row is written once for a person and a
day, whatever happens to workers; its mail is claimed before it goes and tried again when it fails.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from supervision.deadlines.services import calendar
from supervision.language.dates import VIETNAM, vietnam_day
from supervision.notices.kinds import KINDS
from supervision.notices.mails import digest_mail
from supervision.notices.models import Digest, MailChoice, Notice
from supervision.notices.services import BACK_OFF, LEASE
from supervision.organizations.models import Mandate

logger = logging.getLogger(__name__)
SEVEN = dt.time(7)
#: Whoever was told nothing for so long is not told of it any more.
LOOK_BACK = dt.timedelta(days=31)
BATCH = 100


def gather(*, at: dt.datetime) -> int:
    """Write today's digests that are due; return how many have news.

    Nothing before seven in Viet Nam, nothing on a day off. What was told after seven waits for
    the next one. The number of queries grows with the batches, not with people or notices.
    """
    day = vietnam_day(at)
    until = dt.datetime.combine(day, SEVEN, VIETNAM)
    if at < until or calendar().is_off(day):
        return 0
    count = last = 0
    while True:
        last, found = _gather(day, until, after=last, at=at)
        count += found
        if not last:
            return count


@transaction.atomic
def _gather(day: dt.date, until: dt.datetime, *, after: int, at: dt.datetime) -> tuple[int, int]:
    """Write the digests of the next people; return the last choice looked at (0: none), and how many.

    Who has one today is asked again under the lock: another worker may have been here.
    """
    has_one = Digest.objects.filter(user=OuterRef("user"), day=day, is_last=False)
    choices = MailChoice.objects.filter(~Exists(has_one), how=MailChoice.How.MORNING, pk__gt=after)
    rows = list(choices.select_for_update(skip_locked=True).order_by("pk")[:BATCH])
    if not rows:
        return 0, 0
    done = set(
        Digest.objects.filter(day=day, is_last=False, user__in=[row.user_id for row in rows]).values_list(
            "user", flat=True
        )
    )
    mine = [row for row in rows if row.user_id not in done]
    news = _news(mine, until)
    digests = Digest.objects.bulk_create(
        Digest(user_id=row.user_id, day=day, next_try_at=at, sent_at=None if news[row.user_id] else at)
        for row in mine
    )
    link = Digest.notices.through
    link._default_manager.bulk_create(
        link(digest_id=digest.pk, notice_id=pk) for digest in digests for pk in news[digest.user_id]
    )
    return rows[-1].pk, sum(bool(news[digest.user_id]) for digest in digests)


def gather_last(choice: MailChoice, *, at: dt.datetime) -> None:
    """Write what a person still has to hear of who will have mails at once from now on, if anything.

    What no mail has been tried for is left out: it goes to them at once, like what follows. What is
    tried already may go without them, as they wanted it until now; better told twice than never.
    """
    waiting = _news([choice], at)[choice.user_id]
    tried = Q(sent_at__isnull=False) | Q(attempts__gt=0)
    missed = list(Notice.objects.filter(tried, pk__in=waiting).order_by("created_at", "pk"))
    if missed:
        last = Digest.objects.create(user=choice.user, day=vietnam_day(at), is_last=True, next_try_at=at)
        last.notices.set(missed)


def _news(choices: list[MailChoice], until: dt.datetime) -> dict[int, list[int]]:
    """What each of these people was told up to `until` and not mailed yet, oldest first."""
    since = until - LOOK_BACK
    chosen_at = {row.user_id: row.chosen_at for row in choices}
    mandates = Mandate.objects.in_force(vietnam_day(until)).filter(user__in=chosen_at)
    held = list(mandates.values_list("user_id", "pk", "organization_id", "duty"))
    notices = Notice.objects.filter(
        organization__in={organization for _user, _pk, organization, _duty in held},
        created_at__gte=since,
        created_at__lt=until,
    ).order_by("created_at", "pk")
    by_organization = defaultdict(list)
    for notice in notices:
        by_organization[notice.organization_id].append(notice)
    link = Digest.notices.through._default_manager
    before = link.filter(digest__user__in=chosen_at, notice__created_at__gte=since)
    mailed = set(before.values_list("digest__user_id", "notice_id"))
    found: dict[int, dict[int, None]] = defaultdict(dict)
    for user, mandate, organization, duty in held:
        for notice in by_organization[organization]:
            settled_before = notice.sent_at is not None and notice.sent_at < chosen_at[user]
            if settled_before or (user, notice.pk) in mailed:
                continue
            if _is_for(notice, mandate, duty):
                found[user][notice.pk] = None
    return {user: list(found[user]) for user in chosen_at}


def _is_for(notice: Notice, mandate: int, duty: str) -> bool:
    if notice.mandate_id is not None:
        return bool(notice.mandate_id == mandate)
    return duty in KINDS[notice.kind].duties


def deliver_digests(*, at: dt.datetime, limit: int = 100) -> int:
    """Mail the digests that wait, at most `limit`; return how many went. Safe in several workers."""
    due = Digest.objects.filter(sent_at__isnull=True, next_try_at__lte=at, attempts__lte=len(BACK_OFF))
    sent = 0
    for digest in due.select_related("user").order_by("next_try_at", "pk")[:limit]:
        if _claim(digest, at):
            sent += _deliver(digest, at)
    return sent


def dead_digests() -> QuerySet[Digest]:
    """Return the morning mails that were given up, newest first; their notices still stand in the app."""
    return Digest.objects.filter(sent_at__isnull=True, attempts__gt=len(BACK_OFF)).order_by("-day", "-pk")


def _claim(digest: Digest, at: dt.datetime) -> bool:
    mine = Digest.objects.filter(
        pk=digest.pk, sent_at__isnull=True, attempts=digest.attempts, next_try_at=digest.next_try_at
    ).update(attempts=F("attempts") + 1, next_try_at=at + LEASE)
    digest.attempts += 1
    return bool(mine)


def _deliver(digest: Digest, at: dt.datetime) -> bool:
    notices = list(digest.notices.order_by("created_at", "pk"))
    try:
        if digest.user.email and digest.user.is_active:
            digest_mail(digest, _by_case(notices)).send()
    except Exception as error:  # any failure of the mail server: wait and try again
        logger.warning("digest %s: mail failed (%s)", digest.pk, type(error).__name__)
        wait = BACK_OFF[min(digest.attempts, len(BACK_OFF)) - 1]
        Digest.objects.filter(pk=digest.pk).update(
            next_try_at=at + wait, last_error=f"{type(error).__name__}: {error}"[:300]
        )
        return False
    Digest.objects.filter(pk=digest.pk).update(sent_at=at, last_error="")
    return True


def _by_case(notices: Iterable[Notice]) -> list[tuple[str, list[Notice]]]:
    """The notices of each case together, in the order in which the cases first come up."""
    groups: dict[str, list[Notice]] = {}
    for notice in notices:
        groups.setdefault(notice.case_code, []).append(notice)
    return list(groups.items())
