"""Helpers at work: so many at once, a short queue, then Busy; their children own and reach nothing."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from supervision.errors import Busy
from supervision.files.sandbox import Failed, Sandbox
from supervision.files.services import inspector
from tests.databases import ROOT


@pytest.fixture
def box() -> Iterator[Sandbox]:
    made = Sandbox("tests.files.jobs", seconds=20)
    yield made
    made.close()


@pytest.fixture
def gate() -> Iterator[Path]:
    """A file that nobody's children may see, in a folder that is there already."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield Path(folder) / "open"


def test_so_many_run_at_once_a_few_wait_and_the_others_are_told_at_once(
    box: Sandbox, gate: Path, settings: Any
) -> None:
    settings.SANDBOX_HELPERS, settings.SANDBOX_QUEUE, settings.SANDBOX_WAIT = 2, 3, 60
    with ThreadPoolExecutor(20) as callers:
        asked = [callers.submit(box.run, "wait_for", str(gate)) for _ in range(20)]
        refused = [one for one in asked if isinstance(_until_refused(one, asked), Busy)]
        assert len(refused) == 20 - 2 - 3
        assert all(one.exception().seconds == 21 for one in refused)  # type: ignore[union-attr]
        gate.touch()
        helpers = {one.result() for one in asked if one not in refused}
    assert len(helpers) == 2
    assert box.run("wait_for", str(gate)) in helpers  # nothing is left in the queue


def _until_refused(one: Any, asked: list[Any]) -> BaseException | None:
    """Wait until the call is refused, or until all those have been that will be."""
    while not one.done() and sum(other.done() for other in asked) < 15:
        time.sleep(0.01)
    return one.exception() if one.done() else None  # type: ignore[no-any-return]


def test_whoever_waits_too_long_is_told_so(box: Sandbox, gate: Path, settings: Any) -> None:
    settings.SANDBOX_HELPERS, settings.SANDBOX_WAIT = 1, 0
    with ThreadPoolExecutor(1) as callers:
        first = callers.submit(box.run, "wait_for", str(gate))
        while not box._at_work:
            time.sleep(0.01)
        with pytest.raises(Busy):
            box.run("environment")
        gate.touch()
        first.result()
    assert box.run("environment")


def test_a_child_inherits_no_secret_and_has_a_folder_of_its_own(
    box: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "mật")
    monkeypatch.setenv("DATABASE_URL", "postgres://a:mat@localhost/a")
    found = box.run("environment")
    assert not {"SECRET_KEY", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"} & set(found)
    assert "mật" not in str(found) and "a:mat" not in str(found)


def test_what_a_child_leaves_in_its_folder_goes_with_it() -> None:
    """A child is killed when it has answered and cleans up nothing: fonts of each print would fill a disk."""
    box = Sandbox("tests.files.jobs", seconds=20, writes=1024)
    folders = {Path(box.run("leave_behind")) for _ in range(3)}
    assert len(folders) == 3 and not any(folder.exists() for folder in folders)
    (scratch,) = {folder.parent for folder in folders}
    assert scratch != Path(tempfile.gettempdir()) and list(scratch.iterdir()) == []
    box.close()
    assert not scratch.exists()


def test_a_helper_whose_folder_is_gone_takes_no_other_for_its_own() -> None:
    """It removes its folder when it leaves: never the one of the whole machine, nor the project."""
    beside = Path(tempfile.mkdtemp())
    made = subprocess.Popen(
        [sys.executable, "-m", "supervision.files.helper", "tests.files.jobs", "20", "1", "0", "9", "20",
         str(beside / "gone")],
        cwd=beside, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        env={"PYTHONPATH": str(ROOT), "TMPDIR": str(beside / "gone")},
    )  # fmt: skip
    assert made.wait(60) == 0
    assert beside.is_dir()
    beside.rmdir()


def test_a_job_is_bounded_by_the_work_it_does_and_waits_longer_for_its_turns() -> None:
    box = Sandbox("tests.files.jobs", seconds=1, wall=60)
    assert box.run("sleep", 3) == 3
    with pytest.raises(Failed) as refused:
        box.run("work")
    assert (refused.value.reason, refused.value.detail) == ("timeout", "cpu")
    box.close()


def test_a_child_writes_no_file_and_opens_few(box: Sandbox) -> None:
    for job in ("write", "open_many"):
        with pytest.raises(Failed, match="OSError"):
            box.run(job)
    assert inspector.isolation()["user"] != 0 and inspector.isolation()["opens"] == 0


def test_a_child_reaches_no_network_where_the_machine_allows_that(box: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        closed = Sandbox("tests.files.jobs", seconds=20, opens=0)
        with pytest.raises(Failed):
            closed.run("connect", port)  # without a name space as well: no socket can be opened
        closed.close()
        if not box.isolation()["network"]:
            with pytest.raises(Failed):
                box.run("connect", port)


_KILLED = """
import threading, time
from django.conf import settings
settings.configure(SANDBOX_HELPERS=2, SANDBOX_QUEUE=2, SANDBOX_WAIT=9)
from supervision.files.sandbox import Sandbox
box = Sandbox("tests.files.jobs", seconds=60)
box.run("environment")
threading.Thread(target=box.run, args=("wait_for", "/nowhere"), daemon=True).start()
time.sleep(0.3)
print("working", flush=True)
time.sleep(60)
"""


def test_a_killed_server_leaves_no_helper_and_no_traceback() -> None:
    server = subprocess.Popen(
        [sys.executable, "-c", _KILLED], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert server.stdout is not None and server.stderr is not None
    server.stdout.readline()
    os.kill(server.pid, signal.SIGKILL)
    # Its helper and the helper's child hold the same standard error: the end of it means that they are gone.
    assert server.stderr.read().decode() == ""
    server.wait()
    server.stdout.close()
    server.stderr.close()


@pytest.mark.parametrize("job", ["long_texts", "long_fields"])
def test_no_rule_costs_the_square_of_what_strangers_write(box: Sandbox, job: str) -> None:
    box.run(job, 400_000)  # in the square: hours, and the child is ended after 20 seconds
