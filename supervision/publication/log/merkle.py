"""The Merkle tree of RFC 6962: hashes, roots, proofs of inclusion and of consistency, and their checks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

HASH = 32  # bytes of a hash
HEIGHT = 8  # levels of the tree in one tile
WIDTH = 1 << HEIGHT  # hashes in a full tile
TILE = WIDTH * HASH  # bytes of a full tile

#: The tile `index` of a level: the hashes in it one after the other, as many as there are.
Tiles = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of a leaf that holds `entry`."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def empty_root() -> bytes:
    """Return the root of a tree without leaves."""
    return hashlib.sha256(b"").digest()


class Tree:
    """The tree over the first `size` leaves, read tile by tile; nothing of it is kept in memory at once."""

    def __init__(self, size: int, tiles: Tiles) -> None:
        self.size = size
        self.tile = tiles
        self._read: dict[tuple[int, int], bytes] = {}

    def root(self, size: int | None = None) -> bytes:
        """Return the root over the first `size` leaves (of all without)."""
        size = self.size if size is None else size
        return self._range(0, size) if size else empty_root()

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """Return the proof that leaf `index` is in the tree of `size` leaves: from its sibling upwards."""
        size = self.size if size is None else size
        if not 0 <= index < size:
            raise ValueError("no such leaf")
        proof, low, high = [], 0, size
        while high - low > 1:
            middle = low + _split(high - low)
            if index < middle:
                proof.append(self._range(middle, high))
                high = middle
            else:
                proof.append(self._range(low, middle))
                low = middle
        return proof[::-1]

    def consistency(self, old: int, size: int | None = None) -> list[bytes]:
        """Return the proof that the tree of `size` leaves begins with that of `old` (at least 1)."""
        size = self.size if size is None else size
        if not 0 < old <= size:
            raise ValueError("no such tree")
        proof, low, high, is_whole = [], 0, size, True
        while low + old != high:
            k = _split(high - low)
            if old <= k:
                proof.append(self._range(low + k, high))
                high = low + k
            else:
                proof.append(self._range(low, low + k))
                low, old, is_whole = low + k, old - k, False
        return ([] if is_whole else [self._range(low, high)]) + proof[::-1]

    def _range(self, low: int, high: int) -> bytes:
        """Return the hash over the leaves from `low` to before `high`, a range that a proof may need."""
        count = high - low
        if count & (count - 1) == 0 and low % count == 0:
            return self._complete(count.bit_length() - 1, low // count)
        middle = low + _split(count)
        return node_hash(self._range(low, middle), self._range(middle, high))

    def _complete(self, height: int, index: int) -> bytes:
        """Return the hash of a complete subtree of 2**height leaves, the `index`th of its height."""
        level, inner = divmod(height, HEIGHT)
        count = 1 << inner
        number, start = divmod(index * count, WIDTH)
        if (level, number) not in self._read:
            self._read[level, number] = self.tile(level, number)
        found = self._read[level, number][start * HASH : (start + count) * HASH]
        if len(found) != count * HASH:
            raise ValueError(f"tile {level}/{number} is short")
        return folded(found)


def over(hashes: Sequence[bytes]) -> Tree:
    """Return the tree over leaf hashes that are all at hand."""
    levels = [b"".join(hashes)]
    while len(levels[-1]) >= TILE:
        full = range(0, len(levels[-1]) - TILE + 1, TILE)
        levels.append(b"".join(folded(levels[-1][at : at + TILE]) for at in full))

    def tiles(level: int, index: int) -> bytes:
        return levels[level][index * TILE : (index + 1) * TILE] if level < len(levels) else b""

    return Tree(len(hashes), tiles)


def folded(hashes: bytes) -> bytes:
    """Return the hash over hashes that stand one after the other, a power of two of them."""
    found = [hashes[at : at + HASH] for at in range(0, len(hashes), HASH)]
    while len(found) > 1:
        found = [node_hash(left, right) for left, right in zip(found[::2], found[1::2], strict=True)]
    return found[0]


def _split(count: int) -> int:
    """Return the largest power of two below `count` (at least 2)."""
    return 1 << ((count - 1).bit_length() - 1)


def proves_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `proof` leads from the leaf hash at `index` to `root`, of `size` leaves (RFC 9162 2.1.3.2)."""
    if not 0 <= index < size or any(len(one) != HASH for one in (leaf, *proof)):
        return False
    at, last, found = index, size - 1, leaf
    for one in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(one, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, one)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def proves_consistency(old: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes) -> bool:
    """Whether `proof` shows that the tree of `size` leaves begins with that of `old` (RFC 9162 2.1.4.2).

    A tree begins with itself by an empty proof. The empty tree needs none, so here it begins nothing.
    """
    if not 0 < old <= size or any(len(one) != HASH for one in proof):
        return False
    if old == size:
        return not proof and old_root == root
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        return False
    at, last = old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = path[0]
    for one in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = node_hash(one, before), node_hash(one, after)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(after, one)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == root
