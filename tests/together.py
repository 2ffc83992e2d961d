"""Several people at the same instant, each with a connection of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def together(*calls: Callable[[], Any]) -> list[Any]:
    """Do the calls at the same instant, each in a thread with its own connection; return what came."""
    came: list[Any] = [None] * len(calls)
    barrier = threading.Barrier(len(calls), timeout=30)

    def run(index: int, call: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait()
            came[index] = call()
        except Exception as error:
            came[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came
