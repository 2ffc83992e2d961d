"""The signing worker where the print is not the subject: everything it does but printing and signing.

A print and its signature take half a second. The rows, the audit and the flow that goes on are
the real ones; only the bytes are not a paper.
"""

from __future__ import annotations

import datetime as dt

from supervision.documents import tasks
from supervision.documents.models import Document
from supervision.documents.render import Printed
from supervision.documents.signing.sign import Certificate, Signed

_BYTES = b"%PDF-1.7 not printed"


def complete_unprinted(document_id: int, *, at: dt.datetime) -> None:
    """Finish a paper that awaits its signature, as the worker's last transaction does."""
    signed = Signed(_BYTES, (Certificate("0" * 64, "CN=unprinted"),))
    document = Document.objects.select_related("signer__user", "signer__organization").get(pk=document_id)
    tasks._complete(document, Printed(pdf=_BYTES, pages=1), signed, at)


def get_stuck(document: Document, *, at: dt.datetime) -> None:
    """Leave a paper as the worker leaves it when it could not be printed."""
    tasks._stuck(document, "Không dựng được bản in của văn bản.", at)
