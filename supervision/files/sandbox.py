"""Run work on untrusted input in short-lived children with limits, without paying for imports each time.

Each kind of work has a few helper processes (`files.helper`) that keep the heavy libraries loaded and fork
a child for each job. Whatever happens in the child (any exception, BaseException included, a crash, a
kill, no end) comes back as `Failed`. When all helpers are at work a few callers wait for a moment; the
others are told at once that the server is busy, so that no flood of files holds the threads of a server.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import os
import pickle
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from supervision.errors import Busy
from supervision.files.helper import REPORT, Limits, send

MEMORY = 1024**3
_START_SECONDS, _LEAVE_SECONDS = 60.0, 2.0
_PROJECT = Path(__file__).resolve().parents[2]
#: Byte strings from this size on are handed over as they are, without a copy within a pickle.
_LARGE = 64 * 1024


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


class Sandbox:
    """Runs functions of `module` ("package.module") by name; arguments and results are plain data.

    A job has `seconds` of CPU, `wall` seconds in all (as many unless said) and `memory` bytes; it may write
    files of `writes` bytes and have `opens` files open (with 0 it can open nothing, no socket either).
    `helpers` is how many run at once, the setting SANDBOX_HELPERS unless said; SANDBOX_QUEUE callers may
    wait, each SANDBOX_WAIT seconds at most.
    """

    def __init__(
        self,
        module: str,
        *,
        seconds: float,
        memory: int = MEMORY,
        writes: int = 0,
        opens: int = 64,
        wall: float | None = None,
        helpers: int | None = None,
    ) -> None:
        self.module = module
        self.limits = Limits(seconds, memory, writes, opens, seconds if wall is None else wall)
        self._helpers = helpers
        self._turn = threading.Condition()
        self._forget()
        atexit.register(self.close)

    @property
    def most(self) -> int:
        """How many helpers may run at once."""
        return self._helpers or int(settings.SANDBOX_HELPERS)

    def run(self, function: str, *args: Any) -> Any:
        """Return `function(*args)` as computed in a child; raises Failed, and Busy when too many ask."""
        helper = self._take()
        try:
            answer = helper.ask(function, args)
        except (OSError, EOFError) as error:
            helper.kill()
            raise Failed("died", type(error).__name__) from None
        finally:
            self._give_back(helper)
        try:
            outcome, value = _PlainUnpickler(io.BytesIO(answer)).load()
        except Exception as error:
            raise Failed("died", type(error).__name__) from None
        if outcome == "ok":
            return value
        raise Failed(*value)

    def isolation(self) -> dict[str, Any]:
        """Return what holds in a child here: whether it has a network, whose it is, files it may open."""
        found: dict[str, Any] = self.run(REPORT)
        return found

    def close(self) -> None:
        """End the helpers, if this process started them."""
        with self._turn:
            if self._owner == os.getpid():
                for helper in self._idle:
                    helper.end()
                self._idle.clear()

    def _forget(self) -> None:
        self._owner = os.getpid()
        self._idle: list[_Helper] = []
        self._at_work = self._waiting = 0

    def _take(self) -> _Helper:
        """Return a helper for one job, after waiting for a moment where all are at work; raises Busy."""
        with self._turn:
            if self._owner != os.getpid():
                self._forget()  # forked: the helpers are the parent's
            if self._at_work >= self.most or self._waiting:
                self._wait()
            self._at_work += 1
            helper = self._idle.pop() if self._idle else _Helper(self.module, self.limits)
        return helper

    def _wait(self) -> None:
        if self._waiting >= settings.SANDBOX_QUEUE:
            raise self._busy()
        self._waiting += 1
        try:
            if not self._turn.wait_for(lambda: self._at_work < self.most, settings.SANDBOX_WAIT):
                raise self._busy()
        finally:
            self._waiting -= 1

    def _busy(self) -> Busy:
        words = _("Cổng đang xem nhiều tệp cùng lúc. Hãy gửi lại sau ít phút.")
        return Busy(words, seconds=int(self.limits.seconds) + 1)

    def _give_back(self, helper: _Helper) -> None:
        with self._turn:
            self._at_work -= 1
            if helper.is_alive():
                self._idle.append(helper)
            self._turn.notify()


class _Helper:
    """One helper process, started when it is first asked."""

    def __init__(self, module: str, limits: Limits) -> None:
        self._module = module
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._scratch = ""

    def ask(self, function: str, args: tuple[Any, ...]) -> bytes:
        """Return the answer to one job as it came; raises OSError, EOFError when the helper is gone."""
        process = self._running()
        assert process.stdin is not None and process.stdout is not None
        large: list[pickle.PickleBuffer] = []
        wrapped = tuple(
            pickle.PickleBuffer(one) if isinstance(one, bytes) and len(one) >= _LARGE else one for one in args
        )
        job = pickle.dumps((function, wrapped), protocol=5, buffer_callback=large.append)
        send(process.stdin, [job, *(memoryview(one) for one in large)])
        until = time.monotonic() + self._limits.wall + _START_SECONDS
        fd = process.stdout.fileno()
        _count, length = struct.unpack(">QQ", _exactly(fd, 16, until))
        return _exactly(fd, length, until)

    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def end(self) -> None:
        """Let an idle process go: it leaves by itself when nobody can ask any more."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_LEAVE_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End the process and the job that it may be doing."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None
            shutil.rmtree(self._scratch, ignore_errors=True)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            limits = self._limits
            self._scratch = tempfile.mkdtemp(prefix="giam-sat-")
            words = (limits.seconds, limits.memory, limits.writes, limits.opens, limits.wall, self._scratch)
            self._process = subprocess.Popen(
                [sys.executable, "-m", "supervision.files.helper", self._module, *map(str, words)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=_PROJECT, start_new_session=True,
                env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "HOME": "/nonexistent",
                     "PYTHONPATH": str(_PROJECT), "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": self._scratch,
                     "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", "/tmp")},
            )  # fmt: skip
        return self._process


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
