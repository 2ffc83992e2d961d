"""Every kind of paper at every place where a page can end: what fails, and what a machine sees to be wrong.

`python -m tests.sweep [KIND ...]` lays out each kind over 0 to 60 lines of filler and lists of 0, 1, 2, 10
and 40: some 22,000 papers in two processes, an hour of one core. No PDF is written. Ends with 1 when
anything failed.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from typing import Any


def main(*named: str) -> int:
    """Print a line for each kind, and each fault with how often and where first; return the exit code."""
    _set_up()
    from supervision.documents.kinds import KINDS

    begun, papers, faults = time.monotonic(), 0, 0
    with multiprocessing.Pool(2, _set_up) as pool:
        for code in named or KINDS:
            count, found = _kind(pool, code)
            papers, faults = papers + count, faults + sum(len(places) for places in found.values())
            print(f"{code:24} {count:6} papers, {sum(map(len, found.values()))} faults", flush=True)
            for fault, places in sorted(found.items()):
                print(f"    {len(places):6} {fault}, first at {tuple(min(places))}", flush=True)
    print(f"{papers} papers, {faults} faults, {time.monotonic() - begun:.0f} s")
    return 1 if faults else 0


def _kind(pool: Any, code: str) -> tuple[int, dict[str, list[Any]]]:
    """Sweep one kind; return how many papers that were, and the places of each fault."""
    from supervision.documents.kinds import KINDS
    from tests.documents.sweeping import FILLER, sizes

    cases = [case._replace(filler=filler) for case in sizes(KINDS[code]) for filler in FILLER]
    found: dict[str, list[Any]] = {}
    for case, faults in pool.imap_unordered(_swept, cases, chunksize=len(FILLER)):
        for fault in faults:
            found.setdefault(fault, []).append(case)
    return len(cases), found


def _swept(case: Any) -> tuple[Any, list[str]]:
    return case, list(_wrong(case))


def _wrong(case: Any) -> Iterator[str]:
    from tests.documents.sweeping import faults, laid_out, printed_html

    text, extra = printed_html(case)
    try:
        document = laid_out(text, extra)
    except Exception as error:
        yield f"not printed: {type(error).__name__} {error}".strip()
    else:
        yield from faults(document, text)


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supervision.settings.test")
    import django

    django.setup()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
