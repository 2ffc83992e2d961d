from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class Event(models.Model):
    """One act, kept for ever: who (person, mandate, organization), what, to which object.

    Actors and objects are ids without foreign keys, so that the record outlives everything.
    `thread_type`/`thread_id` gather the events of one case for its timeline. `data` holds
    what the timeline's sentence needs; labels are frozen as they read on that day.
    UPDATE and DELETE are refused by triggers on both databases.
    """

    at = models.DateTimeField()
    action = models.CharField(max_length=60)  # dotted: "response.submitted"
    actor_user_id = models.BigIntegerField(null=True)  # null: the system itself
    actor_mandate_id = models.BigIntegerField(null=True)
    actor_organization_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=400)
    side = models.CharField(max_length=8)  # "front", "agency" or "system"
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    thread_type = models.CharField(max_length=60, blank=True)
    thread_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        indexes = [
            models.Index(fields=["thread_type", "thread_id", "-id"]),
            models.Index(fields=["object_type", "object_id"]),
        ]
