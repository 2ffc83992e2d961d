"""The password of somebody who is signed in, read once more: to confirm an act, to change it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.errors import InvalidInput
from supervision.limits import services as limits
from supervision.organizations.actors import Actor, Person
from supervision.organizations.models import User

WRONG, CHANGED = "confirmation.failed", "password.changed"


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


@transaction.atomic
def change(person: Person, new: str, *, browser: str, at: dt.datetime) -> None:
    """Give somebody whose password was just read (`is_own`) a new one, and write down that it changed.

    `browser` is "known" or "new"; sessions in every other browser end. Raises InvalidInput where the new
    password is the one of now, or where that became another one since it was read.
    """
    held = User.objects.select_for_update().get(pk=person.user.pk)
    if held.password != person.user.password:
        raise InvalidInput(
            {"oldpassword": [_("Mật khẩu vừa được đổi ở nơi khác; gõ lại mật khẩu đang dùng")]}
        )
    if held.check_password(new):
        raise InvalidInput({"password1": [_("Mật khẩu mới phải khác mật khẩu đang dùng")]})
    person.user.change_password(new)
    data = {"browser": browser, "other_sessions": "ended"}
    audit.record(action=CHANGED, actor=person, obj=person.user, at=at, data=data)
