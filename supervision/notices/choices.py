"""How a person hears of notices by mail: at once, once a morning, or not at all."""

from __future__ import annotations

import datetime as dt

from supervision.notices.models import MailChoice
from supervision.organizations.models import User


def choice_of(user: User) -> MailChoice.How:
    """Return how this person wants to hear; at once when never chosen."""
    chosen = MailChoice.objects.filter(user=user).first()
    return MailChoice.How(chosen.how) if chosen else MailChoice.How.AT_ONCE


def choose_mail(*, user: User, how: MailChoice.How, at: dt.datetime) -> None:
    """Keep the choice, from moment `at` on; the same choice again changes nothing."""
    if choice_of(user) != how:
        MailChoice.objects.update_or_create(user=user, defaults={"how": how, "chosen_at": at})
