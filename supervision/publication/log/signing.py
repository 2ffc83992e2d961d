"""Signing the tree as it stands: never one that is smaller than, or goes on from another than, the last.

What was signed last stands in a file outside the database, so that a database restored from yesterday
signs nothing until somebody has looked.
"""

from __future__ import annotations

import datetime as dt
import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from supervision.errors import DomainError
from supervision.files.storage import write_private
from supervision.publication.log import keeping
from supervision.publication.log.models import Leaf, SignedCheckpoint
from supervision.transparency.checkpoints import Checkpoint
from supervision.transparency.notes import COSIGNS, Note, Signer, Verifier, sign

#: A checkpoint says when it was signed; an old one could hide a withdrawal, so it is signed anew.
KEEP_FRESH = dt.timedelta(hours=6)


class KeyMissing(DomainError):
    """The log has signed before and its key is not here now."""


class LogBehind(DomainError):
    """The tree in the database does not go on from the one that was signed last: a restore, or a forgery."""


def origin() -> str:
    """Return by which name the log is known, whatever its address becomes.

    It stands in the leaf that names the log's first key; until there is one, LOG_ORIGIN or else the site's
    address without the scheme will be chosen.
    """
    named = keeping.keys()
    return (
        named[0].name if named else settings.LOG_ORIGIN or f"{settings.PUBLIC_URL.split('://')[-1]}/nhat-ky"
    )


def sign_checkpoint(*, at: dt.datetime) -> SignedCheckpoint | None:
    """Sign the tree over all leaves; None when the newest checkpoint is of the same tree and fresh.

    File first, row second: what dies between them signs the same tree again. Raises LogBehind, KeyMissing.
    """
    with _alone():
        newest = newest_checkpoint()
        _refuse_what_went_back(keeping.size())
        keys = _keys(may_make=newest is None and not high_water().exists(), at=at)
        leaves = keeping.size()
        if newest and newest.size == leaves and at - newest.at < KEEP_FRESH:
            return None
        keeping.keep_tiles(leaves)
        checkpoint = Checkpoint(origin(), leaves, keeping.tree(leaves).root())
        note = sign(checkpoint.text, keys[0])
        seen = (Signer(key.name, key.private, COSIGNS) for key in keys)
        timed = [witness.line(note.text, int(at.timestamp())) for witness in seen]
        note = note.with_lines([*(key.line(note.text) for key in keys[1:]), *timed])
        write_private(high_water(), str(note).encode())
        return SignedCheckpoint.objects.create(size=leaves, note=str(note), at=at)


def newest_checkpoint() -> SignedCheckpoint | None:
    """Return the checkpoint that was signed last."""
    return SignedCheckpoint.objects.order_by("-pk").first()


def needs_signing(at: dt.datetime) -> bool:
    """Whether leaves wait for a checkpoint, or the newest is getting old."""
    newest = newest_checkpoint()
    if newest is None:
        return Leaf.objects.exists()
    return newest.size < keeping.size() or at - newest.at >= KEEP_FRESH


def high_water() -> Path:
    """Return the file that holds the last checkpoint beside the database."""
    return Path(settings.LOG_ROOT) / "high-water"


def _refuse_what_went_back(leaves: int) -> None:
    path = high_water()
    if not path.exists():
        return
    last = Checkpoint.of(Note.of(path.read_text(encoding="utf-8")).text)
    if last.size > leaves or (last.size and keeping.tree(last.size).root() != last.root):
        raise LogBehind(
            _("Nhật ký trong cơ sở dữ liệu không nối tiếp bản đã ký gần nhất. Có thể vừa khôi phục bản cũ.")
        )


def change_key(*, at: dt.datetime) -> Verifier:
    """Make a further key and name it in a leaf; return it as people are told of it.

    Every checkpoint from now on is signed by the old key and by the new one, until `drop_key`: whoever knows
    the old key finds the new one in the log that it signs. Raises KeyMissing, LogBehind.
    """
    with _alone():
        _refuse_what_went_back(keeping.size())
        _keys(may_make=False, at=at)
        private = Ed25519PrivateKey.generate()
        verifier = Signer(origin(), private).verifier
        _write(private, f"log-{verifier.id.hex()}.pem")  # not used before the leaf names it
        _name_key(verifier, at)
    return verifier


def drop_key(verifier: Verifier, *, at: dt.datetime) -> None:
    """Sign with a key no more: its file is deleted, a leaf says so. KeyMissing for one that is not here."""
    with _alone():
        kept = {path: _read(path) for path in _files()}
        here = [path for path, one in kept.items() if one.verifier == verifier]
        others = [one for one in kept.values() if one.verifier != verifier and one.verifier in keeping.keys()]
        if not here or not others:
            raise KeyMissing(_("Khóa này không có trong kho khóa, hoặc là khóa duy nhất."))
        keeping.append_head("key", {"ends": str(verifier)}, at=at)
        here[0].unlink()


def _keys(*, may_make: bool, at: dt.datetime) -> list[Signer]:
    """Return the log's keys that are here, the oldest first; each was named in a leaf.

    The first is made for a log that has never signed; what is lost later is an error, never made anew.
    """
    files = _files()
    if not files:
        if not may_make:
            raise KeyMissing(_("Không thấy khóa của nhật ký công bố trong kho khóa."))
        files = [_write(Ed25519PrivateKey.generate(), "log.pem")]
    here = [_read(path) for path in files]
    named = keeping.keys()
    if may_make and not any(key.verifier in named for key in here):
        _name_key(here[0].verifier, at)
        named = keeping.keys()
    found = [key for key in here if key.verifier in named]
    if not found:
        raise KeyMissing(_("Khóa trong kho khóa không phải khóa mà nhật ký công bố đã ghi."))
    return sorted(found, key=lambda key: named.index(key.verifier))


def _files() -> list[Path]:
    return sorted(Path(settings.KEY_ROOT).glob("log*.pem"))


def _name_key(verifier: Verifier, at: dt.datetime) -> None:
    """Name a key in a leaf, for ever. Raises BadNote for a name that no reader could take in."""
    keys = [str(verifier), str(Verifier(verifier.name, COSIGNS, verifier.key))]
    Verifier.of(keys[0])
    keeping.append_head("key", {"keys": keys}, at=at)


def _read(path: Path) -> Signer:
    private = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyMissing(_("Khóa của nhật ký công bố không dùng được."))
    return Signer(origin(), private)


def _write(private: Ed25519PrivateKey, name: str) -> Path:
    path = Path(settings.KEY_ROOT) / name
    write_private(path, private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return path


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process at a time sign."""
    root = Path(settings.LOG_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (root / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
