"""pyHanko runs event loops of its own, which a thread that already has one would refuse."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def apart(call: Callable[[], Result]) -> Result:
    """Return what `call` returns in a thread of its own, with all that it raises."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call).result()
