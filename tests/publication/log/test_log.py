"""What is published, corrected and withdrawn stands in the log; nothing of it is taken back unseen."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from supervision.files import storage
from supervision.publication import services
from supervision.publication.log import answers, keeping, signing
from supervision.publication.log.checking import troubles
from supervision.publication.log.models import Leaf, SignedCheckpoint, Tile
from supervision.publication.models import Publication
from supervision.transparency.checkpoints import Checkpoint
from supervision.transparency.merkle import WIDTH, leaf_hash, over, proves_consistency, proves_inclusion
from supervision.transparency.notes import COSIGNS, BadNote, Note, Verifier
from tests.owner import without_guards
from tests.publication.factory import AT, publication

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def published(number: int = 7) -> Publication:
    return publication(
        [], number_text=f"{number:02d}/TB-MTTQ-BTT", pdf_sha256=storage.write(b"%PDF-" + bytes([number]))
    )


def withdrawn(made: Publication, replaced_by: Publication | None = None) -> None:
    services.withdraw(
        publication=made, reason="Sai", number="11/QĐ", at=AT, by_label="V", replaced_by=replaced_by
    )


def kinds() -> list[str]:
    return [
        json.loads(body)["kind"] for body in Leaf.objects.order_by("index").values_list("body", flat=True)
    ]


def heads(count: int) -> None:
    for n in range(count):
        keeping.append_head("audit", {"number": n + 1, "hash": f"{n:064x}"}, at=AT)


def test_each_act_of_publishing_is_a_leaf() -> None:
    first, second = published(1), published(2)
    services.correct(
        publication=first, reason="Sai số", changes=[{"place": "1", "was": "a", "now": "b"}],
        number="09/TB", at=AT, by_label="Văn thư",
    )  # fmt: skip
    services.withdraw(
        publication=first, reason="Thay", number="10/QĐ", at=AT, by_label="V", replaced_by=second
    )
    services.withdraw(publication=second, reason="Sai", number="11/QĐ", at=AT, by_label="V")
    assert kinds() == ["publish", "publish", "correct", "supersede", "withdraw"]
    body = json.loads(Leaf.objects.get(index=3).body)
    assert (body["publication"], body["by"]) == (first.public_id, second.public_id)


def test_a_leaf_names_nobody_and_fixes_file_and_page() -> None:
    made = published()
    leaf = Leaf.objects.get()
    assert made.signer_label not in leaf.body and "Cán bộ" not in leaf.body and made.title not in leaf.body
    body = json.loads(leaf.body)
    assert body["pdf_sha256"] == made.pdf_sha256 and len(body["content_sha256"]) == 64
    assert leaf.hash == leaf_hash(leaf.body.encode())


def test_a_checkpoint_is_signed_with_its_time_and_the_first_leaf_names_the_keys() -> None:
    published()
    signed = signing.sign_checkpoint(at=AT)
    assert signed is not None and signed.size == 2
    assert kinds() == ["publish", "key"]
    keys = [Verifier.of(text) for text in json.loads(Leaf.objects.get(index=1).body)["keys"]]
    note = Note.of(signed.note)
    assert sorted(note.signed_by(keys).values()) == [0, int(AT.timestamp())]
    assert {one.kind for one in note.signed_by(keys)} == {1, COSIGNS}
    checkpoint = Checkpoint.of(note.text)
    hashes = [bytes(one) for one in Leaf.objects.order_by("index").values_list("hash", flat=True)]
    assert (checkpoint.size, checkpoint.root) == (2, over(hashes).root())
    assert signing.high_water().read_text(encoding="utf-8") == signed.note


def test_the_same_tree_is_signed_again_only_when_its_checkpoint_grows_old() -> None:
    published()
    assert signing.needs_signing(AT)
    signing.sign_checkpoint(at=AT)
    assert not signing.needs_signing(AT + HOUR)
    assert signing.sign_checkpoint(at=AT + HOUR) is None
    assert signing.needs_signing(AT + 6 * HOUR)
    assert signing.sign_checkpoint(at=AT + 6 * HOUR) is not None


def test_proofs_from_kept_tiles_hold_for_every_leaf_and_every_tree() -> None:
    sizes = []
    for count in (3, WIDTH, WIDTH + 10):
        heads(count)
        signed = signing.sign_checkpoint(at=AT + len(sizes) * HOUR)
        assert signed is not None
        sizes.append(signed.size)
    assert list(Tile.objects.values_list("level", "index")) == [(0, 0), (0, 1)]
    tree, size = keeping.tree(sizes[-1]), sizes[-1]
    for leaf in Leaf.objects.filter(index__in=[0, 5, WIDTH - 1, WIDTH, size - 1]):
        assert proves_inclusion(bytes(leaf.hash), leaf.index, size, tree.inclusion(leaf.index), tree.root())
    for old in sizes:
        assert proves_consistency(old, size, tree.consistency(old), tree.root(old), tree.root())
    assert list(troubles()) == []


def test_a_whole_log_has_no_trouble() -> None:
    made = published(1)
    withdrawn(made)
    signing.sign_checkpoint(at=AT)
    call_command("log_fsck")


def test_the_database_keeps_leaves_in_one_row_without_gaps() -> None:
    heads(2)
    for changed in (
        {"index": 5, "before_id": 1},
        {"index": 5, "before_id": 4},
        {"index": 2, "before_id": None},
    ):
        row = {"body": "{}", "hash": b"x", "salt": "", "at": AT} | changed
        with pytest.raises(IntegrityError), transaction.atomic():
            Leaf.objects.create(**row)
            connection.check_constraints()


@pytest.mark.parametrize("table", ["leaf", "signedcheckpoint", "tile"])
def test_the_database_refuses_to_change_the_log(table: str) -> None:
    heads(WIDTH)
    signing.sign_checkpoint(at=AT)
    for statement in ("UPDATE {} SET {} = {}", "DELETE FROM {}"):
        column = {"leaf": "body", "signedcheckpoint": "note", "tile": "hashes"}[table]
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format(f"publication_{table}", column, column))


def test_a_tree_that_went_back_or_elsewhere_is_never_signed() -> None:
    heads(3)
    signing.sign_checkpoint(at=AT)
    kept = signing.high_water().read_text(encoding="utf-8")
    with pytest.raises(signing.LogBehind), transaction.atomic():
        without_guards("DELETE FROM publication_signedcheckpoint")
        without_guards('DELETE FROM publication_leaf WHERE "index" = 3')  # restored from yesterday
        signing.sign_checkpoint(at=AT + HOUR)
    with pytest.raises(signing.LogBehind), transaction.atomic():
        without_guards('DELETE FROM publication_leaf WHERE "index" = 3')
        heads(2)  # and gone on elsewhere
        signing.sign_checkpoint(at=AT + HOUR)
    assert signing.high_water().read_text(encoding="utf-8") == kept


def test_a_log_that_has_signed_makes_no_second_key() -> None:
    heads(1)
    signing.sign_checkpoint(at=AT)
    (signing.Path(signing.settings.KEY_ROOT) / "log.pem").unlink()
    heads(1)
    with pytest.raises(signing.KeyMissing, match="Không thấy khóa"):
        signing.sign_checkpoint(at=AT + HOUR)
    signing._write(signing.Ed25519PrivateKey.generate(), "log.pem")  # another, put in its place
    with pytest.raises(signing.KeyMissing, match="không phải khóa"):
        signing.sign_checkpoint(at=AT + HOUR)


def test_the_log_keeps_its_name_whatever_its_address_becomes(settings: Any, own_keys: None) -> None:
    """A demonstration that was filled at one port is served at another; a portal moves to another name."""
    settings.PUBLIC_URL = "http://127.0.0.1:8000"
    made = published()
    first = signing.sign_checkpoint(at=AT)
    known = keeping.keys()
    settings.PUBLIC_URL, settings.LOG_ORIGIN = "https://giamsat.example.vn", "example.vn/khac"
    published(8)
    second = signing.sign_checkpoint(at=AT + HOUR)
    assert first and second and signing.origin() == "127.0.0.1:8000/nhat-ky"
    assert Checkpoint.of(Note.of(second.note).text).origin == signing.origin()
    assert keeping.keys() == known and Note.of(second.note).signed_by(known)
    assert answers.logged(made).holds and list(troubles()) == []
    new = signing.change_key(at=AT)
    assert new.name == signing.origin()


def test_a_new_log_takes_the_name_that_is_set_for_it_and_none_that_nobody_could_read(
    settings: Any, own_keys: None
) -> None:
    settings.LOG_ORIGIN = "mat tran+1"
    published()
    with pytest.raises(BadNote):
        signing.sign_checkpoint(at=AT)
    settings.LOG_ORIGIN = "mattran.example.vn/nhat-ky"
    signing.sign_checkpoint(at=AT)
    assert {one.name for one in keeping.keys()} == {"mattran.example.vn/nhat-ky"}


def test_a_worker_that_died_before_it_signed_names_its_key_once() -> None:
    heads(1)
    signing._keys(may_make=True, at=AT)
    signing.sign_checkpoint(at=AT)
    assert kinds() == ["audit", "key"]


TAMPERED = {
    "a body": "UPDATE publication_leaf SET body = replace(body, 'publish', 'publisj') WHERE \"index\" = 0",
    "a hash": 'UPDATE publication_leaf SET hash = (SELECT hash FROM publication_leaf WHERE "index" = 1) '
    'WHERE "index" = 0',
    "the last leaf": 'DELETE FROM publication_leaf WHERE "index" = 2',
    "a checkpoint": "UPDATE publication_signedcheckpoint SET note = replace(note, 'nhat-ky', 'nhat-kx')",
    "a page": "UPDATE publication_publication SET title = 'Khác'",
    "a file's hash": "UPDATE publication_publication SET pdf_sha256 = '" + "0" * 64 + "'",
    "a withdrawal": "DELETE FROM publication_entry WHERE what = 'withdraw'",
}


@pytest.mark.parametrize("what", TAMPERED)
def test_whoever_owns_the_database_changes_nothing_unseen(what: str) -> None:
    made = published()
    withdrawn(made)
    signing.sign_checkpoint(at=AT)
    assert list(troubles()) == []
    without_guards(TAMPERED[what])
    assert list(troubles())
    with pytest.raises(CommandError):
        call_command("log_fsck")


def test_a_withdrawal_that_was_taken_out_of_the_page_is_not_taken_out_of_the_answer() -> None:
    made = published()
    withdrawn(made)
    signing.sign_checkpoint(at=AT)
    assert answers.logged(made).holds
    without_guards(TAMPERED["a withdrawal"])
    assert not answers.logged(made).holds


def test_a_changed_file_and_a_publication_without_a_leaf_are_told() -> None:
    made = published()
    signing.sign_checkpoint(at=AT)
    path = storage.path_of(made.pdf_sha256)
    path.chmod(0o600)
    path.write_bytes(b"%PDF-another")
    assert list(troubles()) == [f"the file of {made.number_text} is missing or changed"]
    path.unlink()
    assert SignedCheckpoint.objects.count() == 1


@pytest.fixture
def own_keys(settings: Any, tmp_path: Path) -> None:
    """Keys of this test alone."""
    settings.KEY_ROOT = tmp_path / "keys"


def test_a_key_is_changed_while_the_old_one_goes_on_signing(own_keys: None) -> None:
    """Who knows the old key alone finds the new one in the log that it signs."""
    published()
    signing.sign_checkpoint(at=AT)
    (old, _timed) = keeping.keys()
    new = signing.change_key(at=AT)
    signed = signing.sign_checkpoint(at=AT + HOUR)
    assert signed is not None
    for known in ([old], [new], keeping.keys()):
        assert Note.of(signed.note).signed_by(known)
    assert str(new) in json.loads(Leaf.objects.order_by("-index")[0].body)["keys"]
    signing.drop_key(old, at=AT)
    signed = signing.sign_checkpoint(at=AT + 2 * HOUR)
    assert signed is not None
    assert not Note.of(signed.note).signed_by([old]) and Note.of(signed.note).signed_by([new])
    assert list(troubles()) == [], "what the old key signed still holds"
    with pytest.raises(signing.KeyMissing, match="duy nhất"):
        signing.drop_key(new, at=AT)


def test_a_key_that_no_leaf_names_signs_nothing(own_keys: None) -> None:
    """The process died between the file and the leaf."""
    published()
    signing.sign_checkpoint(at=AT)
    signing._write(signing.Ed25519PrivateKey.generate(), "log-00000000.pem")
    published(8)
    signed = signing.sign_checkpoint(at=AT)
    assert signed is not None and len(Note.of(signed.note).lines) == 2


def test_the_command_shows_changes_and_drops_keys(own_keys: None) -> None:
    published()
    signing.sign_checkpoint(at=AT)
    told = io.StringIO()
    call_command("log_key", "--them", stdout=told)
    keys = told.getvalue().split()
    assert len(keys) == 4
    call_command("log_key", "--bo", keys[0], stdout=told)
    with pytest.raises(CommandError):
        call_command("log_key", "--bo", keys[0], stdout=told)
