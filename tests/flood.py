"""What 20 hostile files at once cost a real server, and what a reader of the home page feels meanwhile."""

from __future__ import annotations

import http.client
import os
import resource
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.files import hostile, samples
from tests.load import _kill

PORT = 8978
AT_ONCE = 20
_TICKS, _PAGE = os.sysconf("SC_CLK_TCK"), resource.getpagesize()


def _many_objects() -> bytes:
    """A PDF of 2 MB that takes a checker of signatures long: a hundred thousand objects, one long update."""
    objects = b"".join(b"%d 0 obj\n<< /A [ 1 2 3 ] >>\nendobj\n" % n for n in range(9, 60_000))
    return samples.pdf() + objects + b"startxref\n0\n%%EOF\n"


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "PDF, %%EOF 19 MB": ("pdf", lambda: b"%PDF-1.7\n" + b"%%EOF\n" * (19 * 1024**2 // 6)),
    "PDF, 60,000 loose objects": ("pdf", _many_objects),
    "PDF, 60,000 deep": ("pdf", lambda: samples.pdf() + b"1 0 obj\n" + b"[" * 60_000 + b"\n%%EOF\n"),
    "PDF, 20 MB of names": ("pdf", lambda: samples.pdf() + b"/S/aaaaaa " * (2 * 1024**2 - 99) + b"\n%%EOF\n"),
    "random 20 MB": ("pdf", lambda: b"%PDF-1.7\n" + secrets.token_bytes(20 * 1024**2 - 99) + b"%%EOF\n"),
    "DOCX, fields 20 KB": ("docx", lambda: hostile.word("<w:instrText> " * 9_000 + "</w:instrText>" * 9_000)),
    "DOCX, 180 MB unpacked": ("docx", lambda: hostile.word("<w:r><w:t>a</w:t></w:r>" * 120_000)),
}  # fmt: skip


@dataclass
class Measured:
    """What came of one kind of file, sent `AT_ONCE` times at once."""

    name: str
    statuses: Counter[int] = field(default_factory=Counter)
    slowest_home: float = 0.0
    web_cpu: float = 0.0  # seconds for all of them together
    web_memory: int = 0  # bytes above what the server had before
    helpers: int = 0  # at most at once


@contextmanager
def serving() -> Iterator[int]:
    """Serve an empty site with one process of 32 threads; yield the number of the process that serves."""
    with tempfile.TemporaryDirectory() as var:
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "supervision.settings.demo", "VAR_DIR": var,
            "DATABASE_URL": f"sqlite:///{var}/db.sqlite3", "PUBLIC_URL": f"http://127.0.0.1:{PORT}",
            "LIMIT_VERIFY": "100000/3600", "LIMIT_SEARCH": "100000/3600",
        }  # fmt: skip
        for command in (
            ["migrate", "--verbosity=0"],
            ["collectstatic", "--noinput", "--verbosity=0", "--ignore=viewflow"],
        ):
            subprocess.run([sys.executable, "manage.py", *command], check=True, env=env)
        options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(PORT), "--workers", "1"]
        options += ["--blocking-threads", "32", "--log-level", "error", "supervision.wsgi:application"]
        server = subprocess.Popen(
            [sys.executable, "-m", "granian", *options], env=env, start_new_session=True
        )
        try:
            while _home(timeout=1) is None:
                time.sleep(0.2)
            yield _children(server.pid)[0]
        finally:
            _kill(server)


def measure() -> Iterator[Measured]:
    """Yield the figures of each kind of file."""
    with serving() as web:
        _send(samples.pdf(), Counter())  # starts the first helper
        for name, (_extension, make) in FILES.items():
            yield _flooded(name, make(), web)


def _flooded(name: str, data: bytes, web: int) -> Measured:
    found = Measured(name)
    cpu, memory = _cpu(web), _memory(web)
    threads = [threading.Thread(target=_send, args=(data, found.statuses)) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        found.slowest_home = max(found.slowest_home, _home(timeout=60) or 60)
        found.web_memory = max(found.web_memory, _memory(web) - memory)
        found.helpers = max(found.helpers, len(_children(web)))
        time.sleep(0.05)
    found.web_cpu = _cpu(web) - cpu
    return found


def _send(data: bytes, statuses: Counter[int]) -> None:
    boundary = "bien"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="tep"; filename="a.pdf"\r\n\r\n'
    body = head.encode() + data + f"\r\n--{boundary}--\r\n".encode()
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)
    try:
        kind = f"multipart/form-data; boundary={boundary}"
        # A server that refuses before the body has come may close before all of it is sent.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.request("POST", "/xac-minh/", body, {"Content-Type": kind})
        statuses[connection.getresponse().status] += 1
    except (OSError, http.client.HTTPException):
        statuses[0] += 1
    finally:
        connection.close()


def _home(*, timeout: float) -> float | None:
    """Return the seconds that the home page takes, None where it does not come."""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=timeout)
    try:
        connection.request("GET", "/")
        answer = connection.getresponse()
        answer.read()
        return time.monotonic() - began if answer.status == 200 else None
    except OSError:
        return None
    finally:
        connection.close()


def _children(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(stat.parent.name))
    return found


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _memory(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
