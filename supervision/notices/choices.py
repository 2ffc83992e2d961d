"""How a person hears of notices by mail: at once, once a morning, or not at all."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from supervision.notices.digests import gather_last
from supervision.notices.models import MailChoice
from supervision.organizations.models import User


def choice_of(user: User) -> MailChoice.How:
    """Return how this person wants to hear; at once when never chosen."""
    chosen = MailChoice.objects.filter(user=user).first()
    return MailChoice.How(chosen.how) if chosen else MailChoice.How.AT_ONCE


@transaction.atomic
def choose_mail(*, user: User, how: MailChoice.How, at: dt.datetime) -> None:
    """Keep the choice, from moment `at` on; the same choice again changes nothing.

    Who turns from morning mails to mails at once gets what waited in one last mail; who wants no
    mail gets none.
    """
    before = MailChoice.objects.select_for_update().filter(user=user).first()
    if (before.how if before else MailChoice.How.AT_ONCE) == how:
        return
    if before and before.how == MailChoice.How.MORNING and how == MailChoice.How.AT_ONCE:
        gather_last(before, at=at)
    MailChoice.objects.update_or_create(user=user, defaults={"how": how, "chosen_at": at})
