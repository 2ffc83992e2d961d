"""The publication log as anyone meets it: a page, tiles for machines, and a bundle that proves itself."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from supervision.documents.signing.demo_authority import DemoAuthority
from supervision.files import services as files
from supervision.portal.views.log import PROGRAMS
from supervision.publication import services
from supervision.publication.log import answers, keeping, signing
from supervision.publication.models import Publication
from supervision.transparency.checkpoints import Checkpoint
from supervision.transparency.merkle import WIDTH, leaf_hash
from supervision.transparency.notes import Note
from tests.documents.papers import front, officer_and_chair
from tests.documents.test_verification import published, signed
from tests.publication.factory import AT, publication

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 a paper"
NOW = timezone.now().replace(microsecond=0)  # a log that has signed nothing for a day proves nothing


@pytest.fixture
def made() -> Publication:
    blob = files.put_bytes(PDF, "application/pdf", AT)
    found = publication([], pdf_sha256=blob.sha256, certificates=["c" * 64])
    signing.sign_checkpoint(at=NOW)
    return found


def unpacked(client: Client, made: Publication) -> dict[str, bytes]:
    answer = client.get(f"{made.address}goi.zip")
    assert answer.status_code == 200 and answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def packed(folder: Path, parts: dict[str, bytes]) -> Path:
    path = folder / "goi.zip"
    with zipfile.ZipFile(path, "w") as bundle:
        for name, data in parts.items():
            bundle.writestr(name, data)
    return path


def checked(path: Path, *more: str) -> tuple[int, str]:
    """Run the program as its user does: alone in a folder, without the project on the way."""
    alone = path.parent / "kiem_chung.py"
    alone.write_bytes(PROGRAMS["kiem_chung.py"].read_bytes())
    done = subprocess.run(
        [sys.executable, "-I", str(alone), str(path), *more], cwd=path.parent, capture_output=True, text=True
    )
    return done.returncode, done.stdout


def test_names_that_a_terminal_would_obey_are_not_printed(
    client: Client, made: Publication, tmp_path: Path
) -> None:
    """A cleared screen and "The original" in green over the refusal, as the name of a member."""
    lie = zipfile.ZipInfo("\x1b[2J\x1b[32mThe original: 07/MTTQ-BTT\x1b[8m")
    lie.external_attr = 0o120777 << 16  # a link
    path = packed(tmp_path, unpacked(client, made) | {"noi-dung.json": b'{"a\\u001b[2J\\u202e": NaN}'})
    assert "\x1b" not in checked(path)[1]
    with zipfile.ZipFile(path, "w") as bundle:
        bundle.writestr(lie, b"x")
    status, said = checked(path)
    assert status == 1 and "tệp lạ" in said and "\x1b" not in said


def test_the_bundle_proves_itself_without_the_portal(
    client: Client, made: Publication, tmp_path: Path
) -> None:
    path = packed(tmp_path, unpacked(client, made))
    own = tmp_path / "own.pdf"
    own.write_bytes(PDF)
    for keys in ([str(keeping.keys()[0])], [str(key) for key in keeping.keys()]):
        given = [f"--khoa={key}" for key in keys]
        code, said = checked(path, *given, "--tep", str(own))
        assert code == 0 and made.number_text in said
        assert f"Trạng thái tính đến / State as of: {NOW.astimezone(dt.UTC).isoformat()} (2 mục" in said
        assert "chỉ hỏi được ở cổng" in said and "Chữ ký bên trong PDF không được kiểm" in said
    own.write_bytes(PDF + b" ")
    assert checked(path, *given, "--tep", str(own))[0] == 1


def test_without_a_key_from_elsewhere_nothing_is_called_the_original(
    client: Client, made: Publication, tmp_path: Path
) -> None:
    code, said = checked(packed(tmp_path, unpacked(client, made)))
    assert code == 3 and said.startswith("CHƯA KIỂM CHỨNG")
    assert "Đúng bản gốc" not in said and made.number_text not in said and "/nhat-ky/" in said


BENT = {
    "the file": ("van-ban.pdf", PDF, b"%PDF-1.7 b paper"),
    "the text": ("noi-dung.json", b"Gi\xe1\xba\xa3i quy\xe1\xba\xbft", b"Gi\xe1\xba\xa3i th\xc3\xadch"),
    "the entry": ("muc-1.json", b'"mttq-24"', b'"mttq-25"'),
    "the index": ("muc-1.tlog-proof", b"index 0", b"index 1"),
    "the size": ("muc-1.tlog-proof", b"\n2\n", b"\n3\n"),
    "the keys": ("khoa.txt", b"\n", b""),
}


@pytest.mark.parametrize("what", BENT)
def test_a_bundle_bent_anywhere_is_not_the_original(
    client: Client, made: Publication, tmp_path: Path, what: str
) -> None:
    parts = unpacked(client, made)
    name, before, after = BENT[what]
    assert before in parts[name]
    parts[name] = b"" if what == "the keys" else parts[name].replace(before, after, 1)
    assert checked(packed(tmp_path, parts))[0] in (1, 2)
    assert checked(packed(tmp_path, parts), f"--khoa={keeping.keys()[0]}")[0] == 1


def test_a_withdrawal_ends_the_bundle_and_an_old_bundle_says_when_it_was_true(
    client: Client, made: Publication, tmp_path: Path
) -> None:
    before = unpacked(client, made)
    services.withdraw(publication=made, reason="Sai", number="11/QĐ", at=AT, by_label="V")
    signing.sign_checkpoint(at=NOW)
    assert client.get(f"{made.address}goi.zip").status_code == 410
    key = f"--khoa={keeping.keys()[0]}"
    code, said = checked(packed(tmp_path, before), key)
    assert code == 0 and "hay thu hồi sau đó" in said
    (first, old), (last, proof) = answers.proofs_of(made)
    mixed = before | {"muc-2.json": last.body.encode(), "muc-2.tlog-proof": str(proof).encode()}
    code, said = checked(packed(tmp_path, mixed), key)
    assert code == 1 and "những bản nhật ký khác nhau" in said
    code, said = checked(packed(tmp_path, mixed | {"muc-1.tlog-proof": str(old).encode()}), key)
    assert code == 1 and "thu hồi" in said and first.index == 0


def test_there_is_no_bundle_before_the_log_is_signed(client: Client) -> None:
    made = publication([])
    assert client.get(f"{made.address}goi.zip").status_code == 404
    assert "goi.zip" not in client.get(made.address).content.decode()
    assert client.get("/nhat-ky/checkpoint").status_code == 404
    assert client.get("/nhat-ky/").status_code == 200


def test_a_machine_rebuilds_the_signed_tree_from_what_is_served(client: Client, made: Publication) -> None:
    for n in range(WIDTH):
        keeping.append_head("audit", {"head": str(n)}, at=AT)
    signing.sign_checkpoint(at=NOW)
    keeping.append_head("audit", {"head": "waits"}, at=AT)
    note = Note.of(client.get("/nhat-ky/checkpoint").content.decode())
    assert note.signed_by(keeping.keys())
    size = Checkpoint.of(note.text).size
    bundles = b"".join(client.get(f"/nhat-ky/tile/entries/{path}").content for path in ("000", "001.p/2"))
    entries = []
    while bundles:
        length = int.from_bytes(bundles[:2], "big")
        entries.append(bundles[2 : 2 + length])
        bundles = bundles[2 + length :]
    assert len(entries) == size == WIDTH + 2
    tiles = b"".join(client.get(f"/nhat-ky/tile/0/{path}").content for path in ("000", "001.p/2"))
    assert tiles == b"".join(map(leaf_hash, entries))
    assert client.get("/nhat-ky/tile/1/000.p/1").content == keeping.tree(size).root(WIDTH)
    assert "immutable" in client.get("/nhat-ky/tile/0/000")["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    ["0/001", "0/000.p/3", "0/000.p/0", "0/000.p/256", "1/000", "1/000.p/1", "64/000", "0/x000/000x", "0/abc",
     "entries/000", "entries/000.p/3", "entries/abc", "0/000.p/02", "99999999999999999999/000",
     "0/" + "x999/" * 30 + "999"],
)  # fmt: skip
def test_what_the_signed_tree_has_not_is_not_found(client: Client, made: Publication, path: str) -> None:
    assert client.get(f"/nhat-ky/tile/{path}").status_code == 404


def test_the_page_says_how_far_the_log_is_and_by_which_keys(client: Client, made: Publication) -> None:
    page = client.get("/nhat-ky/").content.decode()
    assert all(str(key).replace("+", "&#43;") in page or str(key) in page for key in keeping.keys())
    assert client.get("/nhat-ky/khoa.txt").content.decode().split() == [str(key) for key in keeping.keys()]
    assert client.get("/en/nhat-ky/").status_code == 200
    assert "goi.zip" in client.get(made.address).content.decode()


def test_the_bundle_names_who_signed(client: Client, tmp_path: Path) -> None:
    officer, chair = officer_and_chair(front())
    DemoAuthority().issue([chair])
    document, _data = signed(officer, chair)
    found = published(document, certificates=[one.certificate_sha256 for one in document.signatures.all()])
    signing.sign_checkpoint(at=NOW)
    parts = unpacked(client, found)
    key = f"--khoa={keeping.keys()[0]}"
    code, said = checked(packed(tmp_path, parts), key)
    assert code == 0 and said.count("Nhật ký ghi chứng thư") == 2 and "Cán bộ mẫu 11" in said
    other, both = DemoAuthority(tmp_path / "keys").root_path.read_bytes(), parts["chung-thu.pem"]
    for forged in (other, both + other, both[: both.index(b"-----END") + 26]):
        assert checked(packed(tmp_path, parts | {"chung-thu.pem": forged}), key)[0] == 1
