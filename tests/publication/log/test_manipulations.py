"""Whoever owns database and key of the log can sign any tree, but none that an old checkpoint bears out."""

from __future__ import annotations

import random
from collections.abc import Callable

from supervision.transparency import witness
from supervision.transparency.merkle import leaf_hash, over, proves_consistency

TRIES = 10_000
Leaves = list[bytes]


def entry(die: random.Random) -> bytes:
    return leaf_hash(die.randbytes(8))


def flip(die: random.Random, leaves: Leaves, seen: int) -> Leaves:
    at = die.randrange(seen)
    return [*leaves[:at], entry(die), *leaves[at + 1 :]]


def drop(die: random.Random, leaves: Leaves, seen: int) -> Leaves:
    at = die.randrange(seen)
    return leaves[:at] + leaves[at + 1 :]


def insert(die: random.Random, leaves: Leaves, seen: int) -> Leaves:
    at = die.randrange(seen)
    return [*leaves[:at], entry(die), *leaves[at:]]


def swap(die: random.Random, leaves: Leaves, seen: int) -> Leaves:
    one, other = die.randrange(seen), die.randrange(len(leaves))
    if one == other:
        other = (one + 1) % len(leaves)
    changed = list(leaves)
    changed[one], changed[other] = changed[other], changed[one]
    return changed


def truncate(die: random.Random, leaves: Leaves, seen: int) -> Leaves:
    return leaves[: die.randrange(seen)]


def fork(die: random.Random, leaves: Leaves, seen: int) -> Leaves:
    kept = leaves[: die.randrange(seen)]
    return kept + [entry(die) for _ in range(die.randint(1, 2 * len(leaves)))]


def begin_anew(die: random.Random, leaves: Leaves, seen: int) -> Leaves:
    return [entry(die) for _ in leaves]


KINDS: tuple[Callable[[random.Random, Leaves, int], Leaves], ...] = (
    flip, drop, insert, swap, truncate, fork, begin_anew,
)  # fmt: skip


def test_no_tree_that_was_tampered_with_goes_on_from_what_was_seen() -> None:
    die = random.Random(6962)
    for number in range(TRIES):
        leaves = [entry(die) for _ in range(die.randint(2, 60))]
        seen = die.randint(1, len(leaves))
        forged = KINDS[number % len(KINDS)](die, leaves, seen)
        anchor, honest = over(leaves[:seen]).root(), over(leaves)
        assert proves_consistency(seen, len(leaves), honest.consistency(seen), anchor, honest.root())
        if len(forged) < seen:
            continue  # smaller than what was seen: refused before any proof is looked at
        tree = over(forged)
        proofs = [tree.consistency(seen), honest.consistency(seen), []]
        for proof in proofs:
            assert not proves_consistency(seen, len(forged), proof, anchor, tree.root()), number
            assert not witness.goes_on(seen, len(forged), proof, anchor, tree.root()), number
