"""Signed notes of C2SP: a text with Ed25519 signatures below it, each by a named key."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SIGNS = 0x01  # the text itself
COSIGNS = 0x04  # the text and the time at which it was seen: a witness
_DASH = "— "
_MOST = 100  # signatures below one note
_TIME = 8  # bytes before a cosignature


class BadNote(ValueError):
    """What was given is no note, or a known key did not sign what stands above its line."""


@dataclass(frozen=True)
class Verifier:
    """A key that is known: its name, its kind and the public key, as the text `name+id+key` gives them."""

    name: str
    kind: int
    key: bytes

    @classmethod
    def of(cls, text: str) -> Verifier:
        """Return the verifier that `text` names; BadNote where it names none."""
        name, _plus, rest = text.strip().partition("+")
        key_id, _plus, encoded = rest.partition("+")
        raw = _decoded(encoded)
        if not _is_name(name) or len(raw) != 33 or raw[0] not in (SIGNS, COSIGNS):
            raise BadNote("no verifier key")
        found = cls(name, raw[0], raw[1:])
        if found.id.hex() != key_id:
            raise BadNote("the verifier key has another id")
        return found

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature names its key, beside the name."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.key).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(bytes([self.kind]) + self.key).decode()}"

    def time_of(self, text: str, signature: bytes) -> int:
        """Return when a cosignature says that `text` was seen, in seconds; 0 for a plain signature.

        Raises BadNote where the key did not sign it.
        """
        time, signed = 0, text.encode()
        if self.kind == COSIGNS:
            time, signature = int.from_bytes(signature[:_TIME], "big"), signature[_TIME:]
            signed = _seen(text, time)
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, signed)
        except (InvalidSignature, ValueError) as error:
            raise BadNote(f"{self.name} did not sign this") from error
        return time


@dataclass(frozen=True)
class Signer:
    """A key that signs, with its name and kind."""

    name: str
    private: Ed25519PrivateKey
    kind: int = SIGNS

    @property
    def verifier(self) -> Verifier:
        """The same key for those who check."""
        return Verifier(
            self.name, self.kind, self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        )

    def line(self, text: str, time: int = 0) -> str:
        """Return the line that stands below `text`; a witness says at which second it saw it."""
        if self.kind == COSIGNS:
            signature = time.to_bytes(_TIME, "big") + self.private.sign(_seen(text, time))
        else:
            signature = self.private.sign(text.encode())
        return f"{_DASH}{self.name} {base64.b64encode(self.verifier.id + signature).decode()}\n"


@dataclass(frozen=True)
class Note:
    """A text and the lines below it; nothing in it may be believed before `signed_by` has found a key."""

    text: str
    lines: tuple[str, ...]

    @classmethod
    def of(cls, given: str) -> Note:
        """Return the note that `given` is; BadNote for what is none."""
        text, gap, below = given.rpartition("\n\n")
        lines = [f"{line}\n" for line in below.split("\n")[:-1]]  # no other sign ends a line
        if not gap or not lines or not below.endswith("\n") or len(lines) > _MOST:
            raise BadNote("no signed note")
        if any(sign < " " and sign != "\n" for sign in given) or not all(map(_parts, lines)):
            raise BadNote("no signed note")
        return cls(f"{text}\n", tuple(lines))

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(self.lines)}"

    def signed_by(self, known: Iterable[Verifier]) -> dict[Verifier, int]:
        """Return which of the `known` keys signed the note, and when they say that they saw it.

        Lines of other keys are passed over. BadNote where a known key stands below what it did not sign.
        """
        keys = {(one.name, one.id): one for one in known}
        found: dict[Verifier, int] = {}
        for line in self.lines:
            name, key_id, signature = _parts(line) or ("", b"", b"")
            if verifier := keys.get((name, key_id)):
                found[verifier] = verifier.time_of(self.text, signature)
        return found

    def with_lines(self, more: Sequence[str]) -> Note:
        """Return the note with further signatures below it, each once."""
        return Note(self.text, tuple(dict.fromkeys((*self.lines, *more))))


def sign(text: str, signer: Signer) -> Note:
    """Return `text`, whose lines all end, signed."""
    return Note(text, (signer.line(text),))


def _seen(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def _parts(line: str) -> tuple[str, bytes, bytes] | None:
    """Return name, id and signature of a line below a note, None for another line."""
    name, _space, encoded = line.removeprefix(_DASH).rstrip("\n").partition(" ")
    raw = _decoded(encoded)
    return (name, raw[:4], raw[4:]) if line.startswith(_DASH) and _is_name(name) and len(raw) > 4 else None


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(sign.isspace() for sign in name)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
