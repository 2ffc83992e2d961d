"""Kiểm chứng một gói hồ sơ công bố mà không cần mạng, không cần cổng: python3 kiem_chung.py GOI.zip

Checks a case bundle offline. It needs Python 3.11 or newer and the package `cryptography`, and nothing of
the portal: it was written apart from it, so that one mistake does not hide in both.

    python3 kiem_chung.py GOI.zip [--khoa KHOA]... [--tep VAN-BAN.pdf]

`--khoa` gives a key of the log as somebody else told it to you; without it the bundle's own word is taken,
and the answer says so. Ends with 0 for the original in force, 1 for anything else, 2 for no bundle.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
import zipfile
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MOST = 200 * 1024 * 1024  # bytes of a bundle, unpacked


class Wrong(Exception):
    """Something in the bundle does not fit; the message says what, in Vietnamese and English."""


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def root_of(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes:
    """The root to which a proof leads: RFC 6962, from the leaf upwards."""
    if not 0 <= index < size:
        raise Wrong("chỉ số nằm ngoài nhật ký / the index is outside the log")
    path = list(proof)

    def subtree(index: int, size: int) -> bytes:
        if size == 1:
            return leaf
        half = 1 << ((size - 1).bit_length() - 1)
        if not path:
            raise Wrong("bằng chứng thiếu / the proof is short")
        beside = path.pop()
        if index < half:
            return sha256(b"\x01", subtree(index, half), beside)
        return sha256(b"\x01", beside, subtree(index - half, size - half))

    found = subtree(index, size)
    if path:
        raise Wrong("bằng chứng thừa / the proof is long")
    return found


def signed_at(note: str, keys: list[str]) -> datetime | None:
    """When a known key says that it signed the note; Wrong unless one signed it, or one did not."""
    text, below = note.rsplit("\n\n", 1)
    text += "\n"
    known = {}
    for key in keys:
        name, key_id, encoded = key.strip().split("+", 2)
        known[name, bytes.fromhex(key_id)] = base64.b64decode(encoded)
    found, time = False, None
    for line in below.splitlines():
        _dash, name, encoded = line.split(" ")
        raw = base64.b64decode(encoded)
        public = known.get((name, raw[:4]))
        if public is None:
            continue
        signature, message = raw[4:], text.encode()
        if public[0] == 4:
            seconds = int.from_bytes(signature[:8], "big")
            message = f"cosignature/v1\ntime {seconds}\n{text}".encode()
            signature, time = signature[8:], datetime.fromtimestamp(seconds, UTC)
        try:
            Ed25519PublicKey.from_public_bytes(public[1:]).verify(signature, message)
        except InvalidSignature:
            raise Wrong("chữ ký của nhật ký sai / the log's signature is wrong") from None
        found = True
    if not found:
        raise Wrong("không có chữ ký của khóa đã cho / not signed by a given key")
    return time


def entry(leaf: bytes, proof: str, keys: list[str]) -> tuple[dict[str, Any], datetime | None]:
    """What an entry says, once it is shown to stand in the signed log; and when that was signed."""
    head, note = proof.split("\n\n", 1)
    first, *lines = head.split("\n")
    if first != "c2sp.org/tlog-proof@v1":
        raise Wrong("không phải bằng chứng / no proof")
    lines = [line for line in lines if not line.startswith("extra ")]
    index = int(lines[0].split(" ")[1])
    _origin, size, root = note.split("\n")[:3]
    reached = root_of(sha256(b"\x00", leaf), index, int(size), [base64.b64decode(one) for one in lines[1:]])
    if reached != base64.b64decode(root):
        raise Wrong("mục này không có trong nhật ký đã ký / this entry is not in the signed log")
    return json.loads(leaf), signed_at(note, keys)


def signed_with(pem: bytes, first: dict[str, Any]) -> list[str]:
    """Return whose certificates the paper was signed with; Wrong for one that the log does not name."""
    found = x509.load_pem_x509_certificates(pem) if pem else []
    lines = []
    for one in found:
        if one.fingerprint(hashes.SHA256()).hex() not in first["certificates"]:
            raise Wrong("chung-thu.pem: không phải chứng thư đã ký / not what it was signed with")
        until = one.not_valid_after_utc.date().isoformat()
        lines.append(f"Chứng thư / Certificate: {one.subject.rfc4514_string()} (đến / until {until})")
    return lines


def check(bundle: zipfile.ZipFile, keys: list[str], own: bytes | None) -> list[str]:
    """Return what was found, line by line; Wrong where something does not fit."""
    if sum(one.file_size for one in bundle.infolist()) > MOST:
        raise Wrong("gói quá lớn / the bundle is too big")
    names = set(bundle.namelist())
    content = json.loads(bundle.read("noi-dung.json"))
    pdf = bundle.read("van-ban.pdf")
    said, times = [], []
    for n in range(1, len(names)):
        if f"muc-{n}.json" in names:
            body, at = entry(bundle.read(f"muc-{n}.json"), bundle.read(f"muc-{n}.tlog-proof").decode(), keys)
            said.append(body)
            times.append(at)
    if not said or said[0]["kind"] != "publish":
        raise Wrong("gói không có mục công bố / there is no entry of publishing")
    first = said[0]
    files = {first["pdf_sha256"], *(one["pdf_sha256"] for one in said if one["kind"] == "renew")}
    for name, data in (("van-ban.pdf", pdf), ("--tep", own)):
        if data is not None and hashlib.sha256(data).hexdigest() not in files:
            raise Wrong(f"{name}: không phải bản đã công bố / not the file that was published")
    canonical = json.dumps(content["content"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if hashlib.sha256(f"{content['salt']}\n{canonical}".encode()).hexdigest() != first["content_sha256"]:
        raise Wrong("noi-dung.json: không phải nội dung đã công bố / not the text that was published")
    if any(one["publication"] != first["publication"] for one in said):
        raise Wrong("các mục nói về những văn bản khác nhau / the entries are about several papers")
    signers = signed_with(bundle.read("chung-thu.pem") if "chung-thu.pem" in names else b"", first)
    gone = [one for one in said if one["kind"] in ("withdraw", "supersede")]
    if gone:
        raise Wrong(f"đúng bản gốc, nhưng đã thu hồi hoặc thay thế / withdrawn or replaced: {gone[0]['at']}")
    paper = content["content"]
    time = max((at for at in times if at), default=None)
    return [
        f"Đúng bản gốc / The original: {paper['number_text']}, {paper['organization_name']}",
        *signers,
        f"Công bố / Published: {first['at']}",
        f"Nhật ký ký lúc / Log signed: {time.isoformat() if time else '?'}",
        "Sau thời điểm ấy có thể đã thu hồi hoặc đính chính / It may have been withdrawn or corrected since.",
    ]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Kiểm chứng gói hồ sơ công bố / check a case bundle")
    parser.add_argument("goi")
    parser.add_argument("--khoa", action="append", default=[])
    parser.add_argument("--tep")
    given = parser.parse_args(arguments)
    try:
        own = None
        if given.tep:
            with open(given.tep, "rb") as stream:
                own = stream.read()
        with zipfile.ZipFile(given.goi) as bundle:
            keys = given.khoa or bundle.read("khoa.txt").decode().split()
            lines = check(bundle, keys, own)
    except Wrong as error:
        print(f"KHÔNG ĐÚNG / WRONG: {error}")
        return 1
    except Exception as error:  # a bundle may hold anything
        print(f"Không đọc được gói / Cannot read the bundle: {type(error).__name__}")
        return 2
    print("\n".join(lines))
    if not given.khoa:
        print(
            "Khóa lấy từ chính gói này; hãy đối chiếu với khóa công bố nơi khác / key taken from the bundle."
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
