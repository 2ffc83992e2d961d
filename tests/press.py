"""What it costs to sign, publish and log a paper, and what a kill or a failing disk leaves of it.

`python -m tests.press cost` prints seconds and memory for papers of 12 and of 200 pages. `kills [N]` kills
the process that signs, publishes and logs with SIGKILL, at N random moments (200), each time on a paper of
its own. `faults` lets every system call by which that process changes a file fail, one in each run (needs
strace). Both do the same again afterwards, as worker and official would, and look at what is there. The
database is a new one; with DATABASE_URL it is that one, which must be empty.
"""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

CHANGING = (
    "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "renameat2", "link", "unlink", "mkdir",
    "chmod", "fchmod",
)  # fmt: skip


def main(what: str, *more: str) -> None:
    """Do one of the things above."""
    with tempfile.TemporaryDirectory() as var:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "supervision.settings.demo"}
        os.environ.setdefault("VAR_DIR", var)
        import django

        django.setup()
        if what == "once":
            press(int(more[0]))
            return
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        {"cost": cost, "kills": kills, "faults": faults}[what](*map(int, more))


def press(pk: int) -> None:
    """Sign a paper, publish it, sign the log over it; what is done already is not done again."""
    from django.utils import timezone

    from supervision.documents import tasks
    from supervision.documents.models import Document
    from supervision.publication.log.signing import sign_checkpoint
    from supervision.publication.models import Publication
    from tests.documents.test_verification import published

    tasks.sign_now(pk, at=timezone.now())
    document = Document.objects.get(pk=pk)
    if (
        document.state == Document.State.SIGNED
        and not Publication.objects.filter(code=document.code).exists()
    ):
        published(document)
    sign_checkpoint(at=timezone.now())


def people() -> tuple[Any, Any]:
    """Make who drafts and who signs, with keys."""
    from supervision.documents.signing.demo_authority import DemoAuthority
    from tests.documents.papers import front, officer_and_chair

    officer, chair = officer_and_chair(front())
    DemoAuthority().issue([chair])
    return officer, chair


def asked_for(officer: Any, chair: Any, kind: str = "letter", **context: Any) -> int:
    """Return a paper for which a signature was asked."""
    from django.utils import timezone

    from supervision.documents import services
    from tests.documents.papers import prepared

    paper = prepared(kind, officer, **context)
    return int(services.request_signature(paper, signer=chair, capacity="TM", at=timezone.now()).pk)


# What it costs.


def cost() -> None:
    """Print seconds of rendering and signing alone against the whole path, and the memory at 200 pages."""
    from django.utils import timezone

    from supervision.documents import tasks
    from supervision.documents.models import Document
    from supervision.documents.render import long_printer, printer, render_document

    officer, chair = people()
    press(asked_for(officer, chair))  # everything is loaded now
    for paragraphs in (68, 1297):
        closing = "\n".join(f"{n}. {_SENTENCE * 3}" for n in range(1, paragraphs + 1))
        alone, whole, pages = [], [], 0
        for _ in range(3):
            pk = asked_for(officer, chair, closing=closing)
            document = Document.objects.select_related("organization", "signer__user").get(pk=pk)
            begun = time.perf_counter()
            printed = render_document(document)
            tasks._signed(document, printed, timezone.now())
            alone.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            press(pk)
            whole.append(time.perf_counter() - begun)
            pages = printed.pages
        watched = [Watch(one._running().pid) for one in (printer, long_printer)]
        render_document(document)
        ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{pages} pages: render and sign {min(alone):.2f} s, with publishing and logging "
            f"{min(whole):.2f} s ({min(whole) / min(alone):.2f} times); "
            f"memory: this process {ours} MB, printing child {max(one.end() for one in watched)} MB"
        )


_SENTENCE = (
    "Đoàn giám sát đã đối chiếu hồ sơ lưu với sổ theo dõi và ghi nhận thời gian giải quyết của từng bộ phận; "
    "các trường hợp trả chậm đều có giấy hẹn lại. "
)


class Watch(threading.Thread):
    """Notes the largest memory that a child of a process has, until it is told to end."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self.is_over = pid, 0, False
        self.start()

    def run(self) -> None:
        while not self.is_over:
            for child in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split():
                with suppress(OSError):
                    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{child}/status").read_text())
                    self.peak = max(self.peak, int(found[1]) // 1024 if found else 0)
            time.sleep(0.01)

    def end(self) -> int:
        """Return the peak in MB."""
        self.is_over = True
        return self.peak


# What a kill leaves.


#: From where on a moment is drawn, and seconds within which: the start, after the print, after signing.
MOMENTS = (("", 1.8), ("p", 0.3), ("s", 0.12))


def kills(times: int = 200) -> None:
    """Kill at random moments, a third each, and say what was lost, halved or doubled."""
    from django.db import connections

    officer, chair = people()
    press(asked_for(officer, chair))
    die = random.Random(9)
    found: Counter[str] = Counter()
    while found["killed"] < times:
        pk = asked_for(officer, chair)
        after, within = MOMENTS[found.total() % len(MOMENTS)]
        connections.close_all()
        heard, told = os.pipe()
        child = os.fork()
        if child == 0:
            _press_and_tell(pk, told)
        os.close(told)
        said = after
        while said and (said := os.read(heard, 1).decode()) != after:
            continue
        time.sleep(die.uniform(0, within))
        os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        os.close(heard)
        found["ended before the kill" if os.WIFEXITED(status) else "killed"] += 1
        found[f"left {_left(pk)}"] += 1
        for trouble in _troubles(pk):
            found[trouble] += 1
        press(pk)
        for trouble in [*_troubles(pk), *_undone(pk)]:
            found[f"afterwards: {trouble}"] += 1
    for what, count in sorted(found.items()):
        print(f"{count:5} {what}")


def _press_and_tell(pk: int, told: int) -> None:
    """In the child: press, and tell when the paper has been printed ("p") and when it is signed ("s")."""
    from supervision.documents import tasks

    def telling(what: bytes, call: Any) -> Any:
        def told_of(*given: Any, **named: Any) -> Any:
            done = call(*given, **named)
            os.write(told, what)
            return done

        return told_of

    tasks.render_document = telling(b"p", tasks.render_document)
    tasks._signed = telling(b"s", tasks._signed)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # helpers that lose their pipe say so
    try:
        press(pk)
    finally:
        os._exit(0)


def _left(pk: int) -> str:
    from supervision.documents.models import Document
    from supervision.publication.models import Publication

    document = Document.objects.get(pk=pk)
    return f"{document.state}, {Publication.objects.filter(code=document.code).count()} published"


def _troubles(pk: int) -> Iterator[str]:
    """Yield what must never be there, whenever the process died."""
    from supervision.audit.models import Event
    from supervision.documents.models import Document
    from supervision.files.storage import is_whole
    from supervision.publication.log.checking import troubles
    from supervision.publication.log.models import Leaf
    from supervision.publication.models import Publication

    yield from troubles()
    document = Document.objects.get(pk=pk)
    signed = document.renditions.filter(is_signed=True).select_related("blob")
    rows = (signed.count(), document.signatures.count(), _events("document.signed", pk))
    if rows != ((1, 2, 1) if document.state == Document.State.SIGNED else (0, 0, 0)):
        yield f"a paper that is {document.state} has {rows} renditions, signatures, events"
    if not all(is_whole(one.blob.sha256) for one in signed):
        yield "a file is lost or halved"
    for publication in Publication.objects.filter(code=document.code):
        once = (
            Leaf.objects.filter(publication=publication).count(),
            publication.entries.count(),
            Event.objects.filter(action="publication.published", object_id=publication.pk).count(),
        )
        if once != (1, 1, 1):
            yield f"a publication has {once} leaves, entries, events"


def _events(action: str, pk: int) -> int:
    from supervision.audit.models import Event

    return Event.objects.filter(action=action, object_id=pk).count()


def _undone(pk: int) -> Iterator[str]:
    """Yield what is not done although it was done again."""
    from supervision.documents.models import Document
    from supervision.publication.log.answers import logged
    from supervision.publication.models import Publication

    document = Document.objects.get(pk=pk)
    published = Publication.objects.filter(code=document.code)
    if document.state != Document.State.SIGNED or published.count() != 1:
        yield f"{document.state}, {published.count()} published"
        return
    where = logged(published.get())
    if where is None or where.checkpoint is None or not where.holds:
        yield "not proved by the log"


# What a failing disk leaves.


def faults() -> None:
    """Let each call that changes a file fail once, and say what was lost, halved or doubled."""
    if not shutil.which("strace"):
        raise SystemExit("strace is not installed")
    officer, chair = people()
    press(asked_for(officer, chair))
    found: Counter[str] = Counter()
    calls = _calls(asked_for(officer, chair))
    print("calls that change a file:", dict(calls))
    for call, count in calls.items():
        for nth in range(1, count + 1):
            pk = asked_for(officer, chair)
            _traced(pk, ["-e", f"trace={call}", "-e", f"inject={call}:error=EIO:when={nth}"])
            found[f"{call}: left {_left(pk)}"] += 1
            for trouble in _troubles(pk):
                found[trouble] += 1
            _again(pk)
            for trouble in [*_troubles(pk), *_undone(pk)]:
                found[f"afterwards: {trouble}"] += 1
    for what, times in sorted(found.items()):
        print(f"{times:5} {what}")


def _again(pk: int) -> None:
    """Do what a person does with a paper that got stuck, then press again."""
    from django.utils import timezone

    from supervision.documents import services
    from supervision.documents.models import Document

    document = Document.objects.get(pk=pk)
    if document.state == Document.State.STUCK:
        services.retry_signature(document, at=timezone.now(), confirmed_by=document.signer)
    press(pk)


def _calls(pk: int) -> dict[str, int]:
    """Return how often the process makes each call that changes a file, by one untroubled run."""
    log = _traced(pk, ["-e", f"trace={','.join(CHANGING)}", "-y"])
    of_process = [line for line in log if os.environ["VAR_DIR"] in line]
    seen = Counter(line.partition("(")[0] for line in log)
    touching = {name for name in seen if any(f"{name}(" in line for line in of_process)}
    return {name: seen[name] for name in CHANGING if name in touching}


def _traced(pk: int, options: list[str]) -> list[str]:
    """Press one paper in a process of its own under strace; return what its main thread called."""
    from django.db import connections

    connections.close_all()
    with tempfile.NamedTemporaryFile("r") as log:
        command = [
            "strace",
            "-q",
            "-o",
            log.name,
            *options,
            sys.executable,
            "-m",
            "tests.press",
            "once",
            str(pk),
        ]
        subprocess.run(command, capture_output=True, timeout=120)
        return log.read().splitlines()


if __name__ == "__main__":
    main(*sys.argv[1:])
