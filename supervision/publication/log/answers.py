"""What the log can prove of a publication, and what of the log anyone may fetch."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from supervision.publication.log import entries, keeping
from supervision.publication.log.models import Leaf, SignedCheckpoint
from supervision.publication.log.signing import newest_checkpoint
from supervision.publication.models import Publication
from supervision.transparency.checkpoints import Checkpoint, Proof, bundle
from supervision.transparency.merkle import HASH, WIDTH, width_of
from supervision.transparency.notes import BadNote, Note

#: A checkpoint older than this could hide a withdrawal: it no longer says how things stand.
CURRENT = dt.timedelta(hours=24)
_CLOCKS = dt.timedelta(minutes=5)  # so far may the clocks of two machines be apart
_LEVELS = 7  # above the leaves: more than 63 bits of numbers fill
#: At most 21 digits: no tree has more tiles.
_TILE = re.compile(r"(?P<number>(?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?")


class Assurance(StrEnum):
    """What the log lets anyone say of a publication. Whatever says "authentic" asks `may_be_authentic`.

    PROVED: its entry is in the tree that the log signed within a day. SIGNED_ONLY: its entry is younger than
    a day and not signed yet, and the file bears signatures of its own, which have to hold. WAITING: the same
    for a file without. STALE: the log has signed nothing for a day, so it cannot say what was withdrawn
    since. UNPROVED: the log does not bear out what the portal holds.
    """

    PROVED = "proved"
    SIGNED_ONLY = "signed_only"
    WAITING = "waiting"
    STALE = "stale"
    UNPROVED = "unproved"

    @property
    def may_be_authentic(self) -> bool:
        return self in (Assurance.PROVED, Assurance.SIGNED_ONLY)


@dataclass(frozen=True)
class Logged:
    """Where a publication stands in the log: its leaf, under which checkpoint, signed when.

    `checkpoint` is None while the leaf waits to be signed. `signed_at` is when the log last signed, as its
    own signature says; where it never has, when its first entry came. `holds` says that leaf, page, file and
    tree fit each other; `is_sealed` that the file was published with signatures of its own.
    """

    index: int
    at: dt.datetime
    checkpoint: SignedCheckpoint | None
    signed_at: dt.datetime
    holds: bool
    is_sealed: bool

    @property
    def number(self) -> int:
        """Which entry of the log it is, counted from one as people do."""
        return self.index + 1

    def assurance(self, at: dt.datetime) -> Assurance:
        """Return what may be said at `at`."""
        if not self.holds:
            return Assurance.UNPROVED
        if not _within_a_day(self.signed_at, at):
            return Assurance.STALE
        if self.checkpoint is not None:
            return Assurance.PROVED
        if not _within_a_day(self.at, at):
            return Assurance.UNPROVED
        return Assurance.SIGNED_ONLY if self.is_sealed else Assurance.WAITING


def assurance(publication: Publication, *, at: dt.datetime) -> Assurance:
    """Return what may be said at `at` of a publication and the file that it was published with."""
    where = logged(publication)
    return where.assurance(at) if where else Assurance.UNPROVED


def logged(publication: Publication, sha256: str = "") -> Logged | None:
    """Return where the leaf of a publication is, proved from the tiles; None without a leaf.

    `sha256` is the file asked about: the published one ("" too), or one renewed later. It holds only where
    the page knows of every change that the log knows: a withdrawal cannot be hidden.
    """
    asked = sha256 or publication.pdf_sha256
    leaves = list(publication.leaves.order_by("index"))
    leaf = _leaf(leaves, publication, asked)
    if leaf is None:
        return None
    fits = _says(leaf, publication, asked) and len(leaves) == entries.count_of(publication)
    newest = newest_checkpoint()
    signed_at = _signed_at(newest)
    over = newest if newest is not None and leaf.index < newest.size else None
    holds = signed_at is not None and (over is None or _is_in(leaf, over))
    return Logged(
        index=leaf.index,
        at=leaf.at,
        checkpoint=over,
        signed_at=signed_at or leaf.at,
        holds=fits and holds,
        is_sealed=bool(json.loads(leaves[0].body).get("certificates")),
    )


def is_current(at: dt.datetime) -> bool:
    """Whether the log has signed within a day."""
    newest = newest_checkpoint()
    signed_at = _signed_at(newest) if newest else None
    return signed_at is not None and _within_a_day(signed_at, at)


def waits_since() -> dt.datetime | None:
    """Return since when the oldest entry waits for a checkpoint, None where none does."""
    newest = newest_checkpoint()
    waiting = Leaf.objects.filter(index__gte=newest.size if newest else 0).order_by("index")
    return waiting.values_list("at", flat=True).first()


def proofs_of(publication: Publication) -> list[tuple[Leaf, Proof]]:
    """Return the leaves about a publication that are under the newest checkpoint, with their proofs."""
    newest = newest_checkpoint()
    if newest is None:
        return []
    leaves = publication.leaves.filter(index__lt=newest.size).order_by("index")
    return [(leaf, _proof(leaf, newest)) for leaf in leaves]


def tile(level: int, path: str) -> bytes | None:
    """Return the tile that an address names ("x001/067", "067.p/12"), None where the signed tree has none."""
    found = _TILE.fullmatch(path)
    newest = newest_checkpoint()
    if found is None or newest is None or level > _LEVELS:
        return None
    index, width = _numbers(found)
    at = (level, index)
    there = width_of(at, newest.size)
    if there < width:
        return None
    hashes = keeping.tiles([at], newest.size)[at]
    return hashes[: width * HASH] if len(hashes) == there * HASH else None


def entry_bundle(path: str) -> bytes | None:
    """Return the entries that an address names, as `tile` does."""
    found = _TILE.fullmatch(path)
    newest = newest_checkpoint()
    if found is None or newest is None:
        return None
    index, width = _numbers(found)
    first = index * WIDTH
    if first + width > newest.size:
        return None
    rows = Leaf.objects.filter(index__gte=first, index__lt=first + width).order_by("index")
    return bundle([body.encode() for body in rows.values_list("body", flat=True)])


def _numbers(found: re.Match[str]) -> tuple[int, int]:
    index = int(re.sub(r"[x/]", "", found["number"]))
    return index, min(int(found["width"] or WIDTH), WIDTH)


def _within_a_day(then: dt.datetime, at: dt.datetime) -> bool:
    """Whether `then` is at most a day before `at`; what comes from the future proves nothing."""
    return -_CLOCKS <= at - then <= CURRENT


def _signed_at(checkpoint: SignedCheckpoint | None) -> dt.datetime | None:
    """Return when the log signed, by its own signature; None for one that no key of the log signed.

    Of a log that has signed nothing yet: when its first entry came, from which its day runs.
    """
    if checkpoint is None:
        return Leaf.objects.order_by("index").values_list("at", flat=True).first()
    try:
        times = Note.of(checkpoint.note).signed_by(keeping.keys()).values()
    except BadNote:
        return None
    return dt.datetime.fromtimestamp(max(times), dt.UTC) if times else None


def _leaf(leaves: Sequence[Leaf], publication: Publication, sha256: str) -> Leaf | None:
    if sha256 == publication.pdf_sha256:
        return leaves[0] if leaves else None
    return next((leaf for leaf in leaves if leaf.kind == "renew" and sha256 in leaf.body), None)


def _is_in(leaf: Leaf, newest: SignedCheckpoint) -> bool:
    try:
        return _proof(leaf, newest).holds(bytes(leaf.hash))
    except ValueError:  # no note, or leaves that are missing
        return False


def _proof(leaf: Leaf, newest: SignedCheckpoint) -> Proof:
    note = Note.of(newest.note)
    assert Checkpoint.of(note.text).size == newest.size
    return Proof(leaf.index, tuple(keeping.tree(newest.size).inclusion(leaf.index)), note)


def _says(leaf: Leaf, publication: Publication, sha256: str) -> bool:
    """Whether the leaf is about this publication and that file."""
    body = json.loads(leaf.body)
    kind = "publish" if sha256 == publication.pdf_sha256 else "renew"
    said = (body.get("kind"), body.get("publication"), body.get("pdf_sha256"))
    return said == (kind, publication.public_id, sha256)
