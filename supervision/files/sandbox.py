"""Run work on untrusted input in a short-lived child with limits, without paying for imports each time.

One helper process per kind of work keeps the heavy libraries loaded and forks a child for each job.
The child has limits on memory, CPU time and file size; the helper kills it when time is up. Whatever
happens in the child (any exception, BaseException included, a crash, a kill) comes back as `Failed`.

Protocol, on pipes: 8 bytes of length, then a pickle. Only this process and its own children write to
those pipes; the child's answer is read with an unpickler that knows plain data only.
"""

from __future__ import annotations

import atexit
import io
import os
import pickle
import select
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any

MEMORY = 1024**3
_START_SECONDS = 60.0
_PROJECT = Path(__file__).resolve().parents[2]


class Failed(Exception):
    """The job did not end well: `reason` is "timeout", "died" or the name of the exception."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}"[:500])
        self.reason = reason
        self.detail = detail


class _PlainUnpickler(pickle.Unpickler):
    """Plain data only: a child taken over by hostile input must not run code in its parent."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} is not plain data")


def _loads(data: bytes) -> Any:
    return _PlainUnpickler(io.BytesIO(data)).load()


class Sandbox:
    """Runs functions of `module` ("package.module") by name; arguments and results are plain data."""

    def __init__(self, module: str, *, seconds: float, memory: int = MEMORY) -> None:
        self.module = module
        self.seconds = seconds
        self.memory = memory
        self._lock = threading.Lock()
        self._helper: subprocess.Popen[bytes] | None = None
        self._owner = 0
        atexit.register(self.close)

    def run(self, function: str, *args: Any) -> Any:
        """Return `function(*args)` as computed in a child; raises Failed."""
        with self._lock:
            helper = self._running()
            try:
                _write(helper.stdin, pickle.dumps((function, args)))
                answer = _read(helper.stdout, time.monotonic() + self.seconds + _START_SECONDS)
            except (OSError, EOFError) as error:
                self._kill()
                raise Failed("died", type(error).__name__) from None
        try:
            outcome, value = _loads(answer)
        except Exception as error:
            raise Failed("died", type(error).__name__) from None
        if outcome == "ok":
            return value
        raise Failed(*value)

    def close(self) -> None:
        """End the helper process, if this process started one."""
        if self._owner == os.getpid():
            self._kill()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._helper is None or self._owner != os.getpid() or self._helper.poll() is not None:
            self._helper = subprocess.Popen(
                [sys.executable, "-m", "supervision.files.sandbox", self.module,
                 str(self.seconds), str(self.memory)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=_PROJECT, start_new_session=True,
                env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "HOME": "/nonexistent",
                     "PYTHONPATH": str(_PROJECT), "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", "/tmp")},
            )  # fmt: skip
            self._owner = os.getpid()
        return self._helper

    def _kill(self) -> None:
        if self._helper is not None:
            self._helper.kill()
            self._helper.wait()
            self._helper = None


def _write(stream: IO[bytes] | None, data: bytes) -> None:
    assert stream is not None
    stream.write(struct.pack(">Q", len(data)) + data)
    stream.flush()


def _read(stream: IO[bytes] | None, until: float) -> bytes:
    assert stream is not None
    (length,) = struct.unpack(">Q", _exactly(stream.fileno(), 8, until))
    return _exactly(stream.fileno(), length, until)


def _exactly(fd: int, count: int, until: float) -> bytes:
    parts: list[bytes] = []
    while count:
        if not select.select([fd], [], [], max(0.0, until - time.monotonic()))[0]:
            raise TimeoutError("no answer in time")
        part = os.read(fd, min(count, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


# ---- in the helper process ----


def _limit(seconds: float, memory: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024**2, 64 * 1024**2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _child(job: bytes, module: Any, answer_fd: int, seconds: float, memory: int) -> None:
    answer: tuple[str, Any]
    try:
        _limit(seconds, memory)
        function, args = pickle.loads(job)
        answer = ("ok", getattr(module, function)(*args))
    except BaseException as error:  # WeasyPrint's FatalURLFetchingError is one
        answer = ("failed", (type(error).__name__, str(error)[:300]))
    with os.fdopen(answer_fd, "wb") as stream:
        stream.write(pickle.dumps(answer))


def _one_job(job: bytes, module: Any, seconds: float, memory: int) -> bytes:
    read_fd, write_fd = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read_fd)
        try:
            _child(job, module, write_fd, seconds, memory)
        finally:
            os._exit(0)
    os.close(write_fd)
    until = time.monotonic() + seconds
    parts: list[bytes] = []
    reason = "died"
    while True:
        if not select.select([read_fd], [], [], max(0.0, until - time.monotonic()))[0]:
            parts, reason = [], "timeout"
            break
        part = os.read(read_fd, 1 << 20)
        if not part:
            break
        parts.append(part)
    os.close(read_fd)
    try:
        os.kill(pid, 9)
    finally:
        os.waitpid(pid, 0)
    return b"".join(parts) or pickle.dumps(("failed", (reason, "")))


def _serve(module_name: str, seconds: float, memory: int) -> None:
    import importlib

    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing a library prints may reach the protocol
    source = os.fdopen(os.dup(0), "rb")
    module = importlib.import_module(module_name)
    while header := source.read(8):
        (length,) = struct.unpack(">Q", header)
        _write(output, _one_job(source.read(length), module, seconds, memory))


if __name__ == "__main__":
    _serve(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]))
