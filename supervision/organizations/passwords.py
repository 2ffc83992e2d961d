"""The password of somebody who is signed in, read once more: to confirm an act, to change it."""

from __future__ import annotations

import datetime as dt

from supervision.audit import services as audit
from supervision.limits import services as limits
from supervision.organizations.actors import Actor, Person

WRONG = "confirmation.failed"


def is_own(person: Actor | Person, password: str, *, at: dt.datetime) -> bool:
    """Return whether it is the person's own password; each wrong one counts and is an event.

    Raises TooMany, the password unread, after too many wrong ones in a while, on whichever page
    (settings.LIMITS, "confirm"): an unlocked desk is no place to guess.
    """
    share = f"user {person.user.pk}"
    limits.take("confirm", share, at=at)  # before it is read: many at once would all find room
    if person.user.check_password(password):
        limits.give_back("confirm", share, at=at)
        return True
    audit.record(action=WRONG, actor=person, obj=person.user, at=at)
    return False
