from __future__ import annotations

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from supervision.audit.canonical import salted
from supervision.audit.frozen import NEVER, AppendOnly

#: What stands in the place of words that were erased.
ERASED = "(đã xóa theo quy định về bảo vệ dữ liệu cá nhân)"


class Event(models.Model):
    """One act, kept for ever: who (person, mandate, organization), what, to which object.

    Actors and objects are ids without foreign keys, so that the record outlives everything.
    `thread_type`/`thread_id` gather the events of one case for its timeline. What could name a person
    is not here but in `Words`; `commitment` is their salted hash.
    UPDATE and DELETE are refused by triggers on both databases.
    """

    frozen = AppendOnly(hashed_when=NEVER)

    at = models.DateTimeField()
    action = models.CharField(max_length=60)  # dotted: "response.submitted"
    actor_user_id = models.BigIntegerField(null=True)  # null: the system itself
    actor_mandate_id = models.BigIntegerField(null=True)
    actor_organization_id = models.BigIntegerField(null=True)
    side = models.CharField(max_length=8)  # "front", "agency", "person" (in no capacity) or "system"
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    thread_type = models.CharField(max_length=60, blank=True)
    thread_id = models.BigIntegerField(null=True)
    commitment = models.CharField(max_length=64)
    content = models.CharField(max_length=64, null=True)  # hash over the hashes in `Content` that it holds

    class Meta:
        indexes = [
            models.Index(fields=["thread_type", "thread_id", "-id"]),
            models.Index(fields=["object_type", "object_id"]),
        ]

    @property
    def is_erased(self) -> bool:
        """Whether the words are gone."""
        return getattr(self, "words", None) is None

    @property
    def actor_label(self) -> str:
        """Who acted, as it read on that day; said to be erased where it is."""
        return ERASED if self.is_erased else self.words.label

    @property
    def data(self) -> dict[str, Any]:
        """What the timeline's sentence needs; empty where it was erased."""
        return {} if self.is_erased else dict(self.words.data)


class Words(models.Model):
    """What an event says in words, beside the chain. Never changed; gone when the law asks for it.

    The database lets a row go only where an event "words.erased" says so.
    """

    frozen = AppendOnly(
        hashed_when=NEVER,
        may_go="EXISTS (SELECT 1 FROM audit_event WHERE action = 'words.erased' "
        "AND object_type = 'audit.event' AND object_id = {row}.event_id)",
    )

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True)
    label = models.CharField(max_length=400)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    salt = models.CharField(max_length=32)

    def commitment(self) -> str:
        """Return the hash by which the event holds to these words."""
        return salted({"label": self.label, "data": self.data}, self.salt)


class Content(models.Model):
    """The hashes of a row as it was sent, held by the event of sending under a salt of their own.

    `hash` is over what of the row never changes, `changing` has one for each column that may: its name stands
    with "?" behind it while the column was not settled yet. Nothing stands, an empty hash, for what somebody
    changed past the acts. `Event.content` covers what an event holds, and the chain covers that.
    """

    frozen = AppendOnly(hashed_when=NEVER)

    event = models.ForeignKey(Event, models.PROTECT, related_name="contents")
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    salt = models.CharField(max_length=32)
    hash = models.CharField(max_length=64, blank=True)
    changing = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id", "-id"])]


class Link(models.Model):
    """An event's place in the chain: each hash covers the event and the hash before. Append-only, no gaps."""

    frozen = AppendOnly(hashed_when=NEVER)

    number = models.PositiveBigIntegerField(primary_key=True)
    before = models.OneToOneField("self", models.PROTECT, null=True, related_name="after")
    event = models.OneToOneField(Event, models.PROTECT)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number=1, before=None)
                | Q(number__gt=1, before__isnull=False, before=F("number") - 1),
                name="link_follows_the_one_before",
            )
        ]
