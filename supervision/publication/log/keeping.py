"""Appending to the log, and reading its tree: leaves one after the other, in the caller's transaction."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from supervision.audit.canonical import canonical, moment
from supervision.publication.log import entries
from supervision.publication.log.merkle import WIDTH, Tree, folded, leaf_hash
from supervision.publication.log.models import Leaf, Log, Tile
from supervision.publication.log.notes import Verifier
from supervision.publication.models import Entry, Publication, Renewal

_MOST = 65_535  # bytes of an entry: its length stands in two before it


def append_publication(publication: Publication, *, certificates: Sequence[str], at: dt.datetime) -> Leaf:
    """Log that a paper was published; `certificates` are the fingerprints that it was signed with."""
    return _append(lambda salt: entries.of_publication(publication, certificates, salt), publication, at)


def append_change(entry: Entry) -> Leaf:
    """Log that a published paper was corrected, withdrawn or replaced."""
    return _append(lambda salt: entries.of_change(entry, salt), entry.publication, entry.at)


def append_renewal(renewal: Renewal) -> Leaf:
    """Log that the file of a publication bears a further archive stamp."""
    return _append(lambda _salt: entries.of_renewal(renewal), renewal.publication, renewal.at)


def append_head(kind: str, data: dict[str, Any], *, at: dt.datetime) -> Leaf:
    """Log something that is about no paper: the head of the audit chain, a change of the log's key."""
    return _append(lambda _salt: {"kind": kind, **data, "at": moment(at)}, None, at)


def _append(said: Callable[[str], dict[str, Any]], publication: Publication | None, at: dt.datetime) -> Leaf:
    with transaction.atomic():
        Log.objects.select_for_update().get()
        last = Leaf.objects.order_by("-index").first()
        salt = secrets.token_hex(16) if publication else ""
        content = said(salt)
        body = canonical(content)
        if len(body.encode()) > _MOST:
            raise ValueError("an entry of the log is short")
        return Leaf.objects.create(
            index=last.index + 1 if last else 0,
            before=last,
            kind=content["kind"],
            body=body,
            hash=leaf_hash(body.encode()),
            salt=salt,
            publication=publication,
            at=at,
        )


def keys() -> list[Verifier]:
    """Return the keys by which the log says it is signed: each key is named in a leaf."""
    return [Verifier.of(text) for said in said_in("key") for text in said.get("keys", [])]


def said_in(kind: str) -> list[dict[str, Any]]:
    """Return what the leaves of one kind say, the oldest first."""
    bodies = Leaf.objects.filter(kind=kind).order_by("index").values_list("body", flat=True)
    return [json.loads(body) for body in bodies]


def size() -> int:
    """Return how many leaves the log has."""
    last = Leaf.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def tree(leaves: int) -> Tree:
    """Return the tree over the first `leaves` leaves, read from the tiles that are kept."""
    return Tree(leaves, lambda level, index: tile(level, index, leaves))


def tile(level: int, index: int, leaves: int) -> bytes:
    """Return a tile of the tree of so many leaves, full or not: hashes one after the other, b"" for none."""
    if kept := Tile.objects.filter(level=level, index=index).first():
        return bytes(kept.hashes)
    width = min(WIDTH, max(0, leaves // WIDTH**level - index * WIDTH))
    if level == 0:
        first = index * WIDTH
        rows = Leaf.objects.filter(index__gte=first, index__lt=first + width).order_by("index")
        return b"".join(bytes(one) for one in rows.values_list("hash", flat=True))
    below = range(index * WIDTH, index * WIDTH + width)
    return b"".join(folded(tile(level - 1, one, leaves)) for one in below)


@transaction.atomic
def keep_tiles(leaves: int) -> None:
    """Keep the tiles that are full in a tree of so many leaves and were not kept yet, the lowest first."""
    Log.objects.select_for_update().get()
    level, full = 0, leaves // WIDTH
    while full:
        last = Tile.objects.filter(level=level).order_by("-index").values_list("index", flat=True).first()
        missing = range(0 if last is None else last + 1, full)
        for one in missing:
            Tile.objects.create(level=level, index=one, hashes=tile(level, one, leaves))
        level, full = level + 1, full // WIDTH
