"""A witness, run by another body: it signs what goes on from what it saw, and nothing else."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings as django_settings

from supervision.publication.log import keeping, signing, witnesses
from supervision.publication.log.models import SignedCheckpoint
from supervision.transparency import witness
from supervision.transparency.checkpoints import Checkpoint
from supervision.transparency.merkle import leaf_hash, over
from supervision.transparency.notes import COSIGNS, Note, Signer, Verifier, sign
from tests.publication.factory import AT

LOG = Signer("mat-tran.example/nhat-ky", Ed25519PrivateKey.from_private_bytes(b"1" * 32))
LEAVES = [leaf_hash(str(n).encode()) for n in range(70)]


def request(old: int, size: int, *, leaves: list[bytes] = LEAVES, signer: Signer = LOG) -> bytes:
    tree = over(leaves)
    note = sign(Checkpoint(signer.name, size, tree.root(size)).text, signer)
    proof = tree.consistency(old, size) if 0 < old <= size else []
    return witnesses._request_of(old, proof, note)


@pytest.fixture
def watching(tmp_path: Path) -> witness.Witness:
    return witness.Witness("nhan-chung.example", str(LOG.verifier), tmp_path / "nhan-chung")


def status(watching: witness.Witness, body: bytes) -> int:
    try:
        watching.cosign(body)
    except witness.Refused as refused:
        return refused.status
    return 200


def test_a_log_that_grows_is_signed_at_every_size(watching: witness.Witness) -> None:
    verifier = Verifier.of(watching.verifier)
    assert verifier.kind == COSIGNS
    old = 0
    for size in (1, 2, 3, 7, 8, 33, 64, 64, 70):
        body = request(old, size)
        line = watching.cosign(body)
        note = Note.of(body.decode().split("\n\n", 1)[1]).with_lines([line])
        assert note.signed_by([verifier])[verifier] > 1_700_000_000
        old = size


def test_every_pair_of_sizes_is_consistent_for_the_witness_s_own_reckoning() -> None:
    tree = over(LEAVES)
    for size in range(1, 66):
        for old in range(1, size + 1):
            proof = tree.consistency(old, size)
            assert witness.goes_on(old, size, proof, tree.root(old), tree.root(size))
            assert not witness.goes_on(old, size, [*proof, LEAVES[0]], tree.root(old), tree.root(size))
            if proof:
                assert not witness.goes_on(old, size, proof[1:], tree.root(old), tree.root(size))


def test_another_past_is_never_signed(watching: witness.Witness) -> None:
    watching.cosign(request(0, 40))
    forged = [leaf_hash(b"another"), *LEAVES[1:]]
    assert status(watching, request(40, 70, leaves=forged)) == 422
    assert status(watching, request(40, 40, leaves=forged)) == 422
    assert status(watching, request(0, 70, leaves=forged)) == 409  # it has seen 40
    assert status(watching, request(30, 35)) == 409  # a log that went back
    assert status(watching, request(40, 39)) == 400
    stranger = Signer(LOG.name, Ed25519PrivateKey.from_private_bytes(b"3" * 32))
    assert status(watching, request(40, 70, signer=stranger)) == 403
    other = Signer("khac.example", LOG.private)
    assert status(watching, request(40, 70, signer=other)) == 404
    assert status(watching, request(40, 70)) == 200


@pytest.mark.parametrize(
    "body",
    [b"", b"old", b"old x\n\nx\n1\nx\n\n", b"\xff\xfe", b"old 0\n\n\n\n\n", b"old -1\n\na\n1\nb\n\n- x\n"],
)
def test_what_is_no_request_is_refused(watching: witness.Witness, body: bytes) -> None:
    assert status(watching, body) in (400, 403, 404)


def test_what_was_seen_outlives_the_witness_and_two_never_share_a_folder(tmp_path: Path) -> None:
    first = witness.Witness("nhan-chung.example", str(LOG.verifier), tmp_path)
    first.cosign(request(0, 40))
    with pytest.raises(BlockingIOError):
        witness.Witness("nhan-chung.example", str(LOG.verifier), tmp_path)
    first.alone.close()
    again = witness.Witness("nhan-chung.example", str(LOG.verifier), tmp_path)
    assert again.verifier == first.verifier
    assert status(again, request(0, 30)) == 409


# -- the log asks ----------------------------------------------------------------------------


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """`serve(name)` runs a witness of this log at an address and returns both, as settings have them."""
    servers: list[ThreadingHTTPServer] = []

    def run(name: str) -> str:
        key = str(signing.Signer(signing.origin(), _key()).verifier)
        made = witness.Witness(name, key, tmp_path / name)
        server = ThreadingHTTPServer(("127.0.0.1", 0), witness.handler_of(made))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port} {made.verifier}"

    yield run
    for server in servers:
        server.shutdown()
        server.server_close()


def _key() -> Ed25519PrivateKey:
    return signing.load_pem_private_key(
        (signing.Path(django_settings.KEY_ROOT) / "log.pem").read_bytes(), None
    )


def entry() -> None:
    keeping.append_head("audit", {"head": "0"}, at=AT)


@pytest.mark.django_db
def test_the_log_gathers_the_signatures_of_those_who_are_there(
    serve: Callable[[str], str], settings: django_settings
) -> None:
    entry()
    signing.sign_checkpoint(at=AT)
    away = Verifier("xa.example", COSIGNS, b"\1" * 32)
    settings.LOG_WITNESSES = [serve("mot.example"), serve("hai.example"), f"http://127.0.0.1:9 {away}"]
    signed = witnesses.ask_witnesses(at=AT)
    assert signed is not None and witnesses.cosigned(Note.of(signed.note)) == 2
    assert witnesses.ask_witnesses(at=AT) is None  # who has signed is not asked again
    entry()
    signing.sign_checkpoint(at=AT)
    again = witnesses.ask_witnesses(at=AT)
    assert again is not None and again.size == 3 and witnesses.cosigned(Note.of(again.note)) == 2


@pytest.mark.django_db
def test_a_witness_that_has_seen_more_than_this_database_remembers_is_told_the_way_from_there(
    serve: Callable[[str], str], settings: django_settings
) -> None:
    entry()
    signing.sign_checkpoint(at=AT)
    settings.LOG_WITNESSES = [serve("mot.example")]
    note = Note.of(SignedCheckpoint.objects.get().note)
    (one,) = witnesses.witnesses()
    assert witnesses._asked(one, note)  # answered, and the answer was lost
    entry()
    signing.sign_checkpoint(at=AT)
    signed = witnesses.ask_witnesses(at=AT)
    assert signed is not None and signed.size == 3


@pytest.mark.parametrize("text", ["", "http://x", "ftp://x " + str(Verifier("a", COSIGNS, b"\1" * 32)),
                                  "http://x " + str(Verifier("a", 1, b"\1" * 32))])  # fmt: skip
def test_a_witness_that_is_none_is_refused_in_settings(text: str, settings: django_settings) -> None:
    settings.LOG_WITNESSES = [text]
    with pytest.raises(ValueError):
        witnesses.witnesses()


@pytest.mark.django_db
def test_a_quorum_that_is_missed_is_told_with_the_hour_since_when(settings: django_settings) -> None:
    settings.LOG_QUORUM = 0
    signing.sign_checkpoint(at=AT)
    assert witnesses.lacking_since() is None
    settings.LOG_QUORUM = 1
    signing.sign_checkpoint(at=AT + dt.timedelta(hours=7))
    assert witnesses.lacking_since() == AT
