"""Beginnings of published files: a PDF that was signed twice begins with the one that was signed once.

A signed PDF grows by whole revisions. Whoever hands in an earlier revision of a published file, or a file
that begins with one, is told so by hashes that the worker keeps here, however much was published.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django_tasks import task

from supervision.files.services import open_blob
from supervision.publication.models import Beginning, Publication, Renewal

#: Ends of revisions that are looked at in one file, from its start. Our own files have about ten: signatures,
#: proofs, archive stamps. What is one of ours is found before the rest, whatever a stranger's file holds.
MOST = 64
#: Publications whose files one run of the worker reads.
BATCH = 200
#: Publications are numbered before they are committed: so far back one may have come late.
_LATE = 1000
_MARK = b"%%EOF"
_LINE_ENDS = (b"", b"\r", b"\n", b"\r\n")


@dataclass(frozen=True)
class Likeness:
    """The publication that a file begins as: as the whole published file, or as an earlier part of it."""

    publication: Publication
    is_whole: bool


def digests(data: bytes) -> dict[int, str]:
    """Return the SHA-256 of `data` up to each place where a revision of a PDF may end, and of all of it.

    By size. The bytes are hashed once; at most MOST marks count, each with the ends of a line after it.
    """
    sizes, at = {len(data)}, -1
    for _ in range(MOST):
        at = data.find(_MARK, at + 1)
        if at < 0:
            break
        after = at + len(_MARK)
        sizes |= {after + len(one) for one in _LINE_ENDS if data.startswith(one, after)}
    found: dict[int, str] = {}
    whole, at, view = hashlib.sha256(), 0, memoryview(data)
    for size in sorted(sizes):
        whole.update(view[at:size])
        at = size
        found[size] = whole.copy().hexdigest()
    return found


def published_as(sha256: str) -> Publication | None:
    """Return the publication whose file this is, as it was published or with further archive stamps."""
    if found := Publication.objects.filter(pdf_sha256=sha256).order_by("-id").first():
        return found
    renewal = Renewal.objects.select_related("publication").filter(pdf_sha256=sha256).first()
    return renewal.publication if renewal else None


def part_of(sha256: str) -> Publication | None:
    """Return the publication whose file begins with the whole of the file with this hash."""
    row = Beginning.objects.select_related("publication").filter(sha256=sha256).order_by("-id").first()
    return row.publication if row else None


def begins_as(known: dict[int, str]) -> Likeness | None:
    """Return the publication that a file with these `digests` begins as, and then goes on."""
    sizes = {sha256: size for size, sha256 in known.items() if size < max(known)}
    wholes = _longest(Publication.objects.filter(pdf_sha256__in=sizes), "pdf_sha256", "pk", sizes)
    wholes |= _longest(Renewal.objects.filter(pdf_sha256__in=sizes), "pdf_sha256", "publication_id", sizes)
    parts = _longest(Beginning.objects.filter(sha256__in=sizes), "sha256", "publication_id", sizes)
    for found in (wholes, parts):
        if found:
            return Likeness(Publication.objects.get(pk=found[max(found)]), found is wholes)
    return None


def _longest(rows: QuerySet[Any], by: str, of: str, sizes: dict[str, int]) -> dict[int, int]:
    """Return which publications hold the hashes, by the size of what they hold."""
    return {sizes[sha256]: pk for sha256, pk in rows.order_by("pk").values_list(by, of)[: 4 * MOST]}


def waiting() -> QuerySet[Publication]:
    """Return the publications whose files the worker has not read, the oldest first."""
    last = Beginning.objects.aggregate(last=Max("publication_id"))["last"] or 0
    noted = Beginning.objects.filter(publication=OuterRef("pk"), sha256=OuterRef("pdf_sha256"))
    return Publication.objects.filter(~Exists(noted), pk__gt=last - _LATE).order_by("pk")


@task
def note_waiting() -> None:
    """Note the beginnings of files that wait for it, so many at a time."""
    for publication in waiting().only("pdf_sha256", "pdf_size")[:BATCH]:
        note(publication, publication.pdf_sha256, publication.pdf_size)
    if waiting().exists():
        note_waiting.enqueue()


def note(publication: Publication, sha256: str, size: int) -> None:
    """Keep where the revisions of a published file end, the file itself included; nothing twice.

    Of a file that is missing, that it was there: `log_fsck` says that it is missing.
    """
    _keep(publication, set(_ends(sha256, size).items()))


def of(publication: Publication) -> set[tuple[int, str]]:
    """Return size and hash of all that the files of a publication begin with, read from the files."""
    wholes = [(publication.pdf_sha256, publication.pdf_size)]
    wholes += [(one.pdf_sha256, one.pdf_size) for one in publication.renewals.all()]
    return {end for sha256, size in wholes for end in _ends(sha256, size).items()}


def note_again() -> None:
    """Read the files of all publications anew and note what is not."""
    read = Publication.objects.only("pdf_sha256", "pdf_size").prefetch_related("renewals").order_by("pk")
    for publication in read.iterator(chunk_size=BATCH):
        _keep(publication, of(publication))


def _ends(sha256: str, size: int) -> dict[int, str]:
    found = {size: sha256}
    try:
        with open_blob(sha256) as stream:
            data = stream.read()
        found |= {end: one for end, one in digests(data).items() if data[end:].strip()}
    except FileNotFoundError:
        pass
    return found


@transaction.atomic
def _keep(publication: Publication, found: set[tuple[int, str]]) -> None:
    kept: Collection[str] = set(publication.beginnings.values_list("sha256", flat=True))
    Beginning.objects.bulk_create(
        Beginning(publication=publication, sha256=sha256, size=size)
        for size, sha256 in sorted(found)
        if sha256 not in kept
    )
