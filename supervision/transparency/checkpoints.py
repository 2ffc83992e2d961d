"""Checkpoints and proofs of C2SP as text: which tree a log stands at, and that an entry is in it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass

from supervision.transparency.merkle import HASH, proves_inclusion
from supervision.transparency.notes import BadNote, Note

PROOF = "c2sp.org/tlog-proof@v1"
_LONGEST_PROOF = 63  # hashes


@dataclass(frozen=True)
class Checkpoint:
    """The tree of a log at one time: whose, how many leaves, which root."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def of(cls, text: str) -> Checkpoint:
        """Return the checkpoint that the text of a note is; BadNote for what is none."""
        origin, size, root, *_more = [*text.split("\n"), "", "", ""]
        found = cls(origin, number(size), digest(root))
        if not origin or not text.startswith(found.text):
            raise BadNote("no checkpoint")
        return found

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True)
class Proof:
    """That an entry is in a log: its index, the way to the root, and the signed checkpoint with that root."""

    index: int
    hashes: tuple[bytes, ...]
    note: Note

    @classmethod
    def of(cls, text: str) -> Proof:
        """Return the proof that a `.tlog-proof` holds; BadNote for what is none."""
        head, gap, note = text.partition("\n\n")
        first, *lines = head.split("\n")
        if lines and lines[0].startswith("extra "):
            lines = lines[1:]
        if not gap or first != PROOF or not lines or not lines[0].startswith("index "):
            raise BadNote("no proof")
        hashes = tuple(map(digest, lines[1:]))
        if len(hashes) > _LONGEST_PROOF:
            raise BadNote("no proof")
        return cls(number(lines[0].removeprefix("index ")), hashes, Note.of(note))

    def __str__(self) -> str:
        hashes = "".join(f"{base64.b64encode(one).decode()}\n" for one in self.hashes)
        return f"{PROOF}\nindex {self.index}\n{hashes}\n{self.note}"

    def holds(self, leaf: bytes) -> bool:
        """Whether the way leads from this leaf hash to the checkpoint's root, whoever signed that."""
        checkpoint = Checkpoint.of(self.note.text)
        return proves_inclusion(leaf, self.index, checkpoint.size, self.hashes, checkpoint.root)


def number(text: str) -> int:
    """Return a whole number in digits without leading zeroes; BadNote for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) < 19 and (text == "0" or text[0] != "0")):
        raise BadNote("no number")
    return int(text)


def digest(text: str) -> bytes:
    """Return the hash that a line of Base64 holds; BadNote for anything else."""
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadNote("no hash") from error
    if len(found) != HASH or base64.b64encode(found).decode() != text:
        raise BadNote("no hash")
    return found


def tile_path(index: int) -> str:
    """Return the number of a tile as its address has it: 1234067 is `x001/x234/067`."""
    parts = [f"{index % 1000:03d}"]
    while index := index // 1000:
        parts.append(f"x{index % 1000:03d}")
    return "/".join(reversed(parts))


def bundle(entries: Sequence[bytes]) -> bytes:
    """Return entries one after the other, each with its length before it (two bytes)."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)
