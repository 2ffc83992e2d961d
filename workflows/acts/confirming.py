"""Confirming an act that binds: whoever is at the keyboard proves once more who they are, for named acts.

A confirmation is earned by a method (the password), holds for some minutes, for one person, and for the
acts it names with the hash of what each would do. `workflows.acts.act` spends it; no other module makes one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.audit.canonical import canonical
from supervision.cases.services import signing
from supervision.errors import InvalidInput, NotAllowed, TooMany
from supervision.law.registry import specs
from supervision.law.specs import Step, Widget
from supervision.organizations import passwords
from supervision.organizations.actors import Actor
from workflows.acts import inputs
from workflows.models import Confirmation, ConfirmedAct, WorkItem

LIFETIME = dt.timedelta(minutes=5)

#: An item and what would be entered in its step.
Planned = tuple[WorkItem, dict[str, Any]]


class NotConfirmed(NotAllowed):
    """The act needs a confirmation of its own person for exactly this, and none was spent."""


def is_asked(step: Step, data: dict[str, Any]) -> bool:
    """Whether `step`, done with `data`, is one that must be confirmed."""
    return any(inputs.is_required(field, data) for field in step.fields if field.widget is Widget.PASSWORD)


def paper_mark(item: WorkItem, *, actor: Actor, at: dt.datetime) -> str:
    """Return the hash of a step's unsigned paper as `actor` would sign it; "" for a step without one.

    That is its words, who issues it and what would stand above and below the signature.
    """
    document = item.document
    if document is None:
        return ""
    step, body = specs()[item.form].step(item.step), document.organization
    facts = {
        "issuer": [body.name, body.short_name, body.symbol, body.deciding_body],
        "signed": signing.lines_of(actor, step, item.case, document, timezone.localdate(at)),
        "signer": [actor.mandate.pk, actor.user.display_name],
        "paper": document.public_id,
        "kind": document.kind,
        "of": document.organization_id,
        "subject": document.subject,
        "context": document.context,
    }
    return hashlib.sha256(canonical(facts).encode()).hexdigest()


def content_of(item: WorkItem, data: dict[str, Any], *, actor: Actor, at: dt.datetime) -> str:
    """Return the hash of what doing `item` with `data` would do: whose, step, day, paper, entries."""
    step = specs()[item.form].step(item.step)
    facts = {
        "item": item.public_id,
        "step": [item.form, item.step],
        "by": actor.mandate.pk,
        "on": timezone.localdate(at).isoformat(),  # a paper bears the day on which it is asked for
        "paper": paper_mark(item, actor=actor, at=at),
        "entered": inputs.stored(step.fields, data),
    }
    return hashlib.sha256(canonical(facts).encode()).hexdigest()


def by_password(*, actor: Actor, password: str, acts: Sequence[Planned], at: dt.datetime) -> Confirmation:
    """Earn a confirmation of `acts` with the person's own password.

    Raises InvalidInput on "password" when it is missing or wrong, and unread after too many wrong ones in a
    while (`organizations.passwords`). Each wrong one is an event.
    """
    if not password:
        raise InvalidInput({"password": [_("Điền mật khẩu của bạn để xác nhận ký")]})
    try:
        if not passwords.is_own(actor, password, at=at):
            raise InvalidInput({"password": [_("Mật khẩu không đúng; chưa có gì được ký")]})
    except TooMany as error:
        words = _("Đã nhập sai mật khẩu nhiều lần; chưa có gì được ký. Thử lại sau %(minutes)s phút.")
        raise InvalidInput({"password": [words % {"minutes": math.ceil(error.seconds / 60)}]}) from None
    return _earned(actor, Confirmation.Method.PASSWORD, acts, at)


def for_sample_data(*, actor: Actor, acts: Sequence[Planned], at: dt.datetime) -> Confirmation:
    """Confirm acts of the invented people of a demonstration; RuntimeError anywhere else."""
    if not settings.DEMO:
        raise RuntimeError("only sample data is confirmed without its person")
    return _earned(actor, Confirmation.Method.SAMPLE, acts, at)


def spend(
    confirmation: Confirmation | None, *, actor: Actor, item: WorkItem, data: dict[str, Any], at: dt.datetime
) -> ConfirmedAct:
    """Use up the confirmation of exactly this act; the caller holds the item against change.

    Raises NotConfirmed without one, or when it is another person's, run out, spent, or was earned for
    another item or for other content: a paper drafted anew, other entries.
    """
    found = None
    if confirmation is not None and confirmation.user_id == actor.user.pk:
        running = ConfirmedAct.objects.filter(
            confirmation=confirmation.pk, confirmation__earned_at__lte=at, confirmation__until__gt=at
        )
        mark = content_of(item, data, actor=actor, at=at)
        found = running.filter(item=item, content=mark, spent_at=None).first()
    if found is None:
        raise NotConfirmed(_("Việc này cần chính bạn xác nhận. Mở lại việc, đọc văn bản rồi xác nhận."))
    found.spent_at = at
    found.save(update_fields=["spent_at"])
    audit.record(
        action="act.confirmed",
        actor=actor,
        obj=item,
        at=at,
        data={"method": confirmation.method, "content": found.content},
    )
    return found


@transaction.atomic
def _earned(actor: Actor, method: str, acts: Sequence[Planned], at: dt.datetime) -> Confirmation:
    confirmation = Confirmation.objects.create(
        user=actor.user, method=method, earned_at=at, until=at + LIFETIME
    )
    ConfirmedAct.objects.bulk_create(
        ConfirmedAct(confirmation=confirmation, item=item, content=content_of(item, data, actor=actor, at=at))
        for item, data in acts
    )
    return confirmation
