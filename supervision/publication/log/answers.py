"""What the log can prove of a publication, and what of the log anyone may fetch."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass

from supervision.publication.log import entries, keeping
from supervision.publication.log.checkpoints import Checkpoint, Proof, bundle
from supervision.publication.log.merkle import HASH, WIDTH
from supervision.publication.log.models import Leaf, SignedCheckpoint
from supervision.publication.log.notes import BadNote, Note
from supervision.publication.log.signing import newest_checkpoint
from supervision.publication.models import Publication

#: A checkpoint older than this could hide a withdrawal: it no longer says how things stand.
CURRENT = dt.timedelta(hours=24)
_TILE = re.compile(r"^(?P<number>(?:x\d{3}/)*\d{3})(?:\.p/(?P<width>[1-9]\d{0,2}))?$")


@dataclass(frozen=True)
class Logged:
    """Where a publication stands in the log: its leaf, under which checkpoint, signed when.

    `checkpoint` is None for the minute in which a new leaf waits to be signed.
    """

    index: int
    checkpoint: SignedCheckpoint | None
    holds: bool

    @property
    def number(self) -> int:
        """Which entry of the log it is, counted from one as people do."""
        return self.index + 1

    def is_current(self, at: dt.datetime) -> bool:
        """Whether the checkpoint is young enough to say that nothing was withdrawn since."""
        return self.checkpoint is not None and at - self.checkpoint.at <= CURRENT


def logged(publication: Publication, sha256: str = "") -> Logged | None:
    """Return where the leaf of a publication is, proved from the tiles; None without a leaf.

    `sha256` is the file asked about: the published one ("" too), or one renewed later. It holds only where
    the page knows of every change that the log knows: a withdrawal cannot be hidden.
    """
    asked = sha256 or publication.pdf_sha256
    leaf = _leaf(publication, asked)
    if leaf is None:
        return None
    fits = _says(leaf, publication, asked) and publication.leaves.count() == entries.count_of(publication)
    proof = _proof(leaf)
    if proof is None:
        return Logged(leaf.index, None, holds=fits)
    try:
        holds = bool(proof.note.signed_by(keeping.keys())) and proof.holds(bytes(leaf.hash))
    except BadNote:
        holds = False
    return Logged(leaf.index, newest_checkpoint(), holds=holds and fits)


def is_proved(publication: Publication) -> bool:
    """Whether a signed checkpoint stands over the publication's first leaf."""
    newest = newest_checkpoint()
    return newest is not None and publication.leaves.filter(index__lt=newest.size).exists()


def waits_since() -> dt.datetime | None:
    """Return since when the oldest entry waits for a checkpoint, None where none does."""
    newest = newest_checkpoint()
    waiting = Leaf.objects.filter(index__gte=newest.size if newest else 0).order_by("index")
    return waiting.values_list("at", flat=True).first()


def proofs_of(publication: Publication) -> list[tuple[Leaf, Proof]]:
    """Return the leaves about a publication that are under the newest checkpoint, with their proofs."""
    leaves = publication.leaves.order_by("index")
    return [(leaf, proof) for leaf in leaves if (proof := _proof(leaf))]


def tile(level: int, path: str) -> bytes | None:
    """Return the tile that an address names ("x001/067", "067.p/12"), None where the signed tree has none."""
    found = _TILE.match(path)
    newest = newest_checkpoint()
    if found is None or newest is None or level > 63:
        return None
    index, width = _numbers(found)
    hashes = keeping.tile(level, index, newest.size)[: width * HASH]
    return hashes if len(hashes) == width * HASH else None


def entry_bundle(path: str) -> bytes | None:
    """Return the entries that an address names, as `tile` does."""
    found = _TILE.match(path)
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


def _leaf(publication: Publication, sha256: str) -> Leaf | None:
    leaves = publication.leaves.order_by("index")
    return (
        leaves.first()
        if sha256 == publication.pdf_sha256
        else leaves.filter(kind="renew", body__contains=sha256).first()
    )


def _proof(leaf: Leaf) -> Proof | None:
    newest = newest_checkpoint()
    if newest is None or newest.size <= leaf.index:
        return None
    hashes = keeping.tree(newest.size).inclusion(leaf.index)
    note = Note.of(newest.note)
    assert Checkpoint.of(note.text).size == newest.size
    return Proof(leaf.index, tuple(hashes), note)


def _says(leaf: Leaf, publication: Publication, sha256: str) -> bool:
    """Whether the leaf is about this publication and that file."""
    body = json.loads(leaf.body)
    kind = "publish" if sha256 == publication.pdf_sha256 else "renew"
    said = (body.get("kind"), body.get("publication"), body.get("pdf_sha256"))
    return said == (kind, publication.public_id, sha256)
