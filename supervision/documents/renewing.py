"""Archive stamps are renewed before nobody can check them any more, published or not."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from supervision.documents.models import Rendition
from supervision.documents.signing.sign import stamp_until, stamped_again
from supervision.files.services import open_blob, put_bytes
from supervision.publication import renewals

#: So long before the certificate of a stamp ends, another stamp is put over it.
EARLY = dt.timedelta(days=180)


def due(*, at: dt.datetime) -> list[int]:
    """Return the renditions whose newest archive stamp ends soon."""
    rows = Rendition.objects.filter(stamp_until__lte=at + EARLY, renewed=None).order_by("stamp_until")
    return list(rows.values_list("pk", flat=True))


@task(queue_name="signing")
def renew(rendition_id: int) -> None:
    """Put a further archive stamp over one file."""
    renew_now(rendition_id, at=timezone.now())


def renew_now(rendition_id: int, *, at: dt.datetime) -> None:
    """Do what `renew` does at a given time; nothing for a file that has been renewed. Raises Unsupported."""
    row = Rendition.objects.select_related("blob").filter(pk=rendition_id, renewed=None).first()
    if row is None or row.stamp_until is None:
        return
    with open_blob(row.blob.sha256) as stream:
        data = stamped_again(stream.read())
    with transaction.atomic():
        locked = Rendition.objects.select_for_update(of=("self",)).filter(pk=row.pk, renewed=None).first()
        if locked is None:
            return
        blob = put_bytes(data, "application/pdf", at)
        Rendition.objects.create(
            document_id=row.document_id, blob=blob, is_signed=False, pages=row.pages, created_at=at,
            stamp_until=stamp_until(data), renews=row,
        )  # fmt: skip
        renewals.renew(sha256=row.blob.sha256, by=blob.sha256, size=blob.size, at=at)
