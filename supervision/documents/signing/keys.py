"""Where the signing keys of mandates are. Only the worker that signs reads this folder."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from pyhanko.sign import Signer
from pyhanko.sign.signers import SimpleSigner

from supervision.errors import DomainError
from supervision.files.storage import write_private


class KeyMissing(DomainError):
    """No usable key for this mandate."""


class SigningKeys(Protocol):
    """What `settings.SIGNING_KEYS` must offer: a folder, a token or a remote service."""

    def signer_for(self, mandate_id: str) -> Signer:
        """Return the signer of the mandate with this public id; raises KeyMissing."""
        ...


def signing_keys() -> SigningKeys:
    """Return the configured store of keys."""
    store: SigningKeys = import_string(settings.SIGNING_KEYS)()
    return store


class Pkcs12Folder:
    """One PKCS#12 file per signing mandate, `<public_id>.p12`, opened by a passphrase in its own file.

    The folder is 0700 and the files 0600: they belong to the account the worker runs under. The
    passphrase never enters the database, a queue or a log.
    """

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or Path(settings.KEY_ROOT)

    def path_for(self, mandate_id: str) -> Path:
        """Return the file of a mandate; ValueError for what is not a public id."""
        if not mandate_id.isalnum():
            raise ValueError("not a mandate's public id")
        return self.root / f"{mandate_id}.p12"

    def signer_for(self, mandate_id: str) -> Signer:
        """Return the signer of the mandate; KeyMissing when there is no file or it does not open."""
        path = self.path_for(mandate_id)
        secret = self._passphrase_file()
        if not path.is_file() or not secret.is_file():
            raise KeyMissing(_("Kho khóa chưa có chứng thư số của người ký."))
        passphrase = secret.read_bytes().strip()
        signer: SimpleSigner | None = SimpleSigner.load_pkcs12(str(path), passphrase=passphrase)  # type: ignore[no-untyped-call]
        if signer is None:
            raise KeyMissing(_("Không mở được chứng thư số của người ký trong kho khóa."))
        return signer

    def passphrase(self) -> bytes:
        """Return the passphrase, making folder and file on the first call."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.root.chmod(0o700)
        path = self._passphrase_file()
        if not path.exists():
            write_private(path, secrets.token_urlsafe(32).encode())
        return path.read_bytes().strip()

    def _passphrase_file(self) -> Path:
        return self.root / "passphrase"
