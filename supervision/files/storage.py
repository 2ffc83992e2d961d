"""Bytes on disk, named by their SHA-256 and written so that a crash leaves all or nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import secrets
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

_PIECE = 1024**2


def path_of(sha256: str) -> Path:
    """Return where the blob with this hash is; ValueError for what is not a hash."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256")
    return Path(settings.BLOB_ROOT) / sha256[:2] / sha256


def write(data: bytes) -> str:
    """Store `data` and return its SHA-256: temporary file, fsync, rename, fsync of the folder."""
    return copy(io.BytesIO(data))


def copy(source: BinaryIO) -> str:
    """Store what can be read from `source`, read once and never held as a whole; see `write`."""
    temporary = Path(settings.BLOB_ROOT) / "new" / secrets.token_hex(8)
    temporary.parent.mkdir(parents=True, exist_ok=True)
    try:
        sha256 = _written(source, temporary)
        path = path_of(sha256)
        if path.exists():
            os.utime(path)  # used again: `sweep` must not take it before this transaction commits
            return sha256
        path.parent.mkdir(exist_ok=True)
        temporary.chmod(0o440)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    for folder in (path.parent, path.parent.parent):
        _sync(folder)
    return sha256


def _written(source: BinaryIO, path: Path) -> str:
    """Write what `source` gives to a new file, synced; return its SHA-256."""
    digest = hashlib.sha256()
    with path.open("xb") as stream:
        while piece := source.read(_PIECE):
            digest.update(piece)
            stream.write(piece)
        stream.flush()
        os.fsync(stream.fileno())
    return digest.hexdigest()


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner may read, in a folder of its owner's: whole or not at all, synced."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f"{path.name}.new")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)
    _sync(path.parent)


def is_whole(sha256: str) -> bool:
    """Whether the stored bytes are there and still have this hash."""
    try:
        with path_of(sha256).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
    except OSError:
        return False


def files(*, before: dt.datetime) -> list[Path]:
    """Return everything under the blob folder last written before `before`, half-written files included."""
    limit = before.timestamp()
    found = Path(settings.BLOB_ROOT).glob("*/*")
    return [path for path in found if path.is_file() and path.stat().st_mtime < limit]


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
