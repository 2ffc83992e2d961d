"""How one file differs from another, byte for byte: cut short, added to, changed within."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

_PIECE = 64 * 1024


@dataclass(frozen=True)
class Difference:
    """What a file of `size` bytes and an original of `original` bytes have in common, in bytes.

    `start` are the same at their beginning, `end` those of the rest that are the same at their end. `altered`
    differ where both are of one size, else None.
    """

    size: int
    original: int
    start: int
    end: int
    altered: int | None = None

    @property
    def is_beginning(self) -> bool:
        """Whether the file is what the original begins with, and less than all of it."""
        return self.start == self.size < self.original

    @property
    def is_continued(self) -> bool:
        """Whether the file begins with the whole original and goes on."""
        return self.start == self.original < self.size

    @property
    def is_one_gap(self) -> bool:
        """Whether the file is the original with bytes put in, or taken out, at one place within."""
        return self.size != self.original and self.start + self.end == min(self.size, self.original)

    @property
    def shared(self) -> int:
        """Return how many bytes both have at the same place, from the beginning or from the end."""
        return self.size - self.altered if self.altered is not None else self.start + self.end

    @property
    def is_mostly_equal(self) -> bool:
        return self.shared * 2 >= max(self.size, self.original) > 0


def difference(data: bytes, original: BinaryIO) -> Difference:
    """Return how `data` differs from a seekable `original`, which is read in pieces, at most twice."""
    start = _same_start(data, original)
    size = original.seek(0, 2)
    if start == min(len(data), size):
        return Difference(len(data), size, start, 0, 0 if len(data) == size else None)
    if len(data) == size:
        return Difference(len(data), size, start, 0, _altered(data, original, start))
    return Difference(len(data), size, start, _same_end(data, original, size, start))


def _same_start(data: bytes, original: BinaryIO) -> int:
    original.seek(0)
    at = 0
    while piece := original.read(_PIECE):
        mine = data[at : at + len(piece)]
        if mine != piece:
            return at + _common(mine, piece)
        at += len(piece)
    return at


def _altered(data: bytes, original: BinaryIO, start: int) -> int:
    original.seek(start)
    at, altered = start, 0
    while piece := original.read(_PIECE):
        mine = data[at : at + len(piece)]
        if mine != piece:
            both = int.from_bytes(mine) ^ int.from_bytes(piece)
            altered += len(piece) - both.to_bytes(len(piece)).count(0)
        at += len(piece)
    return altered


def _same_end(data: bytes, original: BinaryIO, size: int, start: int) -> int:
    left, same = min(len(data), size) - start, 0
    while same < left:
        length = min(_PIECE, left - same)
        original.seek(size - same - length)
        piece = original.read(length)[::-1]
        mine = data[len(data) - same - length : len(data) - same][::-1]
        if mine != piece:
            return same + _common(mine, piece)
        same += length
    return same


def _common(one: bytes, other: bytes) -> int:
    """Return how many bytes two pieces begin with alike; halved, not counted one by one."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
