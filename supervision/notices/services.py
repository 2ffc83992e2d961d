"""Telling people: the in-app row at once and exactly once, the mail later and at least once."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from supervision.notices.kinds import KINDS
from supervision.notices.mails import notice_mail
from supervision.notices.models import MailChoice, Notice
from supervision.organizations.models import Mandate, Organization

logger = logging.getLogger(__name__)

#: How long to wait after each failed try; when the list ends the notice is a dead letter.
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
#: A worker that dies while sending blocks the row this long; then another one tries again.
LEASE = timedelta(minutes=10)


@dataclass(frozen=True)
class Delivered:
    """What one run did: mails gone, tries that failed, notices given up in this run."""

    sent: int = 0
    failed: int = 0
    dead: int = 0


@dataclass(frozen=True)
class News:
    """What `tell` is told, as a value: the event, its kind, for whom, in which words, leading where,
    about which case ("" for none)."""

    key: str
    kind: str
    organization: Organization
    mandate: Mandate | None
    title: str
    address: str
    case_code: str


def tell(
    *,
    key: str,
    kind: str,
    organization: Organization,
    mandate: Mandate | None = None,
    title: str,
    address: str,
    case_code: str,
    at: dt.datetime,
) -> Notice:
    """Write the notice in the caller's transaction; the same key and recipient writes nothing more.

    `key` names the event ("inquiry.sent:41"), `mandate` narrows the recipient to one person,
    `address` is the path of the page it leads to, `case_code` the case that it is about, "" for none.
    Raises ValueError for an unknown kind, an address that is not a path, or a mandate of another
    organization.
    """
    tell_all([News(key, kind, organization, mandate, title, address, case_code)], at=at)
    return Notice.objects.get(key=key, organization=organization, mandate=mandate)


def tell_all(news: Iterable[News], *, at: dt.datetime) -> None:
    """Write many notices by one statement, each as `tell` would, with the same refusals."""
    rows = [_row(one, at) for one in news]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def _row(news: News, at: dt.datetime) -> Notice:
    if news.kind not in KINDS:
        raise ValueError(f"unknown kind of notice: {news.kind}")
    if not news.address.startswith("/") or news.address.startswith("//"):
        raise ValueError(f"a notice leads to a path of this site, not to {news.address}")
    if news.mandate is not None and news.mandate.organization_id != news.organization.pk:
        raise ValueError("the mandate belongs to another organization")
    facts = {**vars(news), "title": news.title[:300]}
    return Notice(**facts, created_at=at, next_try_at=at)


def deliver_due(*, at: dt.datetime, limit: int = 100) -> Delivered:
    """Mail what is due, oldest first, at most `limit`; safe to run in several workers at once.

    Each row is claimed by one conditional update before its mail goes out, so two workers
    never send it together; a worker that dies leaves it to the next one with the same
    Message-ID. Failures wait longer each time and end on `dead_letters`.
    """
    sent = failed = dead = 0
    due = Notice.objects.filter(sent_at__isnull=True, next_try_at__lte=at, attempts__lte=len(BACK_OFF))
    for notice in due.select_related("organization", "mandate").order_by("next_try_at", "pk")[:limit]:
        if not _claim(notice, at):
            continue
        if _deliver(notice, at):
            sent += 1
        else:
            failed += 1
            dead += notice.attempts > len(BACK_OFF)
    return Delivered(sent=sent, failed=failed, dead=dead)


def dead_letters() -> QuerySet[Notice]:
    """Return the notices whose mail was given up, newest first; the in-app notice still stands."""
    return Notice.objects.filter(sent_at__isnull=True, attempts__gt=len(BACK_OFF)).order_by("-created_at")


def try_again(notice: Notice, *, at: dt.datetime) -> None:
    """Put a dead letter back into the queue."""
    Notice.objects.filter(pk=notice.pk, sent_at__isnull=True).update(
        attempts=0, next_try_at=at, last_error=""
    )


def notices_of(mandate: Mandate) -> QuerySet[Notice]:
    """Return what this mandate is told in the app, newest first: its own, and what fits its duty."""
    fitting = [code for code, kind in KINDS.items() if mandate.duty in kind.duties]
    shared = Q(mandate__isnull=True, organization=mandate.organization_id, kind__in=fitting)
    return Notice.objects.filter(Q(mandate=mandate.pk) | shared).order_by("-created_at", "-pk")


def recipients(notice: Notice, on: dt.date) -> list[str]:
    """Return the addresses of those in force on `on` whom the notice is for and who want a mail at once."""
    elsewise = (MailChoice.How.MORNING, MailChoice.How.NEVER)
    mandates = (
        Mandate.objects.in_force(on).exclude(user__email="").exclude(user__mail_choice__how__in=elsewise)
    )
    if notice.mandate_id is not None:
        mandates = mandates.filter(pk=notice.mandate_id)
    else:
        duties = KINDS[notice.kind].duties
        mandates = mandates.filter(organization=notice.organization_id, duty__in=duties)
    return list(mandates.values_list("user__email", flat=True).order_by("user__email").distinct())


def _claim(notice: Notice, at: dt.datetime) -> bool:
    mine = Notice.objects.filter(
        pk=notice.pk, sent_at__isnull=True, attempts=notice.attempts, next_try_at=notice.next_try_at
    ).update(attempts=F("attempts") + 1, next_try_at=at + LEASE)
    notice.attempts += 1
    return bool(mine)


def _deliver(notice: Notice, at: dt.datetime) -> bool:
    to = recipients(notice, timezone.localdate(at))
    try:
        if to:
            notice_mail(notice, to).send()
    except Exception as error:  # any failure of the mail server: wait and try again
        logger.warning("notice %s: mail failed (%s)", notice.pk, type(error).__name__)
        wait = BACK_OFF[min(notice.attempts, len(BACK_OFF)) - 1]
        Notice.objects.filter(pk=notice.pk).update(
            next_try_at=at + wait, last_error=f"{type(error).__name__}: {error}"[:300]
        )
        return False
    Notice.objects.filter(pk=notice.pk).update(sent_at=at, recipients=len(to), last_error="")
    return True
