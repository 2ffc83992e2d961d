"""Beginnings of published files: by what a file begins with it is known which publication it was made from.

A signed PDF grows by whole revisions, and a copy of it is cut short, added to or changed at any place. The
worker keeps hashes of each published file up to where its revisions end and up to a few fixed sizes: by
those a publication is found that a file begins as, however much was published. What differs is told by
comparing the two (`files.comparing`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, QuerySet
from django_tasks import task

from supervision.files.services import open_blob
from supervision.publication.models import Beginning, Publication, Renewal

#: Ends of revisions that are looked at in one file, from its start. Our own files have about ten: signatures,
#: proofs, archive stamps. What is one of ours is found before the rest, whatever a stranger's file holds.
MOST = 64
#: Sizes at which the beginning of every file is hashed, wherever it ends. Papers of one office have about
#: 1,100 bytes in common (title, day, profile of colours); at the first of these they have parted.
POINTS = tuple(4096 * 4**n for n in range(8))
#: Publications that one file is compared with.
MOST_ALIKE = 5
#: Publications whose files one run of the worker reads.
BATCH = 200
#: Publications are numbered before they are committed: so far back one may have come late.
_LATE = 1000
#: Rows of one kind that are read for one file; a publication has about ten.
_ROWS = 256
_MARK = b"%%EOF"
_LINE_ENDS = (b"", b"\r", b"\n", b"\r\n")


@dataclass(frozen=True)
class Likeness:
    """A publication that a file begins as: with so many bytes at least, by hash.

    `is_revision`: it begins with a whole revision of the published file, or all of that; else with what
    stands up to one of POINTS.
    """

    publication: Publication
    size: int
    is_revision: bool


def digests(data: bytes, at: Iterable[int] = ()) -> dict[int, str]:
    """Return the SHA-256 of `data` up to each place where a revision of a PDF may end, and of all of it.

    By size. The bytes are hashed once; at most MOST marks count, each with the ends of a line after it. `at`
    are further sizes to hash up to; those beyond the end are left out.
    """
    sizes, place = {len(data), *(one for one in at if one < len(data))}, -1
    for _ in range(MOST):
        place = data.find(_MARK, place + 1)
        if place < 0:
            break
        after = place + len(_MARK)
        sizes |= {after + len(one) for one in _LINE_ENDS if data.startswith(one, after)}
    found: dict[int, str] = {}
    whole, done, view = hashlib.sha256(), 0, memoryview(data)
    for size in sorted(sizes):
        whole.update(view[done:size])
        done = size
        found[size] = whole.copy().hexdigest()
    return found


def published_as(sha256: str) -> Publication | None:
    """Return the publication whose file this is, as it was published or with further archive stamps."""
    if found := Publication.objects.filter(pdf_sha256=sha256).order_by("-id").first():
        return found
    renewal = Renewal.objects.select_related("publication").filter(pdf_sha256=sha256).first()
    return renewal.publication if renewal else None


def alike(known: dict[int, str]) -> list[Likeness]:
    """Return the publications that a file with these `digests` begins as, those with the most first.

    All of the file may be a beginning of theirs. At most MOST_ALIKE, the newest of those with as much.
    """
    sizes = {sha256: size for size, sha256 in known.items()}
    shorter = [sha256 for sha256, size in sizes.items() if size < max(known)]
    found: dict[int, int] = {}
    revisions: set[int] = set()
    for rows, by, length, asked in (
        (Publication.objects.annotate(publication_id=F("pk")), "pdf_sha256", "pdf_size", shorter),
        (Renewal.objects, "pdf_sha256", "pdf_size", shorter),
        (Beginning.objects, "sha256", "size", list(sizes)),
    ):
        longest = rows.filter(**{f"{by}__in": asked}).order_by(f"-{length}", "-pk")
        for sha256, pk in longest.values_list(by, "publication_id")[:_ROWS]:
            found[pk] = max(found.get(pk, 0), sizes[sha256])
            if sizes[sha256] not in POINTS:
                revisions.add(pk)
    first = sorted(found, key=lambda pk: (found[pk], pk), reverse=True)[:MOST_ALIKE]
    publications = Publication.objects.defer("html", "plain_text").in_bulk(first)
    return [Likeness(publications[pk], found[pk], pk in revisions) for pk in first]


def of_size(size: int) -> list[Publication]:
    """Return the newest publications whose file has this very size, at most MOST_ALIKE."""
    found = Publication.objects.filter(pdf_size=size).defer("html", "plain_text")
    return list(found.order_by("-id")[:MOST_ALIKE])


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
        found |= {end: one for end, one in digests(data, POINTS).items() if data[end:].strip()}
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
