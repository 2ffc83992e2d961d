"""The other end of a sandbox: a process that keeps a module loaded and forks a child for each job.

Runs as `python -m supervision.files.helper`, knows no Django and no settings, and holds nothing worth
taking: no secrets in its environment, no sockets, a folder of its own for what libraries must write. The
child has limits on memory, CPU time, file size and open files, no network where the machine allows that,
and is nobody's when the server runs as root.

Protocol, on pipes: the number of parts and their lengths, 8 bytes each, then the parts; the first is a
pickle, the others the large byte strings within it. A child's answer is a pickle of plain data.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import pickle
import resource
import select
import shutil
import signal
import stat
import struct
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

_NOBODY = 65534
_LARGEST_ANSWER = 256 * 1024**2
_NEW_USERS, _NEW_NETWORK = 0x10000000, 0x40000000  # clone(2)
_DIE_WITH_PARENT, _NO_NEW_RIGHTS = 1, 38  # prctl(2)
#: The name of the job that tells what holds here, instead of a function of the module.
REPORT = ""
#: What a "timeout" says in detail when it was the job's own work that took too long, not its turn.
OF_CPU = "cpu"


@dataclass(frozen=True)
class Limits:
    """What one job may use: seconds of CPU, bytes of memory, bytes a file, files open at once.

    `wall` is how many seconds it may take in all, its waiting for a turn on a busy machine with it.
    """

    seconds: float
    memory: int
    writes: int
    opens: int
    wall: float


class ParentGone(Exception):
    """Whoever asked is no longer there."""


def send(stream: IO[bytes], parts: Sequence[bytes | memoryview]) -> None:
    """Write the parts of a message, none of them copied."""
    lengths = [len(part) for part in parts]
    stream.write(struct.pack(f">{len(parts) + 1}Q", len(parts), *lengths))
    for part in parts:
        stream.write(part)
    stream.flush()


def _receive(stream: IO[bytes]) -> list[bytes]:
    (count,) = struct.unpack(">Q", _exactly(stream, 8))
    lengths = struct.unpack(f">{count}Q", _exactly(stream, 8 * count))
    return [_exactly(stream, length) for length in lengths]


def _exactly(stream: IO[bytes], count: int) -> bytes:
    data = stream.read(count)
    if len(data) < count:
        raise ParentGone
    return data


def _without_network() -> bool:
    """Leave the network of the machine; returns whether that was allowed."""
    libc = ctypes.CDLL(None, use_errno=True)
    spaces = _NEW_NETWORK if os.geteuid() == 0 else _NEW_NETWORK | _NEW_USERS
    return libc.unshare(spaces) == 0


def _is_open_to_all(folder: str) -> bool:
    """Whether anybody may read what is installed there, so that nobody can."""
    needed = stat.S_IROTH | stat.S_IXOTH
    return all(one.stat().st_mode & needed == needed for one in (Path(folder), *Path(folder).parents))


def _may_be_nobodys(limits: Limits) -> bool:
    """Whether a job can do without the rights of root: it writes no file, may read what it imports."""
    if limits.writes:
        return False
    folders = (sys.prefix, sys.base_prefix, str(Path(__file__).parent))
    return limits.opens == 0 or all(map(_is_open_to_all, folders))


class Helper:
    """Does one job after the other, each in a child that is gone afterwards."""

    def __init__(self, module: Any, limits: Limits, scratch: str) -> None:
        self.module = module
        self.limits = limits
        self.scratch = scratch
        self.has_network = not _without_network()
        self.is_nobodys = os.geteuid() == 0 and _may_be_nobodys(limits)
        if self.is_nobodys:
            os.chown(scratch, _NOBODY, _NOBODY)

    def do(self, job: list[bytes]) -> bytes:
        """Return the answer of a child, or what became of it, as a pickle; what it wrote goes with it."""
        folder = tempfile.mkdtemp(dir=self.scratch)
        try:
            return self._do(job, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)  # a killed child cleans up nothing

    def _do(self, job: list[bytes], folder: str) -> bytes:
        read_fd, write_fd = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(read_fd)
            try:
                tempfile.tempdir = folder
                self._child(job, write_fd)
            finally:
                os._exit(0)
        os.close(write_fd)
        try:
            answer, reason = _collected(read_fd, time.monotonic() + self.limits.wall)
        finally:
            os.close(read_fd)
            os.kill(pid, signal.SIGKILL)  # nothing to one that the kernel has ended
            _pid, status = os.waitpid(pid, 0)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
            return pickle.dumps(("failed", ("timeout", OF_CPU)))
        return answer or pickle.dumps(("failed", (reason, "")))

    def _child(self, job: list[bytes], answer_fd: int) -> None:
        answer: tuple[str, Any]
        try:
            self._give_up_rights()
            function, args = pickle.loads(job[0], buffers=job[1:])
            done = self._report() if function == REPORT else getattr(self.module, function)(*args)
            answer = ("ok", done)
        except BaseException as error:  # WeasyPrint's FatalURLFetchingError is one
            answer = ("failed", (type(error).__name__, str(error)[:300]))
        with os.fdopen(answer_fd, "wb") as stream:
            stream.write(pickle.dumps(answer))

    def _give_up_rights(self) -> None:
        libc = ctypes.CDLL(None)
        libc.prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        libc.prctl(_NO_NEW_RIGHTS, 1, 0, 0, 0)
        if self.is_nobodys:
            os.setgroups([])
            os.setgid(_NOBODY)
            os.setuid(_NOBODY)
        seconds = int(self.limits.seconds) + 1
        for what, most in (
            (resource.RLIMIT_AS, self.limits.memory),
            (resource.RLIMIT_FSIZE, self.limits.writes),
            (resource.RLIMIT_NOFILE, self.limits.opens),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(what, (most, most))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))

    def _report(self) -> dict[str, Any]:
        return {"network": self.has_network, "user": os.geteuid(), "opens": self.limits.opens}


def _collected(read_fd: int, until: float) -> tuple[bytes, str]:
    """Return what the child has written by `until`, else b"" and why; raises ParentGone."""
    watch = select.poll()
    watch.register(read_fd, select.POLLIN)
    watch.register(0, 0)  # reports only that the other end was closed
    parts: list[bytes] = []
    size = 0
    while True:
        ready = dict(watch.poll(max(0, int((until - time.monotonic()) * 1000))))
        if not ready:
            return b"", "timeout"
        if 0 in ready:
            raise ParentGone
        part = os.read(read_fd, 1 << 20)
        size += len(part)
        if not part or size > _LARGEST_ANSWER:
            return b"" if size > _LARGEST_ANSWER else b"".join(parts), "died"
        parts.append(part)


def _serve(module_name: str, limits: Limits, scratch: str) -> None:
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing a library prints may reach the protocol
    source = os.fdopen(os.dup(0), "rb")
    tempfile.tempdir = scratch
    helper = Helper(importlib.import_module(module_name), limits, scratch)
    try:
        while True:
            send(output, [helper.do(_receive(source))])
    except (ParentGone, BrokenPipeError):
        shutil.rmtree(scratch, ignore_errors=True)
        os._exit(0)  # what is left to write has no reader


if __name__ == "__main__":
    name, cpu, *sizes, most_time, folder = sys.argv[1:]
    memory, writes, opens = map(int, sizes)
    _serve(name, Limits(float(cpu), memory, writes, opens, float(most_time)), folder)
