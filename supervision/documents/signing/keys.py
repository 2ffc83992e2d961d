"""Where the signing keys of people and of bodies are. Only the worker that signs reaches them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from pyhanko.sign import Signer
from pyhanko.sign.signers import SimpleSigner

from supervision.errors import DomainError
from supervision.files.storage import write_private
from supervision.organizations.models import Mandate, Organization


class KeyMissing(DomainError):
    """No usable key for whoever is to sign."""


@dataclass(frozen=True)
class Holder:
    """Whose key it is: a person in a mandate, or a body. `id` is the public id, `name` is for people."""

    id: str
    name: str

    @classmethod
    def of(cls, whose: Mandate | Organization) -> Holder:
        """Return the holder that a mandate or a body is."""
        name = whose.user.display_name if isinstance(whose, Mandate) else whose.name
        return cls(whose.public_id, name)

    def lacks_key(self) -> KeyMissing:
        """Return the error that says whose certificate is not there."""
        return KeyMissing(_("Kho khóa chưa có chứng thư số của %(name)s.") % {"name": self.name})


class OpenKeys(Protocol):
    """Keys that can be signed with now."""

    def signer_for(self, holder: Holder) -> Signer:
        """Return what signs for the holder; raises KeyMissing."""
        ...


class SigningKeys(Protocol):
    """What `settings.SIGNING_KEYS` must offer: a folder, a token or a remote service."""

    def opened(self) -> AbstractContextManager[OpenKeys]:
        """Open the keys for one paper; raises a DomainError in plain words where that fails."""
        ...


def signing_keys() -> SigningKeys:
    """Return the configured store of keys."""
    store: SigningKeys = import_string(settings.SIGNING_KEYS)()
    return store


class SignedElsewhere(DomainError):
    """No key is here, by choice: each paper is signed on the signer's own machine."""


class Elsewhere:
    """For whoever keeps no keys on the server: each paper is printed, handed out and taken back signed."""

    def opened(self) -> AbstractContextManager[OpenKeys]:
        """Raise SignedElsewhere."""
        raise SignedElsewhere(_("Văn bản được ký trên máy của người ký."))


def image_of(holder: Holder) -> bytes | None:
    """Return the picture of a signature or seal, `<public_id>.png` among the keys; None without one."""
    path = Path(settings.KEY_ROOT) / f"{holder.id}.png"
    return path.read_bytes() if path.is_file() else None


class Pkcs12Folder:
    """One PKCS#12 file per holder, `<public_id>.p12`, opened by a passphrase in its own file.

    The folder is 0700 and the files 0600: they belong to the account the worker runs under. The
    passphrase never enters the database, a queue or a log.
    """

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or Path(settings.KEY_ROOT)

    def path_for(self, holder_id: str) -> Path:
        """Return the file of a holder; ValueError for what is not a public id."""
        if not holder_id.isalnum():
            raise ValueError("not a public id")
        return self.root / f"{holder_id}.p12"

    @contextmanager
    def opened(self) -> Iterator[Pkcs12Folder]:
        """Yield the folder: each file is opened when it is asked for."""
        yield self

    def signer_for(self, holder: Holder) -> Signer:
        """Return the holder's signer; KeyMissing when there is no file or it does not open."""
        path = self.path_for(holder.id)
        secret = self._passphrase_file()
        if not path.is_file() or not secret.is_file():
            raise holder.lacks_key()
        passphrase = secret.read_bytes().strip()
        signer: SimpleSigner | None = SimpleSigner.load_pkcs12(str(path), passphrase=passphrase)  # type: ignore[no-untyped-call]
        if signer is None:
            raise KeyMissing(
                _("Không mở được chứng thư số của %(name)s trong kho khóa.") % {"name": holder.name}
            )
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
