from __future__ import annotations

from django.db import models

from supervision.access.rights import WORKERS
from supervision.audit.frozen import ALWAYS, NEVER, Frozen
from supervision.language.codes import new_public_id
from supervision.organizations.models import Mandate


class Blob(models.Model):
    """Bytes at rest, named by their SHA-256 under `settings.BLOB_ROOT`; stored once, never changed."""

    frozen = Frozen(hashed_when=NEVER, may_go=ALWAYS)  # what is referred to may not go

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120)
    created_at = models.DateTimeField()


class Attachment(models.Model):
    """A file as someone sent it: the name they gave it and the bytes untouched."""

    frozen = Frozen(hashed_when=NEVER)  # its name and bytes are hashed with what it is tied to

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=255)
    pages = models.PositiveSmallIntegerField(null=True)
    uploaded_by = models.ForeignKey(  # null: sent with what the public contributed
        "organizations.Mandate", models.PROTECT, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    is_private = models.BooleanField(default=False)  # no colleague's, from its first byte: a scan of a letter


def at_hand_of(mandate: Mandate) -> models.Q:
    """The condition of the files that one may hand in: of those one works with, private ones one's own."""
    own = models.Q(uploaded_by=mandate)
    if mandate.duty not in WORKERS:
        return own
    return own | models.Q(uploaded_by__organization=mandate.organization_id, is_private=False)
