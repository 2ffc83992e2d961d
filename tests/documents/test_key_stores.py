"""The same paper signed with a token, and by a service far away; and what is said when they fail."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pkcs11
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, utils
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from supervision.documents import services, tasks
from supervision.documents.models import Document
from supervision.documents.signing.trust import trusted_pems
from supervision.documents.verification import verify
from supervision.files.services import open_blob
from supervision.files.storage import write_private
from supervision.organizations.models import Mandate
from tests.documents.outside import pdfsig, pyhanko
from tests.documents.papers import front, officer_and_chair, prepared
from tests.documents.pki import Authority
from tests.documents.test_levels import NOW, YEAR, trusted

SOFTHSM = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "271828"
needs_token = pytest.mark.skipif(not shutil.which("softhsm2-util"), reason="softhsm2 is not installed")


@pytest.fixture
def authority(db: None, tmp_path: Path, settings: Any) -> Iterator[Authority]:
    """One whose certificates hold for long: other programs ask what time it is."""
    with trusted(settings, tmp_path, lasts=30 * YEAR) as authority:
        yield authority


@pytest.fixture
def people(db: None) -> tuple[Mandate, Mandate]:
    return officer_and_chair(front())


def signed(people: tuple[Mandate, Mandate]) -> Document:
    officer, chair = people
    document = services.request_signature(prepared("letter", officer), signer=chair, capacity="TM", at=NOW)
    tasks.sign_now(document.pk, at=NOW)
    document.refresh_from_db()
    return document


def holds(document: Document, tmp_path: Path) -> list[str]:
    """Return who signed, after the file was found valid here and by the programs of others."""
    assert document.state == Document.State.SIGNED, document.trouble
    path = tmp_path / "signed.pdf"
    path.write_bytes(open_blob(document.renditions.get().blob.sha256).read())
    verdict = verify(path, name="a.pdf", at=NOW)
    assert verdict.kind == "not_ours"
    data, (root,) = path.read_bytes(), trusted_pems()
    assert pyhanko(data, root) == [True, True]
    if shutil.which("pdfsig") and shutil.which("certutil"):
        said = pdfsig(data, root, tmp_path)
        assert said.count("Signature is Valid.") == said.count("Certificate is Trusted.") == 2, said
    return [one.signer for one in verdict.signatures]


def test_files_in_a_folder_sign(
    authority: Authority, people: tuple[Mandate, Mandate], tmp_path: Path
) -> None:
    authority.give(people[1].public_id, "Cán bộ mẫu 11")
    authority.give(people[1].organization.public_id, "Ủy ban")
    assert holds(signed(people), tmp_path) == ["Cán bộ mẫu 11", "Ủy ban"]


# A token.


@pytest.fixture
def token(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[pkcs11.Token]:
    """A token of this test's own, with a PIN among the keys."""
    config = tmp_path / "softhsm2.conf"
    (tmp_path / "tokens").mkdir()
    config.write_text(f"directories.tokendir = {tmp_path / 'tokens'}\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(config))
    made = ["softhsm2-util", "--init-token", "--free", "--label", "giamsat", "--so-pin", "314159"]
    subprocess.run([*made, "--pin", PIN], check=True, capture_output=True)
    settings.SIGNING_KEYS = "supervision.documents.signing.token.Pkcs11Token"
    settings.PKCS11_MODULE, settings.PKCS11_TOKEN = str(SOFTHSM), "giamsat"
    write_private(Path(settings.KEY_ROOT) / "pin", PIN.encode())
    library = pkcs11.lib(str(SOFTHSM))
    library.reinitialize()
    yield library.get_token(token_label="giamsat")


def put(token: pkcs11.Token, label: str, key: RSAPrivateKey, certificate: x509.Certificate) -> None:
    der = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    kept = {pkcs11.Attribute.LABEL: label, pkcs11.Attribute.TOKEN: True}
    secret = {pkcs11.Attribute.SENSITIVE: True, pkcs11.Attribute.EXTRACTABLE: False}
    with token.open(rw=True, user_pin=PIN) as session:
        session.create_object({**decode_rsa_private_key(der), **kept, **secret})
        session.create_object(
            {**decode_x509_certificate(certificate.public_bytes(serialization.Encoding.DER)), **kept}
        )


@needs_token
def test_a_token_signs_and_its_key_stays_in_it(
    token: pkcs11.Token, authority: Authority, people: tuple[Mandate, Mandate], tmp_path: Path, settings: Any
) -> None:
    chair = people[1]
    put(token, chair.public_id, *authority.issue("Cán bộ mẫu 11"))
    put(token, chair.organization.public_id, *authority.issue("Ủy ban"))
    chain = authority.issuer.public_bytes(serialization.Encoding.PEM)
    write_private(Path(settings.KEY_ROOT) / "chain.pem", chain)
    assert holds(signed(people), tmp_path) == ["Cán bộ mẫu 11", "Ủy ban"]
    with token.open(user_pin=PIN) as session:
        key = session.get_key(pkcs11.ObjectClass.PRIVATE_KEY, label=chair.public_id)
        with pytest.raises(pkcs11.exceptions.AttributeSensitive):
            key[pkcs11.Attribute.PRIVATE_EXPONENT]


@needs_token
def test_a_token_without_the_holders_key_says_whose_is_missing(
    token: pkcs11.Token, authority: Authority, people: tuple[Mandate, Mandate]
) -> None:
    put(token, people[1].public_id, *authority.issue("Cán bộ mẫu 11"))
    document = signed(people)
    assert document.state == Document.State.STUCK
    assert document.trouble == f"Kho khóa chưa có chứng thư số của {people[1].organization.name}."


@needs_token
def test_a_wrong_pin_is_said_and_stands_in_no_log(
    token: pkcs11.Token, people: tuple[Mandate, Mandate], settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = Path(settings.KEY_ROOT) / "pin"
    wrong.unlink()
    write_private(wrong, b"999111")
    document = signed(people)
    assert document.state == Document.State.STUCK and "mã PIN" in document.trouble
    assert "999111" not in caplog.text and "999111" not in document.trouble


@needs_token
def test_a_token_that_was_pulled_out_is_said(
    token: pkcs11.Token, people: tuple[Mandate, Mandate], settings: Any
) -> None:
    settings.PKCS11_TOKEN = "another"
    document = signed(people)
    assert document.state == Document.State.STUCK and document.trouble.startswith(
        "Không dùng được thiết bị ký"
    )


# A service far away, by the API of the Cloud Signature Consortium.


class Service:
    """What such a service does: it tells the certificates, gives leave for a hash, signs that hash."""

    def __init__(self, authority: Authority) -> None:
        self.authority = authority
        self.keys: dict[str, tuple[RSAPrivateKey, x509.Certificate]] = {}
        self.allowed: dict[str, list[str]] = {}
        self.refuses = False

    def answer(self, path: str, token: str, asked: dict[str, Any]) -> dict[str, Any]:
        key, certificate = self.keys[asked["credentialID"]]
        assert token == "Bearer bi-mat"
        if path.endswith("credentials/info"):
            chain = [certificate, self.authority.issuer]
            texts = [base64.b64encode(one.public_bytes(serialization.Encoding.DER)).decode() for one in chain]
            return {
                "key": {"algo": ["1.2.840.113549.1.1.11"]}, "cert": {"certificates": texts},
                "multisign": 1, "SCAL": "2",
            }  # fmt: skip
        if path.endswith("credentials/authorize"):
            if asked["PIN"] != PIN or self.refuses:
                raise PermissionError
            self.allowed["sad"] = asked["hash"]
            return {"SAD": "sad"}
        assert self.allowed.pop(asked["SAD"]) == asked["hash"], "leave was given for other hashes"
        (digest,) = asked["hash"]
        sign = key.sign(base64.b64decode(digest), padding.PKCS1v15(), utils.Prehashed(hashes.SHA256()))
        return {"signatures": [base64.b64encode(sign).decode()]}


@contextmanager
def listening(service: Service) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            try:
                status, said = 200, service.answer(self.path, self.headers["Authorization"], asked)
            except (PermissionError, KeyError):
                status, said = 400, {"error": "invalid_request"}
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def service(authority: Authority, people: tuple[Mandate, Mandate], settings: Any) -> Iterator[Service]:
    made = Service(authority)
    chair = people[1]
    made.keys = {"nguoi": authority.issue("Cán bộ mẫu 11"), "dau": authority.issue("Ủy ban")}
    settings.SIGNING_KEYS = "supervision.documents.signing.remote.RemoteService"
    with listening(made) as url:
        named = {
            chair.public_id: {"id": "nguoi", "pin": PIN},
            chair.organization.public_id: {"id": "dau", "pin": PIN},
        }
        said = {"url": url, "token": "bi-mat", "credentials": named}
        write_private(Path(settings.KEY_ROOT) / "csc.json", json.dumps(said).encode())
        yield made


def test_a_remote_service_signs_hash_by_hash(
    service: Service, people: tuple[Mandate, Mandate], tmp_path: Path
) -> None:
    assert holds(signed(people), tmp_path) == ["Cán bộ mẫu 11", "Ủy ban"]


def test_a_remote_service_that_refuses_or_is_away_is_said(
    service: Service, people: tuple[Mandate, Mandate], settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    service.refuses = True
    document = signed(people)
    assert document.state == Document.State.STUCK and document.trouble.startswith("Dịch vụ ký số từ xa")
    assert PIN not in caplog.text and "bi-mat" not in caplog.text
    service.refuses = False
    services.retry_signature(document, at=NOW)
    tasks.sign_now(document.pk, at=NOW)
    document.refresh_from_db()
    assert document.state == Document.State.SIGNED


def test_a_holder_whom_the_service_does_not_know_is_named(
    service: Service, people: tuple[Mandate, Mandate], settings: Any
) -> None:
    path = Path(settings.KEY_ROOT) / "csc.json"
    said = json.loads(path.read_text())
    del said["credentials"][people[1].organization.public_id]
    path.unlink()
    write_private(path, json.dumps(said).encode())
    document = signed(people)
    assert document.trouble == f"Kho khóa chưa có chứng thư số của {people[1].organization.name}."
