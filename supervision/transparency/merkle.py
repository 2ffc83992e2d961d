"""The Merkle tree of RFC 6962: hashes, roots, proofs of inclusion and of consistency, and their checks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

HASH = 32  # bytes of a hash
HEIGHT = 8  # levels of the tree in one tile
WIDTH = 1 << HEIGHT  # hashes in a full tile
TILE = WIDTH * HASH  # bytes of a full tile

#: Which tile: its level, and its number there.
At = tuple[int, int]
#: Tiles that are asked for together: the hashes in each, one after the other, as many as there are.
Tiles = Callable[[Collection[At]], Mapping[At, bytes]]


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
    """The tree over the first `size` leaves; the tiles that an answer needs are read at once, no others."""

    def __init__(self, size: int, tiles: Tiles) -> None:
        self.size = size
        self._tiles = tiles
        self._read: dict[At, bytes] = {}

    def root(self, size: int | None = None) -> bytes:
        """Return the root over the first `size` leaves (of all without)."""
        size = self.size if size is None else size
        return self._hashes([(0, size)])[0] if size else empty_root()

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """Return the proof that leaf `index` is in the tree of `size` leaves: from its sibling upwards."""
        size = self.size if size is None else size
        if not 0 <= index < size:
            raise ValueError("no such leaf")
        proof, low, high = [], 0, size
        while high - low > 1:
            middle = low + _split(high - low)
            if index < middle:
                proof.append((middle, high))
                high = middle
            else:
                proof.append((low, middle))
                low = middle
        return self._hashes(proof[::-1])

    def consistency(self, old: int, size: int | None = None) -> list[bytes]:
        """Return the proof that the tree of `size` leaves begins with that of `old` (at least 1)."""
        size = self.size if size is None else size
        if not 0 < old <= size:
            raise ValueError("no such tree")
        proof, low, high, is_whole = [], 0, size, True
        while low + old != high:
            k = _split(high - low)
            if old <= k:
                proof.append((low + k, high))
                high = low + k
            else:
                proof.append((low, low + k))
                low, old, is_whole = low + k, old - k, False
        return self._hashes(([] if is_whole else [(low, high)]) + proof[::-1])

    def _hashes(self, ranges: Sequence[tuple[int, int]]) -> list[bytes]:
        """Return the hash over each range of leaves that a proof needs, from its first to before its last."""
        wanted = {_place(*node)[0] for low, high in ranges for node in _complete(low, high)}
        if missing := wanted - self._read.keys():
            self._read.update(self._tiles(missing))
        return [self._hash(low, high) for low, high in ranges]

    def _hash(self, low: int, high: int) -> bytes:
        *rest, found = [self._subtree(*node) for node in _complete(low, high)]
        for one in reversed(rest):
            found = node_hash(one, found)
        return found

    def _subtree(self, height: int, index: int) -> bytes:
        at, start, count = _place(height, index)
        found = self._read[at][start * HASH : (start + count) * HASH]
        if len(found) != count * HASH:
            raise ValueError(f"tile {at[0]}/{at[1]} is short")
        return folded(found)


class Frontier:
    """A tree that grows leaf by leaf: its root at any time, each tile once full; a few hashes are kept."""

    def __init__(self) -> None:
        self.size = 0
        self._roots: list[tuple[int, bytes]] = []  # of the complete subtrees, by height, the largest first
        self._tiles: list[bytearray] = []  # the last one of each level, not full yet

    def add(self, leaf: bytes) -> list[tuple[At, bytes]]:
        """Take in the hash of the next leaf; return the tiles that it fills."""
        self.size += 1
        height, found, full = 0, leaf, self._fill(0, leaf)
        while self._roots and self._roots[-1][0] == height:
            height, found = height + 1, node_hash(self._roots.pop()[1], found)
            if height % HEIGHT == 0:
                full += self._fill(height // HEIGHT, found)
        self._roots.append((height, found))
        return full

    def root(self) -> bytes:
        """Return the root over the leaves so far."""
        if not self._roots:
            return empty_root()
        *rest, (_height, found) = self._roots
        for _height, one in reversed(rest):
            found = node_hash(one, found)
        return found

    def _fill(self, level: int, one: bytes) -> list[tuple[At, bytes]]:
        if level == len(self._tiles):
            self._tiles.append(bytearray())
        self._tiles[level] += one
        if len(self._tiles[level]) < TILE:
            return []
        full, self._tiles[level] = bytes(self._tiles[level]), bytearray()
        return [((level, (self.size >> (HEIGHT * (level + 1))) - 1), full)]


def over(hashes: Sequence[bytes]) -> Tree:
    """Return the tree over leaf hashes that are all at hand."""
    levels = [b"".join(hashes)]
    while len(levels[-1]) >= TILE:
        full = range(0, len(levels[-1]) - TILE + 1, TILE)
        levels.append(b"".join(folded(levels[-1][at : at + TILE]) for at in full))

    def tile(at: At) -> bytes:
        level, index = at
        return levels[level][index * TILE : (index + 1) * TILE] if level < len(levels) else b""

    return Tree(len(hashes), lambda wanted: {at: tile(at) for at in wanted})


def width_of(at: At, size: int) -> int:
    """Return how many hashes a tile has in the tree of `size` leaves, 0 for one that it has not."""
    level, index = at
    return max(0, min(WIDTH, (size >> (HEIGHT * level)) - index * WIDTH))


def _complete(low: int, high: int) -> Iterator[tuple[int, int]]:
    """Yield the complete subtrees that leaves `low` to before `high` are made of: height, number in it."""
    while low < high:
        height = (high - low).bit_length() - 1
        yield height, low >> height
        low += 1 << height


def _place(height: int, index: int) -> tuple[At, int, int]:
    """Return the tile that holds a complete subtree, and from which of its hashes on how many make it."""
    level, inner = divmod(height, HEIGHT)
    count = 1 << inner
    number, start = divmod(index * count, WIDTH)
    return (level, number), start, count


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
