"""Files of publications that bear further archive stamps."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from supervision.audit.services import record
from supervision.publication.beginnings import note, published_as
from supervision.publication.log import keeping, tasks
from supervision.publication.models import Renewal


@transaction.atomic
def renew(*, sha256: str, by: str, size: int, at: dt.datetime) -> Renewal | None:
    """Take over that the file `sha256` of a publication bears a further archive stamp and is `by` now.

    None for a file that was not published. Whoever has the earlier file has the original still.
    """
    publication = published_as(sha256)
    if publication is None:
        return None
    renewal = Renewal.objects.create(publication=publication, pdf_sha256=by, pdf_size=size, at=at)
    note(publication, by, size)
    keeping.append_renewal(renewal)
    tasks.checkpoint.enqueue()
    record(
        action="publication.renewed",
        actor=None,
        obj=publication,
        at=at,
        data={"number": publication.number_text},
    )
    return renewal
