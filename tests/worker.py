"""The signing worker where the print is not the subject: everything it does but printing and signing.

A print and its signature take half a second. The rows, the audit and the flow that goes on are
the real ones; only the bytes are not a paper.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from supervision.documents import tasks
from supervision.documents.models import Document
from supervision.documents.signing.keys import Holder
from supervision.documents.signing.sign import Certificate, Signed

LASTS = dt.timedelta(days=3650)
_BYTES = b"%PDF-1.7 not printed"


def complete_unprinted(document_id: int, *, at: dt.datetime) -> None:
    """Finish a paper that awaits its signature, as the worker's last transaction does."""
    rows = Document.objects.select_related("signer__user", "signer__organization", "organization")
    document = rows.get(pk=document_id)
    ids = [Holder.of(whose).id for whose in tasks.signers_of(document)]
    used = [Certificate(hashlib.sha256(one.encode()).hexdigest(), f"CN={one}", at, at + LASTS) for one in ids]
    tasks.complete(document, 1, Signed(_BYTES, tuple(used)), at)


def get_stuck(document: Document, *, at: dt.datetime) -> None:
    """Leave a paper as the worker leaves it when it could not be printed."""
    tasks._stuck(document, "Không dựng được bản in của văn bản.", at)
