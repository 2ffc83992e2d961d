"""Is the log whole: all is reckoned again from the leaves and told against what stands beside them.

Read in pieces of PIECE leaves, each in the same number of queries, so that a long log takes longer and
nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from supervision.audit import contents
from supervision.audit.canonical import canonical
from supervision.files.storage import is_whole
from supervision.publication import shown
from supervision.publication.log import entries, keeping
from supervision.publication.log.models import Leaf, SignedCheckpoint, Tile
from supervision.publication.log.signing import high_water, origin
from supervision.publication.models import (
    Entry,
    FollowUp,
    GoodPractice,
    PlanLine,
    Publication,
    PublishedPlan,
    PublishedRemark,
    Renewal,
)
from supervision.transparency.checkpoints import Checkpoint
from supervision.transparency.merkle import HEIGHT, At, Frontier, folded, leaf_hash
from supervision.transparency.notes import BadNote, Note

#: What the public reads; the events hold the hash of each row, the texts that are searched included.
PUBLIC = (Publication, Entry, FollowUp, GoodPractice, PublishedPlan, PlanLine, PublishedRemark, Renewal)

PIECE = 256  # leaves, or publications
_BESIDE = "the file beside the database"


def troubles() -> Iterator[str]:
    """Yield a sentence for everything in the log that does not fit; nothing for a log that is whole."""
    check = _Check()
    while piece := list(Leaf.objects.filter(index__gte=check.size).order_by("index")[:PIECE]):
        yield from check.leaves(piece)
        if check.is_broken:
            return
    yield from check.what_is_beyond()
    yield from _unlogged()
    yield from contents.troubles(PUBLIC)
    yield from shown.troubles()


class _Check:
    """One pass over the leaves: the tree as it grows, told against tiles and checkpoints on the way."""

    def __init__(self) -> None:
        self.is_broken = False
        self._tree = Frontier()
        self._tiles = 0  # that were kept and looked at
        self._keys = keeping.keys()
        self._origin = origin()
        path = high_water()
        self._beside = path.read_text(encoding="utf-8") if path.exists() else ""
        self._beside_at = _size_of(self._beside)

    @property
    def size(self) -> int:
        return self._tree.size

    def leaves(self, piece: Sequence[Leaf]) -> Iterator[str]:
        """Yield what does not fit in the next leaves."""
        start = self.size
        notes = self._notes(Q(size__gt=start, size__lte=start + len(piece)))
        about = _publications([leaf.publication_id for leaf in piece if leaf.publication_id])
        full: list[tuple[At, bytes]] = []
        for leaf in piece:
            if leaf.index != self.size:
                self.is_broken = True
                yield f"leaf {self.size} is missing"
                return
            own = leaf_hash(leaf.body.encode())
            if own != bytes(leaf.hash):
                yield f"leaf {leaf.index} has another hash than its body"
            full += self._tree.add(own)
            yield from _unlike(leaf, about)
            for name, note in notes.get(self.size, ()):
                yield from self._bad_checkpoint(name, note, self.size)
            if self.size == self._beside_at:
                yield from self._bad_checkpoint(_BESIDE, self._beside, self.size)
        yield from self._bad_tiles(dict(full))

    def what_is_beyond(self) -> Iterator[str]:
        """Yield the tiles and checkpoints of a larger tree than the leaves make, or of none."""
        if Tile.objects.count() != self._tiles:
            for level, index in Tile.objects.values_list("level", "index").iterator():
                if (index + 1) << (HEIGHT * (level + 1)) > self.size:
                    yield f"tile {level}/{index} is not that of the leaves"
        for size, rows in self._notes(Q(size__gt=self.size) | Q(size=0)).items():
            for name, note in rows:
                yield from self._bad_checkpoint(name, note, size)
        if not self._beside and SignedCheckpoint.objects.exists():
            yield f"{_BESIDE} is missing"
        elif self._beside and not 0 < self._beside_at <= self.size:
            yield from self._bad_checkpoint(_BESIDE, self._beside, self._beside_at)

    def _notes(self, condition: Q) -> Mapping[int, list[tuple[str, str]]]:
        """Return checkpoints by the size that their row says."""
        found: dict[int, list[tuple[str, str]]] = {}
        for row in SignedCheckpoint.objects.filter(condition).order_by("pk").iterator():
            found.setdefault(row.size, []).append((f"checkpoint {row.pk}", row.note))
        return found

    def _bad_checkpoint(self, name: str, text: str, size: int) -> Iterator[str]:
        """Yield what is wrong with a checkpoint that is kept as one of `size` leaves: those that are now."""
        try:
            note = Note.of(text)
            checkpoint = Checkpoint.of(note.text)
            is_signed = bool(note.signed_by(self._keys))
        except BadNote as error:
            yield f"{name}: {error}"
            return
        if not is_signed or checkpoint.origin != self._origin:
            yield f"{name} is not signed by this log"
        elif (size, checkpoint.size, checkpoint.root) != (self.size, self.size, self._tree.root()):
            yield f"{name} is of another tree than the leaves make"

    def _bad_tiles(self, full: Mapping[At, bytes]) -> Iterator[str]:
        """Yield the tiles that are kept and hold, or lead to, other hashes than the leaves make."""
        condition = Q(pk__in=[])
        for level, index in full:
            condition |= Q(level=level, index=index)
        for tile in Tile.objects.filter(condition).order_by("level", "index"):
            self._tiles += 1
            hashes = full[tile.level, tile.index]
            if (bytes(tile.hashes), bytes(tile.root)) != (hashes, folded(hashes)):
                yield f"tile {tile.level}/{tile.index} is not that of the leaves"


def _size_of(note: str) -> int:
    """Return of how many leaves a signed checkpoint is, 0 for what is none."""
    try:
        return Checkpoint.of(Note.of(note).text).size if note else 0
    except BadNote:
        return 0


def _publications(ids: Sequence[int]) -> dict[int, Publication]:
    """Return publications with all that became of them."""
    changes = Entry.objects.filter(what__in=entries.LOGGED).select_related("replaced_by")
    changes = changes.defer("replaced_by__html", "replaced_by__plain_text")
    rows = Publication.objects.defer("plain_text").prefetch_related(Prefetch("entries", changes), "renewals")
    return rows.in_bulk(set(ids))


def _unlike(leaf: Leaf, about: Mapping[int, Publication]) -> Iterator[str]:
    """Yield what a leaf says otherwise than its row, its publication, the changes of that, or its file."""
    try:
        body = json.loads(leaf.body)
        kind = body["kind"]
    except (ValueError, KeyError, TypeError):
        yield f"leaf {leaf.index} says nothing that can be read"
        return
    if kind != leaf.kind:
        yield f"leaf {leaf.index} is kept as {leaf.kind} and says {kind}"
    if leaf.publication_id is None:
        return
    publication = about[leaf.publication_id]
    if kind == "publish":
        certificates = [str(one) for one in body.get("certificates", [])]
        may = [entries.of_publication(publication, certificates, leaf.salt)]
        if not is_whole(publication.pdf_sha256):
            yield f"the file of {publication.number_text} is missing or changed"
    elif kind == "renew":
        renewals = publication.renewals.all()
        may = [entries.of_renewal(row) for row in renewals]
        if not all(is_whole(row.pdf_sha256) for row in renewals if row.pdf_sha256 == body.get("pdf_sha256")):
            yield f"a renewed file of {publication.number_text} is missing or changed"
    else:
        may = [entries.of_change(row, leaf.salt) for row in publication.entries.all()]
    if leaf.body not in map(canonical, may):
        yield f"leaf {leaf.index} says otherwise than {publication.number_text} now does"


def _unlogged() -> Iterator[str]:
    """Yield the publications and changes that have no leaf, or more than one."""
    last, rows = 0, Publication.objects.order_by("pk").values_list("pk", "number_text")
    while piece := list(rows.filter(pk__gt=last)[:PIECE]):
        ids, last = [pk for pk, _number in piece], piece[-1][0]
        leaves = _counts(Leaf.objects.filter(publication__in=ids))
        changes = _counts(Entry.objects.filter(publication__in=ids, what__in=entries.LOGGED))
        renewals = _counts(Renewal.objects.filter(publication__in=ids))
        for pk, number in piece:
            if leaves.get(pk, 0) != 1 + changes.get(pk, 0) + renewals.get(pk, 0):
                yield f"{number} is not in the log as often as it was published and changed"


def _counts(rows: QuerySet[Any]) -> dict[int, int]:
    return dict(rows.order_by().values_list("publication").annotate(count=Count("pk")))
