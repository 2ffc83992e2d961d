"""Kiểm chứng một gói hồ sơ công bố mà không cần mạng, không cần cổng.

Checks a case bundle offline. It needs Python 3.11 or newer and the package `cryptography`, and nothing of
the portal: it was written apart from it, so that one mistake does not hide in both.

    python3 kiem_chung.py GOI.zip --khoa KHOA [--khoa KHOA]... [--tep VAN-BAN.pdf]

`--khoa` gives the key of the log as you know it from elsewhere: anybody can make a bundle that fits its own
key. Ends with 0 for what the log says is the original, 1 for anything else, 2 for what cannot be read, 3 for
a bundle that was not checked, since no key was given. It looks at the hash of the PDF, not at the signatures
inside it, and names what no hash covers; no bundle knows what was withdrawn since, or left out of it.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import struct
import sys
import zlib
from datetime import UTC, datetime
from typing import Any, NoReturn

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MIB, MEMBERS = 1024 * 1024, 1000
MOST = 80 * MIB  # bytes of a bundle
#: What a bundle holds, each name once, and how many bytes of it unpacked. Entries are counted from 1.
EXPECTED = {
    "van-ban.pdf": 64 * MIB, "noi-dung.json": 8 * MIB, "chung-thu.pem": MIB // 4, "khoa.txt": MIB // 4,
    "kiem_chung.py": MIB // 4, "DOC-TOI.txt": MIB // 4,
}  # fmt: skip
ENTRY = re.compile(r"muc-([1-9]\d{0,2})\.(json|tlog-proof)")
NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")
Keys = dict[tuple[str, bytes], bytes]  # by name and id: kind and public key
KINDS = ("publish", "correct", "renew", "withdraw", "supersede")
LOCAL, CENTRAL, END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
UNCHECKED = """CHƯA KIỂM CHỨNG / NOT CHECKED
Không có --khoa: gói này khớp với khóa nằm trong chính nó, mà ai cũng tự làm được một gói như vậy.
Hãy lấy khóa của nhật ký ở trang /nhat-ky/ của cổng, hoặc từ người đã giữ khóa ấy, đừng lấy trong gói.
No --khoa was given: the bundle fits the key inside it, and anybody can make such a bundle. Take the log's key
from the page /nhat-ky/ of the portal, or from somebody who has kept it, not from the bundle."""
UNKNOWN = """Việc đính chính hay thu hồi sau đó, hoặc gói này không kể, chỉ hỏi được ở cổng.
What was corrected or withdrawn since, or is left out here, only the portal knows."""


class Wrong(Exception):
    """Something in the bundle does not fit; the message says what, in Vietnamese and English."""


def wrong(vi: str, en: str) -> NoReturn:
    raise Wrong(f"{vi} / {en}")


def unpacked(raw: bytes) -> dict[str, bytes]:
    """The members of a bundle: nothing stands before, between or behind them, and its list says the same."""
    if len(raw) < END.size or len(raw) > MOST:
        wrong("không phải gói hồ sơ, hoặc quá lớn", "no bundle, or too big")
    mark, disk, begins, here, count, size, start, comment = END.unpack_from(raw, len(raw) - END.size)
    if mark != b"PK\5\6" or (disk, begins, comment) != (0, 0, 0) or here != count or count > MEMBERS:
        wrong("không phải gói hồ sơ nguyên như khi tải", "not a bundle as it was downloaded")
    found: dict[str, bytes] = {}
    at, end = start, 0
    for _ in range(count):
        name, data, at, end = member(raw, at, end)
        if name in found:
            wrong(f"{name}: có hai lần", "stands twice")
        found[name] = data
    if (at, end) != (start + size, start) or at + END.size != len(raw):
        wrong("trong gói có phần không phải của gói", "there are bytes in it that are no part of it")
    return found


def member(raw: bytes, at: int, begins: int) -> tuple[str, bytes, int, int]:
    """The member that the list names at `at` and whose bytes begin at `begins`; where the next ones are."""
    mark, _made, *both, more, comment, disk, _text, mode, offset = CENTRAL.unpack_from(raw, at)
    _version, flags, method, _time, _date, check, packed, size, length = both
    name = raw[at + CENTRAL.size : at + CENTRAL.size + length]
    local = LOCAL.unpack_from(raw, begins)
    start = begins + LOCAL.size + length
    if mark != b"PK\1\2" or (more, comment, disk, offset) != (0, 0, 0, begins):
        wrong("danh mục của gói không đúng dạng", "the list of the bundle is not as it must be")
    if local != (b"PK\3\4", *both, 0) or raw[begins + LOCAL.size : start] != name:
        wrong("danh mục của gói nói khác tệp", "the list of the bundle says otherwise than its members")
    text = name.decode("ascii", "replace")
    if text not in EXPECTED and not ENTRY.fullmatch(text):
        wrong("trong gói có tệp lạ", "there is a member that no bundle has")
    if flags or method not in (0, 8) or (mode >> 16) & 0o170000 not in (0, 0o100000):
        wrong(f"{text}: không phải tệp thường", "not a plain file")
    if size > EXPECTED.get(text, 65_535):
        wrong(f"{text}: quá lớn", "too big")
    data = raw[start : start + packed]
    if method == 8:
        reader = zlib.decompressobj(-15)
        data = reader.decompress(data, size + 1)
        if not reader.eof or reader.unused_data or reader.unconsumed_tail:
            wrong(f"{text}: nén hỏng", "badly compressed")
    if len(data) != size or zlib.crc32(data) != check:
        wrong(f"{text}: hỏng", "damaged")
    return text, data, at + CENTRAL.size + length, start + packed


def strict(data: bytes) -> Any:
    """What JSON says, where it says it once; Wrong for a key that stands twice, or for what is no number."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        return found if len(found) == len(pairs) else wrong("JSON có khóa lặp lại", "a key stands twice")

    return json.loads(data.decode("utf-8"), object_pairs_hook=once, parse_constant=lambda text: wrong(
        "JSON có giá trị lạ", f"no value of JSON: {text}"
    ))  # fmt: skip


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def root_of(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes:
    """The root to which a proof leads: RFC 6962, from the leaf upwards."""
    if not 0 <= index < size or any(len(one) != 32 for one in proof):
        wrong("chỉ số nằm ngoài nhật ký", "the index is outside the log")
    path = list(proof)

    def subtree(index: int, size: int) -> bytes:
        if size == 1:
            return leaf
        half = 1 << ((size - 1).bit_length() - 1)
        if not path:
            wrong("bằng chứng thiếu", "the proof is short")
        beside = path.pop()
        if index < half:
            return sha256(b"\x01", subtree(index, half), beside)
        return sha256(b"\x01", beside, subtree(index - half, size - half))

    found = subtree(index, size)
    if path:
        wrong("bằng chứng thừa", "the proof is long")
    return found


def known_keys(texts: list[str]) -> Keys:
    """The log's key signs plainly (1) and with the time (4): it is known as both."""
    found: Keys = {}
    for text in texts:
        name, key_id, encoded = text.strip().split("+", 2)
        key = base64.b64decode(encoded, validate=True)
        if len(key) != 33 or bytes.fromhex(key_id) != sha256(name.encode(), b"\n", key)[:4]:
            wrong("khóa không đúng dạng", "that is no key of a log")
        for kind in {key[:1], b"\x04"}:
            found[name, sha256(name.encode(), b"\n", kind, key[1:])[:4]] = kind + key[1:]
    return found


def signed_at(note: str, keys: Keys) -> datetime:
    """When the log says that it signed the note; Wrong unless a known key of that very log signed both."""
    above, below = note.rsplit("\n\n", 1)
    text, origin = f"{above}\n", above.split("\n")[0]
    found, time = False, None
    for line in below.splitlines():
        _dash, name, encoded = line.split(" ")
        raw = base64.b64decode(encoded, validate=True)
        public = keys.get((name, raw[:4]))
        if public is None or name != origin:
            continue
        signature, message = raw[4:], text.encode()
        if public[0] == 4:
            seconds = int.from_bytes(signature[:8], "big")
            message = f"cosignature/v1\ntime {seconds}\n{text}".encode()
            signature, time = signature[8:], datetime.fromtimestamp(seconds, UTC)
        try:
            Ed25519PublicKey.from_public_bytes(public[1:]).verify(signature, message)
        except InvalidSignature:
            wrong("chữ ký của nhật ký sai", "the log's signature is wrong")
        found = True
    if not found:
        wrong("không có chữ ký của khóa đã cho", "not signed by a given key")
    if time is None:
        wrong("không có chữ ký ghi thời điểm", "no signature says when: the bundle may be of any age")
    return time


def entry(leaf: bytes, proof: str) -> tuple[dict[str, Any], str]:
    """What an entry says, once it is shown to be in the tree of a note; and that note, not yet believed."""
    head, note = proof.split("\n\n", 1)
    first, index, *lines = head.split("\n")
    _origin, size, root = note.split("\n")[:3]
    at, path = index.removeprefix("index "), [base64.b64decode(one, validate=True) for one in lines]
    if (first, index) != ("c2sp.org/tlog-proof@v1", f"index {at}") or len(lines) > 63:
        wrong("không phải bằng chứng", "no proof")
    if not NUMBER.fullmatch(at) or not NUMBER.fullmatch(size):
        wrong("số trong bằng chứng không đúng dạng", "no number in the proof")
    reached = root_of(sha256(b"\x00", leaf), int(at), int(size), path)
    if reached != base64.b64decode(root, validate=True):
        wrong("mục này không có trong nhật ký đã ký", "this entry is not in the signed log")
    return strict(leaf), note


def entries(parts: dict[str, bytes], keys: Keys) -> tuple[list[dict[str, Any]], str]:
    """What the log says of the paper, the oldest first, and how far and how old the log is."""
    pairs = (len(parts) - len(EXPECTED)) // 2
    both = [(f"muc-{n}.json", f"muc-{n}.tlog-proof") for n in range(1, pairs + 1)]
    if set(parts) != {*EXPECTED, *(name for two in both for name in two)} or not pairs:
        wrong("gói thiếu tệp", "members are missing")
    found = [entry(parts[one], parts[proof].decode()) for one, proof in both]
    said, notes = [one for one, _note in found], {note for _one, note in found}
    if len(notes) != 1:
        wrong("các mục thuộc những bản nhật ký khác nhau", "the entries are of different states of the log")
    note = notes.pop()
    at = signed_at(note, keys)
    kinds = [one["kind"] for one in said]
    if kinds[0] != "publish" or "publish" in kinds[1:] or not set(kinds) <= set(KINDS):
        wrong("gói không có đúng một mục công bố", "there is not one entry of publishing")
    if any(one["publication"] != said[0]["publication"] for one in said):
        wrong("các mục nói về những văn bản khác nhau", "the entries are about several papers")
    return said, f"{at.isoformat()} ({note.split(chr(10))[1]} mục / entries)"


def beside(parts: dict[str, bytes], keys: Keys) -> str:
    """What to say of the members that no hash covers; Wrong for keys among which is none that was given."""
    named = set(known_keys(parts["khoa.txt"].decode().split()))
    if not named & set(keys):
        wrong("khoa.txt: không có khóa đã cho", "the given key is not in it")
    said = "Trong gói không được kiểm / Not checked in the bundle: DOC-TOI.txt"
    if named - set(keys):
        said += ", khoa.txt (còn có khóa khác / has further keys)"
    if parts["kiem_chung.py"] != read(__file__):
        said += ", kiem_chung.py (khác chương trình này / is another program)"
    return said


def check(parts: dict[str, bytes], keys: list[str], own: bytes | None) -> list[str]:
    """Return what was found, line by line; Wrong where something does not fit."""
    known = known_keys(keys)
    said, state = entries(parts, known)
    first, content, pem = said[0], strict(parts["noi-dung.json"]), parts["chung-thu.pem"]
    files = {one["pdf_sha256"] for one in said if one["kind"] in ("publish", "renew")}
    for name, data in (("van-ban.pdf", parts["van-ban.pdf"]), ("--tep", own)):
        if data is not None and hashlib.sha256(data).hexdigest() not in files:
            wrong(f"{name}: không phải bản đã công bố", "not the file that was published")
    paper = content["content"]
    canonical = json.dumps(paper, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    salted = hashlib.sha256(f"{content['salt']}\n{canonical}".encode()).hexdigest()
    if set(content) != {"salt", "content"} or salted != first["content_sha256"]:
        wrong("noi-dung.json: không phải nội dung đã công bố", "not the text that was published")
    signers = x509.load_pem_x509_certificates(pem) if pem else []
    if signers and [one.fingerprint(hashes.SHA256()).hex() for one in signers] != first["certificates"]:
        wrong("chung-thu.pem: không phải chứng thư đã ký", "not what it was signed with")
    if gone := [one["at"] for one in said if one["kind"] in ("withdraw", "supersede")]:
        wrong(f"đã thu hồi hoặc thay thế lúc {gone[0]}", "published once, then withdrawn or replaced")
    return [
        f"Đúng bản gốc theo nhật ký / The original: {paper['number_text']}, {paper['organization_name']}",
        f"Công bố / Published: {first['at']}",
        *(f"Có đính chính / Corrected: {one['at']}" for one in said if one["kind"] == "correct"),
        *(f"Nhật ký ghi chứng thư / Named in the log: {one.subject.rfc4514_string()}" for one in signers),
        "Chữ ký bên trong PDF không được kiểm ở đây / The signatures inside the PDF were not looked at.",
        beside(parts, known),
        f"Trạng thái tính đến / State as of: {state}. {UNKNOWN}",
    ]


def say(text: str) -> None:
    """Print without what a terminal would obey: whoever made the bundle chose some of these words."""
    print("".join(one if one.isprintable() or one in "\n\xa0" else "?" for one in text))


def read(path: str) -> bytes:
    with open(path, "rb") as stream:
        return stream.read(MOST + 1)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Kiểm chứng gói hồ sơ công bố / check a case bundle")
    parser.add_argument("goi")
    parser.add_argument("--khoa", action="append", default=[])
    parser.add_argument("--tep")
    given = parser.parse_args(arguments)
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        parts = unpacked(read(given.goi))
        keys = given.khoa or parts["khoa.txt"].decode().split()
        lines = check(parts, keys, read(given.tep) if given.tep else None)
    except Wrong as error:
        say(f"KHÔNG ĐÚNG / WRONG: {error}")
        return 1
    except Exception as error:  # a bundle may hold anything
        print(f"Không đọc được gói / Cannot read the bundle: {type(error).__name__}")
        return 2
    say("\n".join(lines) if given.khoa else UNCHECKED)
    return 0 if given.khoa else 3


if __name__ == "__main__":
    sys.exit(main())
