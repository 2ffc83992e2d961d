"""What proofs, tiles and the whole check cost: a few queries however long the log is, and no more memory."""

from __future__ import annotations

import datetime as dt
import tracemalloc
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from supervision.files import storage
from supervision.publication.log import answers, checking, keeping, signing
from supervision.publication.log.checking import troubles
from supervision.publication.log.models import Leaf, Tile
from supervision.transparency.merkle import WIDTH, At, leaf_hash, over, proves_consistency, proves_inclusion
from tests.owner import without_guards
from tests.publication.factory import AT, publication

pytestmark = [pytest.mark.django_db, pytest.mark.tier("all")]
LONG = 20_001


def fill(count: int) -> list[bytes]:
    """Append so many leaves about nothing, by the table alone; return all hashes of the log."""
    start = keeping.size()
    rows = []
    for n in range(start, start + count):
        body = f'{{"at":"2026-11-19T07:05:00Z","kind":"audit","number":{n}}}'
        before = n - 1 if n else None
        rows.append(
            Leaf(index=n, before_id=before, kind="audit", body=body, hash=leaf_hash(body.encode()), at=AT)
        )
    Leaf.objects.bulk_create(rows, batch_size=2000)
    return [bytes(one) for one in Leaf.objects.order_by("index").values_list("hash", flat=True)]


def test_a_proof_in_a_long_log_asks_three_queries_and_is_that_of_the_plain_tree() -> None:
    fill(LONG - 1)
    signed = signing.sign_checkpoint(at=AT)
    assert signed is not None and signed.size == LONG
    hashes = [bytes(one) for one in Leaf.objects.order_by("index").values_list("hash", flat=True)]
    plain = over(hashes)
    for index in (0, 255, 256, 19_967, 19_968, LONG - 1):
        with CaptureQueriesContext(connection) as asked:
            proof = keeping.tree(LONG).inclusion(index)
        assert len(asked) <= 3 and proof == plain.inclusion(index), index
        assert proves_inclusion(hashes[index], index, LONG, proof, plain.root())
    for old in (1, 256, 12_345, 19_968, LONG):
        with CaptureQueriesContext(connection) as asked:
            tree = keeping.tree(LONG)
            proof = tree.consistency(old)
        assert len(asked) <= 3 and proof == plain.consistency(old)
        assert proves_consistency(old, LONG, proof, plain.root(old), plain.root())
    assert Tile.objects.filter(level=0).count() == LONG // WIDTH


def test_tiles_that_are_not_kept_yet_are_made_from_their_leaves() -> None:
    hashes = fill(3 * WIDTH + 5)
    plain, size = over(hashes), len(hashes)
    wanted: list[At] = [(0, 0), (0, 3), (1, 0), (0, 4), (2, 0)]
    with CaptureQueriesContext(connection) as asked:
        found = keeping.tiles(wanted, size)
    assert len(asked) <= 6
    assert found[0, 0] == b"".join(hashes[:WIDTH]) and found[0, 3] == b"".join(hashes[3 * WIDTH :])
    assert found[1, 0] == b"".join(over(hashes[n * WIDTH : (n + 1) * WIDTH]).root() for n in range(3))
    assert found[0, 4] == found[2, 0] == b""
    assert keeping.tree(size).root() == plain.root()


@pytest.mark.parametrize(
    "path", ["1/000", "1/000.p/20", "2/000", "7/000", "0/078", "0/079.p/1", "0/x999/999"]
)
def test_what_the_tree_has_not_is_refused_by_its_size_alone(client: Client, path: str) -> None:
    fill(10 * WIDTH)
    signing.sign_checkpoint(at=AT)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/nhat-ky/tile/{path}").status_code == 404
    assert len(asked) == 1, [one["sql"][:80] for one in asked]


def test_a_tile_is_given_out_in_a_few_queries(client: Client) -> None:
    fill(10 * WIDTH)
    signing.sign_checkpoint(at=AT)
    for path in ("0/000", "0/010.p/1", "1/000.p/10", "entries/000"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/nhat-ky/tile/{path}").status_code == 200
        assert len(asked) <= 3, path


def test_the_whole_check_asks_as_much_for_each_thousand_leaves_and_holds_a_piece_of_them() -> None:
    for number in range(1, 4):
        publication([], number_text=f"{number:02d}/TB-MTTQ-BTT")
    counts, peaks = [], []
    for more in (1000, 1000, 2000, 4000):
        fill(more)
        signing.sign_checkpoint(at=AT + dt.timedelta(hours=len(counts)))
        tracemalloc.start()
        with CaptureQueriesContext(connection) as asked:
            found = [one for one in troubles() if not one.startswith("the file of")]
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        counts.append(len(asked))
        assert found == []
    grown = [after - before for before, after in pairwise(counts)]
    assert grown[0] <= 4 * 5 and grown[2] <= 2 * (grown[1] + 4), counts
    assert peaks[-1] < 2 * peaks[0] + 2_000_000, peaks


TAMPERED = {
    "a kept root": "UPDATE publication_tile SET root = hashes",
    "a kept tile": 'UPDATE publication_tile SET hashes = root WHERE "index" = 1',
    "a tile of no tree": 'UPDATE publication_tile SET level = 3 WHERE "index" = 1',
    "a row that says another size": "UPDATE publication_signedcheckpoint SET size = size - 1",
    "a row that says too much": "UPDATE publication_signedcheckpoint SET size = size + 9",
    "a leaf that nobody can read": "UPDATE publication_leaf SET body = 'x' WHERE \"index\" = 300",
    "a kind": "UPDATE publication_leaf SET kind = 'key' WHERE \"index\" = 300",
    "a paper's leaf": "UPDATE publication_leaf SET publication_id = NULL WHERE kind = 'publish'",
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_is_bent_anywhere_in_a_long_log_is_found(what: str) -> None:
    publication([], pdf_sha256=storage.write(b"%PDF-1.7"))
    fill(3 * WIDTH)
    signing.sign_checkpoint(at=AT)
    assert list(troubles()) == []
    without_guards(TAMPERED[what])
    assert list(troubles())


def test_a_checkpoint_beside_the_database_is_told_against_the_leaves_too() -> None:
    fill(2 * WIDTH)
    signing.sign_checkpoint(at=AT)
    path = signing.high_water()
    text = path.read_text(encoding="utf-8")
    assert list(troubles()) == []
    for bent in ("", "x", text.replace("nhat-ky\n", "nhat-kx\n", 1), text.replace("513", "512", 1)):
        path.write_text(bent, encoding="utf-8")
        assert list(troubles()), bent
    assert checking.PIECE < WIDTH * 4 and answers.CURRENT
