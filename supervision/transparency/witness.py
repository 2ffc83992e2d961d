"""Nhân chứng của nhật ký công bố: một chương trình mà cơ quan khác tự chạy, không cần gì của cổng.

    python3 nhan_chung.py --ten nhan-chung.example.vn --khoa 'giamsat.example.vn/nhat-ky+…' --thu-muc THU_MUC

A witness keeps the last checkpoint of a log, and signs the next only where that goes on from it (C2SP
tlog-witness, cosignature/v1): then nobody can be shown another past. It needs Python 3.11 and the package
`cryptography`. The folder holds its key, made at the first start, and what it saw last. It listens on
127.0.0.1; a web server in front gives it to the world. Started, it prints its verifier key.
"""

from __future__ import annotations

import argparse
import base64
import fcntl
import hashlib
import os
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

LONGEST = 64 * 1024  # bytes of a request


class Refused(Exception):
    """An answer that is not 200: its status, and what stands in it."""

    def __init__(self, status: int, said: str = "", kind: str = "text/plain; charset=utf-8") -> None:
        super().__init__(said)
        self.status, self.said, self.kind = status, said, kind


def hashed(*parts: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + b"".join(parts)).digest()


def goes_on(old: int, size: int, proof: list[bytes], old_root: bytes, root: bytes) -> bool:
    """Whether the tree of `size` leaves begins with that of `old`: RFC 6962 2.1.2, as it is written there."""
    left = list(proof)

    def sub(old: int, size: int, is_whole: bool) -> tuple[bytes, bytes]:
        if old == size:
            known = old_root if is_whole else left.pop(0)
            return known, known
        half = 1 << ((size - 1).bit_length() - 1)
        if old <= half:
            before, after = sub(old, half, is_whole)
            return before, hashed(after, left.pop(0))
        before, after = sub(old - half, size - half, False)
        beside = left.pop(0)
        return hashed(beside, before), hashed(beside, after)

    try:
        return sub(old, size, True) == (old_root, root) and not left
    except IndexError:
        return False


class Witness:
    """The key, the log that is watched, and the checkpoint that was signed last."""

    def __init__(self, name: str, log_key: str, folder: Path) -> None:
        self.name, self.folder, self.lock = name, folder, threading.Lock()
        self.origin, key_id, encoded = log_key.strip().split("+", 2)
        self.log_id, self.log_key = bytes.fromhex(key_id), base64.b64decode(encoded)
        if self.log_key[:1] != b"\x01":
            raise ValueError("not a key that signs checkpoints plainly")
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.alone = (folder / "lock").open("w")
        fcntl.flock(self.alone, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path = folder / "key"
        if not path.exists():
            raw = Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
            self._keep(path, raw)
        self.private = Ed25519PrivateKey.from_private_bytes(path.read_bytes())
        self.public = b"\x04" + self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.id = hashlib.sha256(name.encode() + b"\n" + self.public).digest()[:4]

    @property
    def verifier(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(self.public).decode()}"

    def cosign(self, body: bytes) -> str:
        """Return the line that stands below a checkpoint that goes on from the last; Refused otherwise."""
        old, proof, text = self._read(body)
        _origin, size_text, root_text = text.split("\n")[:3]
        size, root = int(size_text), base64.b64decode(root_text)
        if old > size:
            raise Refused(400, "old is larger than the checkpoint\n")
        with self.lock:
            seen_size, seen_root = self._seen()
            if old != seen_size:
                raise Refused(409, f"{seen_size}\n", "text/x.tlog.size")
            if not (goes_on(old, size, proof, seen_root, root) if old else not proof):
                raise Refused(422, "the tree does not go on from the one that was seen\n")
            self._keep(self.folder / "seen", text.encode())
            now = int(time.time())
            signature = self.private.sign(f"cosignature/v1\ntime {now}\n{text}".encode())
        raw = self.id + now.to_bytes(8, "big") + signature
        return f"— {self.name} {base64.b64encode(raw).decode()}\n"

    def _read(self, body: bytes) -> tuple[int, list[bytes], str]:
        """Return old size, proof and the text of a checkpoint that the log has signed."""
        try:
            head, note = body.decode().split("\n\n", 1)
            first, *lines = head.split("\n")
            old, proof = int(first.removeprefix("old ")), [base64.b64decode(one) for one in lines]
            text, below = note.rsplit("\n\n", 1)
            text += "\n"
            signatures = [line.removeprefix("— ").split(" ") for line in below.splitlines()]
            pairs = [(name, base64.b64decode(encoded)) for name, encoded in signatures]
        except ValueError as error:
            raise Refused(400, "not a request\n") from error
        if old < 0 or len(proof) > 63:
            raise Refused(400, "not a request\n")
        if text.split("\n")[0] != self.origin:
            raise Refused(404, "another log\n")
        own = [raw[4:] for name, raw in pairs if (name, raw[:4]) == (self.origin, self.log_id)]
        try:
            for signature in own:
                Ed25519PublicKey.from_public_bytes(self.log_key[1:]).verify(signature, text.encode())
        except InvalidSignature as error:
            raise Refused(403, "the log did not sign this\n") from error
        if not own:
            raise Refused(403, "not signed by the log\n")
        return old, proof, text

    def _seen(self) -> tuple[int, bytes]:
        path = self.folder / "seen"
        if not path.exists():
            return 0, b""
        _origin, size, root = path.read_text(encoding="utf-8").split("\n")[:3]
        return int(size), base64.b64decode(root)

    @staticmethod
    def _keep(path: Path, data: bytes) -> None:
        """Write a file whole or not at all, on the disk before anything is signed over it."""
        new = path.with_name(f"{path.name}.new")
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def handler_of(witness: Witness) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 20

        def do_POST(self) -> None:
            try:
                if self.path != "/add-checkpoint":
                    raise Refused(404)
                length = int(self.headers.get("Content-Length") or -1)
                if not 0 <= length <= LONGEST:
                    raise Refused(413)
                self._answer(200, witness.cosign(self.rfile.read(length)))
            except Refused as refused:
                self._answer(refused.status, refused.said, refused.kind)
            except ValueError:
                self._answer(400, "not a request\n")

        def _answer(self, status: int, said: str, kind: str = "text/plain; charset=utf-8") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(said.encode())))
            self.end_headers()
            self.wfile.write(said.encode())

    return Handler


def main() -> None:
    parser = argparse.ArgumentParser(description="Nhân chứng của nhật ký công bố / a witness of the log")
    parser.add_argument("--ten", required=True)
    parser.add_argument("--khoa", required=True)
    parser.add_argument("--thu-muc", required=True, type=Path)
    parser.add_argument("--cong", type=int, default=8765)
    given = parser.parse_args()
    witness = Witness(given.ten, given.khoa, given.thu_muc)
    print(witness.verifier, flush=True)
    ThreadingHTTPServer(("127.0.0.1", given.cong), handler_of(witness)).serve_forever()


if __name__ == "__main__":
    main()
