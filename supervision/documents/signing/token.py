"""Keys on a PKCS#11 token or an HSM: the private key never leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from asn1crypto import x509
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from pkcs11 import Session
from pkcs11.exceptions import PinIncorrect, PinLocked, PKCS11Error
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign import Signer
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

from supervision.documents.signing.keys import Holder
from supervision.documents.signing.trust import certificates_in
from supervision.errors import DomainError


class TokenUnavailable(DomainError):
    """The token is not there, refuses the PIN, or fails."""


class Pkcs11Token:
    """The token `settings.PKCS11_TOKEN` behind the module `settings.PKCS11_MODULE`.

    Key and certificate of a holder bear its public id as their label. The PIN is the file `pin` among
    the keys, the certificates of the issuers `chain.pem`; the PIN never enters a database, queue or log.
    """

    @contextmanager
    def opened(self) -> Iterator[_OpenToken]:
        """Log in for one paper; raises TokenUnavailable, as signing does when the token fails then."""
        root = Path(settings.KEY_ROOT)
        with _said_plainly():
            session = open_pkcs11_session(
                settings.PKCS11_MODULE,
                token_criteria=TokenCriteria(label=settings.PKCS11_TOKEN),
                user_pin=(root / "pin").read_text(encoding="utf-8").strip(),
            )
        path = root / "chain.pem"
        try:
            yield _OpenToken(session, certificates_in(path.read_bytes()) if path.is_file() else [])
        finally:
            session.close()


class _TokenSigner(PKCS11Signer):
    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        with _said_plainly():
            return bytes(await super().async_sign_raw(data, digest_algorithm, dry_run))


class _OpenToken:
    def __init__(self, session: Session, chain: list[x509.Certificate]) -> None:
        self._session = session
        self._chain = chain

    def signer_for(self, holder: Holder) -> Signer:
        signer = _TokenSigner(self._session, cert_label=holder.id, ca_chain=self._chain)
        try:
            assert signer.signing_cert is not None  # read from the token here, or the holder has none
        except PKCS11Error as error:
            raise holder.lacks_key() from error
        return signer


@contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except (PinIncorrect, PinLocked) as error:
        raise TokenUnavailable(
            _("Thiết bị ký không nhận mã PIN. Đừng thử lại nhiều lần: thiết bị sẽ tự khóa.")
        ) from error
    except PKCS11Error as error:
        raise TokenUnavailable(_("Không dùng được thiết bị ký số: chưa cắm hoặc đang lỗi.")) from error
