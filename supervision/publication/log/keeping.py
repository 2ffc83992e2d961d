"""Appending to the log, and reading its tree: leaves one after the other, in the caller's transaction."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from supervision.audit.canonical import canonical, moment
from supervision.publication.log import entries
from supervision.publication.log.models import Leaf, Log, Tile
from supervision.publication.models import Entry, Publication, Renewal
from supervision.transparency.merkle import WIDTH, At, Tree, folded, leaf_hash, width_of
from supervision.transparency.notes import Verifier

_TOGETHER = 16  # tiles that are made at once
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
    return Tree(leaves, lambda wanted: tiles(wanted, leaves))


def tiles(wanted: Collection[At], leaves: int) -> dict[At, bytes]:
    """Return tiles of the tree of so many leaves, full or not: hashes one after the other, b"" for none.

    In three queries, however many: the full ones; of the others the leaves, or the roots of the tiles below.
    What has become full since the last checkpoint is not kept yet and is made in the same way.
    """
    widths = {at: width_of(at, leaves) for at in wanted}
    found = _full([at for at, width in widths.items() if width == WIDTH])
    parts = {at: range(at[1] * WIDTH, at[1] * WIDTH + widths[at]) for at in widths if at not in found}
    hashes = _leaves([one for (level, _index), one in parts.items() if level == 0])
    roots = _roots({at: one for at, one in parts.items() if at[0]}, leaves)
    for (level, index), below in parts.items():
        known = (roots.get((level - 1, one), b"") if level else hashes.get(one, b"") for one in below)
        found[level, index] = b"".join(known)
    return found


def _full(places: Sequence[At]) -> dict[At, bytes]:
    condition = Q(pk__in=[])
    for level in {level for level, _index in places}:
        condition |= Q(level=level, index__in=[index for one, index in places if one == level])
    return {(row.level, row.index): bytes(row.hashes) for row in Tile.objects.filter(condition)}


def _leaves(ranges: Iterable[range]) -> dict[int, bytes]:
    condition = Q(pk__in=[])
    for one in ranges:
        condition |= Q(index__gte=one.start, index__lt=one.stop)
    rows = Leaf.objects.filter(condition).values_list("index", "hash")
    return {index: bytes(found) for index, found in rows}


def _roots(ranges: Mapping[At, range], leaves: int) -> dict[At, bytes]:
    """Return the roots of the tiles below those that are not full."""
    condition = Q(pk__in=[])
    for (level, _index), one in ranges.items():
        condition |= Q(level=level - 1, index__gte=one.start, index__lt=one.stop)
    rows = Tile.objects.filter(condition).values_list("level", "index", "root")
    found = {(level, index): bytes(root) for level, index, root in rows}
    below = [(level - 1, one) for (level, _index), numbers in ranges.items() for one in numbers]
    if missing := [at for at in below if at not in found]:
        found |= {at: folded(made) for at, made in tiles(missing, leaves).items()}
    return found


@transaction.atomic
def keep_tiles(leaves: int) -> None:
    """Keep the tiles that are full in a tree of so many leaves and were not kept yet, the lowest first."""
    Log.objects.select_for_update().get()
    level, full = 0, leaves // WIDTH
    while full:
        last = Tile.objects.filter(level=level).order_by("-index").values_list("index", flat=True).first()
        for start in range(0 if last is None else last + 1, full, _TOGETHER):
            wanted = [(level, one) for one in range(start, min(start + _TOGETHER, full))]
            made = tiles(wanted, leaves)
            Tile.objects.bulk_create(
                Tile(level=level, index=at[1], hashes=made[at], root=folded(made[at])) for at in wanted
            )
        level, full = level + 1, full // WIDTH
