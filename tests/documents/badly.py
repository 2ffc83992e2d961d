"""Everything a sandboxed job may do wrong."""

from __future__ import annotations

import os
import signal
import sys
import time


def raise_base() -> None:
    raise KeyboardInterrupt


def leave() -> None:
    sys.exit(0)


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def eat_memory() -> None:
    bytearray(4 * 1024**3)


def sleep() -> None:
    time.sleep(60)


def poison() -> object:
    """An answer that is not plain data."""

    class Poison:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, ("true",)

    return Poison()


def fine() -> str:
    print("this must not disturb the answer")
    return "ổn"
