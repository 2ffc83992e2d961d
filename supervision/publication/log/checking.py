"""Is the log whole: all is reckoned again from the leaves and told against what stands beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from supervision.audit import contents
from supervision.audit.canonical import canonical
from supervision.files.storage import is_whole
from supervision.publication.log import entries
from supervision.publication.log.checkpoints import Checkpoint
from supervision.publication.log.merkle import Tree, leaf_hash, over
from supervision.publication.log.models import Leaf, SignedCheckpoint, Tile
from supervision.publication.log.notes import BadNote, Note, Verifier
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

#: What the public reads; the events hold the hash of each row, the texts that are searched included.
PUBLIC = (Publication, Entry, FollowUp, GoodPractice, PublishedPlan, PlanLine, PublishedRemark, Renewal)


def troubles() -> Iterator[str]:
    """Yield a sentence for everything in the log that does not fit; nothing for a log that is whole."""
    hashes: list[bytes] = []
    keys: list[Verifier] = []
    said: dict[str, list[str]] = {}
    for leaf in Leaf.objects.select_related("publication").order_by("index").iterator():
        if leaf.index != len(hashes):
            yield f"leaf {len(hashes)} is missing"
            return
        hashes.append(leaf_hash(leaf.body.encode()))
        if hashes[-1] != bytes(leaf.hash):
            yield f"leaf {leaf.index} has another hash than its body"
        body = json.loads(leaf.body)
        if body["kind"] != leaf.kind:
            yield f"leaf {leaf.index} is kept as {leaf.kind} and says {body['kind']}"
        if body["kind"] == "key":
            keys += [Verifier.of(text) for text in body.get("keys", [])]
        elif leaf.publication_id:
            said.setdefault(body["publication"], []).append(leaf.body)
            yield from _unlike(leaf, body)
    tree = over(hashes)
    yield from _bad_tiles(tree)
    yield from _bad_checkpoints(tree, keys)
    yield from _unlogged(said)
    yield from contents.troubles(PUBLIC)


def _unlike(leaf: Leaf, body: dict[str, object]) -> Iterator[str]:
    """Yield what a leaf says otherwise than the publication, its changes or its file."""
    publication = leaf.publication
    assert publication is not None
    if body["kind"] == "publish":
        certificates = [str(one) for one in body["certificates"]]  # type: ignore[attr-defined]
        may = [entries.of_publication(publication, certificates, leaf.salt)]
        if not is_whole(publication.pdf_sha256):
            yield f"the file of {publication.number_text} is missing or changed"
    elif body["kind"] == "renew":
        renewals = list(publication.renewals.all())
        may = [entries.of_renewal(row) for row in renewals]
        if not all(is_whole(row.pdf_sha256) for row in renewals):
            yield f"a renewed file of {publication.number_text} is missing or changed"
    else:
        rows = publication.entries.filter(what__in=entries.LOGGED).select_related(
            "replaced_by", "publication"
        )
        may = [entries.of_change(row, leaf.salt) for row in rows]
    if leaf.body not in map(canonical, may):
        yield f"leaf {leaf.index} says otherwise than {publication.number_text} now does"


def _bad_tiles(tree: Tree) -> Iterator[str]:
    for tile in Tile.objects.order_by("level", "index").iterator():
        if tree.tile(tile.level, tile.index) != bytes(tile.hashes):
            yield f"tile {tile.level}/{tile.index} is not that of the leaves"


def _bad_checkpoints(tree: Tree, keys: list[Verifier]) -> Iterator[str]:
    path = high_water()
    beside = [("the file beside the database", path.read_text(encoding="utf-8"))] if path.exists() else []
    rows = [(f"checkpoint {row.pk}", row.note) for row in SignedCheckpoint.objects.order_by("pk")]
    if rows and not beside:
        yield "the file beside the database is missing"
    for name, text in rows + beside:
        try:
            note = Note.of(text)
            checkpoint = Checkpoint.of(note.text)
            is_signed = bool(note.signed_by(keys))
        except BadNote as error:
            yield f"{name}: {error}"
            continue
        if not is_signed or checkpoint.origin != origin():
            yield f"{name} is not signed by this log"
        elif checkpoint.size > tree.size or tree.root(checkpoint.size) != checkpoint.root:
            yield f"{name} is of another tree than the leaves make"


def _unlogged(said: dict[str, list[str]]) -> Iterator[str]:
    """Yield the publications and changes that have no leaf, or more than one."""
    for publication in Publication.objects.order_by("pk").iterator():
        if len(said.get(publication.public_id, [])) != entries.count_of(publication):
            yield f"{publication.number_text} is not in the log as often as it was published and changed"
