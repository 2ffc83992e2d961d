"""Signed notes, checkpoints and proofs as C2SP writes them."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from supervision.transparency.checkpoints import Checkpoint, Proof, bundle, tile_path
from supervision.transparency.merkle import leaf_hash, over
from supervision.transparency.notes import COSIGNS, BadNote, Note, Signer, Verifier, sign

#: The example of c2sp.org/signed-note.
KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
LOG = Signer("mat-tran.example/nhat-ky", Ed25519PrivateKey.from_private_bytes(b"1" * 32))
WITNESS = Signer("nhan-chung.example", Ed25519PrivateKey.from_private_bytes(b"2" * 32), COSIGNS)
LEAVES = [leaf_hash(str(n).encode()) for n in range(300)]


def checkpoint(size: int = 300) -> Note:
    return sign(Checkpoint(LOG.name, size, over(LEAVES).root(size)).text, LOG)


def test_the_published_example_is_signed_by_its_key() -> None:
    verifier = Verifier.of(KEY)
    assert str(verifier) == KEY
    assert Note.of(NOTE).signed_by([verifier]) == {verifier: 0}
    assert str(Note.of(NOTE)) == NOTE


def test_another_text_under_a_known_key_is_no_note_at_all() -> None:
    with pytest.raises(BadNote, match="did not sign"):
        Note.of(NOTE.replace("example message", "exemple message")).signed_by([Verifier.of(KEY)])


def test_lines_of_unknown_keys_are_passed_over() -> None:
    assert Note.of(NOTE).signed_by([LOG.verifier]) == {}
    assert Note.of(NOTE).signed_by([Verifier("example.com/foo", 1, b"\1" * 32)]) == {}


def test_a_witness_says_when_it_saw_the_tree() -> None:
    note = checkpoint()
    seen = note.with_lines([WITNESS.line(note.text, 1_790_000_000)])
    keys = (LOG.verifier, WITNESS.verifier)
    assert seen.signed_by(keys) == {LOG.verifier: 0, WITNESS.verifier: 1_790_000_000}
    assert Note.of(str(seen)) == seen
    earlier = WITNESS.line(note.text, 1_700_000_000)
    forged = seen.lines[1][:-90] + earlier[-90:]  # another second under the same signature
    with pytest.raises(BadNote):
        note.with_lines([forged]).signed_by(keys)


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "x\n", "x\n\n", "x\n\n\n", "x\n\n— a\n", "x\n\n— a+b QUJDREVG\n", "x\n\n— a QUJD\n",
        "x\n\n— a ***\n", "x\n\n- a QUJDREVG\n", "x\n\n— a QUJDREVG", "x\t\n\n— a QUJDREVG\n",
        "x\n\n— a\u00a0b QUJDREVG\n", "x\n\n" + "— a QUJDREVG\n" * 101,
    ],
)  # fmt: skip
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        Note.of(text)


@given(st.text(max_size=200))
def test_any_text_is_a_note_or_refused(text: str) -> None:
    for given_text in (text, NOTE + text, text + NOTE):
        try:
            assert str(Note.of(given_text)) == given_text
        except BadNote:
            continue


@pytest.mark.parametrize("key", ["", "a+b+c", KEY[:-4], KEY.replace("530d903a", "530d903b"), f"x {KEY}"])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(BadNote):
        Verifier.of(key)


def test_a_checkpoint_reads_as_it_was_written() -> None:
    written = Checkpoint("mat-tran.example/nhat-ky", 300, over(LEAVES).root())
    assert Checkpoint.of(written.text) == written
    assert Checkpoint.of(written.text + "more\n") == written
    for bent in ("x\n", "x\n1\n", written.text.replace("300", "0300"), written.text.replace("300", "-1")):
        with pytest.raises(BadNote):
            Checkpoint.of(bent)


@pytest.mark.parametrize("index", [0, 1, 255, 256, 299])
def test_a_proof_reads_as_it_was_written_and_holds_for_its_leaf_alone(index: int) -> None:
    proof = Proof(index, tuple(over(LEAVES).inclusion(index)), checkpoint())
    again = Proof.of(str(proof))
    assert again == proof
    assert again.holds(LEAVES[index]) and not again.holds(LEAVES[index - 1])
    with_extra = str(proof).replace("\nindex", "\nextra QUJD\nindex", 1)
    assert Proof.of(with_extra) == proof


def test_a_proof_of_one_leaf_needs_no_hash() -> None:
    note = sign(Checkpoint(LOG.name, 1, LEAVES[0]).text, LOG)
    assert Proof.of(str(Proof(0, (), note))).holds(LEAVES[0])


@given(st.text(max_size=200))
def test_any_text_is_a_proof_or_refused(text: str) -> None:
    whole = str(Proof(0, tuple(over(LEAVES).inclusion(0)), checkpoint()))
    for given_text in (text, whole.replace("index 0", text), whole[: len(text)] + text + whole[len(text) :]):
        try:
            Proof.of(given_text).holds(LEAVES[0])
        except BadNote:
            continue


def test_tiles_are_addressed_in_thousands_and_entries_have_their_length_before_them() -> None:
    assert [tile_path(n) for n in (0, 67, 999, 1000, 1_234_067)] == [
        "000", "067", "999", "x001/000", "x001/x234/067",
    ]  # fmt: skip
    assert bundle([b"a" * 258, b""]) == b"\x01\x02" + b"a" * 258 + b"\0\0"
