"""What an entry of the log says: canonical JSON, hashes in the place of whatever could name a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q

from supervision.audit.canonical import moment, salted
from supervision.publication.models import Entry, Publication, Renewal

#: What becomes of a publication that is an entry of the log; an update of answers is none.
LOGGED = (Entry.What.CORRECT, Entry.What.WITHDRAW)
#: The columns of a publication that its entry fixes, beside the file: all that its page prints.
_FROZEN = (
    "public_id", "kind", "kind_name_vi", "kind_name_en", "form", "form_name_vi", "form_name_en", "year",
    "organization_code", "organization_name", "level", "province_code", "province_name", "field",
    "number_text", "title", "lead", "html", "facts", "signer_label", "issued_on", "published_at",
    "published_by_label", "code", "pdf_sha256", "pdf_size", "pdf_pages",
)  # fmt: skip


def content_of(publication: Publication) -> dict[str, Any]:
    """Return what a publication says, as plain data: the twin of its page."""
    found = {name: getattr(publication, name) for name in _FROZEN}
    return {name: _plain(value) for name, value in found.items()}


def of_publication(publication: Publication, certificates: Sequence[str], salt: str) -> dict[str, Any]:
    """Return the entry that a publication begins with; `certificates` are those it was signed with."""
    return {
        **_about("publish", publication, publication.published_at),
        "pdf_sha256": publication.pdf_sha256,
        "content_sha256": salted(content_of(publication), salt),
        "certificates": list(certificates),
    }


def count_of(publication: Publication) -> int:
    """Return how many entries the log has of a publication: one, and one for each change and renewal."""
    found = Publication.objects.filter(pk=publication.pk).aggregate(
        changes=Count("entries", filter=Q(entries__what__in=LOGGED), distinct=True),
        renewals=Count("renewals", distinct=True),
    )
    return 1 + int(found["changes"]) + int(found["renewals"])


def of_change(entry: Entry, salt: str) -> dict[str, Any]:
    """Return the entry of a correction, a withdrawal, or of what stands in a paper's place from now on."""
    said = salted({"reason": entry.reason, "data": entry.data}, salt)
    if entry.what == Entry.What.CORRECT:
        return {**_about("correct", entry.publication, entry.at), "content_sha256": said}
    if entry.replaced_by is None:
        return {**_about("withdraw", entry.publication, entry.at), "content_sha256": said}
    about = _about("supersede", entry.publication, entry.at)
    return {**about, "by": entry.replaced_by.public_id, "content_sha256": said}


def of_renewal(renewal: Renewal) -> dict[str, Any]:
    """Return the entry of a file that bears a further archive stamp."""
    about = _about("renew", renewal.publication, renewal.at)
    return {**about, "pdf_sha256": renewal.pdf_sha256}


def _about(kind: str, publication: Publication, at: dt.datetime) -> dict[str, Any]:
    return {
        "kind": kind,
        "publication": publication.public_id,
        "code": publication.code,
        "organization": publication.organization_code,
        "at": moment(at),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return moment(value)
    return value.isoformat() if isinstance(value, dt.date) else value
