"""A bundle is taken as the portal wrote it or not at all: `kiem_chung.py` against its forgers."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from supervision.publication.log import keeping
from supervision.publication.models import Publication
from supervision.transparency import offline
from supervision.transparency.checkpoints import Checkpoint, Proof
from supervision.transparency.merkle import leaf_hash
from supervision.transparency.notes import COSIGNS, Note, Signer, sign
from tests.portal.test_log import PDF, checked, made, packed, unpacked  # noqa: F401

pytestmark = pytest.mark.django_db
FAKE = b"%PDF-1.7 a fake!"


def code_of(raw: bytes, folder: Path, *keys: str) -> int:
    path = folder / "goi.zip"
    path.write_bytes(raw)
    return offline.main([str(path), *(f"--khoa={key}" for key in keys)])


@pytest.fixture
def whole(client: Client, made: Publication) -> bytes:  # noqa: F811
    return client.get(f"{made.address}goi.zip").content


Members = list[tuple[str, bytes]]


def rezip(raw: bytes, bend: Callable[[Members], Members], folder: Path) -> bytes:
    """The bundle packed anew by another hand, its members as `bend` makes them."""
    path = folder / "bent.zip"
    with zipfile.ZipFile(io.BytesIO(raw)) as old:
        members = [(name, old.read(name)) for name in old.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in bend(members):
            new.writestr(name, data)
    return path.read_bytes()


def changed(name: str, change: Callable[[bytes], bytes]) -> Callable[[Members], Members]:
    return lambda members: [(one, change(data) if one == name else data) for one, data in members]


def renamed(name: str, to: str) -> Callable[[Members], Members]:
    return lambda members: [(to if one == name else one, data) for one, data in members]


MEMBERS: dict[str, Callable[[Members], Members]] = {
    "a second paper, the fake first": lambda members: [("van-ban.pdf", FAKE), *members],
    "a second paper, the fake last": lambda members: [*members, ("van-ban.pdf", FAKE)],
    "capitals": lambda members: [*members, ("VAN-BAN.PDF", FAKE)],
    "a path": lambda members: [*members, ("./van-ban.pdf", FAKE)],
    "a path upwards": lambda members: [*members, ("../van-ban.pdf", FAKE)],
    "a folder": lambda members: [*members, ("thu-muc/", b"")],
    "150 MB that nobody asked for": lambda members: [*members, ("thua.bin", bytes(150 * 1024**2))],
    "an entry too many": lambda members: [*members, ("muc-3.json", b"{}"), ("muc-3.tlog-proof", b"")],
    "an entry without its proof": lambda members: [*members, ("muc-2.json", b"{}")],
    "no certificates": lambda members: [one for one in members if one[0] != "chung-thu.pem"],
    "no keys": lambda members: [one for one in members if one[0] != "khoa.txt"],
    "no program": lambda members: [one for one in members if one[0] != "kiem_chung.py"],
    "a bomb": changed("khoa.txt", lambda data: bytes(64 * 1024**2)),
    "a key of the text twice": changed(
        "noi-dung.json", lambda data: data.replace(b'"content":', b'"content": {"title": "x"}, "content":', 1)
    ),
    "a key inside it twice": changed(
        "noi-dung.json", lambda data: data.replace(b'"title":', b'"title": "x", "title":', 1)
    ),
    "a further top-level key": changed("noi-dung.json", lambda data: data.replace(b"{", b'{"them": 1,', 1)),
    "a value that is no number": changed(
        "noi-dung.json", lambda data: data.replace(b'"pdf_pages": 6', b'"pdf_pages": NaN', 1)
    ),
    "infinity beside it": changed("noi-dung.json", lambda data: data.replace(b"{", b'{"x": -Infinity,', 1)),
    "nesting": changed("noi-dung.json", lambda data: b"[" * 1_000_000),
    "a number with zeros before it": changed(
        "muc-1.tlog-proof", lambda data: data.replace(b"index 0", b"index 00")
    ),
    "a further hash": changed(
        "muc-1.tlog-proof",
        lambda data: data.replace(b"\n\n", b"\n" + base64.b64encode(bytes(32)) + b"\n\n", 1),
    ),
    "no line that says when it was signed": changed(
        "muc-1.tlog-proof", lambda data: data[: data.rindex("—".encode())]
    ),
    "the key of somebody else": changed(
        "khoa.txt", lambda _data: f"{Signer('evil.vn', Ed25519PrivateKey.generate()).verifier}\n".encode()
    ),
    "words for a key": changed("khoa.txt", lambda _data: b"hay tin toi"),
    "a line more in the proof": changed(
        "muc-1.tlog-proof", lambda data: data.replace(b"index", b"extra x\nindex", 1)
    ),
}


@pytest.mark.parametrize("what", MEMBERS)
def test_only_the_expected_members_once_each_and_as_they_were_written(
    whole: bytes, tmp_path: Path, what: str
) -> None:
    bent = rezip(whole, MEMBERS[what], tmp_path)
    for keys in ([str(keeping.keys()[0])], []):
        assert code_of(bent, tmp_path, *keys) in (1, 2), what


#: What no hash covers: whoever hands a bundle on may have put anything there.
BESIDE = {
    "kiem_chung.py": (b"print('Dung ban goc')", "kiem_chung.py (khác chương trình này"),
    "DOC-TOI.txt": (
        "Hãy chạy evil.exe".encode(),
        "Not checked in the bundle: DOC-TOI.txt",
    ),
    "khoa.txt": (None, "khoa.txt (còn có khóa khác"),
}


@pytest.mark.parametrize("name", BESIDE)
def test_what_no_hash_covers_is_named_as_not_checked(
    whole: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    keys = [str(keeping.keys()[0]), str(keeping.keys()[1])]
    assert code_of(whole, tmp_path, *keys) == 0
    said = capsys.readouterr().out
    assert "kiem_chung.py (" not in said and "khoa.txt (" not in said
    data, warning = BESIDE[name]
    own = Signer(keeping.keys()[0].name, Ed25519PrivateKey.generate()).verifier
    more = data or f"{keys[0]}\n{own}\n".encode()
    assert code_of(rezip(whole, changed(name, lambda _old: more), tmp_path), tmp_path, *keys) == 0
    assert warning in capsys.readouterr().out


def patched(raw: bytes, at: int, data: bytes) -> bytes:
    return raw[:at] + data + raw[at + len(data) :]


def central(raw: bytes) -> int:
    return int(struct.unpack_from("<L", raw, len(raw) - 6)[0])


def moved(raw: bytes, by: int) -> bytes:
    """The bundle with its list and every offset moved, as a self-extracting archive has them."""
    raw = patched(raw, len(raw) - 6, struct.pack("<L", central(raw) + by))
    at = central(raw) - by
    while raw[at : at + 4] == b"PK\1\2":
        name, extra, comment = struct.unpack_from("<3H", raw, at + 28)
        raw = patched(raw, at + 42, struct.pack("<L", struct.unpack_from("<L", raw, at + 42)[0] + by))
        at += 46 + name + extra + comment
    return raw


def between(raw: bytes) -> bytes:
    """Bytes between the last member and the list."""
    start = central(raw)
    raw = raw[:start] + b"GAP!" + raw[start:]
    return patched(raw, len(raw) - 6, struct.pack("<L", start + 4))


def commented(raw: bytes) -> bytes:
    return raw[:-2] + struct.pack("<H", 7) + b"comment"


def unlike(raw: bytes) -> bytes:
    """The local header of the paper names another file than the list."""
    return patched(raw, 30, b"van-bam.pdf")


def other_check(raw: bytes) -> bytes:
    return patched(raw, 14, b"\0\0\0\0")


def symlink(raw: bytes) -> bytes:
    return patched(raw, central(raw) + 38, struct.pack("<L", 0o120777 << 16))


def zip64(raw: bytes) -> bytes:
    return patched(raw, central(raw) + 20, b"\xff" * 8)


def encrypted(raw: bytes) -> bytes:
    return patched(patched(raw, 6, b"\1\0"), central(raw) + 8, b"\1\0")


def fewer(raw: bytes) -> bytes:
    """The list says one member less than there are."""
    count = struct.unpack_from("<H", raw, len(raw) - 12)[0] - 1
    return patched(raw, len(raw) - 14, struct.pack("<2H", count, count))


def more_in_the_stream(raw: bytes) -> bytes:
    """The first member's stream is followed by bytes that its length takes in."""
    packed_size, _size = struct.unpack_from("<2L", raw, 18)
    end = 30 + len("van-ban.pdf") + packed_size
    raw = patched(raw, 18, struct.pack("<L", packed_size + 4))
    raw = moved(raw[:end] + b"MORE" + raw[end:], 0)
    start = central(raw) + 4
    raw = patched(raw, len(raw) - 6, struct.pack("<L", start))
    raw = patched(raw, start + 20, struct.pack("<L", packed_size + 4))
    at = start + 46 + len("van-ban.pdf")
    while raw[at : at + 4] == b"PK\1\2":
        name = struct.unpack_from("<H", raw, at + 28)[0]
        raw = patched(raw, at + 42, struct.pack("<L", struct.unpack_from("<L", raw, at + 42)[0] + 4))
        at += 46 + name
    return raw


ARCHIVES: dict[str, Callable[[bytes], bytes]] = {
    "a program before it": lambda raw: b"MZ program" + raw,
    "a program before it, offsets mended": lambda raw: b"MZ program" + moved(raw, 10),
    "bytes behind it": lambda raw: raw + b"behind",
    "a comment": commented,
    "a gap": between,
    "another name in the local header": unlike,
    "another check sum in the local header": other_check,
    "a link": symlink,
    "sizes for ZIP64": zip64,
    "encryption": encrypted,
    "a member that the list leaves out": fewer,
    "bytes inside a member": more_in_the_stream,
    "half of it": lambda raw: raw[: len(raw) // 2],
    "nothing": lambda raw: b"",
    "an end alone": lambda raw: b"PK\5\6" + bytes(18),
    "twice": lambda raw: raw + raw,
}


@pytest.mark.parametrize("what", ARCHIVES)
def test_nothing_stands_before_beside_or_behind_the_archive(whole: bytes, tmp_path: Path, what: str) -> None:
    assert code_of(whole, tmp_path, str(keeping.keys()[0])) == 0
    for keys in ([str(keeping.keys()[0])], []):
        assert code_of(ARCHIVES[what](whole), tmp_path, *keys) in (1, 2), what


def forged(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Another paper, another text and a log of one's own: all of it fits, by the forger's key."""
    key = Signer("127.0.0.1:8000/nhat-ky", Ed25519PrivateKey.generate())
    content = json.loads(parts["noi-dung.json"])
    content["content"]["title"] = "Một văn bản khác"
    canonical = json.dumps(content["content"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    leaf = json.loads(parts["muc-1.json"])
    leaf["pdf_sha256"] = hashlib.sha256(FAKE).hexdigest()
    leaf["content_sha256"] = hashlib.sha256(f"{content['salt']}\n{canonical}".encode()).hexdigest()
    body = json.dumps(leaf, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    note = sign(Checkpoint(key.name, 1, leaf_hash(body)).text, key)
    note = note.with_lines([Signer(key.name, key.private, COSIGNS).line(note.text, 1_790_000_000)])
    mine = {
        "van-ban.pdf": FAKE, "noi-dung.json": json.dumps(content).encode(), "muc-1.json": body,
        "muc-1.tlog-proof": str(Proof(0, (), Note.of(str(note)))).encode(),
        "khoa.txt": f"{key.verifier}\n".encode(),
    }  # fmt: skip
    return parts | mine


def test_a_bundle_that_somebody_made_himself_is_not_checked_without_a_key_and_wrong_with_one(
    client: Client,
    made: Publication,  # noqa: F811
    tmp_path: Path,
) -> None:
    path = packed(tmp_path, forged(unpacked(client, made)))
    code, said = checked(path)
    assert code == 3 and said.startswith("CHƯA KIỂM CHỨNG")
    assert "Đúng bản gốc" not in said and made.number_text not in said and "CN=" not in said
    assert checked(path, f"--khoa={keeping.keys()[0]}")[0] == 1


def test_a_key_of_another_log_or_with_another_id_is_no_key(whole: bytes, tmp_path: Path) -> None:
    key = keeping.keys()[0]
    other = Signer("example.vn/nhat-ky", Ed25519PrivateKey.generate()).verifier
    name, _id, encoded = str(key).split("+", 2)
    assert code_of(whole, tmp_path, str(other)) == 1
    assert code_of(whole, tmp_path, f"{name}+00000000+{encoded}") == 1
    assert code_of(whole, tmp_path, f"another{key}") == 1
    assert code_of(whole, tmp_path, "not a key") == 2


def test_memory_of_the_program_is_bounded_whatever_the_bundle_says(whole: bytes, tmp_path: Path) -> None:
    """A member of 60 MB of zeros under a name that may have 64, its hash wrong; and one that says less."""
    data = zlib.compress(bytes(60 * 1024**2), 9)
    bomb = rezip(whole, changed("van-ban.pdf", lambda _old: bytes(60 * 1024**2)), tmp_path)
    assert len(bomb) < 200_000 < len(data) * 10
    path = tmp_path / "bomb.zip"
    path.write_bytes(bomb)
    measure = "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (400 * 2**20,) * 2); "
    run = measure + "from supervision.transparency import offline; sys.exit(offline.main(sys.argv[1:]))"
    done = subprocess.run([sys.executable, "-c", run, str(path), f"--khoa={keeping.keys()[0]}"], check=False)
    assert done.returncode == 1
