"""A certification authority with everything around it: it revokes, publishes lists, and gives timestamps."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from supervision.documents.signing.keys import Pkcs12Folder
from supervision.files.storage import write_private

DAY = dt.timedelta(days=1)
Key = rsa.RSAPrivateKey


class Authority:
    """Root, issuer and timestamp authority; `at` is now for all of it, certificates hold for `lasts`."""

    def __init__(self, at: dt.datetime, lasts: dt.timedelta) -> None:
        self.at = at
        self.lasts = lasts
        self.url = ""
        self.given: dict[str, int] = {}
        self.revoked: dict[int, dt.datetime] = {}
        self.root_key, self.issuer_key, self.tsa_key = (_key() for _ in range(3))
        self.root = self._certificate("Gốc", self.root_key, None, is_authority=True)
        self.issuer = self.tsa = self.root

    def begin(self, url: str) -> None:
        """Make the certificates that name the address at which lists are."""
        self.url = url
        self.issuer = self._certificate("Đơn vị cấp", self.issuer_key, self.root, is_authority=True)
        stamping = ExtendedKeyUsageOID.TIME_STAMPING
        self.tsa = self._certificate("Dấu thời gian", self.tsa_key, self.issuer, purpose=stamping)

    @property
    def root_pem(self) -> bytes:
        return self.root.public_bytes(serialization.Encoding.PEM)

    def issue(self, name: str, key: Key | None = None, until: dt.datetime | None = None) -> Any:
        """Return key and certificate for a name."""
        key = key or _key()
        return key, self._certificate(name, key, self.issuer, until=until)

    def give(self, holder_id: str, name: str, until: dt.datetime | None = None) -> x509.Certificate:
        """Put key and certificate for a holder into the folder of keys."""
        key, certificate = self.issue(name, until=until)
        folder = Pkcs12Folder()
        secret = serialization.BestAvailableEncryption(folder.passphrase())
        packed = pkcs12.serialize_key_and_certificates(b"", key, certificate, [self.issuer], secret)
        write_private(folder.path_for(holder_id), packed)
        self.given[holder_id] = certificate.serial_number
        return certificate

    def revoke(self, holder_id: str, on: dt.datetime) -> None:
        """Put a holder's certificate on the list."""
        self.revoked[self.given[holder_id]] = on

    def chain(self) -> list[asn1_x509.Certificate]:
        """Return the certificates of the authorities."""
        return [_as_asn1(one) for one in (self.root, self.issuer, self.tsa)]

    def list_of(self, which: str) -> bytes:
        """Return the list of revoked certificates of "root" or "issuer"."""
        by = {"root": (self.root, self.root_key), "issuer": (self.issuer, self.issuer_key)}[which]
        builder = x509.CertificateRevocationListBuilder().issuer_name(by[0].subject)
        builder = builder.last_update(self.at - DAY / 24).next_update(self.at + 7 * DAY)
        for serial, on in self.revoked.items() if which == "issuer" else ():
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(on)
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(by[1], hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def stamp(self, asked: bytes) -> bytes:
        """Answer a request for a timestamp (RFC 3161)."""
        store = SimpleCertificateStore()
        store.register_multiple([_as_asn1(self.tsa), _as_asn1(self.issuer)])
        der = self.tsa_key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        key = asn1_keys.PrivateKeyInfo.load(der)
        stamper = DummyTimeStamper(_as_asn1(self.tsa), key, certs_to_embed=store, fixed_dt=self.at)
        return stamper.request_tsa_response(tsp.TimeStampReq.load(asked)).dump()

    def _certificate(
        self,
        name: str,
        key: Key,
        issuer: x509.Certificate | None,
        *,
        is_authority: bool = False,
        purpose: x509.ObjectIdentifier | None = None,
        until: dt.datetime | None = None,
    ) -> x509.Certificate:
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        signs = self.root_key if issuer is None or issuer is self.root else self.issuer_key
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer.subject if issuer else subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.at - 30 * DAY)
            .not_valid_after(until or self.at + self.lasts)
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(_usage(is_authority), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(signs.public_key()), critical=False
            )
        )
        if issuer is not None:
            which = "root" if issuer is self.root else "issuer"
            there = x509.UniformResourceIdentifier(f"{self.url}/{which}.crl")
            point = x509.DistributionPoint([there], None, None, None)
            builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        if purpose:
            builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
        return builder.sign(signs, hashes.SHA256())


@contextmanager
def serving(authority: Authority) -> Iterator[Authority]:
    """Serve lists and timestamps on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(authority.list_of(Path(self.path).stem), "application/pkix-crl")

        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            self._answer(authority.stamp(asked), "application/timestamp-reply")

        def _answer(self, body: bytes, media_type: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    authority.begin(f"http://127.0.0.1:{server.server_port}")
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()


#: More keys than one authority and its holders need; making one takes a while, so they are used again.
_TURN = itertools.cycle(range(12))


def _key() -> Key:
    return _nth_key(next(_TURN))


@functools.cache
def _nth_key(_number: int) -> Key:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _usage(is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority, content_commitment=not is_authority, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=is_authority, crl_sign=is_authority,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
