"""Keys that a provider keeps: signed by the API of the Cloud Signature Consortium (1.0.4), hash by hash."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from pyhanko.sign import Signer
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.csc_signer import (
    CSCAuthorizationInfo,
    CSCAuthorizationManager,
    CSCServiceSessionInfo,
    CSCSigner,
    fetch_certs_in_csc_credential,
)

from supervision.documents.signing.apart import apart
from supervision.documents.signing.keys import Holder, KeyMissing
from supervision.errors import DomainError

#: A person may have to confirm on a phone.
_SECONDS = 120


class ServiceUnavailable(DomainError):
    """The signing service is not reached, or refuses."""


@dataclass(frozen=True)
class _Credential:
    """A holder's key at the service: its id, and the PIN where the service asks for one."""

    id: str
    pin: str | None


class RemoteService:
    """The service that `csc.json` among the keys names.

    {"url": "https://…", "token": "…", "credentials": {"<public id>": {"id": "…", "pin": "…"}}}: `token` is
    the OAuth token of this server. Only hashes leave the machine.
    """

    @contextmanager
    def opened(self) -> Iterator[_OpenService]:
        """Read the settings for one paper; KeyMissing where there are none."""
        path = Path(settings.KEY_ROOT) / "csc.json"
        if not path.is_file():
            raise KeyMissing(_("Kho khóa chưa có cấu hình của dịch vụ ký số từ xa."))
        yield _OpenService(json.loads(path.read_text(encoding="utf-8")))


class _OpenService:
    def __init__(self, said: dict[str, Any]) -> None:
        self._said = said

    def signer_for(self, holder: Holder) -> Signer:
        named = self._said["credentials"].get(holder.id)
        if named is None:
            raise holder.lacks_key()
        credential = _Credential(named["id"], named.get("pin"))
        service = CSCServiceSessionInfo(self._said["url"], credential.id, self._said["token"])
        with _said_plainly():
            return apart(lambda: asyncio.run(_signer(service, credential)))


class _Pin(CSCAuthorizationManager):
    """Asks leave for each hash with the holder's PIN."""

    pin: str | None
    session: aiohttp.ClientSession

    async def authorize_signature(self, hash_b64s: list[str]) -> CSCAuthorizationInfo:
        asked = self.format_csc_auth_request(pin=self.pin, hash_b64s=hash_b64s)
        url = self.csc_session_info.endpoint_url("credentials/authorize")  # type: ignore[no-untyped-call]
        async with self.session.post(
            url, headers=self.auth_headers, json=asked, raise_for_status=True
        ) as answer:
            return self.parse_csc_auth_response(await answer.json())


class _RemoteSigner(CSCSigner):
    """Opens its connection when it signs: each signature is made in an event loop of its own."""

    auth_manager: _Pin

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:
            return await super().async_sign_raw(data, digest_algorithm, dry_run=True)
        with _said_plainly():
            async with _connection() as session:
                self.session = self.auth_manager.session = session
                return await super().async_sign_raw(data, digest_algorithm)


async def _signer(service: CSCServiceSessionInfo, credential: _Credential) -> Signer:
    async with _connection() as session:
        known = await fetch_certs_in_csc_credential(session, service)
        manager = _Pin(service, known)
        manager.pin, manager.session = credential.pin, session
        return _RemoteSigner(session, manager, sign_timeout=_SECONDS)


def _connection() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_SECONDS))


@contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except (SigningError, aiohttp.ClientError, TimeoutError) as error:
        raise ServiceUnavailable(
            _("Dịch vụ ký số từ xa không trả lời hoặc từ chối ký. Hãy thử lại sau.")
        ) from error
