"""Asking witnesses to sign the log's checkpoint: bodies of others, who saw that it goes on from the last.

Nothing waits for them: without enough of them the page says so, and publishing goes on.
"""

from __future__ import annotations

import base64
import datetime as dt
import logging
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from supervision.publication.log import keeping
from supervision.publication.log.models import SignedCheckpoint
from supervision.publication.log.signing import newest_checkpoint
from supervision.transparency.checkpoints import Checkpoint, number
from supervision.transparency.notes import COSIGNS, BadNote, Note, Verifier

logger = logging.getLogger(__name__)
_SECONDS = 10
_LOOKED_AT = 200  # checkpoints: more than a day of them
_LONGEST = 16 * 1024  # bytes of an answer
_UNREACHABLE = (OSError, ValueError, urllib.error.URLError)


@dataclass(frozen=True)
class Witness:
    """A body that watches the log: where it is asked, and the key by which it answers."""

    address: str
    verifier: Verifier


def witnesses() -> list[Witness]:
    """Return those of `settings.LOG_WITNESSES`: address, space, verifier key. Raises BadNote for another."""
    pairs = (text.rpartition(" ") for text in settings.LOG_WITNESSES)
    found = [Witness(address.strip().rstrip("/"), Verifier.of(key)) for address, _space, key in pairs]
    if any(
        one.verifier.kind != COSIGNS or not one.address.startswith(("https://", "http://")) for one in found
    ):
        raise BadNote("a witness has an address and a key that cosigns")
    return found


def cosigned(note: Note) -> int:
    """Return how many of the known witnesses have signed a checkpoint."""
    return len(note.signed_by(one.verifier for one in witnesses()))


def lacking_since() -> dt.datetime | None:
    """Return since when fewer witnesses sign than `settings.LOG_QUORUM` asks for; None while enough do."""
    since = None
    for row in SignedCheckpoint.objects.order_by("-pk")[:_LOOKED_AT]:
        if cosigned(Note.of(row.note)) >= settings.LOG_QUORUM:
            break
        since = row.at
    return since


def ask_witnesses(*, at: dt.datetime) -> SignedCheckpoint | None:
    """Ask those who have not signed the newest checkpoint; None when none did. Who is away is passed over."""
    newest = newest_checkpoint()
    if newest is None:
        return None
    note = Note.of(newest.note)
    missing = [one for one in witnesses() if one.verifier not in note.signed_by([one.verifier])]
    lines = [line for one in missing if (line := _asked(one, note))]
    if not lines:
        return None
    return SignedCheckpoint.objects.create(size=newest.size, note=str(note.with_lines(lines)), at=at)


def _asked(witness: Witness, note: Note) -> str:
    """Return the line of a witness below a checkpoint, "" where it gives none."""
    old = _seen_by(witness)
    try:
        try:
            line = _post(witness, _request(old, note))
        except urllib.error.HTTPError as answer:
            if answer.code != 409:
                raise
            line = _post(witness, _request(number(answer.read(_LONGEST).decode().strip()), note))
        if witness.verifier in note.with_lines([line]).signed_by([witness.verifier]):
            return line
        logger.error("witness %s answered with another key", witness.verifier.name)
    except _UNREACHABLE as error:
        logger.warning("witness %s did not sign: %s", witness.verifier.name, error)
    return ""


def _seen_by(witness: Witness) -> int:
    """Return the size of the newest checkpoint that a witness has signed here."""
    signed = SignedCheckpoint.objects.filter(note__contains=f"— {witness.verifier.name} ")
    return signed.order_by("-pk").values_list("size", flat=True).first() or 0


def _request(old: int, note: Note) -> bytes:
    size = Checkpoint.of(note.text).size
    if old > size:
        raise ValueError(f"it has seen {old} entries, the log has {size}")
    return _request_of(old, keeping.tree(size).consistency(old) if old else [], note)


def _request_of(old: int, proof: Sequence[bytes], note: Note) -> bytes:
    hashes = "".join(f"{base64.b64encode(one).decode()}\n" for one in proof)
    return f"old {old}\n{hashes}\n{note}".encode()


def _post(witness: Witness, body: bytes) -> str:
    request = urllib.request.Request(f"{witness.address}/add-checkpoint", data=body, method="POST")
    with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
        return str(answer.read(_LONGEST).decode())
