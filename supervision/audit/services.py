"""Writing and reading events. Nothing else writes to the audit table."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from supervision.audit import contents, fixing
from supervision.audit.chain import ERASURE
from supervision.audit.models import Event, Words
from supervision.errors import DomainError

#: So many rows of one act are hashed at once.
_AT_ONCE = 2_000
SYSTEM_LABEL = "Hệ thống"
#: The action of an event that does nothing but hold hashes of what was sent.
FIXED = "content.fixed"


class ActorLike(Protocol):
    """What audit needs of an actor; `organizations.Actor` is one (audit lies below it).

    Somebody without a mandate acts in no capacity, for no body: `organizations.Person`.
    """

    @property
    def user(self) -> Any: ...

    @property
    def mandate(self) -> Any: ...

    @property
    def organization(self) -> Any: ...

    @property
    def acting_for(self) -> Any: ...


def record(
    *,
    action: str,
    actor: ActorLike | None,
    obj: models.Model,
    at: dt.datetime,
    thread: models.Model | None = None,
    data: dict[str, Any] | None = None,
    sent: Iterable[models.Model] = (),
) -> Event:
    """Write one event, for ever, in the caller's transaction.

    `action` is dotted ("response.submitted"); `actor` None means the system itself; `thread`
    is the object on whose timeline the event stands (the case); `data` holds what its sentence
    needs, JSON only, no personal data beyond labels. Labels freeze as they read now.
    The event holds the hash of whatever was saved since the event before, or is named in `sent`, if it
    was sent and no event holds it as it is.
    Raises ValueError for a naive `at` or an object that is not stored yet.
    """
    if timezone.is_naive(at):
        raise ValueError("an event needs an aware time")
    object_type, object_id = _reference(obj)
    thread_type, thread_id = _reference(thread) if thread is not None else ("", None)
    words = Words(label=label_of(actor), data=_as_stored(data or {}), salt=secrets.token_hex(16))
    with transaction.atomic(savepoint=False):
        held = _unheld(sent)
        words.event = Event.objects.create(
            at=at,
            action=action,
            actor_user_id=actor.user.pk if actor else None,
            actor_mandate_id=actor.mandate.pk if actor and actor.mandate else None,
            actor_organization_id=actor.organization.pk if actor and actor.organization else None,
            side=_side(actor),
            object_type=object_type,
            object_id=object_id,
            thread_type=thread_type,
            thread_id=thread_id,
            commitment=words.commitment(),
            content=contents.over(held),
        )
        words.save(force_insert=True)
        contents.keep(words.event, held)
    return words.event


def fix(rows: Sequence[models.Model], *, actor: ActorLike | None, at: dt.datetime) -> None:
    """Let one event, on no timeline, hold the hash of rows that were sent and that none holds as they are."""
    if rows:
        record(action=FIXED, actor=actor, obj=rows[0], at=at, sent=rows)


def hold_rest(noted: Mapping[fixing.Key, fixing.Written]) -> None:
    """Let an event hold what a transaction, committed just now, saved after its last event.

    `noted` are the columns written, by model and key. None is needed for what was not sent.
    """
    for (model, key), written in list(noted.items()):
        if contents.unheld(model, {key: written}):
            record(action=FIXED, actor=None, obj=model._base_manager.get(pk=key), at=timezone.now())
            return  # it holds all that was noted


def let_go(row: models.Model, *, actor: ActorLike | None, at: dt.datetime) -> Event:
    """Record that a row whose hash an event holds is rightly taken out; the database still has its say."""
    return record(action=contents.GONE, actor=actor, obj=row, at=at)


def _unheld(sent: Iterable[models.Model]) -> contents.Held:
    """Return what no event holds yet of `sent` and of what was saved since the last event."""
    found = fixing.take()
    for row in sent:
        found.setdefault(type(row), {}).setdefault(row.pk, None)
    return {
        (model._meta.label_lower, key): held
        for model, written in found.items()
        for chunk in _chunks(written)
        for key, held in contents.unheld(model, chunk).items()
    }


def _chunks(written: dict[int, fixing.Written]) -> Iterator[dict[int, fixing.Written]]:
    keys = list(written)
    for start in range(0, len(keys), _AT_ONCE):
        yield {key: written[key] for key in keys[start : start + _AT_ONCE]}


@transaction.atomic
def erase(event: Event, *, actor: ActorLike | None, reason: str, at: dt.datetime) -> Event:
    """Erase what an event says in words, because the law on personal data asks for it; return what says so.

    That it happened, when, and to what stays, and the chain over it whole. `reason` names no person.
    Raises DomainError for an event whose words are gone already, or that itself says what was erased.
    """
    if event.action == ERASURE or not Words.objects.filter(event=event).exists():
        raise DomainError(_("Dòng nhật ký này không còn gì để xóa."))
    said = record(action=ERASURE, actor=actor, obj=event, at=at, data={"reason": reason})
    Words.objects.filter(event=event).delete()
    return said


def label_of(actor: ActorLike | None) -> str:
    """Return "person, duty, organization" in Vietnamese, whatever language the page has.

    Whose work a substitute does is named behind it: ", thay mặt …".
    """
    if actor is None:
        return SYSTEM_LABEL
    if actor.mandate is None:
        return str(actor.user.display_name)
    with translation.override("vi"):
        duty = str(actor.mandate.get_duty_display())
    label = f"{actor.user.display_name}, {duty}, {actor.organization.short_name}"
    return f"{label}, thay mặt {actor.acting_for.user.display_name}" if actor.acting_for else label


def _side(actor: ActorLike | None) -> str:
    if actor is None:
        return "system"
    return str(actor.organization.side) if actor.organization else "person"


def timeline(thread: models.Model) -> models.QuerySet[Event]:
    """Return the events of one thread, newest first."""
    kind, pk = _reference(thread)
    return Event.objects.filter(thread_type=kind, thread_id=pk).select_related("words").order_by("-id")


def _as_stored(data: dict[str, Any]) -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(json.dumps(data, cls=DjangoJSONEncoder))
    return stored


def _reference(obj: models.Model) -> tuple[str, int]:
    if obj.pk is None:
        raise ValueError(f"{obj._meta.label} is not stored yet")
    return obj._meta.label_lower, obj.pk
