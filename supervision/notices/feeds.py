"""Secret addresses of calendars: made, found by their secret, revoked."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.db.models import QuerySet

from supervision.audit import services as audit
from supervision.notices.models import CalendarFeed
from supervision.organizations.actors import Actor
from supervision.organizations.models import Mandate


@transaction.atomic
def make_feed(*, actor: Actor, whole_organization: bool, at: dt.datetime) -> str:
    """Return the secret of a new address; an older one of the same kind stops working.

    The secret is told here and never again: only its hash is kept.
    """
    Mandate.objects.select_for_update().get(pk=actor.mandate.pk)  # two tabs make one address
    _revoke(actor, whole_organization, at)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(
        mandate=actor.mandate,
        whole_organization=whole_organization,
        token_hash=_hash(token),
        created_at=at,
    )
    facts = {"whole_organization": whole_organization}
    audit.record(action="calendar_feed.made", actor=actor, obj=feed, at=at, data=facts)
    return token


@transaction.atomic
def revoke_feed(*, actor: Actor, whole_organization: bool, at: dt.datetime) -> None:
    """Let the actor's address of this kind work no more; without one nothing happens."""
    for feed in feeds_of(actor).filter(whole_organization=whole_organization):
        facts = {"whole_organization": whole_organization}
        audit.record(action="calendar_feed.revoked", actor=actor, obj=feed, at=at, data=facts)
    _revoke(actor, whole_organization, at)


def feeds_of(actor: Actor) -> QuerySet[CalendarFeed]:
    """Return the addresses that work for this person in this capacity."""
    return CalendarFeed.objects.filter(mandate=actor.mandate, revoked_at__isnull=True)


def find_feed(token: str, on: dt.date) -> tuple[CalendarFeed, Actor] | None:
    """Return the feed behind a secret and whose it is; None when unknown, revoked or no longer in force."""
    feeds = CalendarFeed.objects.filter(token_hash=_hash(token), revoked_at__isnull=True)
    feed = feeds.select_related("mandate__user", "mandate__organization").first()
    if feed is None:
        return None
    actor = Actor.of(feed.mandate)
    return (feed, actor) if actor.in_force(on) else None


def _revoke(actor: Actor, whole_organization: bool, at: dt.datetime) -> None:
    feeds_of(actor).filter(whole_organization=whole_organization).update(revoked_at=at)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
