"""The tree of RFC 6962 against vectors made by others, against its own definition, and bent in every way."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.transparency.merkle import (
    WIDTH,
    empty_root,
    leaf_hash,
    node_hash,
    over,
    proves_consistency,
    proves_inclusion,
)

VECTORS: dict[str, Any] = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))
LEAVES = [leaf_hash(str(n).encode()) for n in range(3 * WIDTH)]
EDGES = (0, 1, 2, 3, 7, 8, 9, WIDTH - 1, WIDTH, WIDTH + 1, 2 * WIDTH, 2 * WIDTH + 5, 3 * WIDTH)


def decoded(texts: Sequence[str] | None) -> list[bytes]:
    return [base64.b64decode(text) for text in texts or ()]


def mth(leaves: Sequence[bytes]) -> bytes:
    """The definition of RFC 6962, word by word."""
    if len(leaves) < 2:
        return leaves[0] if leaves else empty_root()
    k = 1 << ((len(leaves) - 1).bit_length() - 1)
    return node_hash(mth(leaves[:k]), mth(leaves[k:]))


def test_hashes_are_those_of_the_rfc() -> None:
    assert empty_root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert leaf_hash(b"L123456").hex() == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    assert (
        node_hash(b"N123", b"N456").hex()
        == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"
    )


@pytest.mark.parametrize("vector", VECTORS["inclusion"], ids=lambda one: one["name"])
def test_inclusion_as_published(vector: dict[str, Any]) -> None:
    leaf, root = decoded([vector["leafHash"], vector["root"]])
    found = proves_inclusion(leaf, vector["leafIdx"], vector["treeSize"], decoded(vector["proof"]), root)
    assert found is not vector["wantErr"]


@pytest.mark.parametrize("vector", VECTORS["consistency"], ids=lambda one: one["name"])
def test_consistency_as_published(vector: dict[str, Any]) -> None:
    old, new = decoded([vector["root1"], vector["root2"]])
    found = proves_consistency(vector["size1"], vector["size2"], decoded(vector["proof"]), old, new)
    assert found is not vector["wantErr"]


@pytest.mark.parametrize("size", EDGES)
def test_a_root_is_what_the_definition_says(size: int) -> None:
    assert over(LEAVES[:size]).root() == mth(LEAVES[:size])
    assert over(LEAVES).root(size) == mth(LEAVES[:size])


def test_every_leaf_of_every_small_tree_is_proved_and_every_tree_by_the_next() -> None:
    for size in range(1, 70):
        tree = over(LEAVES[:size])
        for n in range(size):
            assert proves_inclusion(LEAVES[n], n, size, tree.inclusion(n), tree.root())
            assert proves_consistency(n + 1, size, tree.consistency(n + 1), mth(LEAVES[: n + 1]), tree.root())


@given(st.data())
def test_a_proof_bent_anywhere_proves_nothing(data: st.DataObject) -> None:
    size = data.draw(st.sampled_from(EDGES[2:]))
    tree, index = over(LEAVES[:size]), data.draw(st.integers(0, size - 1))
    proof = tree.inclusion(index)
    at, bit = data.draw(st.integers(0, len(proof) - 1)), data.draw(st.integers(0, 255))
    bent = list(proof)
    bent[at] = (int.from_bytes(bent[at], "big") ^ 1 << bit).to_bytes(32, "big")
    leaf, root = LEAVES[index], tree.root()
    assert proves_inclusion(leaf, index, size, proof, root)
    for wrong in (bent, proof[:at] + proof[at + 1 :], [*proof, proof[at]]):
        assert not proves_inclusion(leaf, index, size, wrong, root)
    other = data.draw(st.integers(0, size - 1).filter(lambda n: n != index))
    assert not proves_inclusion(leaf, other, size, proof, root)
    assert not proves_inclusion(LEAVES[other], index, size, proof, root)


@given(st.data())
def test_a_tree_that_was_changed_before_its_old_end_does_not_go_on_from_it(data: st.DataObject) -> None:
    size = data.draw(st.sampled_from(EDGES[3:]))
    old = data.draw(st.integers(1, size))
    changed = list(LEAVES[:size])
    changed[data.draw(st.integers(0, old - 1))] = leaf_hash(b"another")
    forged, before = over(changed), mth(LEAVES[:old])
    assert not proves_consistency(old, size, forged.consistency(old), before, forged.root())
    honest = over(LEAVES[:size])
    assert proves_consistency(old, size, honest.consistency(old), before, honest.root())


@pytest.mark.parametrize(("index", "size"), [(-1, 5), (5, 5), (0, 0)])
def test_what_is_in_no_tree_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no such leaf"):
        over(LEAVES[:size]).inclusion(index)
    assert not proves_inclusion(LEAVES[0], index, size, [], LEAVES[0])
