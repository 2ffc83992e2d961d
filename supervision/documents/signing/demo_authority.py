"""A sample certification authority for the demonstration and the tests. Every name in it says MẪU.

Never used on a real server: certificates there come from a recognised provider.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterable
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings

from supervision.documents.signing.keys import Pkcs12Folder
from supervision.files.storage import write_private
from supervision.organizations.models import Mandate, Organization

Key = ec.EllipticCurvePrivateKey
ROOT_NAME = "MẪU - Đơn vị chứng thực gốc (không có giá trị)"
ISSUER_NAME = "MẪU - Đơn vị cấp chứng thư (không có giá trị)"
_FROM = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
_UNTIL = dt.datetime(2046, 1, 1, tzinfo=dt.UTC)


class DemoAuthority:
    """Root, issuing authority and one certificate per holder, kept in one key folder."""

    def __init__(self, root: Path | None = None) -> None:
        self.folder = Pkcs12Folder(root)
        self._passphrase = self.folder.passphrase()
        self._issuer_key, self._issuer, self._root = self._load_or_make()

    @property
    def root_path(self) -> Path:
        """The PEM file of the root, for `settings.TRUSTED_ROOTS`."""
        return self.folder.root / "demo-root.pem"

    def issue(self, mandates: Iterable[Mandate]) -> int:
        """Give each mandate and its body a key and a certificate unless there is one; return how many."""
        made = 0
        for mandate in mandates:
            for whose in (mandate, mandate.organization):
                path = self.folder.path_for(whose.public_id)
                if not path.exists():
                    write_private(path, self._pkcs12_for(whose))
                    made += 1
        return made

    def _load_or_make(self) -> tuple[Key, x509.Certificate, x509.Certificate]:
        path = self.folder.root / "demo-issuer.p12"
        if not path.exists():
            self._make(path)
        key, issuer, _chain = pkcs12.load_key_and_certificates(path.read_bytes(), self._passphrase)
        assert isinstance(key, ec.EllipticCurvePrivateKey) and issuer is not None
        root = x509.load_pem_x509_certificate(self.root_path.read_bytes())
        return key, issuer, root

    def _make(self, path: Path) -> None:
        root_key, issuer_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        root_name, issuer_name = _name(ROOT_NAME), _name(ISSUER_NAME)
        root = _authority(root_name, root_key, root_name, root_key)
        issuer = _authority(issuer_name, issuer_key, root_name, root_key)
        write_private(self.root_path, root.public_bytes(serialization.Encoding.PEM))
        write_private(path, self._bundle("issuer", issuer_key, issuer, [root]))

    def _pkcs12_for(self, whose: Mandate | Organization) -> bytes:
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _end_entity(_subject(whose), key, self._issuer.subject, self._issuer_key)
        return self._bundle(whose.public_id, key, certificate, [self._issuer])

    def _bundle(
        self, name: str, key: Key, certificate: x509.Certificate, chain: list[x509.Certificate]
    ) -> bytes:
        sealed = (
            serialization.PrivateFormat.PKCS12.encryption_builder()
            .kdf_rounds(settings.DEMO_KEY_ROUNDS)
            .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
            .hmac_hash(hashes.SHA256())
            .build(self._passphrase)
        )
        return pkcs12.serialize_key_and_certificates(name.encode(), key, certificate, chain, sealed)


def _subject(whose: Mandate | Organization) -> x509.Name:
    if isinstance(whose, Organization):
        return _name(f"MẪU - {whose.short_name}", whose.name, serial=whose.public_id)
    common = f"{whose.user.display_name} (MẪU)"
    return _name(common, whose.organization.name, whose.title, whose.public_id)


def _name(common: str, organization: str = "MẪU", title: str = "", serial: str = "") -> x509.Name:
    parts = [
        (NameOID.COUNTRY_NAME, "VN"),
        (NameOID.ORGANIZATION_NAME, organization),
        (NameOID.TITLE, title),
        (NameOID.COMMON_NAME, common),
        (NameOID.SERIAL_NUMBER, serial),
    ]
    # X.509 allows 64 characters; cryptography counts bytes, of which Vietnamese letters have up to three.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        made = [x509.NameAttribute(oid, value[:64], _validate=False) for oid, value in parts if value]
    return x509.Name(made)


def _builder(subject: x509.Name, key: Key, issuer: x509.Name, issuer_key: Key) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority, content_commitment=not authority, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=authority, crl_sign=authority,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _authority(subject: x509.Name, key: Key, issuer: x509.Name, issuer_key: Key) -> x509.Certificate:
    builder = _builder(subject, key, issuer, issuer_key)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    return builder.add_extension(_usage(authority=True), critical=True).sign(issuer_key, hashes.SHA256())


def _end_entity(subject: x509.Name, key: Key, issuer: x509.Name, issuer_key: Key) -> x509.Certificate:
    builder = _builder(subject, key, issuer, issuer_key)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    return builder.add_extension(_usage(authority=False), critical=True).sign(issuer_key, hashes.SHA256())
